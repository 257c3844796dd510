import { describe, expect, it } from 'vitest'
import {
  type Candidate,
  claim,
  greatestMarkFirst,
  isEntryOfEarlierRun,
} from '../../../src/main/tracking/claim.ts'
import { awaitsRun, type Job, type Run } from '../../../src/main/tracking/job.ts'
import { replacedId, starting } from '../../../src/main/tracking/policy.ts'
import { claimsFrom, keepsClaim, ownIdShownBy } from '../../../src/main/tracking/replaced-id.ts'
import { endedJob, jobWith, runningJob, startAt, waitingJob } from '../job.ts'

type Kind = 'queued' | 'lost' | 'replaced'

/** A start that waits for its run: in the queue, with a lost answer, or with an id that was shown nowhere. */
function waiting(key: string, kind: Kind, requestedAt: number, runningBefore: string[] = []): Job {
  if (kind === 'replaced') {
    const job = runningJob({ jobId: `of ${key}` }, { key })
    return { ...job, start: { ...job.start, requestedAt, runningBefore } }
  }
  return jobWith({ key, start: startAt(requestedAt, { answer: { kind, at: requestedAt }, runningBefore }) })
}
/** Runs that may be new for any start, the oldest first. */
const runs = (...jobIds: string[]): Candidate[] => jobIds.map((jobId) => ({ jobId, isNewFor: () => true }))
const nobody = (): boolean => false

it('gives the queue’s next run to the start that waits longest', () => {
  const starts = [waiting('second', 'queued', 20), waiting('first', 'queued', 10)]
  expect(claim(starts, runs('a'), nobody)).toEqual([{ key: 'first', jobId: 'a' }])
})

it('goes by when the starts went out: what was read before one may have held it up', () => {
  const heldUp = waiting('held up', 'queued', 10)
  const starts = [
    { ...heldUp, start: { ...heldUp.start, sentAt: 40 } },
    waitingJob('queued', { requestedAt: 20, sentAt: 30 }, { key: 'prompt' }),
  ]
  expect(claim(starts, runs('a'), nobody)).toEqual([{ key: 'prompt', jobId: 'a' }])
})

it('does not give a run that was there before the start', () => {
  expect(claim([waiting('one', 'queued', 10, ['a'])], runs('a'), nobody)).toEqual([])
  expect(claim([waiting('one', 'queued', 10, ['a'])], runs('a', 'b'), nobody)).toEqual([
    { key: 'one', jobId: 'b' },
  ])
})

it('does not give a run that is too old for the start by what the start knew before', () => {
  const old: Candidate = { jobId: 'a', isNewFor: ({ key }) => key !== 'young' }
  const starts = [waiting('young', 'queued', 10), waiting('other', 'queued', 20)]
  expect(claim(starts, [old, ...runs('b')], nobody)).toEqual([
    { key: 'young', jobId: 'b' },
    { key: 'other', jobId: 'a' },
  ])
})

const isOwned = (jobId: string): boolean => jobId === 'a'

it('does not give a run that belongs to another job', () => {
  expect(claim([waiting('one', 'queued', 10)], runs('a', 'b'), isOwned)).toEqual([{ key: 'one', jobId: 'b' }])
})

it('leaves the only run to the later of two lost starts: that of the earlier may have ended already', () => {
  const starts = [waiting('first', 'lost', 10), waiting('second', 'lost', 20)]
  expect(claim(starts, runs('b'), nobody)).toEqual([{ key: 'second', jobId: 'b' }])
})

it('gives the older of two lost starts the older run, where both can be either’s', () => {
  const starts = [waiting('first', 'lost', 10), waiting('second', 'lost', 20)]
  expect(claim(starts, runs('a', 'b'), nobody)).toEqual([
    { key: 'second', jobId: 'b' },
    { key: 'first', jobId: 'a' },
  ])
})

it('gives each of two lost starts the run that it can be', () => {
  const starts = [waiting('first', 'lost', 10), waiting('second', 'lost', 20, ['a'])]
  expect(claim(starts, runs('a', 'b'), nobody)).toEqual([
    { key: 'second', jobId: 'b' },
    { key: 'first', jobId: 'a' },
  ])
})

it('gives each run away once, also what the history holds two rows of', () => {
  const starts = [waiting('one', 'queued', 10), waiting('two', 'queued', 20)]
  expect(claim(starts, runs('a', 'b'), nobody)).toEqual([
    { key: 'one', jobId: 'a' },
    { key: 'two', jobId: 'b' },
  ])
  expect(claim(starts, runs('a', 'a'), nobody)).toEqual([{ key: 'one', jobId: 'a' }])
})

