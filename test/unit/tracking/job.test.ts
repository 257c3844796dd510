import { expect, it } from 'vitest'
import {
  answeredAt,
  awaitsRun,
  isBeingSent,
  hasRowOf,
  isInDoubt,
  isLost,
  isOpen,
  isQueued,
  isWatched,
  jobSchema,
  outcomeOf,
  wireIdOf,
} from '../../../src/main/tracking/job.ts'
import { endedJob, jobWith, runningJob, sentJob, startAt, waitingJob } from '../job.ts'

it('a job is under way until its end is known', () => {
  expect([jobWith({}), runningJob(), endedJob('done')].map(isOpen)).toEqual([true, true, false])
})

it('what is written down of a job can be read again', () => {
  const job = runningJob(
    { gone: { count: 1, since: 2, at: 3 } },
    {
      stop: { askedAt: 4, said: false },
      search: { at: 5, unreadSince: null },
      evidence: [
        { at: 1, kind: 'startAsked' },
        { at: 2, kind: 'frame', detail: 'Running' },
      ],
    },
  )
  for (const one of [job, endedJob('failed', { errorLine: 'disk full' })])
    expect(jobSchema.parse(JSON.parse(JSON.stringify(one)))).toEqual(one)
})

it('an end without an outcome can’t be written', () => {
  const { end } = endedJob('done')
  expect(jobSchema.safeParse({ ...endedJob('done'), end: { ...end, outcome: null } }).success).toBe(false)
})

it('a start is being sent from when its request goes out until it is answered or has ended', () => {
  const sent = sentJob()
  expect(isBeingSent(sent)).toBe(true)
  const others = [jobWith({}), waitingJob('lost'), { ...sent, end: endedJob('notStarted').end }]
  expect(others.map(isBeingSent)).toEqual([false, false, false])
})

it('a start is queued, or lost, until it has a run or has ended', () => {
  for (const [kind, is] of [
    ['queued', isQueued],
    ['lost', isLost],
  ] as const) {
    const job = waitingJob(kind)
    expect(is(job)).toBe(true)
    const others = [
      waitingJob(kind === 'lost' ? 'queued' : 'lost'),
      { ...job, run: runningJob().run },
      { ...job, end: endedJob('unknown').end },
    ]
    expect(others.map(is)).toEqual([false, false, false])
  }
})

it('a start waits for its run while it is queued or lost, and has none', () => {
  for (const kind of ['queued', 'lost'] as const) {
    const job = waitingJob(kind)
    expect(awaitsRun(job)).toBe(true)
    expect(awaitsRun({ ...job, run: runningJob().run })).toBe(false)
    expect(awaitsRun({ ...job, end: endedJob('unknown').end })).toBe(false)
  }
  expect([sentJob(), runningJob()].some(awaitsRun)).toBe(false)
})

it('a run that others began is watched', () => {
  const answer = { kind: 'elsewhere', at: 0, launchType: 'cron' } as const
  expect(isWatched(runningJob({}, { start: startAt(0, { answer }) }))).toBe(true)
  expect([runningJob(), waitingJob('queued'), sentJob()].some(isWatched)).toBe(false)
})

it('an answer has its moment, once it has come', () => {
  expect(answeredAt(waitingJob('lost', { answer: { kind: 'lost', at: 2 } }))).toBe(2)
  expect(answeredAt(jobWith({}))).toBeNull()
})

it('a run is asked for by its own id only', () => {
  expect(wireIdOf(runningJob())).toBe('id')
  expect(wireIdOf(runningJob({ jobId: 'entry 7' }))).toBeNull()
  expect(wireIdOf(jobWith({}))).toBeNull()
})

it('a status that nobody knows is no outcome', () => {
  expect(outcomeOf({ word: null })).toBeUndefined()
  expect(outcomeOf({ word: 'Running' })).toBeUndefined()
})

it('an end is in doubt until a record tells it, and where another’s stop may have been recorded', () => {
  const stopped = endedJob('stopped')
  const status = { word: 'Running', raw: 'Running' } as const
  expect(
    [endedJob('done', { from: 'stream' }), endedJob('unknown', { from: 'inferred' })].map(isInDoubt),
  ).toEqual([true, true])
  expect(isInDoubt(stopped)).toBe(true)
  expect(isInDoubt({ ...stopped, stop: { askedAt: 1, said: false } })).toBe(true)
  const certain = [
    runningJob(),
    endedJob('done'),
    endedJob('done', { from: 'history' }),
    { ...endedJob('notStarted', { from: 'inferred' }), run: null },
    { ...stopped, isParallel: true },
    { ...stopped, stop: { askedAt: 1, said: true } },
    { ...stopped, stop: { askedAt: 1, said: null } },
    { ...stopped, run: runningJob({ frame: { status, at: 1 } }).run },
  ]
  expect(certain.filter(isInDoubt)).toEqual([])
})

it('a nameless entry is that of the job whose nameless row has its date, where that has shown no entry', () => {
  const row = {
    id: '9',
    status: { word: 'Done', raw: '2' },
    statusDate: '25-11-2026 03:13:31',
    at: 0,
  } as const
  const entry = { rawStatus: '2', statusDate: row.statusDate }
  const found = runningJob({ jobId: 'row 9', history: row })
  const { statusDate: _none, ...undated } = row
  expect(hasRowOf(found, entry)).toBe(true)
  const others = [
    jobWith({}),
    runningJob({ jobId: 'row 9' }),
    runningJob({ jobId: 'id', history: row }),
    runningJob({ jobId: 'row 9', history: undated }),
    runningJob({ jobId: 'row 9', history: { ...row, statusDate: '25-11-2026 03:13:32' } }),
    runningJob({ jobId: 'row 9', history: { ...row, status: { word: 'Failed', raw: '3' } } }),
    runningJob({
      jobId: 'row 9',
      history: row,
      entry: { id: '7', status: row.status, at: 0, isWitnessed: true },
    }),
  ]
  expect(others.filter((job) => hasRowOf(job, entry))).toEqual([])
})
