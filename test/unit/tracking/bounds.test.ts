import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { streams } from '../../../src/main/tracking/policy.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { approval, Followed, hour, second, tenSeconds, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

const keepAliveMs = 15_000

// Hundreds of jobs are thousands of turns of the event loop, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 30_000 })

async function withRunning(count: number, workflow = hour): Promise<Followed> {
  const app = await Followed.begin({ workflows: [hour, second, tenSeconds, approval, workflow] })
  await app.startMany(workflow, count)
  await app.advance(3 * keepAliveMs)
  return app
}

describe('while nothing runs', () => {
  it('nothing is asked but the workflows, less than once in half a minute', async () => {
    const app = await Followed.begin()
    await app.advance(5000)
    const since = app.now
    await app.advance(600_000)
    const asked = new Set(app.wire.sent.filter(({ at }) => at > since).map(({ path }) => path))
    expect([...asked]).toEqual(['search'])
    expect(app.wire.count('search', since)).toBeLessThanOrEqual(20)
  })

  it('other people’s jobs cause no request', async () => {
    const app = await Followed.begin()
    await app.advance(5000)
    const since = app.now
    for (let count = 0; count < 100; count += 1) {
      app.sim.startElsewhere(second.id)
      await app.advance(300)
    }
    expect(app.wire.count(null, since) - app.wire.count('search', since)).toBe(0)
  })

  it('the app has one timer, the watch over the keep-alive', async () => {
    const app = await Followed.begin()
    await app.start(second)
    await app.advance(30_000)
    // The other one is the server's own, for the keep-alive.
    expect(vi.getTimerCount()).toBe(2)
  })

  it('of a server without streams, it is asked for its workflows once a minute, and for a stream', async () => {
    const app = await Followed.begin({ faults: { noSse: 1 } })
    await app.advance(120_000)
    const since = app.now
    await app.advance(600_000)
    expect(app.wire.count('search', since)).toBeLessThanOrEqual(32)
    expect(app.wire.count(null, since)).toBeLessThanOrEqual(32 + 20)
  })
})