it('lets the queue choose first, then lost starts, and last those whose own id may just be late', () => {
  const starts = [
    { ...waiting('replaced', 'replaced', 5), isParallel: true },
    waiting('lost', 'lost', 10),
    waiting('queued', 'queued', 30),
  ]
  for (const known of [starts, starts.toReversed()])
    expect(claim(known, runs('a', 'b', 'c'), nobody)).toEqual([
      { key: 'queued', jobId: 'a' },
      { key: 'lost', jobId: 'b' },
      { key: 'replaced', jobId: 'c' },
    ])
})

const lostWith = (key: string, requestedAt: number, entryMark: string | null): Job =>
  waitingJob('lost', { requestedAt, sentAt: requestedAt, entryMark }, { key })

const orderOf = (...starts: readonly Job[]) => starts.toSorted(greatestMarkFirst).map(({ key }) => key)

it('of entries lets the lost start with the greatest mark choose first, and of several with the same mark the oldest', () => {
  const [older, newer] = [lostWith('older', 10, '5'), lostWith('newer', 20, '5')]
  expect(orderOf(older, newer)).toEqual(['older', 'newer'])
  expect(orderOf(newer, older)).toEqual(['older', 'newer'])
  const later = lostWith('later', 30, '10')
  for (const starts of [
    [later, newer],
    [newer, later],
  ])
    expect(orderOf(...starts)).toEqual(['later', 'newer'])
  const [without, first] = [lostWith('without', 10, null), lostWith('first', 20, '0')]
  expect(orderOf(without, first)).toEqual(['first', 'without'])
  expect(orderOf(first, without)).toEqual(['first', 'without'])
})

it('lets a start whose id was never shown take its turn in the queue where one job runs at a time', () => {
  const starts = [
    waiting('lost', 'lost', 5),
    waiting('queued', 'queued', 20),
    waiting('replaced', 'replaced', 10),
  ]
  expect(claim(starts, runs('a', 'b', 'c'), nobody).map(({ key }) => key)).toEqual([
    'replaced',
    'queued',
    'lost',
  ])
})

it('lets of those whose id was never shown the oldest choose first', () => {
  const starts = [waiting('new', 'replaced', 20), waiting('old', 'replaced', 10)]
  expect(claim(starts, runs('a'), nobody)).toEqual([{ key: 'old', jobId: 'a' }])
})

it('knows which starts wait for their run', () => {
  expect(awaitsRun(jobWith({}))).toBe(false)
  expect(awaitsRun(waiting('a', 'lost', 0))).toBe(true)
  expect(awaitsRun(waiting('a', 'queued', 0))).toBe(true)
  expect(awaitsRun(runningJob())).toBe(false)
  expect(awaitsRun({ ...waiting('a', 'queued', 0), end: endedJob('unknown').end })).toBe(false)
})

it('gives the older run to the older of several starts whose answers were lost, though they choose the newest first', () => {
  const starts = [
    waiting('late', 'lost', 30, ['a']),
    waiting('middle', 'lost', 20),
    waiting('early', 'lost', 10),
  ]
  expect(claim(starts, runs('a', 'b', 'c'), nobody)).toEqual(
    expect.arrayContaining([
      { key: 'early', jobId: 'a' },
      { key: 'middle', jobId: 'b' },
      { key: 'late', jobId: 'c' },
    ]),
  )
})

it('leaves each of them what it chose where one of them knows the older run from before', () => {
  const starts = [waiting('late', 'lost', 20), waiting('early', 'lost', 10, ['a'])]
  expect(claim(starts, runs('a', 'b'), nobody)).toEqual([
    { key: 'late', jobId: 'a' },
    { key: 'early', jobId: 'b' },
  ])
})

it('another run may be claimed only by a start that has an id which is shown nowhere', () => {
  for (const isParallel of [false, true]) {
    const part = { isParallel }
    expect(claimsFrom(runningJob({}, part), false)).toBe(replacedId.claimAfter)
    expect(claimsFrom(runningJob({}, part), true)).toBe(replacedId.claimAfterWhenSlow)
    expect(claimsFrom(runningJob({ isListed: true }, part), false)).toBeNull()
    expect(claimsFrom(runningJob({}, { ...part, restartedAt: 1 }), false)).toBeNull()
    expect(claimsFrom(runningJob({}, { ...part, start: waitingJob('queued').start }), false)).toBeNull()
  }
})

const claimsFromAfterRestart = (unreadSince: number | null, run: Partial<Run> = {}): number | null =>
  claimsFrom(runningJob(run, { restartedAt: 10, search: { at: 5, unreadSince } }), false)

it('another run may be claimed after a restart by a start that had been looked for in vain in a history that could not be read', () => {
  expect(claimsFromAfterRestart(9)).toBe(replacedId.claimAfter)
  expect(claimsFromAfterRestart(10)).toBeNull()
  expect(claimsFromAfterRestart(null)).toBeNull()
  expect(claimsFromAfterRestart(9, { isListed: true })).toBeNull()
  expect(claimsFrom(runningJob({}, { restartedAt: 10 }), false)).toBeNull()
})

