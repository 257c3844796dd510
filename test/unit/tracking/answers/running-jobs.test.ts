import { describe, expect, it } from 'vitest'
import {
  factsOfRunningJobs,
  factsOfWatched,
  type RunningJobs,
  shownAfterAll,
} from '../../../../src/main/tracking/answers/running-jobs.ts'
import type { Job } from '../../../../src/main/tracking/job.ts'
import { doubt } from '../../../../src/main/tracking/policy.ts'
import { endedJob, runningJob, startAt } from '../../job.ts'
import { infoOf, nameOfEntry } from '../facts.ts'
import {
  beingSent,
  entriesOf,
  kindsOf,
  lists,
  lost,
  owning,
  queued,
  recordOf,
  running,
  viewOf,
} from './answering.ts'

const saysMayRunOn = (jobs: readonly Job[], ...listed: string[]): unknown => {
  const fact = factsOfRunningJobs(viewOf(jobs), lists(...listed)).find(({ key }) => key === 'a')?.fact
  return fact?.kind === 'notListed' ? fact.mayRunOn : fact?.kind
}

const isOfAnotherRun = (): boolean => false

const factOfUnwatched = (job: Job, followedSince = 10) =>
  kindsOf(factsOfRunningJobs(viewOf([job], { isOfThisRun: isOfAnotherRun, followedSince }), lists('new')))

/** What is said of a start in the queue that nobody watched, and of one behind it whose answer was lost. */
const kindsBehindQueue = (search: Job['search'], ...jobIds: string[]) => {
  const jobs = [{ ...queued(), search }, lost()]
  const view = viewOf(jobs, { isOfThisRun: isOfAnotherRun, followedSince: 10 })
  return kindsOf(factsOfRunningJobs(view, lists(...jobIds)))
}

/** What is said of a job whose entry is 6, where this run is listed and its entry has that id. */
const namesOf = (job: Job, entryId: string) =>
  factsOfRunningJobs(viewOf([job]), { ...lists('new'), entries: entriesOf('new', entryId) }).map(
    ({ fact }) => fact,
  )

