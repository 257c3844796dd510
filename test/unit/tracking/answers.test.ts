import { describe, expect, it } from 'vitest'
import { factsOfEntries, factsOfLaterEntries } from '../../../src/main/tracking/answers/entries.ts'
import { canBeNamed, factsOfHistory } from '../../../src/main/tracking/answers/history.ts'
import { factsOfRunningJobs, shownAfterAll } from '../../../src/main/tracking/answers/running-jobs.ts'
import type { WorkflowView } from '../../../src/main/tracking/answers/workflow-view.ts'
import { namedByRow, unnamed } from '../../../src/main/tracking/ids.ts'
import type { HistoryRow } from '../../../src/main/tracking/history-search.ts'
import { type Job, jobIdOf, type Run } from '../../../src/main/tracking/job.ts'
import { never } from '../../../src/main/tracking/asked.ts'
import { replacedId } from '../../../src/main/tracking/policy.ts'
import type { UnclaimedRun } from '../../../src/main/tracking/unclaimed-runs.ts'
import type { WireStatus } from '../../../src/main/wexflow/server.ts'
import { endedJob, jobWith, runningJob, startAt } from '../job.ts'
import { entryOf, infoOf } from './facts.ts'

const viewOf = (jobs: readonly Job[], part: Partial<WorkflowView> = {}): WorkflowView => ({
  jobs,
  asked: jobs,
  isOwned: (jobId) => jobs.some((job) => jobIdOf(job) === jobId),
  isOfThisRun: () => true,
  askedOf: () => ({ entryAt: never }),
  isServerSlow: false,
  hasEntries: () => false,
  mayHaveEntries: () => false,
  idleForMs: 100_000,
  followedSince: 0,
  now: 100_000,
  ...part,
})
const owning =
  (...jobIds: string[]): WorkflowView['isOwned'] =>
  (jobId) =>
    jobIds.includes(jobId)
const start = (kind: 'queued' | 'lost', part: Partial<Job['start']> = {}): Job['start'] =>
  startAt(0, { sentAt: 0, answer: { kind, at: 0 }, historyMark: '', ...part })
const queued = (key = 'queued', part: Partial<Job['start']> = {}): Job =>
  jobWith({ key, start: start('queued', part) })
const lost = (key = 'lost', part: Partial<Job['start']> = {}): Job =>
  jobWith({ key, start: start('lost', part) })
const running = (key: string, part: Partial<Job> = {}): Job =>
  runningJob({ jobId: `id of ${key}` }, { key, ...part })
/** A start whose answer has yet to come. */
const beingSent = jobWith({ key: 'sent', start: startAt(0, { sentAt: 0 }) })
const noEntries: ReadonlyMap<string, string> = new Map()
const lists = (...jobIds: string[]) => ({
  listed: jobIds.map((jobId) => infoOf({ jobId })),
  hidden: null,
  entryIds: noEntries,
})
const rowOf = (jobId: string, olderThan: string[] = []): HistoryRow => ({
  row: entryOf('Done', { id: `row of ${jobId}` }),
  jobId,
  olderThan,
})
const recordOf = (id: string): NonNullable<Run['entry']> => ({
  id,
  status: { word: 'Running', raw: '1' },
  at: 0,
  isWitnessed: true,
})
const whole = { isWhole: true, searchedAt: 50 }
const kindsOf = (facts: readonly { key: string; fact: { kind: string } }[]): [string, string][] =>
  facts.map(({ key, fact }) => [key, fact.kind])

const saysMayRunOn = (jobs: readonly Job[], ...listed: string[]): unknown => {
  const fact = factsOfRunningJobs(viewOf(jobs), lists(...listed)).find(({ key }) => key === 'a')?.fact
  return fact?.kind === 'notListed' ? fact.mayRunOn : fact?.kind
}

const isOfAnotherRun = (): boolean => false

const factOfUnwatched = (job: Job, followedSince = 10) =>
  kindsOf(factsOfRunningJobs(viewOf([job], { isOfThisRun: isOfAnotherRun, followedSince }), lists('new')))

