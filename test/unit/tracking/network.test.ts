import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { approval, Followed, hour, second, tenSeconds, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

describe('a half-open connection', () => {
  it('of the change stream is noticed by its missing keep-alive, within forty seconds', async () => {
    const app = await Followed.begin()
    app.wire.goDark()
    const since = app.now
    await app.advance(39_000)
    expect(app.wire.count('sse/status-count', since)).toBe(0)
    await app.advance(2500)
    expect(app.wire.count('sse/status-count', since)).toBe(1)
  })

  it('of the change stream alone loses no end', async () => {
    const app = await Followed.begin()
    const jobs = [await app.start(tenSeconds), await app.start(second)]
    app.sim.breakStreams('changeStream', 'silent')
    app.sim.breakStreams('jobStream', 'silent')
    await app.advance(42_500)
    expect(jobs.map((job) => app.outcomesOf(job))).toEqual([['done'], ['done']])
  })

  it('of a job stream costs only speed', async () => {
    const app = await Followed.begin()
    const job = await app.start(tenSeconds)
    app.sim.breakStreams('jobStream', 'silent')
    await app.advance(10_000)
    expect(app.told).toEqual([])
    await app.advance(1000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'entry', circumstance: 'live' }])
  })

  it('is said as offline once, after the server could not be asked either', async () => {
    const app = await Followed.begin()
    app.wire.goDark()
    await app.advance(600_000)
    expect(app.links).toEqual(['connecting', 'online', 'offline'])
    app.wire.repair()
    await app.advance(80_000)
    // An attempt that had begun in the dark says nothing about streams.
    expect(app.links.slice(3)).not.toContain('slow')
    expect(app.link).toBe('online')
  })

  it('is over as soon as the server answers, though an attempt from before still hangs', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    const app = await Followed.begin()
    app.wire.goDark()
    await app.advance(300_000)
    const tries = app.wire.count('sse/status-count')
    while (app.wire.count('sse/status-count') === tries) await app.advance(100)
    app.wire.repair()
    await app.advance(20_500)
    expect(app.links).toEqual(['connecting', 'online', 'offline', 'connecting', 'online'])
    vi.restoreAllMocks()
  })
})

