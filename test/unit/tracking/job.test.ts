import { expect, it } from 'vitest'
import {
  answeredAt,
  awaitsRun,
  isBeingSent,
  hasRowOf,
  isFrameInDoubt,
  isInDoubt,
  isLeftListed,
  isLost,
  isOpen,
  isQueued,
  isWatched,
  type Job,
  jobSchema,
  outcomeOf,
  type Run,
  wireIdOf,
} from '../../../src/main/tracking/job.ts'
import { stopping } from '../../../src/main/tracking/policy.ts'
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

/** When a job's stream said something. */
const saidAt = 10_000
const isDoubtedAs = (
  word: 'Stopped' | 'Done',
  part: Partial<Job> = {},
  shownAt: number | null = saidAt,
): boolean =>
  isFrameInDoubt(runningJob({ frame: { status: { word, raw: word }, at: saidAt }, shownAt }, part))

const isDoubtedWithStopAt = (askedAt: number): boolean =>
  isDoubtedAs('Stopped', { stop: { askedAt, said: true } })

it('a message that says Stopped of a job that the server has shown only now may be of the stop before, unless this app had asked for one', () => {
  const within = saidAt - stopping.saidOfNextWithin
  expect([within, within + 1, null].map((shownAt) => isDoubtedAs('Stopped', {}, shownAt))).toEqual([
    false,
    true,
    true,
  ])
  expect(isDoubtedAs('Done')).toBe(false)
  expect([saidAt - 1, saidAt, saidAt + 1].map(isDoubtedWithStopAt)).toEqual([false, false, true])
  expect([runningJob({ shownAt: saidAt }), waitingJob('queued')].some(isFrameInDoubt)).toBe(false)
})

const entryAs = (word: 'Running' | 'Failed', raw: string) =>
  ({ id: '1', status: { word, raw }, at: 4, isWitnessed: true }) as const

it('a job that its stream has ended, and of which no record says so, goes on being listed until the list lacks it', () => {
  const frame = { status: { word: 'Failed', raw: 'Failed' }, at: 5 } as const
  const { end } = endedJob('failed')
  const leftListed = (run: Partial<Run>): boolean => isLeftListed(runningJob(run, { end }))
  expect([leftListed({ frame }), leftListed({ frame, entry: entryAs('Running', '1') })]).toEqual([true, true])
  expect(leftListed({ frame, entry: entryAs('Failed', '3') })).toBe(false)
  expect(leftListed({ frame, gone: { count: 1, since: 6, at: 6 } })).toBe(false)
  expect(leftListed({})).toBe(false)
  expect([runningJob({ frame }), { ...jobWith({}), end }].some(isLeftListed)).toBe(false)
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
