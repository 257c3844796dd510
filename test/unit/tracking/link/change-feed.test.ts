import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ChangeFeed } from '../../../../src/main/tracking/link/change-feed.ts'
import type { ChangeStreamListener } from '../../../../src/main/wexflow/server.ts'
import type { Failure } from '../../../../src/shared/failure.ts'
import { useFakeClock } from '../followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

const unreachable: Failure = { kind: 'unreachable', detail: '' }

/** A feed whose streams the test speaks for. */
function feeding(): {
  readonly feed: ChangeFeed
  readonly streams: ChangeStreamListener[]
  readonly openedAt: number[]
  readonly said: string[]
  readonly closed: () => number
  network: string
  failure: Failure
} {
  const start = Date.now()
  const streams: ChangeStreamListener[] = []
  const openedAt: number[] = []
  const said: string[] = []
  let closed = 0
  const made = { network: 'lan', failure: unreachable, closed: () => closed, streams, openedAt, said }
  const feed = new ChangeFeed({
    open: (listener) => {
      streams.push(listener)
      openedAt.push(Date.now() - start)
      return () => {
        closed += 1
      }
    },
    networkFingerprint: () => made.network,
    failureOf: () => made.failure,
    listener: {
      onUp: () => said.push('up'),
      onLate: () => said.push('late'),
      onKeepAlive: () => said.push('keep-alive'),
      onOverdue: () => said.push('overdue'),
      onChange: (run) => said.push(`run ${run}`),
      onNetworkChange: () => said.push('network'),
      onDown: ({ kind }) => said.push(`down ${kind}`),
    },
  })
  return Object.assign(made, { feed })
}

it('is up with the first bytes, whatever they say', () => {
  const { feed, streams, said } = feeding()
  feed.start()
  expect([feed.isUp, said]).toEqual([false, []])
  streams[0]?.onAlive()
  streams[0]?.onChange('4')
  streams[0]?.onAlive()
  expect([feed.isUp, said]).toEqual([true, ['up', 'run 4']])
})

it('that is silent is overdue after half a minute, and after forty seconds counts as dead and is closed', async () => {
  const { feed, streams, said, closed } = feeding()
  feed.start()
  streams[0]?.onAlive()
  await vi.advanceTimersByTimeAsync(30_000)
  streams[0]?.onAlive()
  await vi.advanceTimersByTimeAsync(30_999)
  expect(said).toEqual(['up'])
  await vi.advanceTimersByTimeAsync(9000)
  expect(said).toEqual(['up', 'overdue'])
  await vi.advanceTimersByTimeAsync(1)
  expect([said, closed(), feed.isUp]).toEqual([['up', 'overdue', 'down timedOut'], 1, false])
})

it('of which nothing comes for three seconds is late, once; one that came in time is not', async () => {
  const { feed, streams, said } = feeding()
  feed.start()
  await vi.advanceTimersByTimeAsync(2999)
  expect(said).toEqual([])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(said).toEqual(['late'])
  feed.reconnect()
  streams[1]?.onAlive()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(said).toEqual(['late', 'up'])
})

it('of which nothing comes, as behind a proxy that buffers, is given up after twenty seconds', async () => {
  const { feed, said } = feeding()
  feed.start()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(said).toEqual(['late', 'down timedOut'])
})

it.each([
  ['the shortest pauses', 0, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]],
  ['the longest pauses', 0.999_999_999, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]],
])('comes back after jittered pauses that double up to a minute: %s', async (_, random, pauses) => {
  const dice = vi.spyOn(Math, 'random').mockReturnValue(random)
  const { feed, streams, openedAt } = feeding()
  feed.start()
  for (const pause of pauses) {
    streams.at(-1)?.onClosed(null)
    await vi.advanceTimersByTimeAsync(pause)
  }
  const gaps = openedAt.slice(1).map((at, index) => at - (openedAt[index] ?? 0))
  expect(gaps.map((gap) => Math.round(gap / 10) * 10)).toEqual(pauses)
  dice.mockRestore()
})

