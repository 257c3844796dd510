import { describe, expect, it } from 'vitest'
import type { End, Job, Run } from '../../../src/main/tracking/job.ts'
import { type Asked, never, nothingAsked } from '../../../src/main/tracking/asked.ts'
import { claimsFrom } from '../../../src/main/tracking/claim.ts'
import { needsLog } from '../../../src/main/tracking/plan/log-rule.ts'
import { plan } from '../../../src/main/tracking/plan/plan.ts'
import type { PlanContext, ReadKind } from '../../../src/main/tracking/plan/rule.ts'
import { asking, doubt, gone, notBegun, replacedId, stopping } from '../../../src/main/tracking/policy.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import { unnamed } from '../../../src/main/tracking/ids.ts'
import { endedJob, jobWith, runningJob, startAt } from '../job.ts'
import { planningNothing } from './knowing.ts'

/** When a read of this kind is due; null where none is planned. */
const dueOf = (
  kind: ReadKind,
  job: Job,
  asked: Partial<Asked> = {},
  context: Partial<PlanContext> = {},
): number | null =>
  plan(job, { ...nothingAsked, ...asked }, { ...planningNothing, ...context }).find(
    (read) => read.kind === kind,
  )?.dueAt ?? null
const entryRecord = (word: 'Pending' | 'Running', raw: string): Run['entry'] => ({
  id: '1',
  status: { word, raw },
  at: 0,
  isWitnessed: false,
})
/** A run that the server has shown. */
const shown = (part: Partial<Run> = {}, of: Partial<Job> = {}): Job =>
  runningJob({ isListed: true, shownAt: 0, ...part }, of)
const framed = (at: number): Job => shown({ frame: { status: { word: 'Running', raw: 'Running' }, at } })
const goneJob = (looks: number, part: Partial<Run> = {}): Job =>
  shown({ gone: { looks, since: 1000, at: 2500 }, ...part })
const waiting = (kind: 'queued' | 'lost', part: Partial<Job['start']> = {}, of: Partial<Job> = {}): Job =>
  jobWith({ start: startAt(0, { sentAt: 0, answer: { kind, at: 100 }, ...part }), ...of })
const searched = (at: number, unreadSince: number | null = null): Job['search'] => ({ at, unreadSince })

it('plans nothing for a start whose answer is awaited, and one read of each kind at most, with its reason', () => {
  const sent = jobWith({ start: startAt(0, { sentAt: 0 }) })
  expect(plan(sent, { ...nothingAsked, wantedAt: 5, jobsWantedAt: 5 }, planningNothing)).toEqual([])
  const reads = plan(framed(50), { ...nothingAsked, wantedAt: 20 }, planningNothing)
  expect(reads.filter(({ kind }) => kind === 'entry')).toEqual([
    { kind: 'entry', dueAt: 20, why: 'something has changed, or may have changed unseen' },
  ])
})

it('of two reasons that are due at once gives the first of the rules', () => {
  const job = goneJob(1, { startedAt: 1000 - asking.firstEntry })
  const reads = plan(job, nothingAsked, planningNothing)
  expect(reads.find(({ kind }) => kind === 'entry')).toMatchObject({ dueAt: 1000, why: 'it has just begun' })
})

it('asks by no id for a start without a run, nor for a run that is known by its entry alone', () => {
  const asked = { wantedAt: 5, stopAnsweredAt: 5, memoryAt: 1 }
  const restarted = { restartedAt: 3 }
  const nameless = goneJob(2, { jobId: unnamed('1') })
  for (const job of [waiting('queued', {}, restarted), waiting('lost', {}, restarted), nameless])
    for (const kind of ['entry', 'memory'] as const) expect(dueOf(kind, job, asked)).toBeNull()
  expect(dueOf('memory', nameless, { ...asked, entryAt: 1200 })).toBeNull()
})