describe('while jobs run', () => {
  it('no timer of the app is faster than the keep-alive', async () => {
    const app = await withRunning(20)
    const since = app.now
    await app.advance(4 * keepAliveMs)
    const times = [...new Set(app.wire.sent.filter(({ at }) => at > since).map(({ at }) => at))]
    // All requests of a keep-alive go out within a moment.
    const bursts = times.filter((at, index) => at - (times[index - 1] ?? 0) > 1000)
    expect(bursts.length).toBe(4)
  })

  it('a keep-alive has no job asked for what a page has shown of it', async () => {
    const app = await withRunning(90)
    const since = app.now
    await app.advance(4 * keepAliveMs)
    expect(app.wire.count('entry', since)).toBe(0)
    expect(app.wire.count(null, since)).toBeLessThanOrEqual(4 * 3 + 2)
  })

  it('keep-alives have the counts alone asked for as long as they stand still, and once a minute the rest', async () => {
    const app = await withRunning(90)
    const since = app.now
    await app.advance(8 * keepAliveMs)
    expect(app.wire.count('status-count', since)).toBe(8)
    expect(app.wire.count('search-entries-by-page-order-by', since)).toBe(2)
    expect(app.wire.count('jobs', since)).toBe(2)
    expect(app.wire.count(null, since) - app.wire.count('search', since)).toBe(12)
  })

  it('two more keep-alives have the entries asked for after the counts have changed', async () => {
    const app = await withRunning(20)
    app.sim.startElsewhere(hour.id)
    await app.advance(2000)
    const since = app.now
    await app.advance(3 * keepAliveMs)
    expect(app.wire.count('search-entries-by-page-order-by', since)).toBe(2)
  })

  it('keep-alives have the entries asked for where the counts can’t be read', async () => {
    const app = await withRunning(20)
    app.wire.disturb((path) => (path === 'status-count' ? 'status500' : null))
    const since = app.now
    await app.advance(4 * keepAliveMs)
    expect(app.wire.count('search-entries-by-page-order-by', since)).toBe(4)
  })

  it('no more streams are open than there shall be', async () => {
    const app = await withRunning(streams.most + 30)
    expect(app.sim.openStreams('jobStream')).toBe(streams.most)
    app.sim.breakStreams('jobStream', 'reset')
    await app.advance(10_000)
    expect(app.sim.openStreams('jobStream')).toBe(streams.most)
    app.tracker.wake()
    await app.advance(5000)
    expect(app.sim.openStreams('jobStream')).toBe(streams.most)
  })

  it('two hundred of them and one change mean a handful of requests', async () => {
    const app = await withRunning(200)
    const since = app.now + 1
    app.sim.startElsewhere(second.id)
    await app.advance(900)
    expect(app.wire.count(null, since)).toBeLessThanOrEqual(4)
    await app.advance(2000)
    expect(app.wire.count(null, since)).toBeLessThanOrEqual(12)
  })

  it('a storm of changes is answered by a few sweeps a second', async () => {
    const app = await withRunning(50)
    const since = app.now + 1
    for (let count = 0; count < 100; count += 1) {
      app.sim.startElsewhere(second.id)
      await app.advance(20)
    }
    expect(app.wire.count(null, since)).toBeLessThanOrEqual(2 * 5 * 2)
  })

  it('a storm of changes where the pages are refused too', async () => {
    const app = await withRunning(50)
    app.sim.faults.set({ pagesRefused: 1 })
    const since = app.now + 1
    for (let count = 0; count < 100; count += 1) {
      app.sim.startElsewhere(second.id)
      await app.advance(20)
    }
    expect(app.wire.count(null, since)).toBeLessThanOrEqual(2 * 5 * 10)
  })

  it('a change with jobs of many approval workflows too', async () => {
    const workflows = Array.from({ length: 60 }, (_, at) => ({
      ...approval,
      id: 500 + at,
      name: `Ask ${at}`,
    }))
    const app = await Followed.begin({ workflows: [...workflows, second] })
    for (const workflow of workflows) await app.start(workflow)
    await app.advance(2 * keepAliveMs + 2000)
    expect(app.jobs.every(({ phase }) => phase === 'waiting')).toBe(true)
    const since = app.now + 1
    app.sim.startElsewhere(second.id)
    await app.advance(900)
    expect(app.wire.count(null, since)).toBeLessThanOrEqual(12)
  })

  it('a change of a job that the server has not confirmed too', async () => {
    const late = simWorkflow({ id: 600, name: 'Late' })
    const app = await Followed.begin({ workflows: [late, second], faults: { lateEntryMs: 3_600_000 } })
    await app.startMany(late, 100)
    await app.advance(40_000)
    app.sim.faults.set({ lateEntryMs: 0 })
    const since = app.now + 1
    app.sim.startElsewhere(second.id)
    await app.advance(900)
    expect(app.wire.count(null, since)).toBeLessThanOrEqual(12)
  })

  it('the record of a job does not grow with the jobs that run beside it, its app’s own and others’', async () => {
    const app = await withRunning(0)
    for (let started = 0; started < 60; started += 1) {
      app.sim.startElsewhere(hour.id)
      await app.start(hour, 20)
    }
    const sizes = app.jobs.map((job) => JSON.stringify(job).length)
    expect(sizes).toHaveLength(60)
    expect(Math.max(...sizes)).toBeLessThan(3000)
  })

  it('two hundred ends at once are told within a second, though half of them have no stream', async () => {
    const app = await withRunning(0)
    await app.startMany(tenSeconds, 200, 0)
    await app.advance(11_000)
    expect(app.told).toHaveLength(200)
    expect(new Set(app.told.map(({ key }) => key)).size).toBe(200)
  })

  it('a keep-alive has the entries of a hundred jobs asked for and no more, each in its turn', async () => {
    const app = await withRunning(140)
    app.sim.faults.set({ pagesRefused: 1 })
    const since = app.now
    app.sim.startElsewhere(second.id)
    await app.advance(2 * keepAliveMs)
    const asked = app.wire.sent.filter(({ at, path }) => at > since && path === 'entry')
    expect(asked.length).toBeLessThanOrEqual(2 * 110)
    expect(new Set(asked.map(({ query }) => query.get('i'))).size).toBe(140)
  })

  it('sweeps never overlap, whatever asks for them: a later answer would look older than an earlier one', async () => {
    const app = await withRunning(10)
    app.wire.slow((path) => (path.startsWith('search-entries') ? 300 : 0))
    for (let count = 0; count < 40; count += 1) {
      if (count % 10 === 0) app.sim.breakStreams('changeStream', 'reset')
      app.sim.startElsewhere(second.id)
      await app.advance(50)
    }
    await app.advance(2000)
    expect(app.wire.mostAtOnce('search-entries-by-page-order-by')).toBe(1)
  })

  it('a hundred that a save of their workflow has hidden are asked for in their turn, each once a minute', async () => {
    const app = await withRunning(100)
    app.sim.saveElsewhere(hour.id)
    await app.advance(60_000)
    const since = app.now
    await app.advance(8 * 60_000)
    expect(app.wire.count('entry', since)).toBeLessThanOrEqual(8 * 100)
    expect(app.wire.count(null, since) - app.wire.count('entry', since)).toBeLessThanOrEqual(8 * 15)
  })

  it('a hundred that died with the server are asked for twice each, and then their history alone', async () => {
    const app = await withRunning(100)
    const since = app.now
    app.sim.restart('killed', 1000)
    await app.advance(600_000)
    expect(app.told).toHaveLength(100)
    expect(app.wire.count('entry', since)).toBeLessThanOrEqual(2 * 100 + 10)
    expect(app.wire.count('search-history-entries-by-page-order-by', since)).toBeLessThanOrEqual(16)
  })

  it('coming back to them asks for each once', async () => {
    const app = await withRunning(120)
    const since = app.now + 1
    app.sim.breakStreams('changeStream', 'reset')
    await app.advance(4000)
    expect(app.wire.count('entry', since)).toBe(120)
    expect(app.wire.count('search-entries-by-page-order-by', since)).toBeLessThanOrEqual(3)
  })
})