it('that breaks as soon as it is there is tried ever more rarely too', async () => {
  const { feed, streams } = feeding()
  feed.start()
  let broken = 0
  for (let tenth = 0; tenth < 6000; tenth += 1) {
    for (; broken < streams.length; broken += 1) {
      streams[broken]?.onAlive()
      streams[broken]?.onClosed(null)
    }
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(streams.length).toBeGreaterThan(10)
  expect(streams.length).toBeLessThan(27)
})

it('begins with short pauses again after it was up for a while', async () => {
  const { feed, streams } = feeding()
  feed.start()
  for (let count = 0; count < 8; count += 1) {
    streams.at(-1)?.onClosed(null)
    await vi.advanceTimersByTimeAsync(60_000)
  }
  streams.at(-1)?.onAlive()
  await vi.advanceTimersByTimeAsync(15_000)
  const before = streams.length
  streams.at(-1)?.onClosed(null)
  await vi.advanceTimersByTimeAsync(1000)
  expect(streams.length).toBe(before + 1)
})

it.each(['signInExpired', 'badCredentials'] as const)(
  'does not come back by itself from %s',
  async (kind) => {
    const feeder = feeding()
    feeder.failure = { kind, detail: '' }
    feeder.feed.start()
    feeder.streams[0]?.onClosed(null)
    await vi.advanceTimersByTimeAsync(600_000)
    expect([feeder.streams.length, feeder.said]).toEqual([1, [`down ${kind}`]])
    expect(vi.getTimerCount()).toBe(0)
  },
)

it('connects anew at once when it is asked to, up or down, but not once it is stopped', async () => {
  const { feed, streams, closed } = feeding()
  feed.start()
  streams[0]?.onAlive()
  feed.reconnect()
  expect([streams.length, closed(), feed.isUp]).toEqual([2, 1, false])
  streams[1]?.onClosed(null)
  feed.reconnect()
  expect(streams).toHaveLength(3)
  feed.stop()
  feed.reconnect()
  await vi.advanceTimersByTimeAsync(600_000)
  expect(streams).toHaveLength(3)
  expect(vi.getTimerCount()).toBe(0)
})

it('connects anew once for each change of the network, while it is down', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  const feeder = feeding()
  feeder.feed.start()
  for (let count = 0; count < 10; count += 1) {
    feeder.streams.at(-1)?.onClosed(null)
    await vi.advanceTimersByTimeAsync(30_000)
  }
  feeder.streams.at(-1)?.onClosed(null)
  const before = feeder.streams.length
  feeder.network = 'wlan'
  await vi.advanceTimersByTimeAsync(19_000)
  expect(feeder.streams.length).toBe(before + 1)
  feeder.network = 'vpn'
  await vi.advanceTimersByTimeAsync(5000)
  expect(feeder.streams.length).toBe(before + 2)
  feeder.streams.at(-1)?.onAlive()
  feeder.network = 'lan'
  await vi.advanceTimersByTimeAsync(30_000)
  expect(feeder.streams.length).toBe(before + 2)
  vi.restoreAllMocks()
})

it('waits as long as whoever answered in its place asked, and a little longer', async () => {
  const feeder = feeding()
  feeder.failure = { kind: 'busy', detail: '429', retryAfterMs: 120_000 }
  feeder.feed.start()
  feeder.streams[0]?.onClosed(null)
  await vi.advanceTimersByTimeAsync(119_999)
  expect(feeder.streams).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(12_001)
  expect(feeder.streams).toHaveLength(2)
})

it('is held back by what was asked of others, also where it would be tried sooner, until the network changes', async () => {
  const feeder = feeding()
  feeder.feed.start()
  feeder.streams[0]?.onClosed(null)
  feeder.feed.holdBack(60_000)
  await vi.advanceTimersByTimeAsync(59_999)
  expect(feeder.streams).toHaveLength(1)
  feeder.network = 'wlan'
  await vi.advanceTimersByTimeAsync(5000)
  expect(feeder.streams).toHaveLength(2)
})

it('that is given up is closed without a word, and tried ever more rarely', async () => {
  const { feed, streams, said, closed, openedAt } = feeding()
  feed.start()
  for (let count = 0; count < 12; count += 1) {
    streams.at(-1)?.onAlive()
    feed.giveUp()
    while (streams.length === count + 1) await vi.advanceTimersByTimeAsync(100)
  }
  expect(closed()).toBe(12)
  expect(said.every((word) => word === 'up')).toBe(true)
  expect((openedAt.at(-1) ?? 0) - (openedAt.at(-2) ?? 0)).toBeGreaterThanOrEqual(30_000)
})