describe('the entry of a job under way', () => {
  it('is read half a second after its begin, and then not without a reason', () => {
    expect(dueOf('entry', shown({ startedAt: 1000 }))).toBe(1000 + asking.firstEntry)
    expect(dueOf('entry', shown({ startedAt: 1000 }), { entryAt: 1 })).toBeNull()
  })

  it('is read at once where its begin was not seen', () => {
    expect(dueOf('entry', shown({ startedAt: null }))).toBe(never)
  })

  it('is read at once after its frame, then ever more rarely, between a quarter second and a quarter minute', () => {
    const job = framed(1000)
    expect(dueOf('entry', job, { entryAt: 999 })).toBe(1000)
    expect(dueOf('entry', job, { entryAt: 1000 })).toBe(1000 + asking.leastPause)
    expect(dueOf('entry', job, { entryAt: 3000 })).toBe(4000)
    expect(dueOf('entry', job, { entryAt: 101_000 })).toBe(101_000 + asking.mostPause)
  })

  it.each<[string, Job, Partial<Asked>, number]>([
    ['a stop was answered', shown(), { stopAnsweredAt: 1000 }, 1000 + asking.afterStopAnswer],
    ['it is listed no more', goneJob(1), {}, 1000],
    ['the server has restarted', shown({ isListed: false }, { restartedAt: 1000 }), {}, 1000],
    ['something has changed', shown(), { wantedAt: 1000 }, 1000],
  ])('is read once when %s', (_, job, asked, dueAt) => {
    expect(dueOf('entry', job, { ...asked, entryAt: dueAt - 1 })).toBe(dueAt)
    expect(dueOf('entry', job, { ...asked, entryAt: dueAt })).toBeNull()
  })

  it('is read once more when it has been gone long enough to be concluded', () => {
    const from = 1000 + gone.concludeAfter
    expect(dueOf('entry', goneJob(2), { entryAt: from - 1 })).toBe(from)
    expect(dueOf('entry', goneJob(2), { entryAt: from })).toBeNull()
  })

  it('that is shown nowhere is read when it may claim another run, and when it may be told as not begun', () => {
    const job = runningJob()
    expect(dueOf('entry', job, { entryAt: replacedId.claimAfter - 1 })).toBe(replacedId.claimAfter)
    expect(dueOf('entry', job, { entryAt: replacedId.claimAfter })).toBe(notBegun.toldAfter)
    expect(dueOf('entry', job, { entryAt: notBegun.toldAfter })).toBeNull()
    expect(dueOf('entry', runningJob({ notBegunSince: 0 }), { entryAt: 1 })).toBeNull()
    expect(dueOf('entry', runningJob({}, { restartedAt: 0 }), { entryAt: 1 })).toBeNull()
  })
})

describe('the server’s memory of the workflow’s last job', () => {
  it('is read after an entry that was not there, two seconds after the answer', () => {
    const job = runningJob()
    expect(dueOf('memory', job, { entryAt: asking.unseen - 1 })).toBeNull()
    expect(dueOf('memory', job, { entryAt: asking.unseen })).toBe(asking.unseen)
    expect(dueOf('memory', job, { entryAt: 5000, memoryAt: 5000 })).toBeNull()
    expect(dueOf('memory', job, { entryAt: 5001, memoryAt: 5000 })).toBe(5001)
    expect(dueOf('memory', shown(), { entryAt: 5000 })).toBeNull()
  })

  it('is read after each entry that does not say how a signalled end was, but not in its first quarter second', () => {
    const job = framed(1000)
    expect(dueOf('memory', job, { entryAt: 1000 + asking.leastPause - 1 })).toBeNull()
    expect(dueOf('memory', job, { entryAt: 1000 + asking.leastPause })).toBe(1000 + asking.leastPause)
    expect(dueOf('memory', job, { entryAt: 2000, memoryAt: 2000 })).toBeNull()
  })

  it('is read once what is gone was asked for, and once when it is to be concluded', () => {
    const from = 1000 + gone.concludeAfter
    expect(dueOf('memory', goneJob(1), { entryAt: 1000 })).toBeNull()
    expect(dueOf('memory', goneJob(2), { entryAt: 999 })).toBeNull()
    expect(dueOf('memory', goneJob(2), { entryAt: 1000 })).toBe(1000)
    expect(dueOf('memory', goneJob(2), { entryAt: 1200 })).toBe(1200)
    expect(dueOf('memory', goneJob(2), { entryAt: 1200, memoryAt: 1200 })).toBeNull()
    expect(dueOf('memory', goneJob(2), { entryAt: from, memoryAt: 1200 })).toBe(from)
    expect(dueOf('memory', goneJob(2), { entryAt: from, memoryAt: from })).toBeNull()
  })
})