describe('a server that is away', () => {
  it('is said once, without a word about any job, and all is told when it is back', async () => {
    const app = await Followed.begin()
    const jobs = [await app.start(hour), await app.start(hour), await app.start(approval)]
    await app.advance(5000)
    app.sim.shutDown('killed')
    await app.advance(3_600_000)
    expect(app.links).toEqual(['connecting', 'online', 'offline'])
    expect(app.told).toEqual([])
    expect(jobs.map((job) => app.job(job).phase)).toEqual(['running', 'running', 'waiting'])
    app.sim.startUp()
    await app.advance(61_000)
    expect(app.told).toHaveLength(3)
    expect(app.link).toBe('online')
  })

  it('is tried ever more rarely, at most once a minute, and never all at the same moment', async () => {
    const app = await Followed.begin()
    app.sim.shutDown('killed')
    const since = app.now
    await app.advance(1_800_000)
    const tries = app.wire.sent.filter(({ at, path }) => at > since && path === 'sse/status-count')
    const gaps = tries.slice(1).map(({ at }, index) => at - (tries[index]?.at ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(60_010)
    const late = gaps.slice(6)
    expect(Math.min(...late)).toBeGreaterThanOrEqual(30_000)
    expect(new Set(late).size).toBeGreaterThan(late.length / 2)
    for (const [index, gap] of gaps.slice(0, 5).entries()) {
      expect(gap).toBeLessThanOrEqual(2 ** (index + 1) * 1000 + 10)
      expect(gap).toBeGreaterThanOrEqual(2 ** index * 1000)
    }
  })

  it('for a blink is not said at all', async () => {
    const app = await Followed.begin()
    const job = await app.start(second)
    app.sim.breakStreams('changeStream', 'reset')
    app.sim.breakStreams('jobStream', 'reset')
    await app.advance(5000)
    expect(app.links).toEqual(['connecting', 'online'])
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', circumstance: 'live' }])
  })
})

describe('waking up', () => {
  it('reconnects at once, also in the middle of a long pause, and tells what happened as away', async () => {
    const app = await Followed.begin()
    const job = await app.start(tenSeconds)
    app.wire.goDark()
    await app.advance(300_000)
    app.wire.repair()
    expect(app.told).toEqual([])
    app.tracker.wake()
    await app.advance(500)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', circumstance: 'away' }])
    expect(app.link).toBe('online')
    expect(app.caughtUpAfter.at(-1)).toBe(1)
  })

  it('does not wait for the old connection, which may be dead without a sign', async () => {
    const app = await Followed.begin()
    await app.start(tenSeconds)
    app.sim.breakStreams('changeStream', 'silent')
    app.sim.breakStreams('jobStream', 'silent')
    await app.advance(11_000)
    app.tracker.wake()
    await app.advance(500)
    expect(app.told).toMatchObject([{ outcome: 'done', circumstance: 'away' }])
    expect(app.sim.openStreams('changeStream')).toBe(1)
  })
})

describe('a server that says nothing any more', () => {
  it('is away within 45 s after the computer woke', async () => {
    const app = await Followed.begin()
    await app.advance(60_000)
    app.wire.goDark()
    app.tracker.wake()
    await app.advance(45_000)
    expect(app.links).toEqual(['connecting', 'online', 'offline'])
  })

  it('is away within 45 s after the network changed while its broken stream was opened anew', async () => {
    const app = await Followed.begin()
    await app.advance(60_000)
    app.sim.breakStreams('changeStream', 'reset')
    app.wire.goDark()
    await app.advance(1000)
    app.network = 'wlan'
    await app.advance(45_000)
    expect(app.links).toEqual(['connecting', 'online', 'offline'])
  })
})

describe('a change of the network', () => {
  it('reconnects at once', async () => {
    const app = await Followed.begin()
    app.wire.goDark()
    await app.advance(600_000)
    app.wire.repair()
    app.network = 'wlan'
    await app.advance(5100)
    expect(app.link).toBe('online')
  })

  it('is looked for only while reconnecting', async () => {
    const app = await Followed.begin()
    await app.start(hour)
    await app.advance(600_000)
    expect(app.networkReads).toBe(0)
    app.sim.shutDown('killed')
    await app.advance(60_000)
    expect(app.networkReads).toBeGreaterThan(5)
    app.sim.startUp()
    await app.advance(60_000)
    const reads = app.networkReads
    await app.advance(600_000)
    expect(app.networkReads).toBe(reads)
  })

  it('gives the new network more than five seconds to answer', async () => {
    const app = await Followed.begin()
    app.wire.goDark()
    await app.advance(200_000)
    app.network = 'slow vpn'
    await app.advance(5100)
    const since = app.now
    await app.advance(14_000)
    expect(app.wire.count('sse/status-count', since)).toBe(0)
  })
})

describe('a server without streams', () => {
  it.each([
    ['says 404 to every stream, as on .NET Framework', { noSse: 1 }],
    ['behind a proxy that keeps the bytes of streams', { streamsBuffered: 1 }],
  ] as const)('%s: all ends are told by asking', async (_, faults) => {
    const app = await Followed.begin({ faults })
    await app.advance(25_000)
    expect(app.links).toEqual(['connecting', 'slow'])
    const jobs = [await app.start(second), await app.start(tenSeconds), await app.start(tenSeconds)]
    const stopped = await app.start(hour)
    await app.advance(3000)
    void app.tracker.stopJob(stopped.key)
    await app.advance(16_000)
    expect(jobs.map((job) => app.outcomesOf(job))).toEqual([['done'], ['done'], ['done']])
    expect(app.outcomesOf(stopped)).toEqual(['stopped'])
    expect(app.told.every(({ circumstance }) => circumstance === 'live')).toBe(true)
  })

  it('behind a proxy that keeps the bytes of streams: what can be started is known all the same, within seconds', async () => {
    const app = await Followed.begin({ faults: { streamsBuffered: 1 } })
    await app.advance(4000)
    expect(app.workflows).toHaveLength(1)
    expect(app.links).toEqual(['connecting'])
  })

  it('notices approval and the queue too', async () => {
    const app = await Followed.begin({ faults: { noSse: 1 } })
    const job = await app.start(approval)
    await app.advance(6000)
    expect(app.job(job).phase).toBe('waiting')
  })

  it('that restarts is noticed by its entries', async () => {
    const app = await Followed.begin({ faults: { noSse: 1 } })
    const job = await app.start(hour)
    await app.advance(10_000)
    app.sim.restart('killed', 1000)
    await app.advance(20_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'endedWithServer' }])
  })

  it('that goes away is said as offline, and as slow again when it is back', async () => {
    const app = await Followed.begin({ faults: { noSse: 1 } })
    await app.start(hour)
    await app.advance(60_000)
    app.sim.shutDown('killed')
    await app.advance(70_000)
    // Whether the poll or an attempt to have a stream fails first is chance; the other one may give another reason.
    expect([...new Set(app.links)]).toEqual(['connecting', 'slow', 'offline'])
    const since = app.now
    await app.advance(130_000)
    expect(app.wire.count(null, since)).toBeLessThanOrEqual(2 * 5)
    expect(app.link).toBe('offline')
    app.sim.startUp()
    await app.advance(61_000)
    expect(app.link).toBe('slow')
    expect(app.told).toMatchObject([{ outcome: 'unknown', circumstance: 'away' }])
  })

  it('goes over to streams as soon as they can be had', async () => {
    const app = await Followed.begin({ faults: { noSse: 1 } })
    const job = await app.start(hour)
    await app.advance(60_000)
    app.sim.faults.set({ noSse: 0 })
    await app.advance(61_000)
    expect(app.link).toBe('online')
    const since = app.now
    await app.advance(14_000)
    expect(app.wire.count('search-entries-by-page-order-by', since)).toBeLessThanOrEqual(1)
    expect(app.job(job).phase).toBe('running')
  })
})

