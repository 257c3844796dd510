import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { simWorkflow } from '../../../wexflow-sim/workflows.ts'
import { hour, instant, second, tenSeconds, useFakeClock } from '../followed.ts'
import { watched, watchful } from './watchful.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

describe('while the server, the network or the app is away, a run that others began', () => {
  it('and that was seen before is told in the summary of the app’s next start', async () => {
    const app = await watchful()
    app.sim.startElsewhere(tenSeconds.id)
    await app.advance(1000)
    await app.restartApp(60_000)
    await app.advance(5000)
    expect(app.told).toMatchObject([{ workflow: 'P10s', outcome: 'done', circumstance: 'away' }])
  })

  it('and that began and ended while the app did not run is not told', async () => {
    const app = await watchful()
    app.closeApp()
    app.sim.startElsewhere(second.id)
    await app.advance(60_000)
    await app.openApp()
    await app.advance(5000)
    expect(app.jobs).toEqual([])
    expect(app.told).toEqual([])
  })

  it('and that began and ended while the computer slept is told when it wakes', async () => {
    const app = await watchful()
    app.sim.startElsewhere(instant.id)
    await app.advance(2000)
    app.wire.goDark()
    app.sim.startElsewhere(second.id)
    await app.advance(600_000)
    app.wire.repair()
    app.tracker.wake()
    await app.advance(20_000)
    expect(app.told.map(({ workflow }) => workflow)).toEqual(['P0s', 'P1s'])
  })

  it('ended with the server: is told as unknown', async () => {
    const app = await watchful()
    app.sim.startElsewhere(hour.id)
    await app.advance(5000)
    app.sim.restart('killed', 1000)
    await app.advance(60_000)
    expect(app.told).toMatchObject([{ workflow: 'Hour', outcome: 'unknown', reason: 'endedWithServer' }])
  })

  it('ended with the server while it could be a start’s own: the ends of starts in the next run are told', async () => {
    const line = simWorkflow({ id: 7, name: 'Line', durationMs: 50_000, enableParallelJobs: false })
    const app = await watchful({ workflows: [hour, line] })
    app.wire.slow((path) => (path === 'start' ? 40_000 : 0))
    await app.start(hour)
    app.wire.repair()
    app.sim.startElsewhere(hour.id)
    await app.advance(5000)
    app.sim.faults.set({ noSse: 1 })
    app.sim.restart('killed', 1000)
    await app.advance(20_000)
    const next = await app.startMany(line, 2)
    await app.advance(120_000)
    expect(next.map((job) => app.outcomesOf(job))).toEqual([['done'], ['done']])
  })

  it('ended before the server restarted: the history tells how', async () => {
    const app = await watchful()
    app.sim.startElsewhere(tenSeconds.id)
    await app.advance(5000)
    app.wire.goDark()
    await app.advance(10_000)
    app.sim.restart('killed', 1000)
    await app.advance(5000)
    app.wire.repair()
    app.tracker.wake()
    await app.advance(60_000)
    expect(app.told).toMatchObject([{ workflow: 'P10s', outcome: 'done', from: 'history' }])
  })

  it.each(['sqlite', 'litedb'] as const)(
    'that began and ended in the server’s next run before the app was back is told (%s)',
    async (database) => {
      const app = await watchful({ database })
      app.sim.startElsewhere(instant.id)
      await app.advance(3000)
      app.wire.goDark()
      app.sim.restart('killed', 1000)
      await app.advance(5000)
      app.sim.startElsewhere(second.id)
      await app.advance(5000)
      app.wire.repair()
      app.tracker.wake()
      await app.advance(30_000)
      expect(app.told.map(({ workflow, outcome }) => [workflow, outcome])).toEqual([
        ['P0s', 'done'],
        ['P1s', 'done'],
      ])
    },
  )

  it('of the server’s next run is told, though its entries have the same ids as the last one’s', async () => {
    const app = await watchful({ database: 'litedb' })
    app.sim.startElsewhere(instant.id)
    await app.advance(3000)
    app.sim.restart('killed', 1000)
    await app.advance(20_000)
    app.sim.startElsewhere(second.id)
    await app.advance(5000)
    expect(app.told.map(({ workflow, outcome }) => [workflow, outcome])).toEqual([
      ['P0s', 'done'],
      ['P1s', 'done'],
    ])
  })

  it('of the server’s next run is not told as one of the last that had the same entry and could not be named', async () => {
    const app = await watchful({ database: 'litedb' })
    const stopped = app.sim.startElsewhere(hour.id)
    app.wire.slow((path) => (path === 'entry-logs' ? 5000 : 0))
    await app.advance(1000)
    app.sim.stopElsewhere(hour.id, stopped)
    await app.advance(1000)
    app.sim.restart('killed', 300)
    await app.advance(400)
    const jobId = app.sim.startElsewhere(hour.id)
    app.wire.slow((path) => (path.startsWith('search-entries') ? 4000 : 0))
    await app.advance(10_000)
    expect(app.told).toEqual([])
    expect(watched(app)).toMatchObject([{ jobId, phase: 'running' }])
  })
})