const idleFor = (looks: number) => ({ idle: { looks, since: 1000, at: 3000 } })

/** A start that is shown nowhere, and that the history was searched for then. */
const unseenSearched = (at: number): Job => ({ ...runningJob(), search: searched(at) })

describe('the history', () => {
  it('is searched at once after a restart for a run that is known by its entry alone: there is no entry to read', () => {
    const job = runningJob({ jobId: 'entry 7' }, { restartedAt: 1000 })
    expect(dueOf('history', job, { entryAt: 500 })).toBe(1000)
  })

  it('is searched after a restart, once the entry was read, and again each quarter minute', () => {
    const job = shown({ isListed: false }, { restartedAt: 1000 })
    expect(dueOf('history', job, { entryAt: 999 })).toBeNull()
    expect(dueOf('history', job, { entryAt: 1000 })).toBe(1000)
    expect(dueOf('history', job, { entryAt: 1200 })).toBe(1200)
    expect(dueOf('history', { ...job, search: searched(1300) }, { entryAt: 1200 })).toBe(
      1300 + asking.searchAgain,
    )
    expect(dueOf('history', waiting('queued', {}, { restartedAt: 1000 }))).toBe(1000)
    // That the entry was read once more since is no reason to search at once again.
    expect(dueOf('history', { ...job, search: searched(1300) }, { entryAt: 1400 })).toBe(
      1300 + asking.searchAgain,
    )
  })

  it('is searched again after a while where a search said nothing, counted from that', () => {
    const asked = { memoryAt: 1300, historyAt: 1400 }
    expect(dueOf('history', goneJob(2), { ...asked, historyAt: 999 })).toBe(1300)
    expect(dueOf('history', goneJob(2), asked)).toBe(1400 + asking.searchAgain)
    expect(dueOf('history', goneJob(2), { ...asked, historyAt: 1000 })).toBe(1000 + asking.searchAgain)
    const lost = waiting('lost', {}, { search: searched(5000) })
    expect(dueOf('history', lost, { jobsAt: 100, historyAt: 6000 })).toBe(6000 + asking.searchAgain)
    const unreadPart = shown({}, { search: searched(50, 10) })
    expect(dueOf('history', unreadPart, { historyAt: 80 })).toBe(80 + asking.searchAgain)
  })

  it('is searched after the memory of a job that has ended, when it is gone and when that is concluded', () => {
    const from = 1000 + gone.concludeAfter
    expect(dueOf('history', goneJob(2), { entryAt: 1200 })).toBeNull()
    expect(dueOf('history', goneJob(2), { entryAt: 1200, memoryAt: 1300 })).toBe(1300)
    expect(dueOf('history', { ...goneJob(2), search: searched(1300) }, { memoryAt: 1300 })).toBeNull()
    expect(dueOf('history', { ...goneJob(2), search: searched(1300) }, { memoryAt: from })).toBe(from)
    expect(dueOf('history', framed(1000), { memoryAt: 2000 })).toBe(2000)
  })

  it('is searched at once for a run that is known by its entry alone, which can’t be asked for before', () => {
    const jobId = unnamed('2')
    const from = 1000 + gone.concludeAfter
    expect(dueOf('history', goneJob(2, { jobId }), { jobsAt: 999 })).toBeNull()
    expect(dueOf('history', goneJob(2, { jobId }), { jobsAt: 1200 })).toBe(1200)
    const again = { ...goneJob(2, { jobId }), search: searched(1300) }
    expect(dueOf('history', again, { jobsAt: from })).toBe(from)
    expect(dueOf('history', shown({ isListed: false, jobId }, { restartedAt: 1000 }))).toBe(1000)
  })

  it('is searched for a start that is shown nowhere, from when it may claim on, and from half a minute on at the latest', () => {
    const asked = { entryAt: asking.unseen, memoryAt: asking.unseen }
    expect(dueOf('history', runningJob(), { ...asked, memoryAt: asking.unseen - 1 })).toBeNull()
    expect(dueOf('history', runningJob(), asked)).toBe(replacedId.claimAfter)
    expect(dueOf('history', runningJob({}, { isParallel: true }), asked)).toBe(replacedId.claimAfter)
    expect(dueOf('history', runningJob(), asked, { isServerSlow: true })).toBe(asking.longUnseen)
    const again = { ...runningJob(), search: searched(4000) }
    expect(dueOf('history', again, asked)).toBe(4000 + replacedId.searchAgain)
    const late = { ...runningJob(), search: searched(asking.longUnseen) }
    expect(dueOf('history', late, asked)).toBe(asking.longUnseen + asking.searchAgain)
  })

  it('is searched ever more rarely for a start that is shown nowhere, for hours where its workflow is busy', () => {
    const asked = { entryAt: asking.unseen, memoryAt: asking.unseen }
    expect(dueOf('history', unseenSearched(20_000), asked)).toBe(30_000)
    expect(dueOf('history', unseenSearched(10_000), { ...asked, historyAt: 20_000 })).toBe(30_000)
    const hourMs = 3_600_000
    expect(dueOf('history', unseenSearched(hourMs), asked)).toBe(hourMs + asking.searchAgain)
    expect(dueOf('history', unseenSearched(hourMs), asked, { isBusy: true })).toBe(
      hourMs + asking.mostSearchPause,
    )
    expect(dueOf('history', unseenSearched(100_000), asked, { isBusy: true })).toBe(150_000)
    const answer = { kind: 'id', at: 10_000, jobId: 'id' } as const
    const answeredLater = { ...unseenSearched(30_000), start: startAt(0, { sentAt: 0, answer }) }
    expect(dueOf('history', answeredLater, { entryAt: 13_000, memoryAt: 13_000 })).toBe(40_000)
  })

  it('is searched at once after a return for a start that was answered before', () => {
    const asked = { entryAt: asking.unseen, memoryAt: asking.unseen }
    expect(dueOf('history', runningJob(), asked, { followedSince: 60_000 })).toBe(60_000)
    expect(dueOf('history', runningJob(), asked, { followedSince: 0 })).toBe(replacedId.claimAfter)
  })

  it('is searched for a lost start, after the look into `jobs`', () => {
    expect(dueOf('history', waiting('lost'), { jobsAt: 99 })).toBeNull()
    expect(dueOf('history', waiting('lost'), { jobsAt: 100 })).toBe(100 + asking.afterLostAnswer)
    expect(dueOf('history', waiting('lost', {}, { search: searched(5000) }), { jobsAt: 100 })).toBe(
      5000 + asking.searchAgain,
    )
    expect(dueOf('history', waiting('queued'), { jobsAt: 100 })).toBeNull()
  })

  it('is searched for a queued start whose queue was seen empty twice', () => {
    expect(dueOf('history', waiting('queued', idleFor(1)))).toBeNull()
    expect(dueOf('history', waiting('queued', idleFor(2)))).toBe(1000 + asking.emptyQueue)
    expect(dueOf('history', waiting('queued', idleFor(2), { search: searched(4000) }))).toBe(
      4000 + asking.searchAgain,
    )
  })

  it('is searched for a queued start that nobody watched, before what runs now is taken for it', () => {
    const context = { isBusy: true, followedSince: 1000 }
    expect(dueOf('history', waiting('queued'), {}, context)).toBe(1000)
    expect(dueOf('history', waiting('queued', {}, { search: searched(1000) }), {}, context)).toBeNull()
    expect(dueOf('history', waiting('queued'), {}, { ...context, isOfThisRun: true })).toBeNull()
    expect(dueOf('history', waiting('queued'), {}, { ...context, isBusy: false })).toBeNull()
    expect(dueOf('jobs', waiting('queued', {}, { search: searched(1500) }), { jobsAt: 1400 }, context)).toBe(
      1500,
    )
    expect(
      dueOf('jobs', waiting('queued', {}, { search: searched(999) }), { jobsAt: 700 }, context),
    ).toBeNull()
    const late = (part: Partial<PlanContext>, kind: 'queued' | 'lost' = 'queued', jobsAt = 1400) =>
      dueOf('jobs', waiting(kind, {}, { search: searched(1500) }), { jobsAt }, { ...context, ...part })
    expect(late({ isOfThisRun: true })).toBeNull()
    expect(late({ isBusy: false })).toBeNull()
    expect(late({}, 'lost')).toBeNull()
    expect(late({}, 'queued', 1500)).toBeNull()
    expect(late({ followedSince: 1500 })).toBe(1500)
  })

  it('is searched again where a part of it could not be read', () => {
    expect(dueOf('history', shown({}, { search: searched(50, 10) }))).toBe(50 + asking.searchAgain)
    expect(dueOf('history', shown({}, { search: searched(50) }))).toBeNull()
  })
})

