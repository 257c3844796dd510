import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ChangeFeed } from '../../../src/main/jobs/change-feed.ts'
import { Coalesced } from '../../../src/main/jobs/coalesced.ts'
import type { ChangeStreamListener } from '../../../src/main/wexflow/server.ts'
import { Followed, second, tenSeconds, useFakeClock } from './followed.ts'

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
  ])('before $name keeps no end, and not the look at everything', async ({ reconnect }) => {
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
        onBeat: () => {},
        onChange: () => {},
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
