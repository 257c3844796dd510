import { describe, expect, it } from 'vitest'
import { factsOfRunningJobs, shownAfterAll } from '../../../../src/main/tracking/answers/running-jobs.ts'
import type { WorkflowView } from '../../../../src/main/tracking/answers/workflow-view.ts'
import { unnamed } from '../../../../src/main/tracking/ids.ts'
import type { Job } from '../../../../src/main/tracking/job.ts'
import { replacedId } from '../../../../src/main/tracking/policy.ts'
import { endedJob, runningJob } from '../../job.ts'
import { infoOf } from '../facts.ts'
import { beingSent, kindsOf, lists, lost, owning, queued, recordOf, running, viewOf } from './answering.ts'

const saysMayRunOn = (jobs: readonly Job[], ...listed: string[]): unknown => {
  const fact = factsOfRunningJobs(viewOf(jobs), lists(...listed)).find(({ key }) => key === 'a')?.fact
  return fact?.kind === 'notListed' ? fact.mayRunOn : fact?.kind
}

const isOfAnotherRun = (): boolean => false

const factOfUnwatched = (job: Job, followedSince = 10) =>
  kindsOf(factsOfRunningJobs(viewOf([job], { isOfThisRun: isOfAnotherRun, followedSince }), lists('new')))

const knewOther = (job: Job): Job => ({ ...job, start: { ...job.start, runningBefore: ['other'] } })

/** What is said of a start in the queue that nobody watched, and of one behind it whose answer was lost. */
const kindsBehindQueue = (search: Job['search'], ...jobIds: string[]) => {
  const jobs = [{ ...queued(), search }, lost()]
  const view = viewOf(jobs, { isOfThisRun: isOfAnotherRun, followedSince: 10 })
  return kindsOf(factsOfRunningJobs(view, lists(...jobIds)))
}

/** A start beside which this other run was there already. */
const knowing = (key: string, jobId: string): Job => {
  const job = running(key, { isParallel: true })
  return { ...job, start: { ...job.start, runningBefore: [jobId] } }
}

/** What is said of a job whose entry is 6, where this run is listed and its entry has that id. */
const namesOf = (job: Job, entryId: string) =>
  factsOfRunningJobs(viewOf([job]), { ...lists('new'), entryIds: new Map([['new', entryId]]) }).map(
    ({ fact }) => fact,
  )