const idleAt = (at: number) => ({ idle: { looks: 1, since: 1000, at } })

describe('the running jobs of a workflow', () => {
  it('are read once for a lost start, and for a queued one half a second later', () => {
    expect(dueOf('jobs', waiting('lost'), { jobsAt: 99 })).toBe(100)
    expect(dueOf('jobs', waiting('lost'), { jobsAt: 100 })).toBeNull()
    expect(dueOf('jobs', waiting('queued'))).toBe(100 + asking.firstEntry)
    expect(dueOf('jobs', waiting('queued'), { jobsAt: 100 + asking.firstEntry })).toBeNull()
  })

  it('are read again for a queue that was seen empty, for three seconds', () => {
    expect(dueOf('jobs', waiting('queued', idleAt(1000)), { jobsAt: 1000 })).toBe(1000 + asking.emptyQueue)
    expect(dueOf('jobs', waiting('queued', idleAt(1000 + asking.emptyQueue)), { jobsAt: 5000 })).toBeNull()
    expect(dueOf('jobs', waiting('queued', idleAt(2000)), { jobsAt: 1500 })).toBe(2000 + asking.emptyQueue)
    expect(dueOf('jobs', waiting('queued', idleAt(2000)), { jobsAt: 2500 })).toBe(2500 + asking.emptyQueue)
    expect(dueOf('jobs', waiting('lost', idleAt(1000)), { jobsAt: 1000 })).toBeNull()
    const idle = { looks: 1, since: 60_000, at: 60_000 }
    expect(dueOf('jobs', waiting('queued', { idle }), { jobsAt: 60_000 })).toBe(60_000 + asking.emptyQueue)
  })

  it('are read after the entry of a job whose stream said that it ended, then as a second look, then ever more rarely', () => {
    const job = framed(1000)
    expect(dueOf('jobs', job, { entryAt: 999 })).toBeNull()
    expect(dueOf('jobs', job, { entryAt: 1200 })).toBe(1200)
    expect(dueOf('jobs', job, { entryAt: 1000, jobsAt: 999 })).toBe(1000)
    expect(dueOf('jobs', job, { entryAt: 1200, jobsAt: 1000 })).toBe(1000 + gone.secondRead)
    expect(dueOf('jobs', job, { entryAt: 1200, jobsAt: 1200 })).toBe(1200 + gone.secondRead)
    expect(dueOf('jobs', job, { entryAt: 1200, jobsAt: 11_000 })).toBe(16_000)
  })

  it('are read a second time for what is listed no more', () => {
    expect(dueOf('jobs', goneJob(1))).toBe(2500 + gone.secondRead)
    expect(dueOf('jobs', goneJob(2))).toBeNull()
  })

  it('are read where entry and list disagree about a pause', () => {
    const asked = { entryAt: 500, jobsAt: 400 }
    expect(dueOf('jobs', shown({ entry: entryRecord('Pending', '0') }), asked)).toBe(500)
    expect(
      dueOf('jobs', shown({ entry: entryRecord('Pending', '0'), activity: 'suspended' }), asked),
    ).toBeNull()
    expect(dueOf('jobs', shown({ entry: entryRecord('Running', '1'), activity: 'suspended' }), asked)).toBe(
      500,
    )
    expect(dueOf('jobs', shown({ entry: entryRecord('Running', '1') }), asked)).toBeNull()
    expect(
      dueOf('jobs', shown({ entry: entryRecord('Pending', '0') }), { entryAt: 500, jobsAt: 500 }),
    ).toBeNull()
  })

  it('are not read for a pause of what has ended in its entry', () => {
    const entry = { id: '1', status: { word: 'Done', raw: '2' }, at: 0, isWitnessed: true } as const
    const asked = { entryAt: 500, jobsAt: 400 }
    expect(dueOf('jobs', shown({ entry, activity: 'suspended' }), asked)).toBeNull()
  })

  it('are read when a run that has no id to be asked for by has been gone long enough', () => {
    const nameless = goneJob(2, { jobId: 'entry 1', entry: entryRecord('Running', '1') })
    expect(dueOf('jobs', nameless, { jobsAt: 2500 })).toBe(1000 + gone.concludeAfter)
    expect(dueOf('jobs', nameless, { jobsAt: 1000 + gone.concludeAfter })).toBeNull()
  })

  it('are read of a run that is said to be stopped, which may run on', () => {
    const entry = { id: '1', status: { word: 'Stopped', raw: '6' }, at: 1000, isWitnessed: true } as const
    const stopped = shown({ entry })
    const from = 1000 + stopping.othersShowWithin
    expect(dueOf('jobs', stopped, { jobsAt: 1000 })).toBe(from)
    expect(dueOf('jobs', stopped, { jobsAt: from })).toBe(from + gone.secondRead)
  })

  it('are read for a start that is shown nowhere, when it may claim and when it may be told as not begun', () => {
    for (const isParallel of [false, true]) {
      const job = runningJob({}, { isParallel })
      expect(dueOf('jobs', job)).toBe(replacedId.claimAfter)
      expect(dueOf('jobs', job, { jobsAt: replacedId.claimAfter })).toBe(notBegun.toldAfter)
      expect(dueOf('jobs', job, { jobsAt: notBegun.toldAfter })).toBeNull()
      expect(dueOf('jobs', runningJob({ notBegunSince: 0 }, { isParallel }))).toBeNull()
    }
  })

  it('are read once after a decision, and when something has changed', () => {
    expect(dueOf('jobs', shown(), { decidedAt: 1000 })).toBe(1000 + asking.afterDecision)
    expect(dueOf('jobs', shown(), { decidedAt: 1000, jobsAt: 1000 + asking.afterDecision })).toBeNull()
    expect(dueOf('jobs', shown(), { jobsWantedAt: 1000 })).toBe(1000)
    expect(dueOf('jobs', shown(), { jobsWantedAt: 1000, jobsAt: 1000 })).toBeNull()
  })
})