/** What is said of a start in the queue beside these jobs, where a run with the entry 8 is listed. */
const factBeside = (...jobs: readonly Job[]) => {
  const entries = entriesOf('new', '8')
  const view = viewOf([...jobs, queued('waiting')])
  return kindsOf(factsOfRunningJobs(view, { ...lists('new'), entries })).at(-1)?.[1]
}

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

  describe('a run whose id was given to a start that was then told how another run ended', () => {
    const startOf = startAt(0, { answer: { kind: 'id', at: 5, jobId: 'id' } })
    const told = {
      ...endedJob('done', {}, { key: 'a', start: startOf }),
      run: runningJob({ jobId: 'claimed' }).run,
    }
    const claimOf = (other: Job): unknown =>
      factsOfRunningJobs(viewOf([told, other], { isOwned: owning('claimed') }), lists('id')).find(
        ({ key }) => key === other.key,
      )?.fact

    it('is that of one which waited by then: each start is told one end', () => {
      expect(claimOf(lost())).toEqual({ kind: 'claimed', jobId: 'id', isHidden: false })
    })

    it('is not that of one which was asked for later', () => {
      expect(claimOf(lost('later', { requestedAt: 6 }))).toMatchObject({ kind: 'workflowBusy' })
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
    const heldUp = queued('counted', { requestedAt: 2, sentAt: 5, entryMark: '5' })
    const prompt = queued('first', { requestedAt: 3, sentAt: 4 })
    expect(
      kindsOf(factsOfRunningJobs(viewOf([prompt, heldUp], { mayHaveEntries: () => true }), lists('new'))),
    ).toContainEqual(['first', 'claimed'])
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
    const factOf = (entries: RunningJobs['entries']) =>
      factsOfRunningJobs(viewOf([nameless]), { ...lists('new'), entries })

    it('names it, where the entry of what runs is that one', () => {
      expect(factOf(entriesOf('new', '7'))).toEqual([{ key: 'a', fact: { kind: 'named', jobId: 'new' } }])
    })

    it('lacks it, where what runs has another entry', () => {
      expect(kindsOf(factOf(entriesOf('new', '8')))).toEqual([['a', 'notListed']])
    })

    it('gives what runs to no other start, where its entry can’t be read', () => {
      const view = viewOf([nameless, queued('waiting')])
      expect(kindsOf(factsOfRunningJobs(view, lists('new')))).toEqual([
        ['a', 'nothingNew'],
        ['waiting', 'workflowBusy'],
      ])
      const entries = entriesOf('new', '8')
      expect(kindsOf(factsOfRunningJobs(view, { ...lists('new'), entries }))).toEqual([
        ['a', 'notListed'],
        ['waiting', 'claimed'],
      ])
    })

    it('gives what runs to no other start, where it was found by its entry while the list was asked for', () => {
      const waiting = queued('waiting')
      const found = [nameless, { ...nameless, end: endedJob('done', { endedAt: 99_000 }).end }]
      for (const job of found) {
        const view = viewOf([job, waiting], { asked: [waiting] })
        for (const entries of [entriesOf('new', '7'), lists().entries])
          expect(kindsOf(factsOfRunningJobs(view, { ...lists('new'), entries }))).toEqual([
            ['waiting', 'workflowBusy'],
          ])
      }
      const long = { ...nameless, end: endedJob('done', { endedAt: 1000 }).end }
      expect(kindsOf(factsOfRunningJobs(viewOf([long, waiting]), lists('new')))).toContainEqual([
        'waiting',
        'claimed',
      ])
    })

    it('gives what runs to no other start, where it was found a moment ago by its row in the history alone', () => {
      const found = { ...nameless, run: runningJob({ jobId: 'row 9' }).run }
      const factsAt = (endedAt: number) => {
        const job = { ...found, end: endedJob('done', { endedAt }).end }
        return kindsOf(
          factsOfRunningJobs(viewOf([job, queued('waiting')]), {
            ...lists('new'),
            entries: entriesOf('new', '8'),
          }),
        )
      }
      expect(factsAt(99_000)).toContainEqual(['waiting', 'workflowBusy'])
      expect(factsAt(1000)).toContainEqual(['waiting', 'claimed'])
    })

    it('gives what runs to no other start for a minute after its end, nor while another has yet to show its entry', () => {
      const unseen = running('b', { run: runningJob({ jobId: 'row 9' }).run })
      const over = (endedAt: number) => ({ ...unseen, end: endedJob('done', { endedAt }).end })
      expect(factBeside(over(100_000 - doubt.checkFor + 1))).toBe('workflowBusy')
      expect(factBeside(over(100_000 - doubt.checkFor))).toBe('claimed')
      expect(factBeside(nameless)).toBe('claimed')
      expect(factBeside(nameless, unseen)).toBe('workflowBusy')
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

describe('of runs that others began and that are watched, the list of running jobs', () => {
  const watched = [running('a'), running('b')]

  it('says whether each is on it', () => {
    expect(factsOfWatched(watched, [], lists('id of a'))).toMatchObject([
      { key: 'a', fact: { kind: 'listed', info: { jobId: 'id of a' }, isHidden: false } },
      { key: 'b', fact: { kind: 'notListed', mayRunOn: false } },
    ])
  })

  it('says nothing by a job without an id', () => {
    const nameless = { ...lists(), listed: [infoOf({ jobId: null })] }
    expect(kindsOf(factsOfWatched([lost('a')], [], nameless))).toEqual([['a', 'notListed']])
  })

  it('lacks the hidden run, which is found as one that is hidden', () => {
    const hidden = infoOf({ jobId: 'id of b' })
    expect(factsOfWatched(watched, [], { ...lists(), hidden })).toMatchObject([
      { key: 'a', fact: { kind: 'notListed' } },
      { key: 'b', fact: { kind: 'listed', info: { jobId: 'id of b' }, isHidden: true } },
    ])
  })

  it('may lack what a save of the workflow has hidden, where a start or another run was there before', () => {
    const later = running('later', { isParallel: true, start: { ...running('later').start, requestedAt: 5 } })
    const older = running('older')
    const saysMayRunOnOf = (others: readonly Job[], starts: readonly Job[]) =>
      factsOfWatched([later, ...others], starts, lists())[0]
    for (const fact of [saysMayRunOnOf([older], []), saysMayRunOnOf([], [older])])
      expect(fact).toEqual({ key: 'later', fact: { kind: 'notListed', mayRunOn: true } })
    expect(saysMayRunOnOf([], [])).toEqual({ key: 'later', fact: { kind: 'notListed', mayRunOn: false } })
  })
})

describe('a run that is known by its entry alone', () => {
  const nameless = runningJob(
    {
      jobId: nameOfEntry('6'),
      entry: recordOf('6'),
    },
    { key: 'a' },
  )

  it('has the name of the run whose entry it is, be that listed or hidden', () => {
    expect(namesOf(nameless, '6')).toEqual([{ kind: 'named', jobId: 'new' }])
    const hidden = infoOf({ jobId: 'hidden' })
    const answer = { listed: [], hidden, entries: entriesOf('hidden', '6') }
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
    const answer = { ...lists('new'), entries: entriesOf('new', '6') }
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
  // What runs without an id is no start's own.
  expect(shownAfterAll([running('a'), queued()], new Set([null]))).toEqual([])
  expect(shownAfterAll([running('a'), queued(), { ...replaced, end: endedJob('done').end }], shown)).toEqual(
    [],
  )
})