describe('the list of running jobs', () => {
  it('says of each job that was asked for whether it is on it', () => {
    const view = viewOf([running('a'), running('b')])
    expect(factsOfRunningJobs(view, lists('id of a'))).toMatchObject([
      { key: 'a', fact: { kind: 'listed', info: { jobId: 'id of a' }, isHidden: false } },
      { key: 'b', fact: { kind: 'notListed', mayRunOn: false } },
    ])
  })

  it('gives what belongs to nobody to the start that waits for it', () => {
    expect(factsOfRunningJobs(viewOf([queued()]), lists('new'))).toEqual([
      { key: 'queued', fact: { kind: 'claimed', jobId: 'new', isHidden: false } },
    ])
  })

  it('gives away neither another job’s run nor an id that another start was given', () => {
    const replaced = { ...running('a'), run: runningJob({ jobId: 'claimed' }).run }
    const view = viewOf([queued(), replaced], { isOwned: owning('elsewhere', 'claimed') })
    expect(kindsOf(factsOfRunningJobs(view, lists('elsewhere', 'id of a', 'claimed')))).toEqual([
      ['queued', 'workflowBusy'],
      ['a', 'listed'],
    ])
  })

  it('gives away the id of a start that was told how another run ended: each start is told one end', () => {
    const told = { ...endedJob('done', {}, { key: 'a' }), run: runningJob({ jobId: 'claimed' }).run }
    const view = viewOf([told, lost()], { isOwned: owning('claimed') })
    expect(factsOfRunningJobs(view, lists('id'))).toContainEqual({
      key: 'lost',
      fact: { kind: 'claimed', jobId: 'id', isHidden: false },
    })
  })

  it('gives what runs to a queued start that was watched, without a search of the history', () => {
    const view = viewOf([queued()], { followedSince: 10 })
    expect(kindsOf(factsOfRunningJobs(view, lists('new')))).toEqual([['queued', 'claimed']])
  })

  it('says nothing by a job without an id', () => {
    const nameless = { ...lists(), listed: [infoOf({ jobId: null })] }
    expect(kindsOf(factsOfRunningJobs(viewOf([queued()]), nameless))).toEqual([['queued', 'notListed']])
  })

  it('gives nothing away while the answer of a start can still come: it may be that start’s', () => {
    const view = viewOf([queued(), beingSent], { asked: [queued()] })
    expect(kindsOf(factsOfRunningJobs(view, lists('new')))).toEqual([['queued', 'workflowBusy']])
  })

  it('gives nothing to a start that is queued behind one whose run is found by counting entries', () => {
    const first = queued('first', { requestedAt: 1, entryMark: '5' })
    const view = viewOf([first, queued('next', { requestedAt: 2 })], { mayHaveEntries: () => true })
    expect(kindsOf(factsOfRunningJobs(view, lists('new')))).toEqual([
      ['first', 'workflowBusy'],
      ['next', 'workflowBusy'],
    ])
  })

  it('gives a run to a start that was queued before one whose run is found by counting entries', () => {
    const counted = queued('counted', { requestedAt: 2, entryMark: '5' })
    for (const requestedAt of [1, 2]) {
      const view = viewOf([queued('first', { requestedAt }), counted], { mayHaveEntries: () => true })
      expect(kindsOf(factsOfRunningJobs(view, lists('new')))).toEqual([
        ['first', 'claimed'],
        ['counted', 'workflowBusy'],
      ])
    }
    const lostBefore = lost('lost', { requestedAt: 1, entryMark: '5' })
    const view = viewOf([lostBefore, queued('next', { requestedAt: 2 })], { mayHaveEntries: () => true })
    expect(kindsOf(factsOfRunningJobs(view, lists('new')))).toContainEqual(['next', 'claimed'])
  })

  it('that is empty says of a start that its workflow is idle', () => {
    expect(kindsOf(factsOfRunningJobs(viewOf([queued()]), lists()))).toEqual([['queued', 'notListed']])
  })

  it('lacks the hidden run, which is given away and found as one that is hidden', () => {
    const hidden = infoOf({ jobId: 'hidden' })
    expect(factsOfRunningJobs(viewOf([queued()]), { ...lists(), hidden })).toEqual([
      { key: 'queued', fact: { kind: 'claimed', jobId: 'hidden', isHidden: true } },
    ])
    const known = runningJob({ jobId: 'hidden' })
    expect(factsOfRunningJobs(viewOf([known]), { ...lists(), hidden })).toMatchObject([
      { fact: { kind: 'listed', isHidden: true } },
    ])
    expect(factsOfRunningJobs(viewOf([known]), { ...lists(), listed: [hidden], hidden })).toMatchObject([
      { fact: { kind: 'listed', isHidden: false } },
    ])
  })

  it('gives nobody a run once more that both it and `workflow` name', () => {
    const info = infoOf({ jobId: 'id of a' })
    const view = viewOf([running('a'), queued()], { isOwned: owning('id of a') })
    const facts = factsOfRunningJobs(view, {
      ...lists(),
      listed: [info],
      hidden: info,
    })
    expect(kindsOf(facts)).toEqual([
      ['a', 'listed'],
      ['queued', 'workflowBusy'],
    ])
  })

  it('gives what runs to no start whose answer was lost while one in the queue can’t choose yet', () => {
    expect(kindsBehindQueue(null, 'x')).toEqual([
      ['queued', 'workflowBusy'],
      ['lost', 'workflowBusy'],
    ])
    expect(kindsBehindQueue({ at: 10, unreadSince: null }, 'x', 'y')).toEqual([
      ['queued', 'claimed'],
      ['lost', 'claimed'],
    ])
  })

  it('gives away no id of a job that has ended as its own, though it is not kept any more', () => {
    const view = viewOf([endedJob('done'), lost()], { isOwned: owning() })
    expect(kindsOf(factsOfRunningJobs(view, lists('id')))).toContainEqual(['lost', 'workflowBusy'])
  })

  describe('where a run is known by its entry alone', () => {
    const nameless = running('a', { run: runningJob({ jobId: 'entry 7', entry: recordOf('7') }).run })
    const factOf = (entryIds: ReadonlyMap<string, string>) =>
      factsOfRunningJobs(viewOf([nameless]), { ...lists('new'), entryIds })

    it('names it, where the entry of what runs is that one', () => {
      expect(factOf(new Map([['new', '7']]))).toEqual([{ key: 'a', fact: { kind: 'named', jobId: 'new' } }])
    })

    it('lacks it, where what runs has another entry', () => {
      expect(kindsOf(factOf(new Map([['new', '8']])))).toEqual([['a', 'notListed']])
    })

    it('says nothing of it, where the entry of what runs can’t be read', () => {
      expect(kindsOf(factOf(new Map()))).toEqual([['a', 'nothingNew']])
      const view = viewOf([nameless, running('b')])
      expect(kindsOf(factsOfRunningJobs(view, lists('id of b', 'new')))).toEqual([
        ['a', 'nothingNew'],
        ['b', 'listed'],
      ])
    })
  })

  describe('for a start that nobody watched', () => {
    it('gives nothing from the queue before the history was searched', () => {
      expect(factOfUnwatched(queued())).toEqual([['queued', 'workflowBusy']])
      expect(factOfUnwatched({ ...queued(), search: { at: 9, unreadSince: null } })).toEqual([
        ['queued', 'workflowBusy'],
      ])
      expect(factOfUnwatched({ ...queued(), search: { at: 10, unreadSince: null } })).toEqual([
        ['queued', 'claimed'],
      ])
      expect(factOfUnwatched({ ...queued(), search: { at: 10, unreadSince: 5 } })).toEqual([
        ['queued', 'workflowBusy'],
      ])
    })

    it('gives what runs to one whose answer was lost, unless the history could not be read', () => {
      expect(factOfUnwatched(lost())).toEqual([['lost', 'claimed']])
      expect(factOfUnwatched({ ...lost(), search: { at: 10, unreadSince: 5 } })).toEqual([
        ['lost', 'workflowBusy'],
      ])
    })
  })

  describe('for a start whose id was shown nowhere', () => {
    const from = replacedId.claimAfter
    const factOf = (job: Job, part: Partial<WorkflowView> = {}) =>
      kindsOf(
        factsOfRunningJobs(
          viewOf([job], { now: from, askedOf: () => ({ entryAt: from }), ...part }),
          lists('new'),
        ),
      )[0]?.[1]
    const parallel = running('a', { isParallel: true })

    it('gives it another run once it was asked for that late', () => {
      expect(factOf(parallel)).toBe('claimed')
      expect(factOf(parallel, { now: from - 1 })).toBe('notListed')
      expect(factOf(parallel, { askedOf: () => ({ entryAt: from - 1 }) })).toBe('notListed')
    })

    it('waits longer while the server is slow', () => {
      const slow = replacedId.claimAfterWhenSlow
      expect(factOf(parallel, { isServerSlow: true })).toBe('notListed')
      expect(factOf(parallel, { isServerSlow: true, now: slow, askedOf: () => ({ entryAt: slow }) })).toBe(
        'claimed',
      )
    })

    it('gives it one also where one job runs at a time, unless the entries tell whose it is', () => {
      expect(factOf(running('a'))).toBe('claimed')
      const marked = { ...running('a'), start: { ...running('a').start, entryMark: '5' } }
      expect(factOf(marked, { hasEntries: () => true, mayHaveEntries: () => true })).toBe('notListed')
      expect(
        factOf({ ...marked, isParallel: true }, { hasEntries: () => true, mayHaveEntries: () => true }),
      ).toBe('claimed')
    })

    it('gives it one although others of its workflow run: their own ids are shown', () => {
      const others = [1, 2].map((at) =>
        runningJob({ jobId: `other ${at}`, isListed: true }, { isParallel: true }),
      )
      const view = viewOf([parallel, ...others], { now: from, askedOf: () => ({ entryAt: from }) })
      expect(factsOfRunningJobs(view, lists('other 1', 'other 2', 'new'))[0]).toEqual({
        key: 'a',
        fact: { kind: 'claimed', jobId: 'new', isHidden: false },
      })
    })

    it('gives each of several its own, where each knows that another one was there before it', () => {
      const view = viewOf([knowing('a', 'y'), knowing('b', 'x')], {
        now: from,
        idleForMs: 0,
        askedOf: () => ({ entryAt: from }),
      })
      expect(factsOfRunningJobs(view, lists('x', 'y'))).toMatchObject([
        { key: 'a', fact: { kind: 'claimed', jobId: 'x' } },
        { key: 'b', fact: { kind: 'claimed', jobId: 'y' } },
      ])
    })

    it('gives none to one that was shown, or to one that ended', () => {
      expect(factOf(runningJob({ isListed: true }, { isParallel: true }))).toBe('notListed')
      expect(factOf(endedJob('unknown', {}, { isParallel: true }))).toBe('notListed')
    })

    it('gives it none where it is listed itself', () => {
      expect(
        kindsOf(
          factsOfRunningJobs(
            viewOf([parallel], { now: from, askedOf: () => ({ entryAt: from }) }),
            lists('id of a', 'new'),
          ),
        ),
      ).toEqual([['a', 'listed']])
    })
  })

  describe('for several starts of a parallel workflow whose ids were shown nowhere', () => {
    const from = replacedId.claimAfter
    const first = running('first', { isParallel: true })
    const second = running('second', { isParallel: true })
    const factsOf = (
      others: readonly Job[],
      part: Partial<WorkflowView>,
      ...listed: readonly string[]
    ): [string, string][] =>
      kindsOf(
        factsOfRunningJobs(
          viewOf([first, second, ...others], {
            asked: [first, second],
            now: from,
            askedOf: () => ({ entryAt: from }),
            ...part,
          }),
          lists(...listed),
        ),
      )
    const claimedByNobody = [
      ['first', 'notListed'],
      ['second', 'notListed'],
    ]
    const claimedByFirst = [
      ['first', 'claimed'],
      ['second', 'notListed'],
    ]
    const busy = { idleForMs: from - 1 }

    it('gives fewer runs than there are starts to none of them while the workflow is busy', () => {
      expect(factsOf([], busy, 'new')).toEqual(claimedByNobody)
      expect(factsOf([], { idleForMs: from }, 'new')).toEqual(claimedByFirst)
    })

    it('gives as many as there are to all of them', () => {
      expect(factsOf([], busy, 'new', 'other')).toEqual([
        ['first', 'claimed'],
        ['second', 'claimed'],
      ])
    })

    it('counts neither a run that belongs to somebody nor one that ran before them', () => {
      const isOwned = owning('other')
      expect(factsOf([], { ...busy, isOwned }, 'new', 'other')).toEqual(claimedByNobody)
      const asked = [first, second].map(knewOther)
      const view = viewOf(asked, { ...busy, now: from, askedOf: () => ({ entryAt: from }) })
      expect(kindsOf(factsOfRunningJobs(view, lists('new', 'other')))).toEqual(claimedByNobody)
    })

    it('counts the workflow as busy while one of its runs is shown, or ended a moment ago', () => {
      const shown = running('shown', { run: runningJob({ isListed: true }).run })
      expect(factsOf([shown], {}, 'new')).toEqual(claimedByNobody)
      const ended = (endedAt: number): Job => ({ ...shown, end: endedJob('done', { endedAt }).end })
      expect(factsOf([ended(1)], {}, 'new')).toEqual(claimedByNobody)
      expect(factsOf([ended(0)], {}, 'new')).toEqual(claimedByFirst)
      expect(factsOf([running('unseen')], {}, 'new')).toEqual(claimedByFirst)
      expect(factsOf([queued('waits')], {}, 'new')).toEqual(claimedByFirst)
    })

    it('counts no start that was shown, has ended or runs one at a time among those that wait', () => {
      const only = [running('ended', { isParallel: true, end: endedJob('unknown', { endedAt: 0 }).end })]
      expect(factsOf([...only, running('single')], busy, 'new', 'other')).toEqual([
        ['first', 'claimed'],
        ['second', 'claimed'],
      ])
      expect(factsOf([running('third', { isParallel: true })], busy, 'new', 'other')).toEqual(claimedByNobody)
    })
  })

  describe('lacks what a save of the workflow has hidden', () => {
    const elder = running('elder', { isParallel: true })
    const job: Job = {
      ...running('a', { isParallel: true }),
      start: { ...running('a').start, requestedAt: 5 },
    }

    it('where it ran beside others, and none of those before it is listed', () => {
      expect(saysMayRunOn([job, elder])).toBe(true)
      expect(saysMayRunOn([job, elder], 'id of elder')).toBe(false)
      const others = { ...job, start: { ...job.start, runningBefore: ['other'] } }
      expect(saysMayRunOn([others])).toBe(true)
      expect(saysMayRunOn([others], 'other')).toBe(false)
    })

    it('not where it ran alone, or one at a time', () => {
      expect(saysMayRunOn([job])).toBe(false)
      expect(saysMayRunOn([{ ...job, isParallel: false }, elder])).toBe(false)
      const sameAge = { ...elder, start: { ...elder.start, requestedAt: 5 } }
      expect(saysMayRunOn([job, sameAge])).toBe(true)
      // One of its own age says nothing by being listed.
      expect(saysMayRunOn([job, sameAge], 'id of elder')).toBe(true)
      const younger = { ...elder, start: { ...elder.start, requestedAt: 6 } }
      expect(saysMayRunOn([job, younger])).toBe(false)
      const over = endedJob('done', { endedAt: 4 }, { key: 'elder' })
      expect(saysMayRunOn([job, over])).toBe(false)
      expect(saysMayRunOn([job, { ...over, end: endedJob('done', { endedAt: 5 }).end }])).toBe(true)
    })
  })
})

