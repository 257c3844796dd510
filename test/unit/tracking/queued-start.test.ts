import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Followed, instant, queueing, standsStill, unknown, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)

afterEach(() => vi.useRealTimers())

describe('a queued start', () => {
  it('is not dropped by a server that takes most of a minute to begin it', async () => {
    const app = await Followed.begin()
    await app.start(queueing)
    const queued = await app.start(queueing)
    app.sim.faults.set({ lateEntryMs: 50_000 })
    await app.advance(70_000)
    expect(app.outcomesOf(queued)).toEqual(['done'])
  })

  it('is not said to be dropped once a job was taken for another start: others queue as well', async () => {
    const app = await Followed.begin()
    await app.start(queueing)
    app.sim.startElsewhere(queueing.id)
    const [first, last] = [await app.start(queueing), await app.start(queueing)]
    await app.advance(2500)
    // The job of somebody else has begun, and counts as the one that waits longest.
    app.sim.faults.set(standsStill)
    app.sim.stopElsewhere(queueing.id, app.job(first).jobId ?? '')
    await app.advance(630_000)
    expect(app.toldOf(last)).toMatchObject([{ outcome: 'unknown', reason: 'startUnconfirmed' }])
  })

  it('is not said to be dropped where the history that may hold it is refused', async () => {
    const app = await Followed.begin({ faults: standsStill })
    const running = await app.start(queueing)
    const queued = await app.start(queueing)
    app.sim.faults.set({ pagesRefused: 1 })
    void app.tracker.stopJob(running.key)
    await app.advance(620_000)
    expect(app.toldOf(queued)).toMatchObject([{ outcome: 'unknown', reason: 'startUnconfirmed' }])
  })

  it('that ran and was stopped without a record before its slow answer came is told as unrecorded, not as dropped', async () => {
    const app = await Followed.begin({ faults: { slowStartMs: 60_000, entryStuckRunning: 1 } })
    app.sim.startElsewhere(queueing.id)
    await app.advance(100)
    const queued = await app.start(queueing, 2200)
    const begun = app.sim.truths().find(({ endedAt, beganAt }) => beganAt !== null && endedAt === null)
    app.sim.stopElsewhere(queueing.id, begun?.jobId ?? '')
    await app.advance(1_300_000)
    expect(begun).toBeDefined()
    expect(app.toldOf(queued)).toMatchObject([{ outcome: 'unknown', reason: 'notRecorded' }])
  })

  it('of a workflow that is gone was not started, though nobody can be asked any more why it got no id', async () => {
    const app = await Followed.begin()
    app.wire.disturb((path) => (path === 'workflow' && app.wire.count('start') > 0 ? 'status500' : null))
    const job = await app.start(unknown)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'notStarted', reason: 'unknownWorkflow' }])
  })

  it('that another’s start overtook says that its job may be that one', async () => {
    const app = await Followed.begin()
    app.wire.slow((path) => (path === 'start' ? 300 : 0))
    const queued = await app.start(queueing, 100)
    app.sim.startElsewhere(queueing.id)
    await app.advance(60_000)
    expect(app.job(queued)).toMatchObject({ outcome: 'done', maybeOthers: true })
  })

  it('that somebody else queued before says that its job may be theirs', async () => {
    const app = await Followed.begin()
    await app.start(queueing)
    app.sim.startElsewhere(queueing.id)
    const queued = await app.start(queueing)
    await app.advance(60_000)
    expect(app.job(queued)).toMatchObject({ outcome: 'done', maybeOthers: true })
  })

  it('whose record says Stopped because a stop hit it in place of the job before is told once, as it really ends', async () => {
    const app = await Followed.begin({ faults: { stopHitsNext: 1 } })
    const running = await app.start(queueing)
    const queued = await app.start(queueing)
    void app.tracker.stopJob(running.key)
    await app.advance(60_000)
    expect(app.outcomesOf(running)).toEqual(['stopped'])
    expect(app.outcomesOf(queued)).toEqual(['done'])
  })

  it('whose record says Stopped of a job that runs on is told once where its stream says nothing, with its duration', async () => {
    const app = await Followed.begin({ faults: { stopHitsNext: 1 } })
    const running = await app.start(queueing)
    const queued = await app.start(queueing)
    await app.advance(500)
    app.sim.faults.set({ frameDropped: 1 })
    void app.tracker.stopJob(running.key)
    await app.advance(60_000)
    expect(app.outcomesOf(queued)).toEqual(['done'])
    expect(app.job(queued).durationMs).toBeGreaterThan(1900)
  })

  it('that begins three minutes after its turn is not told as dropped', async () => {
    const app = await Followed.begin()
    await app.start(queueing)
    const queued = await app.start(queueing)
    app.sim.faults.set({ lateEntryMs: 180_000 })
    await app.advance(400_000)
    expect(app.outcomesOf(queued)).toEqual(['done'])
  })

  it('is not told as not begun where a run that belongs to nobody may be its, which ended without a record and a stream', async () => {
    const app = await Followed.begin({ faults: { noSse: 1 } })
    await app.advance(5000)
    await app.start(queueing)
    const queued = await app.start(queueing)
    await app.advance(3000)
    const begun = app.sim.truths().at(-1)
    app.sim.faults.set({ entryStuckRunning: 1 })
    app.sim.stopElsewhere(queueing.id, begun?.jobId ?? '')
    app.sim.faults.set({ noSse: 0, entryStuckRunning: 0 })
    await app.advance(300_000)
    expect(app.links.at(-1)).toBe('online')
    expect(app.job(queued).phase).not.toBe('notBegun')
  })

  it('without a mark in the history, whose run ends while the change stream is broken, is told though nothing else changes', async () => {
    const app = await Followed.begin()
    await app.start(instant)
    await app.advance(20_000)
    await app.start(queueing)
    app.wire.disturb((path) => (path.startsWith('search-history') ? 'status500' : null))
    const queued = await app.start(queueing, 1200)
    expect(app.job(queued)).toMatchObject({ answer: 'queued', historyMark: null })
    app.wire.disturb(() => 'status500')
    app.sim.breakStreams('changeStream', 'reset')
    await app.advance(4000)
    app.wire.repair()
    await app.advance(30_000)
    expect(app.outcomesOf(queued)).toEqual(['done'])
  })
})

it.each([
  ['can be read', 0],
  ['fails once in a log', 2],
])(
  'a queued start that ended while the app was away is that job, not what runs now, where its history %s',
  async (_, failing) => {
    const app = await Followed.begin()
    await app.start(queueing)
    const queued = await app.start(queueing)
    app.closeApp()
    await app.advance(10_000)
    const own = app.sim.truths().at(-1)
    app.sim.startElsewhere(queueing.id)
    await app.advance(500)
    let logs = 0
    app.wire.disturb((path) => {
      if (path === 'history-entry-logs') logs += 1
      return path === 'history-entry-logs' && logs === failing ? 'status500' : null
    })
    await app.openApp()
    await app.advance(60_000)
    expect(app.job(queued)).toMatchObject({ jobId: own?.jobId, outcome: 'done' })
  },
)