it('another run may be claimed only by a start that has an id which is shown nowhere', () => {
  for (const isParallel of [false, true]) {
    const part = { isParallel }
    expect(claimsFrom(runningJob({}, part), false)).toBe(replacedId.claimAfter)
    expect(claimsFrom(runningJob({}, part), true)).toBe(replacedId.claimAfterWhenSlow)
    expect(claimsFrom(shown({}, part), false)).toBeNull()
    expect(claimsFrom(runningJob({}, { ...part, restartedAt: 1 }), false)).toBeNull()
    expect(claimsFrom(runningJob({}, { ...part, start: waiting('queued').start }), false)).toBeNull()
  }
})

const logOf = (outcome: Outcome, part: Partial<End>): number | null =>
  dueOf('log', toldAs(outcome, { isLogRead: false, ...part }))

const toldAs = (outcome: Outcome, part: Partial<End>): Job =>
  endedJob(outcome, { endedAt: 1000, isLogRead: true, ...part })

describe('after an end', () => {
  it('that the stream or the memory told, its record is asked for: after a second, then each three, for a minute', () => {
    for (const from of ['stream', 'job'] as const) {
      const job = toldAs('done', { from })
      expect(dueOf('entry', job)).toBe(1000 + doubt.firstCheck)
      expect(dueOf('entry', job, { entryAt: 1000 })).toBe(1000 + doubt.nextCheck)
      expect(dueOf('entry', job, { entryAt: 1000 + doubt.checkFor - 1 })).toBe(
        1000 + doubt.checkFor - 1 + doubt.nextCheck,
      )
      expect(dueOf('entry', job, { entryAt: 1000 + doubt.checkFor })).toBeNull()
      expect(dueOf('history', job)).toBeNull()
    }
  })

  it('that was told without a record, entry and history are asked for ever more rarely, for a day', () => {
    const job = toldAs('unknown', { from: 'inferred' })
    for (const kind of ['entry', 'history'] as const) expect(dueOf(kind, job)).toBe(1000 + doubt.least)
    const hourMs = 3_600_000
    expect(dueOf('entry', job, { entryAt: 1000 + hourMs })).toBe(1000 + hourMs * (1 + doubt.growth))
    expect(dueOf('history', { ...job, search: searched(1000 + hourMs) })).toBe(
      1000 + hourMs * (1 + doubt.growth),
    )
    expect(dueOf('history', { ...job, search: searched(1000) }, { historyAt: 1000 + hourMs })).toBe(
      1000 + hourMs * (1 + doubt.growth),
    )
    expect(dueOf('entry', job, { entryAt: 1000 + doubt.last / (1 + doubt.growth) + 10 })).toBeNull()
    expect(dueOf('entry', job, { entryAt: 1000 + doubt.last / (1 + doubt.growth) - 10 })).not.toBeNull()
  })

  it('that a record told, nothing is asked for', () => {
    expect(plan(toldAs('done', { from: 'entry' }), nothingAsked, planningNothing)).toEqual([])
    expect(
      plan(toldAs('failed', { from: 'history', errorLine: 'x' }), nothingAsked, planningNothing),
    ).toEqual([])
  })

  it('the log is read at once for how long it took, or what went wrong, where that is not known', () => {
    expect(logOf('done', { durationMs: null })).toBe(1000)
    expect(logOf('done', { durationMs: null, from: 'stream' })).toBe(1000)
    expect(logOf('done', {})).toBeNull()
    for (const outcome of ['failed', 'warning'] as const) {
      expect(logOf(outcome, {})).toBe(1000)
      expect(logOf(outcome, { errorLine: 'x' })).toBeNull()
    }
    for (const outcome of ['stopped', 'rejected'] as const)
      expect(logOf(outcome, { durationMs: null })).toBe(1000)
    for (const outcome of ['unknown', 'notStarted'] as const)
      expect(logOf(outcome, { durationMs: null })).toBeNull()
    expect(logOf('failed', { isLogRead: true })).toBeNull()
  })

  it('of a start without a run there is no log', () => {
    const end = endedJob('done', { durationMs: null }).end
    if (end === null) throw new Error('it has ended')
    expect(needsLog({ ...jobWith({}), end })).toBe(false)
  })
})