describe('a run that is known by its entry alone', () => {
  const nameless = runningJob(
    {
      jobId: unnamed('6'),
      entry: recordOf('6'),
    },
    { key: 'a' },
  )

  it('has the name of the run whose entry it is, be that listed or hidden', () => {
    expect(namesOf(nameless, '6')).toEqual([{ kind: 'named', jobId: 'new' }])
    const hidden = infoOf({ jobId: 'hidden' })
    const answer = { listed: [], hidden, entryIds: new Map([['hidden', '6']]) }
    expect(factsOfRunningJobs(viewOf([nameless]), answer)).toEqual([
      { key: 'a', fact: { kind: 'named', jobId: 'hidden' } },
    ])
  })

  it('is not the run of another entry, and has no name once it has ended', () => {
    expect(namesOf(nameless, '7')).toMatchObject([{ kind: 'notListed' }])
    const ended = { ...nameless, end: endedJob('done').end }
    expect(namesOf(ended, '6')).toMatchObject([{ kind: 'notListed' }])
  })

  it('may be a run whose entry is not known: it is not missed then', () => {
    expect(factsOfRunningJobs(viewOf([nameless]), lists('new'))).toMatchObject([
      { fact: { kind: 'nothingNew' } },
    ])
  })

  it('leaves the run that names it to no start that waits behind it', () => {
    const view = viewOf([nameless, queued()])
    const answer = { ...lists('new'), entryIds: new Map([['new', '6']]) }
    expect(kindsOf(factsOfRunningJobs(view, answer))).toEqual([
      ['a', 'named'],
      ['queued', 'workflowBusy'],
    ])
  })
})

it('a start whose own id is shown after all gives its claimed run back', () => {
  const replaced = { ...running('a'), run: runningJob({ jobId: 'claimed' }).run }
  const shown = new Set(['id of a'])
  expect(shownAfterAll([replaced], shown)).toEqual([
    { key: 'a', fact: { kind: 'startAnswered', jobId: 'id of a' } },
  ])
  expect(shownAfterAll([replaced], new Set(['claimed']))).toEqual([])
  expect(shownAfterAll([running('a'), queued(), { ...replaced, end: endedJob('done').end }], shown)).toEqual(
    [],
  )
})
