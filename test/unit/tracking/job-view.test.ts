import { describe, expect, test } from 'vitest'
import type { Job, Run } from '../../../src/main/tracking/job.ts'
import { viewOf } from '../../../src/main/tracking/job-view.ts'
import { hasEnded, jobViewSchema, type Phase, phases } from '../../../src/shared/job-view.ts'
import { type Outcome, outcomes, outcomeSources, reasons } from '../../../src/shared/outcome.ts'
import { endedJob, jobWith, runningJob, runWith, startAt, waitingJob } from '../job.ts'

test('who asked for what, and what the server calls it', () => {
  const job = jobWith({
    key: 'k',
    serverId: 's',
    workflowId: 7,
    workflowName: 'Nightly',
    start: startAt(1000),
    run: runWith({ jobId: 'a', startedAt: 2000 }),
    maybeOthers: true,
    stop: { askedAt: 3000, said: false },
  })
  expect(viewOf(job)).toEqual({
    key: 'k',
    serverId: 's',
    workflowId: 7,
    workflowName: 'Nightly',
    jobId: 'a',
    isApproval: false,
    requestedAt: 1000,
    origin: 'app',
    startedAt: 2000,
    wasSuspended: false,
    variables: [],
    hasOthersVariables: false,
    asked: 'stop',
    maybeOthers: true,
    state: { phase: 'running' },
  })
})

test('whether it was suspended: not before it has a run', () => {
  const jobs = [waitingJob('queued'), runningJob(), runningJob({ wasSuspended: true })]
  expect(jobs.map((job) => viewOf(job).wasSuspended)).toEqual([false, false, true])
})

test('that it is suspended or waits for approval, for as long as its server has not restarted', () => {
  for (const activity of ['suspended', 'waiting'] as const) {
    expect(viewOf(runningJob({ activity })).state.phase).toBe(activity)
    expect(viewOf(runningJob({ activity }, { restartedAt: 5 })).state.phase).toBe('running')
  }
})

test('what was asked of it: a stop above all', () => {
  const wish = { kind: 'resume', askedAt: 1 } as const
  expect(viewOf(runningJob({}, { wish })).asked).toBe('resume')
  expect(viewOf(runningJob({}, { wish, stop: { askedAt: 2, said: null } })).asked).toBe('stop')
  expect(viewOf(runningJob()).asked).toBeNull()
})

/** A run that others began, and how its workflow begins by itself. */
const elsewhere = (launchType: 'startup' | 'trigger' | 'periodic' | 'cron'): Job =>
  runningJob({}, { start: startAt(0, { answer: { kind: 'elsewhere', at: 0, launchType } }) })

test('who began it: this app, or somebody or something else', () => {
  expect(viewOf(runningJob()).origin).toBe('app')
  expect(
    (['trigger', 'startup', 'periodic', 'cron'] as const).map((one) => viewOf(elsewhere(one)).origin),
  ).toEqual(['others', 'startup', 'periodic', 'cron'])
})

test('a start that was queued ran with the variables of the job before it', () => {
  const variables = [{ name: 'day', value: 'Monday' }]
  const hasOthers = (kind: 'queued' | 'lost', part: Partial<Job> = {}, given = variables) =>
    viewOf(waitingJob(kind, { variables: given }, part)).hasOthersVariables
  const { run } = runningJob()
  expect(hasOthers('queued', { run })).toBe(true)
  expect([hasOthers('queued'), hasOthers('lost', { run }), hasOthers('queued', { run }, [])]).toEqual([
    false,
    false,
    false,
  ])
})

/** One job in each phase before its end. */
const before: Readonly<Record<Exclude<Phase, 'ended'>, Job>> = {
  starting: jobWith({}),
  queued: jobWith({ start: startAt(0, { answer: { kind: 'queued', at: 0 } }) }),
  notBegun: runningJob({ notBegunSince: 1 }),
  running: runningJob(),
  suspended: runningJob({ activity: 'suspended' }),
  waiting: runningJob({ activity: 'waiting' }),
}

describe('before the end', () => {
  test.each(phases.filter((phase) => phase !== 'ended'))('%s is shown by its phase alone', (phase) => {
    const view = viewOf({ ...before[phase], evidence: [{ at: 1, kind: 'startAsked' }] })
    expect(view.state).toEqual({ phase })
    expect(hasEnded(view)).toBe(false)
  })

  test('a start whose answer was lost is still starting, and a queued one that has its run runs', () => {
    const lost = jobWith({ start: startAt(0, { answer: { kind: 'lost', at: 0 } }) })
    expect(viewOf(lost).state.phase).toBe('starting')
    expect(viewOf({ ...before.queued, run: runWith() }).state.phase).toBe('running')
  })
})

describe('the end', () => {
  test.each(outcomes)('%s is shown with all that is known of it', (outcome) => {
    const job = endedJob(outcome, { endedAt: 9000, durationMs: 4000, errorLine: 'disk full' })
    expect(viewOf(job).state).toEqual({
      phase: 'ended',
      outcome,
      from: 'entry',
      reason: null,
      endedAt: outcome === 'notStarted' ? null : 4000,
      learntAt: 9000,
      durationMs: 4000,
      errorLine: 'disk full',
    })
    expect(hasEnded(viewOf(job))).toBe(true)
  })

  test.each(outcomeSources)('says that it is known by %s', (from) => {
    expect(viewOf(endedJob('done', { from })).state).toMatchObject({ from })
  })

  test.each(reasons)('says why: %s', (reason) => {
    expect(viewOf(endedJob('unknown', { reason })).state).toMatchObject({ outcome: 'unknown', reason })
  })
})

/** When an end is shown to have been that was learnt at 90 s, of a job whose log tells of 4 s. */
const ended = (run: Partial<Run> | null, outcome: Outcome = 'done'): number | null => {
  const job = endedJob(outcome, { endedAt: 90_000, durationMs: 4000 })
  const { state } = viewOf({ ...job, run: run === null ? null : runWith(run) })
  return state.phase === 'ended' ? state.endedAt : Number.NaN
}

describe('an end has the time at which it ended', () => {
  const entry = { id: '1', status: { word: 'Done', raw: '2' }, at: 90_000 } as const

  test.each<[name: string, run: Partial<Run> | null, at: number | null]>([
    ['its frame came', { frame: { status: entry.status, at: 90_000 } }, 90_000],
    ['its record was read as it changed', { entry: { ...entry, isWitnessed: true } }, 90_000],
    [
      'it was learnt of later: its begin and its log tell',
      { startedAt: 10_000, entry: { ...entry, isWitnessed: false } },
      14_000,
    ],
    ['its log is longer than that, by a clock that runs faster', { startedAt: 89_000 }, 90_000],
    ['nobody saw it begin either', { startedAt: null }, null],
    ['it never ran', null, null],
  ])('%s', (_name, run, at) => {
    expect(ended(run)).toBe(at)
  })

  test('one that did not start has none', () => {
    expect(ended({ frame: { status: entry.status, at: 90_000 } }, 'notStarted')).toBeNull()
  })
})

test('what crosses to the window is the contract’s shape, and nothing of the tracker’s bookkeeping', () => {
  for (const job of [before.notBegun, endedJob('done')])
    expect(jobViewSchema.strict().parse(viewOf(job))).toEqual(viewOf(job))
})

test('an end without an outcome is not in the contract', () => {
  const view = viewOf(endedJob('done'))
  for (const state of [{ phase: 'ended' }, { ...view.state, outcome: null }])
    expect(jobViewSchema.safeParse({ ...view, state }).success).toBe(false)
})