const knewOther = (job: Job): Job => ({ ...job, start: { ...job.start, runningBefore: ['other'] } })

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
      expect(kindsOf(factOf(noEntries))).toEqual([['a', 'nothingNew']])
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

/** What is said of a job whose entry is 6, where this run is listed and its entry has that id. */
const namesOf = (job: Job, entryId: string) =>
  factsOfRunningJobs(viewOf([job]), { ...lists('new'), entryIds: new Map([['new', entryId]]) }).map(
    ({ fact }) => fact,
  )

describe('a run that is known by its entry alone', () => {
  const nameless = runningJob(
    {
      jobId: unnamed('6'),
      entry: { id: '6', status: { word: 'Running', raw: '1' }, at: 0, isWitnessed: true },
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

/** The entry of a run that nobody is known to have started, and the job that its log names. */
const entryRun = (id: string, jobId: string | null, status: WireStatus = 'Running'): UnclaimedRun => ({
  entry: entryOf(status, { id }),
  jobId,
})

/** A server whose pages of entries can be read. */
const seen = (jobs: readonly Job[], part: Partial<WorkflowView> = {}): WorkflowView =>
  viewOf(jobs, { hasEntries: () => true, mayHaveEntries: () => true, ...part })

/** Which entry, and which name, each start gets. */
const claimsOf = (view: WorkflowView, ...runs: readonly UnclaimedRun[]): Record<string, unknown[]> => {
  const claims: Record<string, unknown[]> = {}
  for (const { key, fact } of factsOfEntries(view, runs)) {
    const known = claims[key] ?? []
    if (fact.kind === 'claimed') claims[key] = [...known, fact.jobId]
    else claims[key] = [...known, fact.kind === 'entry' ? fact.entry.id : fact.kind]
  }
  return claims
}

const before = runningJob({ jobId: 'id of before', isListed: true }, { key: 'before' })

/** The job with its entry. */
const entered = (job: Job, id: string): Job => {
  const entry = { id, status: { word: 'Running', raw: '1' }, at: 0, isWitnessed: false } as const
  return { ...job, run: runningJob({ ...job.run, entry }).run }
}

const countedFacts = (job: Job) => kindsOf(factsOfRunningJobs(seen([job]), lists('new')))

describe('the newest entries', () => {
  const first = queued('first', { entryMark: '5' })
  const later = queued('later', { entryMark: '5', requestedAt: 5 })

  it('give the runs that began since to the starts that wait, in the order of both', () => {
    const facts = factsOfEntries(seen([first, later]), [entryRun('6', 'x'), entryRun('7', 'y')])
    expect(facts).toMatchObject([
      { key: 'first', fact: { kind: 'claimed', jobId: 'x', isHidden: false } },
      { key: 'first', fact: { kind: 'entry', entry: { id: '6' }, isWitnessed: true } },
      { key: 'later', fact: { kind: 'claimed', jobId: 'y', isHidden: false } },
      { key: 'later', fact: { kind: 'entry', entry: { id: '7' }, isWitnessed: true } },
    ])
  })

  it('show also a run that was stopped as soon as it began, which no list ever shows: it takes its turn', () => {
    const runs = [entryRun('6', null, 'Stopped'), entryRun('7', 'y')]
    const view = seen([first, later])
    expect(claimsOf(view, ...runs)).toEqual({ first: [unnamed('6'), '6'], later: ['y', '7'] })
    expect(factsOfEntries(view, runs)[0]).toMatchObject({ fact: { isHidden: true } })
  })

  it('know a run whose log carries the line of the job before it for another one', () => {
    const known = entered(before, '5')
    expect(claimsOf(seen([known, first]), entryRun('6', 'id of before'))).toEqual({
      first: [unnamed('6'), '6'],
    })
    const ended = { ...known, end: endedJob('stopped').end }
    expect(claimsOf(seen([ended, first]), entryRun('6', 'id of before'))).toEqual({
      first: [unnamed('6'), '6'],
    })
  })

  it('give nothing away by such a line where the job before it has no entry of its own yet', () => {
    const ended = { ...before, end: endedJob('stopped').end }
    expect(claimsOf(seen([ended, first]), entryRun('6', 'id of before'))).toEqual({})
  })

  it('tell a run that is known its own entry first, and give nothing away meanwhile', () => {
    const view = seen([before, first])
    expect(factsOfEntries(view, [entryRun('6', 'id of before'), entryRun('7', 'y')])).toMatchObject([
      { key: 'before', fact: { kind: 'entry', entry: { id: '6' }, isWitnessed: false } },
    ])
    expect(claimsOf(view, entryRun('6', null), entryRun('7', 'y'))).toEqual({})
  })

  it('give nothing away on the page that shows a run which is known its own entry', () => {
    const view = seen([running('a'), first])
    expect(claimsOf(view, entryRun('6', 'id of a'), entryRun('7', 'y'))).toEqual({ a: ['6'] })
  })

  it('give a run away although one that has ended never showed its entry', () => {
    const ended = { ...before, end: endedJob('stopped').end }
    expect(claimsOf(seen([ended, first]), entryRun('6', 'x'))).toEqual({ first: ['x', '6'] })
  })

  it('tell of two entries that name one run the first only, and none to a run that has its own or has ended', () => {
    const twice = [entryRun('6', 'id of before'), entryRun('7', 'id of before')]
    expect(claimsOf(seen([before]), ...twice)).toEqual({ before: ['6'] })
    expect(claimsOf(seen([entered(before, '5')]), ...twice)).toEqual({})
    expect(claimsOf(seen([{ ...before, end: endedJob('stopped').end }]), ...twice)).toEqual({})
  })

  it('give no start an unnamed run of a workflow whose jobs run side by side: its log could not be read', () => {
    const parallel = { ...first, isParallel: true }
    expect(claimsOf(seen([parallel]), entryRun('6', null), entryRun('7', 'y'))).toEqual({
      first: ['y', '7'],
    })
    const known = { ...entered(before, '5'), isParallel: true }
    expect(claimsOf(seen([known, parallel]), entryRun('6', 'id of before'))).toEqual({})
  })

  it('give a run to a start whose id was shown nowhere, once it may claim', () => {
    const from = replacedId.claimAfter
    const unseen = { ...running('a'), start: { ...running('a').start, entryMark: '5' } }
    const at = (now: number) =>
      claimsOf(seen([unseen], { now, askedOf: () => ({ entryAt: now }) }), entryRun('6', 'x'))
    expect(at(from - 1)).toEqual({})
    expect(at(from)).toEqual({ a: ['x', '6'] })
  })

  it('give none that is older than the start, however many digits its id has', () => {
    const tenth = queued('tenth', { entryMark: '10' })
    expect(claimsOf(seen([tenth]), entryRun('9', 'x'), entryRun('10', 'y'))).toEqual({})
    expect(claimsOf(seen([first, tenth]), entryRun('6', 'x'), entryRun('11', 'y'))).toEqual({
      first: ['x', '6'],
      tenth: ['y', '11'],
    })
  })

  it('give none that ran before, or whose entry or id is somebody’s', () => {
    const knew = queued('knew', { entryMark: '5', runningBefore: ['x'] })
    expect(claimsOf(seen([knew]), entryRun('6', 'x'))).toEqual({})
    expect(claimsOf(seen([entered(before, '6'), first]), entryRun('6', 'x'))).toEqual({})
    const isOwned = owning('x')
    expect(claimsOf(seen([first], { isOwned }), entryRun('6', 'x'))).toEqual({})
  })

  it('give nothing where they do not tell: without a mark that is a number, or where pages can’t be had', () => {
    for (const entryMark of [null, 'a-5'])
      expect(claimsOf(seen([queued('a', { entryMark })]), entryRun('6', 'x'))).toEqual({})
    expect(claimsOf(seen([first], { hasEntries: () => false }), entryRun('6', 'x'))).toEqual({})
  })

  it('give nothing away while the answer of a start can still come', () => {
    expect(claimsOf(seen([first, beingSent], { asked: [first] }), entryRun('6', 'x'))).toEqual({})
  })

  it('keep the list of running jobs from giving a run to a start that they are counted for', () => {
    expect(countedFacts(first)).toEqual([['first', 'workflowBusy']])
    expect(countedFacts({ ...first, isParallel: true })).toEqual([['first', 'claimed']])
    expect(countedFacts(queued('a', { entryMark: null }))).toEqual([['a', 'claimed']])
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

/** Rows of one job, the oldest first. */
const rowsOfOne = (...statuses: readonly WireStatus[]): HistoryRow[] =>
  statuses.map((status, at) => ({ row: entryOf(status, { id: String(at + 1) }), jobId: 'id', olderThan: [] }))

describe('the history', () => {
  it('has the rows of jobs that are known, or lacks them', () => {
    const view = viewOf([running('a'), running('b')])
    expect(factsOfHistory(view, [rowOf('id of a')], whole)).toMatchObject([
      { key: 'a', fact: { kind: 'historyFound', jobId: 'id of a', row: { id: 'row of id of a' } } },
      { key: 'b', fact: { kind: 'historyMissing', isWhole: true, searchedAt: 50 } },
    ])
  })

  it('gives a row that is nobody’s to a start without a run, the oldest first', () => {
    const view = viewOf([queued('first'), queued('second', { requestedAt: 5 })])
    expect(factsOfHistory(view, [rowOf('x'), rowOf('y')], whole)).toMatchObject([
      { key: 'first', fact: { kind: 'historyFound', jobId: 'x' } },
      { key: 'second', fact: { kind: 'historyFound', jobId: 'y' } },
    ])
  })

  it('gives the row of a run that a stop has hidden, whose log names no job, to no other start', () => {
    const hidden = runningJob({ jobId: 'id of hidden', isHidden: true }, { key: 'hidden' })
    const rows = [rowOf('row 1'), rowOf('row 2')]
    const waiting = queued('waiting')
    expect(kindsOf(factsOfHistory(viewOf([hidden, waiting]), rows, whole))).toEqual([
      ['hidden', 'historyMissing'],
      ['waiting', 'historyMissing'],
    ])
    const ended = { ...hidden, end: endedJob('done').end }
    expect(factsOfHistory(viewOf([ended, waiting]), rows, whole)).toMatchObject([
      { key: 'hidden', fact: { kind: 'historyFound', jobId: 'id of hidden', row: { id: 'row of row 1' } } },
      { key: 'waiting', fact: { kind: 'historyFound', jobId: 'row 2' } },
    ])
    const failed = { ...hidden, end: endedJob('failed').end }
    expect(factsOfHistory(viewOf([failed, waiting]), rows, whole)).toMatchObject([
      { key: 'hidden', fact: { kind: 'historyMissing' } },
      { key: 'waiting', fact: { kind: 'historyFound', jobId: 'row 1' } },
    ])
  })

  it('gives no row that stood there before the start, nor any without a mark', () => {
    const rows = [rowOf('x', ['7'])]
    expect(kindsOf(factsOfHistory(viewOf([lost('a', { historyMark: '7' })]), rows, whole))).toEqual([
      ['a', 'historyMissing'],
    ])
    expect(kindsOf(factsOfHistory(viewOf([lost('a', { historyMark: '6' })]), rows, whole))).toEqual([
      ['a', 'historyFound'],
    ])
    expect(kindsOf(factsOfHistory(viewOf([lost('a', { historyMark: null })]), [rowOf('y')], whole))).toEqual([
      ['a', 'historyMissing'],
    ])
  })

  it('gives the second row that says of one job that it was stopped to the start behind it, whose own it is', () => {
    const stopped = endedJob('stopped')
    const view = viewOf([stopped, queued()], { asked: [queued()] })
    expect(factsOfHistory(view, rowsOfOne('Stopped', 'Stopped'), whole)).toMatchObject([
      { key: 'queued', fact: { kind: 'historyFound', jobId: namedByRow('2'), row: { id: '2' } } },
    ])
    // A job that another's stop was written over runs on, and has a second row from its end.
    expect(kindsOf(factsOfHistory(view, rowsOfOne('Stopped', 'Done'), whole))).toEqual([
      ['queued', 'historyMissing'],
    ])
  })

  it('gives no row that belongs to a job already', () => {
    const view = viewOf([lost('a'), endedJob('done')], { asked: [lost('a')] })
    expect(kindsOf(factsOfHistory(view, [rowOf('id')], whole))).toEqual([['a', 'historyMissing']])
  })

  it('that was not read whole gives nothing away: a row that can’t be read may be the start’s own', () => {
    const facts = factsOfHistory(viewOf([lost('a'), running('b')]), [rowOf('x'), rowOf('id of b')], {
      isWhole: false,
      searchedAt: 50,
    })
    expect(facts).toMatchObject([
      { key: 'a', fact: { kind: 'historyMissing', isWhole: false } },
      { key: 'b', fact: { kind: 'historyFound' } },
    ])
  })

  it('has nothing unread for a start that could not be named in it anyway', () => {
    const nameless = lost('a', { historyMark: null })
    expect(canBeNamed(nameless)).toBe(false)
    expect([lost(), running('b')].map(canBeNamed)).toEqual([true, true])
    expect(factsOfHistory(viewOf([nameless]), [], { isWhole: false, searchedAt: 50 })).toMatchObject([
      { fact: { kind: 'historyMissing', isWhole: true } },
    ])
  })

  it('says nothing of a start without a run while the answer of another can still come', () => {
    const view = viewOf([lost('a'), beingSent, running('b')], { asked: [lost('a'), running('b')] })
    expect(kindsOf(factsOfHistory(view, [rowOf('x')], whole))).toEqual([['b', 'historyMissing']])
  })

  it('gives a start its own row, though it may claim another one by now', () => {
    const own = running('a', { isParallel: true })
    const job: Job = { ...own, start: { ...own.start, historyMark: '' } }
    const view = viewOf([job], { askedOf: () => ({ entryAt: 100_000 }) })
    expect(factsOfHistory(view, [rowOf('x'), rowOf('id of a')], whole)).toMatchObject([
      { key: 'a', fact: { kind: 'historyFound', jobId: 'id of a' } },
    ])
  })

  it('gives a row to a start whose id was shown nowhere, once it may claim', () => {
    const from = replacedId.claimAfter
    const job: Job = {
      ...running('a', { isParallel: true }),
      start: { ...running('a').start, historyMark: '' },
    }
    const at = (now: number) =>
      kindsOf(factsOfHistory(viewOf([job], { now, askedOf: () => ({ entryAt: now }) }), [rowOf('x')], whole))
    expect(at(from - 1)).toEqual([['a', 'historyMissing']])
    expect(at(from)).toEqual([['a', 'historyFound']])
  })
})

const withEntry = (id: string, part: Partial<Job> = {}): Job =>
  running('a', { run: runningJob({ entry: recordOf(id) }).run, ...part })

const missed = (looks: number): Job =>
  running('a', {
    run: runningJob({ entry: recordOf('7'), gone: { looks, since: 1, at: 1 } }).run,
  })

describe('the entry of another run behind that of a run which is known', () => {
  it('says that it is over, where one job runs at a time', () => {
    const fact = { kind: 'notListed', mayRunOn: false }
    expect(factsOfLaterEntries([withEntry('7')], 8n)).toEqual([{ key: 'a', fact }])
  })

  it('says so until that was said twice', () => {
    expect(kindsOf(factsOfLaterEntries([missed(1)], 8n))).toEqual([['a', 'notListed']])
    expect(factsOfLaterEntries([missed(2)], 8n)).toEqual([])
  })

  it.each([
    { where: 'it has ended', job: withEntry('7', { end: endedJob('done').end }) },
    { where: 'it has no entry', job: running('a') },
    { where: 'there is no run', job: queued() },
    { where: 'jobs run side by side', job: withEntry('7', { isParallel: true }) },
    { where: 'it is its own', job: withEntry('8') },
    { where: 'ids are no numbers', job: withEntry('5f1e') },
  ])('says nothing, where $where', ({ job }) => {
    expect(factsOfLaterEntries([job], 8n)).toEqual([])
  })
})
