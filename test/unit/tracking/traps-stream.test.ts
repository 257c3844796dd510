import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { failing, Followed, hour, instant, second, tenSeconds, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

it.each([
  [second, 'done', 1011, 1011],
  // The log of a failure is read, and says how long it took without the way of the answers.
  [failing, 'failed', 511, 500],
] as const)(
  'tells the end of a job by its frame and confirms it by its entry: %o',
  async (workflow, outcome, ms, durationMs) => {
    const app = await Followed.begin()
    const job = await app.start(workflow)
    await app.advance(ms)
    expect(app.toldOf(job)).toMatchObject([{ outcome, from: 'stream', circumstance: 'live' }])
    await app.advance(3000)
    expect(app.job(job)).toMatchObject({ outcome, outcomeFrom: 'entry', durationMs })
    expect(app.toldOf(job)).toHaveLength(1)
  },
)

describe('a stopped job', () => {
  it('whose frame says Running is told as stopped, by its entry', async () => {
    const app = await Followed.begin()
    const job = await app.start(tenSeconds)
    await app.advance(1000)
    void app.tracker.stopJob(job.key)
    await app.advance(500)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'stopped', from: 'entry', circumstance: 'live' }])
    expect(app.job(job).evidence).toContainEqual(
      expect.objectContaining({ kind: 'frame', detail: 'Running' }),
    )
  })

  it('is told as stopped where stop says false although it stopped', async () => {
    const app = await Followed.begin({ faults: { stopSaysFalse: 1 } })
    const job = await app.start(tenSeconds)
    await app.advance(1000)
    await Promise.all([app.tracker.stopJob(job.key), app.advance(500)])
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'stopped', from: 'entry' }])
  })

  it('is told as stopped when somebody else stopped it', async () => {
    const app = await Followed.begin()
    const job = await app.start(tenSeconds)
    await app.advance(1000)
    app.sim.stopElsewhere(tenSeconds.id, job.jobId ?? '')
    await app.advance(500)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'stopped', from: 'entry' }])
  })

  it('whose entry follows its frame late is waited for', async () => {
    const app = await Followed.begin()
    const job = await app.start(hour)
    await app.advance(1000)
    app.wire.disturb((path) => (path === 'stop' ? null : 'status500'))
    void app.tracker.stopJob(job.key)
    await app.advance(3000)
    expect(app.told).toEqual([])
    app.wire.repair()
    await app.advance(6000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'stopped', from: 'entry' }])
  })
})

describe('an entry stuck at Running while jobs is empty', () => {
  it('is told as stopped if this app asked for that', async () => {
    const app = await Followed.begin({ faults: { entryStuckRunning: 1 } })
    const job = await app.start(tenSeconds)
    await app.advance(1000)
    void app.tracker.stopJob(job.key)
    await app.advance(4000)
    expect(app.told).toEqual([])
    await app.advance(4000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'stopped', from: 'inferred', reason: null }])
  })

  it('is told as unknown, not recorded, if nobody here did', async () => {
    const app = await Followed.begin({ faults: { entryStuckRunning: 1 } })
    const job = await app.start(tenSeconds)
    await app.advance(1000)
    app.sim.stopElsewhere(tenSeconds.id, job.jobId ?? '')
    await app.advance(8000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', from: 'inferred', reason: 'notRecorded' }])
    expect(app.job(job).evidence.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['frame', 'entry', 'jobsGone', 'historyMissing', 'concluded']),
    )
  })

  it('is noticed without its frame too', async () => {
    const workflow = { ...tenSeconds, enableParallelJobs: false }
    const faults = { entryStuckRunning: 1, frameDropped: 1 }
    const app = await Followed.begin({ workflows: [workflow], faults })
    const job = await app.start(workflow)
    await app.advance(5000)
    app.sim.stopElsewhere(workflow.id, job.jobId ?? '')
    await app.advance(40_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'notRecorded' }])
  })

  it('is told soon too of a parallel job whose elders are still listed, so that nobody has saved its workflow', async () => {
    const app = await Followed.begin({ faults: { entryStuckRunning: 1, frameDropped: 1 } })
    const [, stopped] = [await app.start(hour), await app.start(hour)]
    await app.advance(5000)
    app.sim.stopElsewhere(hour.id, stopped.jobId ?? '')
    await app.advance(40_000)
    expect(app.toldOf(stopped)).toMatchObject([{ outcome: 'unknown', reason: 'notRecorded' }])
  })

  it('is looked at again ever more rarely, for a day', async () => {
    const app = await Followed.begin({ faults: { entryStuckRunning: 1 } })
    const job = await app.start(tenSeconds)
    await app.advance(1000)
    app.sim.stopElsewhere(tenSeconds.id, job.jobId ?? '')
    await app.advance(8000)
    const concludedAt = app.toldOf(job)[0]?.at ?? Number.NaN
    await app.advance(48 * 3_600_000)
    const looks = app.wire.sent.filter(
      ({ at, path }) => at > concludedAt && path.startsWith('search-history'),
    )
    const minutes = looks.map(({ at }) => Math.round((at - concludedAt) / 60_000))
    expect(minutes.length).toBeLessThan(20)
    expect(minutes[0]).toBeLessThanOrEqual(1)
    expect([(minutes.at(-1) ?? 0) > 600, (minutes.at(-1) ?? 0) <= 1440]).toEqual([true, true])
  })
})

