import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ChangeFeed } from '../../../src/main/tracking/link/change-feed.ts'
import { Coalesced } from '../../../src/main/tracking/sweeps/coalesced.ts'
import type { ChangeStreamListener } from '../../../src/main/wexflow/server.ts'
import { Followed, hour, queueing, second, standsStill, tenSeconds, useFakeClock } from './followed.ts'

/** The computer's clock is set while the app runs: by NTP after a wrong boot, by another system, by a virtual machine. */

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

const hourMs = 3_600_000
const setClockBy = (ms: number): void => void vi.setSystemTime(Date.now() + ms)

describe.each([
  { how: 'back by two minutes', byMs: -120_000 },
  { how: 'back by an hour', byMs: -hourMs },
  { how: 'ahead by an hour', byMs: hourMs },
])('a clock that is set $how', ({ byMs }) => {
  it('keeps no sweep waiting, and makes none come sooner', async () => {
    const begun: number[] = []
    const sweeps = new Coalesced(async () => void begun.push(performance.now()), 200)
    sweeps.request()
    await vi.advanceTimersByTimeAsync(50)
    setClockBy(byMs)
    sweeps.request()
    await vi.advanceTimersByTimeAsync(1000)
    expect(begun).toEqual([0, 200])
  })

  it.each([
    { name: 'a wake', reconnect: (app: Followed) => app.tracker.wake() },
    {
      name: 'a change stream that broke',
      reconnect: (app: Followed) => app.sim.breakStreams('changeStream', 'reset'),
    },
  ])('before $name keeps no end, and not the catch-up', async ({ reconnect }) => {
    const app = await Followed.begin({ faults: { frameDropped: 1 } })
    await app.start(second)
    const job = await app.start(tenSeconds)
    await app.advance(5000)
    setClockBy(byMs)
    reconnect(app)
    await app.advance(6000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })
})

it.each([
  { how: 'back', byMs: -hourMs, livedMs: 60_000, failures: 1 },
  { how: 'ahead', byMs: hourMs, livedMs: 1000, failures: 3 },
])(
  'a clock that is set $how does not decide whether a stream was steady',
  async ({ byMs, livedMs, failures }) => {
    const streams: ChangeStreamListener[] = []
    const said: number[] = []
    const feed = new ChangeFeed({
      open: (listener) => {
        streams.push(listener)
        return () => {}
      },
      networkFingerprint: () => 'lan',
      failureOf: () => ({ kind: 'unreachable', detail: '' }),
      listener: {
        onUp: () => {},
        onLate: () => {},
        onOverdue: () => undefined,
        onKeepAlive: () => {},
        onChange: () => {},
        onNetworkChange: () => {},
        onDown: (_failure, count) => said.push(count),
      },
    })
    feed.start()
    streams.at(-1)?.onClosed(new Error('refused'))
    await vi.advanceTimersByTimeAsync(1000)
    streams.at(-1)?.onClosed(new Error('refused'))
    await vi.advanceTimersByTimeAsync(2000)
    streams.at(-1)?.onAlive()
    await vi.advanceTimersByTimeAsync(livedMs / 2)
    streams.at(-1)?.onAlive()
    setClockBy(byMs)
    await vi.advanceTimersByTimeAsync(livedMs / 2)
    streams.at(-1)?.onClosed(new Error('reset'))
    expect(said).toEqual([1, 2, failures])
  },
)

describe('a clock that is set back by an hour does not put off by that hour', () => {
  it('the next read of the workflows', async () => {
    const app = await Followed.begin()
    await app.advance(20_000)
    setClockBy(-hourMs)
    const before = app.workflows.length
    await app.advance(60_000)
    expect(app.workflows.length).toBeGreaterThan(before)
  })

  it('that a job is gone without a record', async () => {
    const app = await Followed.begin({ faults: { frameDropped: 1, entryStuckRunning: 1 } })
    const job = await app.start(hour)
    await app.advance(20_000)
    void app.tracker.stopJob(job.key)
    while (app.job(job).goneReads === 0) await app.advance(50)
    setClockBy(-hourMs)
    await app.advance(20_000)
    expect(app.outcomesOf(job)).toEqual(['stopped'])
  })

  it('that a queue stands still', async () => {
    const app = await Followed.begin({ faults: standsStill })
    const running = await app.start(queueing)
    const queued = await app.start(queueing)
    void app.tracker.stopJob(running.key)
    await app.advance(20_000)
    setClockBy(-hourMs)
    await app.advance(50_000)
    expect(app.job(queued).phase).toBe('notBegun')
  })

  it('that a lost start is given up', async () => {
    const app = await Followed.begin()
    app.wire.disturb((path) => (path === 'start' ? 'status500' : null))
    const job = await app.start(hour)
    await app.advance(60_000)
    setClockBy(-hourMs)
    await app.advance(600_000)
    expect(app.outcomesOf(job)).toEqual(['unknown'])
  })

  it('nor takes it from how long a job took', async () => {
    const app = await Followed.begin()
    const job = await app.start(tenSeconds)
    await app.advance(5000)
    setClockBy(-hourMs)
    await app.advance(10_000)
    expect(app.job(job).durationMs).toBeCloseTo(10_000, -2)
  })
})

it('a start that is wished for right after the clock was set back is of that moment', async () => {
  const app = await Followed.begin()
  await app.start(tenSeconds)
  setClockBy(-hourMs)
  const wishedAt = app.now
  const job = await app.start(tenSeconds)
  expect(app.job(job).requestedAt).toBe(wishedAt)
})

it('nothing ended in the future once the clock is set back, and what ended long before stays as it was', async () => {
  const app = await Followed.begin()
  const long = await app.start(second)
  await app.advance(2 * hourMs)
  const late = await app.start(second)
  await app.advance(5000)
  const endsOf = (): number[] => [long, late].map((job) => app.job(job).endedAt ?? 0)
  const [longAgo = 0, justNow = 0] = endsOf()
  setClockBy(-hourMs)
  await app.start(second)
  expect(endsOf()).toEqual([longAgo, justNow - hourMs])
})