/** A start that was given another id than that of its run. */
const claimedRun = (run: Partial<Run> = {}): Job => {
  const answer = { kind: 'id', at: 0, jobId: 'own' } as const
  return {
    ...runningJob({ jobId: 'claimed', shownAt: 50, ...run }),
    start: startAt(0, { sentAt: 0, answer }),
  }
}

/** Another start that has an id which is shown nowhere, and no mark. */
const unseenBeside = (start: Partial<Job['start']> = {}, part: Partial<Job> = {}): Job => {
  const job = runningJob({ jobId: 'nowhere' }, { key: 'other', ...part })
  return { ...job, start: { ...job.start, sentAt: 49, entryMark: null, ...start } }
}

const keeps = (...others: readonly Job[]): boolean => keepsClaim(claimedRun(), [claimedRun(), ...others])

const shownBy = (run: Partial<Run>): number | null => ownIdShownBy(claimedRun(run))

describe('a start that has claimed a run, since its id was shown nowhere,', () => {
  it('keeps it where another without a mark, which went out before, could then never have one', () => {
    expect(keeps(unseenBeside())).toBe(true)
    expect(keeps(unseenBeside({ sentAt: 50 }))).toBe(false)
    expect(keeps(unseenBeside({ sentAt: null }))).toBe(false)
    expect(keeps(unseenBeside({ entryMark: '5' }))).toBe(false)
    expect(keeps(unseenBeside({}, { end: endedJob('unknown').end }))).toBe(false)
    expect(keeps({ ...unseenBeside(), run: runningJob({ isListed: true }).run })).toBe(false)
    expect(keeps(unseenBeside({ sentAt: 60 }), unseenBeside())).toBe(true)
    expect(keeps()).toBe(false)
    expect(keepsClaim(waiting('queued', 'queued', 0), [unseenBeside()])).toBe(false)
  })

  it('sees whether it was another’s by three seconds after the first sign of its end', () => {
    const status = { word: 'Done', raw: '2' } as const
    const running = { word: 'Running', raw: '1' } as const
    const entry = { id: '1', isWitnessed: true }
    const within = replacedId.ownShowsWithin
    expect(shownBy({})).toBeNull()
    expect(shownBy({ entry: { ...entry, status, at: 70 } })).toBe(70 + within)
    expect(shownBy({ entry: { ...entry, status: running, at: 70 } })).toBeNull()
    expect(shownBy({ history: { id: '1', status, at: 71 } })).toBe(71 + within)
    expect(shownBy({ remembered: { status, at: 72 } })).toBe(72 + within)
    expect(shownBy({ frame: { status: running, at: 73 } })).toBe(73 + within)
    expect(shownBy({ gone: { count: 1, since: 74, at: 75 } })).toBe(74 + within)
    expect(shownBy({ entry: { ...entry, status, at: 70 }, frame: { status, at: 60 } })).toBe(60 + within)
  })

  it('has nothing to see where its run has its own id, or there is none', () => {
    const gone = { count: 1, since: 74, at: 75 }
    expect(ownIdShownBy(claimedRun({ jobId: 'own', gone }))).toBeNull()
    expect(ownIdShownBy({ ...claimedRun(), run: null })).toBeNull()
    expect(ownIdShownBy({ ...claimedRun({ gone }), end: endedJob('done').end })).toBeNull()
  })
})

it('an entry above the mark of a start that came later than its job is of an earlier run of the server', () => {
  const start = waiting('start', 'queued', 20_000)
  const marked = (entryMark: string | null): Job => ({ ...start, start: { ...start.start, entryMark } })
  const entry = { id: '3', status: { word: 'Done', raw: '2' }, at: 10, isWitnessed: true } as const
  const shownAt = start.start.requestedAt - starting.entrySeenWithin - 1
  const old = runningJob({ entry, shownAt })
  expect(isEntryOfEarlierRun(old, [marked('2')])).toBe(true)
  expect(isEntryOfEarlierRun(old, [marked('3'), marked('2')])).toBe(true)
  expect(isEntryOfEarlierRun(old, [marked('3'), marked(null)])).toBe(false)
  // Its entry may have come between the page that the mark is of and the start.
  expect(isEntryOfEarlierRun(runningJob({ entry, shownAt: shownAt + 1 }), [marked('2')])).toBe(false)
  expect(isEntryOfEarlierRun(runningJob({ entry, shownAt: null }), [marked('2')])).toBe(false)
  expect(isEntryOfEarlierRun(runningJob({ entry: null, shownAt }), [marked('2')])).toBe(false)
  expect(isEntryOfEarlierRun(runningJob({ entry: { ...entry, id: 'x' }, shownAt }), [marked('2')])).toBe(
    false,
  )
})