describe('a workflow that somebody saves', () => {
  it('has its parallel jobs run on unseen, whose streams tell their ends', async () => {
    const app = await Followed.begin()
    const [first, beside] = [await app.start(tenSeconds), await app.start(tenSeconds)]
    await app.advance(1000)
    app.sim.saveElsewhere(tenSeconds.id)
    await app.advance(7000)
    expect(app.toldOf(first)).toMatchObject([{ outcome: 'stopped', from: 'entry' }])
    expect(app.job(beside)).toMatchObject({ phase: 'running', goneSince: expect.any(Number) })
    await app.advance(5000)
    expect(app.toldOf(beside)).toMatchObject([{ outcome: 'done', from: 'stream' }])
  })

  it('may have ended them without a record: that is told after ten minutes, and corrected by a record', async () => {
    const app = await Followed.begin({ faults: { frameDropped: 1 } })
    const [, beside] = [await app.start(hour), await app.start(hour)]
    await app.advance(20_000)
    app.sim.saveElsewhere(hour.id)
    await app.advance(660_000)
    expect(app.toldOf(beside)).toMatchObject([{ outcome: 'unknown', reason: 'notRecorded' }])
    await app.advance(3_600_000)
    expect(app.outcomesOf(beside)).toEqual(['unknown', 'done'])
  })

  it.each([
    { when: 'after it had gone', noticedMs: 20_000 },
    { when: 'before the app noticed that it had gone', noticedMs: 100 },
  ])('has not had a job stopped by a stop that came $when', async ({ noticedMs }) => {
    const app = await Followed.begin({ faults: { frameDropped: 1 } })
    const [, beside] = [await app.start(hour), await app.start(hour)]
    await app.advance(20_000)
    app.sim.saveElsewhere(hour.id)
    await app.advance(noticedMs)
    void app.tracker.stopJob(beside.key)
    await app.advance(660_000)
    expect(app.toldOf(beside)).toMatchObject([{ outcome: 'unknown', reason: 'notRecorded' }])
  })
})

it('tells an instant job to whose stream nobody could subscribe in time, so that it never speaks', async () => {
  // Its start is answered, and then its stream opened, when it has long ended.
  const app = await Followed.begin({ faults: { slowStartMs: 100 } })
  const job = await app.start(instant, 200)
  expect(app.told).toEqual([])
  expect(app.sim.openStreams('jobStream')).toBe(1)
  await app.advance(1500)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'entry', circumstance: 'live' }])
  expect(app.sim.openStreams('jobStream')).toBe(0)
})

it('tells an instant job whose frame is lost', async () => {
  const app = await Followed.begin({ faults: { frameDropped: 1 } })
  const job = await app.start(instant)
  await app.advance(2500)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'entry', circumstance: 'live' }])
  expect(app.sim.openStreams('jobStream')).toBe(0)
})

it('tells a job whose stream sent no headers for longer than any limit', async () => {
  const app = await Followed.begin()
  const job = await app.start(hour)
  await app.advance(3_599_000)
  expect(app.told).toEqual([])
  await app.advance(1100)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'stream' }])
  expect(app.job(job).durationMs).toBe(3_600_011)
  expect(app.wire.count(`sse/${hour.id}/${job.jobId ?? ''}`)).toBe(1)
})