it('a proxy that cuts every stream after a minute loses nothing and is not noticed', async () => {
  const long = { ...hour, id: 77, name: 'Quarter', durationMs: 900_000 }
  const app = await Followed.begin({ workflows: [long, second], faults: { streamsCutAfterMs: 60_000 } })
  const job = await app.start(long)
  for (let minute = 0; minute < 14; minute += 1) {
    const short = await app.start(second)
    await app.advance(59_000)
    expect(app.outcomesOf(short)).toEqual(['done'])
  }
  await app.advance(120_000)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', circumstance: 'live' }])
  expect(app.links).toEqual(['connecting', 'online'])
})

it('a proxy that cuts every stream at once loses nothing, and the server is not stormed', async () => {
  const app = await Followed.begin({ faults: { streamsCutAfterMs: 300 } })
  const jobs = [await app.start(tenSeconds), await app.start(second)]
  const stopped = await app.start(hour)
  await app.advance(60_000)
  void app.tracker.stopJob(stopped.key)
  await app.advance(60_000)
  expect([...jobs, stopped].map((job) => app.outcomesOf(job))).toEqual([['done'], ['done'], ['stopped']])
  const since = app.now
  await app.start(hour)
  await app.advance(600_000)
  expect(app.wire.count('sse/status-count', since)).toBeLessThanOrEqual(25)
  expect(app.wire.count(null, since) / 600).toBeLessThan(2)
})

it('a server that refuses its pages is asked for entries instead', async () => {
  const app = await Followed.begin({ faults: { pagesRefused: 1, frameDropped: 1 } })
  await app.startMany(tenSeconds, 20)
  await app.advance(30_000)
  expect(app.told.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 20 }, () => 'done'))
  expect(app.links).toEqual(['connecting', 'online'])
})