it('tells a frame that comes twice, and byte by byte, once', async () => {
  const app = await Followed.begin({ faults: { frameDuplicated: 1, frameSplit: 1 } })
  const job = await app.start(second)
  await app.advance(5000)
  expect(app.outcomesOf(job)).toEqual(['done'])
})

it('corrects an outcome once when the entry disagrees with the frame', async () => {
  const app = await Followed.begin({ faults: { frameSaysDone: 1 } })
  const job = await app.start(failing)
  await app.advance(600_000)
  expect(app.toldOf(job)).toMatchObject([
    { outcome: 'done', from: 'stream' },
    { outcome: 'failed', from: 'entry' },
  ])
  expect(app.job(job).evidence).toContainEqual(expect.objectContaining({ kind: 'corrected', detail: 'done' }))
})

it('corrects it also when the app ends before the entry has spoken', async () => {
  const app = await Followed.begin({ faults: { frameSaysDone: 1, changeBeforeRecordMs: 500 } })
  const job = await app.start(failing)
  await app.advance(510)
  expect(app.outcomesOf(job)).toEqual(['done'])
  await app.restartApp()
  expect(app.outcomesOf(job)).toEqual(['done', 'failed'])
})

it('opens a broken job stream again, and tells the end all the same', async () => {
  const app = await Followed.begin()
  const job = await app.start(tenSeconds)
  await app.advance(1000)
  app.sim.breakStreams('jobStream', 'reset')
  await app.advance(2500)
  expect(app.wire.count(`sse/${tenSeconds.id}/${job.jobId ?? ''}`)).toBe(2)
  await app.advance(7500)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'stream' }])
})

it('tells an end whose change comes before its record', async () => {
  // As recorded: stopped while it waits, the change stream speaks first. No frame helps.
  const app = await Followed.begin({ faults: { frameDropped: 1, changeBeforeRecordMs: 600 } })
  const job = await app.start(second)
  await app.advance(1500)
  expect(app.told).toEqual([])
  await app.advance(1500)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'entry' }])
})

it('that is gone from jobs is looked for a second time without waiting for the next keep-alive', async () => {
  const app = await Followed.begin({ faults: { frameDropped: 1, unknownStatusNumber: 1 } })
  const job = await app.start(tenSeconds)
  app.sim.breakStreams('changeStream', 'silent')
  while (app.job(job).goneReads === 0) await app.advance(100)
  await app.advance(2000)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'job' }])
})

it('tells a status that no version of Wexflow has as unknown, once the job is gone', async () => {
  const app = await Followed.begin({ faults: { unknownStatusNumber: 1 } })
  const job = await app.start(tenSeconds)
  const other = await app.start(second)
  await app.advance(60_000)
  // The workflow's last job is remembered by the server itself, with a status that is known.
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'job' }])
  expect(app.toldOf(other)).toMatchObject([{ outcome: 'done', from: 'job' }])
})

it('reads answers with fields of a later version', async () => {
  const app = await Followed.begin({ faults: { extraFields: 1 } })
  const job = await app.start(second)
  await app.advance(5000)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'stream' }])
  expect(app.job(job).outcomeFrom).toBe('entry')
})

it.each(['entry', 'jobs', 'job', 'search', 'search-entries-by-page-order-by', 'entry-logs'])(
  'takes an empty answer of %s for no end and for no fault',
  async (mute) => {
    const app = await Followed.begin()
    const job = await app.start(tenSeconds)
    await app.advance(2000)
    app.wire.answer((path) => (path === mute ? '' : null))
    app.sim.startElsewhere(second.id)
    await app.advance(6000)
    expect(app.told).toEqual([])
    expect(app.links).toEqual(['connecting', 'online'])
    app.wire.repair()
    await app.advance(4000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'stream' }])
  },
)

it('lists a workflow once that is stored twice', async () => {
  const app = await Followed.begin({ faults: { duplicateWorkflowIds: 1 } })
  const ids = (app.workflows.at(-1) ?? []).map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)])
  expect(ids).toHaveLength(app.sim.workflows.length)
})
