import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { simWorkflow } from '../../../wexflow-sim/workflows.ts'
import {
  approval,
  failing,
  Followed,
  hour,
  instant,
  queueing,
  second,
  tenSeconds,
  useFakeClock,
} from '../followed.ts'
import { all, change, favourites, watched, watchful } from './watchful.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

describe('a run that others began', () => {
  it('is neither followed nor asked for where only the person’s own are wanted', async () => {
    const app = await Followed.begin()
    const since = app.now
    for (let count = 0; count < 30; count += 1) {
      app.sim.startElsewhere(second.id)
      await app.advance(2000)
    }
    expect(app.jobs).toEqual([])
    expect(app.told).toEqual([])
    // The workflows are read within each minute.
    expect(app.wire.sent.filter(({ at, path }) => at >= since && path !== 'search')).toEqual([])
  })

  it('is seen as it begins, and told as it ends, where all are wanted', async () => {
    const app = await watchful()
    const beganAt = app.now
    const jobId = app.sim.startElsewhere(tenSeconds.id)
    await app.advance(200)
    const [run] = watched(app)
    expect(run).toMatchObject({ jobId, phase: 'running', workflowName: 'P10s' })
    expect((run?.startedAt ?? 0) - beganAt).toBeLessThan(100)
    await app.advance(11_000)
    expect(app.told).toMatchObject([
      { workflow: 'P10s', outcome: 'done', from: 'entry', circumstance: 'live' },
    ])
    expect(watched(app)).toMatchObject([{ phase: 'ended', durationMs: 10_000 }])
  })

  it.each([
    ['holds marks that are not kept of it', '\u202AExport\u202C'],
    ['is longer than what is kept of it', 'x'.repeat(300)],
  ])('is told as it ends where the name of its workflow %s', async (_, name) => {
    const named = simWorkflow({ id: 77, name, durationMs: 1000 })
    const app = await watchful({ workflows: [named] })
    app.sim.startElsewhere(named.id)
    await app.advance(4000)
    expect(app.told).toMatchObject([{ outcome: 'done' }])
  })

  it('of an instant job is told', async () => {
    const app = await watchful()
    const jobId = app.sim.startElsewhere(instant.id)
    await app.advance(3000)
    expect(app.told).toMatchObject([{ workflow: 'P0s', outcome: 'done' }])
    expect(watched(app)).toMatchObject([{ jobId }])
  })

  it('is told with why it failed', async () => {
    const fails = { ...failing, logLines: [{ error: '[Copy] disk full' }] }
    const app = await watchful({ workflows: [fails] })
    app.sim.startElsewhere(fails.id)
    await app.advance(5000)
    expect(app.told).toMatchObject([{ outcome: 'failed' }])
    const [run] = watched(app)
    expect(run?.errorLine).toContain('disk full')
    expect(run?.durationMs).toBe(500)
  })

  it('of a favourite is told, and of no other', async () => {
    const app = await watchful({ watching: favourites(second.id) })
    app.sim.startElsewhere(second.id)
    app.sim.startElsewhere(instant.id)
    await app.advance(5000)
    expect(app.told).toMatchObject([{ workflow: 'P1s', outcome: 'done' }])
    expect(app.jobs).toHaveLength(1)
  })

  it('of a workflow that this user may not see is never told', async () => {
    const secret = simWorkflow({ id: 77, name: 'Payroll', grantedTo: [] })
    const app = await watchful({ workflows: [secret, second], username: 'administrator' })
    app.sim.startElsewhere(secret.id)
    app.sim.startElsewhere(second.id)
    await app.advance(5000)
    expect(app.jobs.map(({ workflowName }) => workflowName)).toEqual(['P1s'])
    expect(app.told).toHaveLength(1)
  })

  it('leaves the list where its workflow is no longer this user’s to see', async () => {
    const app = await watchful({ workflows: [hour, second], username: 'administrator' })
    app.sim.startElsewhere(hour.id)
    await app.advance(1000)
    expect(app.jobs).toHaveLength(1)
    app.sim.saveWorkflows([{ ...hour, grantedTo: [] }, second])
    await app.advance(60_000)
    expect(app.jobs).toEqual([])
    expect(app.told).toEqual([])
  })

  it('that went on as the app began to watch is told as it ends; one that had ended is not', async () => {
    const app = await Followed.begin()
    app.sim.startElsewhere(second.id)
    app.sim.startElsewhere(tenSeconds.id)
    await app.advance(5000)
    change(app, all)
    await app.advance(10_000)
    expect(app.told).toMatchObject([{ workflow: 'P10s', outcome: 'done' }])
    expect(watched(app)).toMatchObject([{ durationMs: 10_000, startedAt: null }])
  })

  it('whose entry says for ever that it runs, although it is gone, is none', async () => {
    const app = await Followed.begin({ faults: { entryStuckRunning: { next: 1 } } })
    const jobId = app.sim.startElsewhere(hour.id)
    await app.advance(1000)
    app.sim.stopElsewhere(hour.id, jobId)
    await app.advance(1000)
    change(app, all)
    await app.advance(120_000)
    expect(app.jobs).toEqual([])
    expect(app.wire.count('entry-logs')).toBe(1)
  })

  it('and whose entry stays at Running as it is stopped does not seem to run for ever', async () => {
    const app = await watchful({ faults: { entryStuckRunning: { next: 1 } } })
    const jobId = app.sim.startElsewhere(hour.id)
    await app.advance(1000)
    app.sim.stopElsewhere(hour.id, jobId)
    await app.advance(180_000)
    expect(app.told).toMatchObject([{ workflow: 'Hour', outcome: 'unknown', reason: 'notRecorded' }])
    expect(watched(app)).toMatchObject([{ jobId, phase: 'ended' }])
  })

  it('is told how it was stopped, suspended and resumed', async () => {
    const app = await watchful()
    const jobId = app.sim.startElsewhere(tenSeconds.id)
    await app.advance(500)
    app.sim.suspendElsewhere(tenSeconds.id, jobId)
    await app.advance(3000)
    expect(watched(app)).toMatchObject([{ phase: 'suspended' }])
    app.sim.resumeElsewhere(tenSeconds.id, jobId)
    await app.advance(3000)
    expect(watched(app)).toMatchObject([{ phase: 'running' }])
    app.sim.stopElsewhere(tenSeconds.id, jobId)
    await app.advance(3000)
    expect(app.told).toMatchObject([{ outcome: 'stopped' }])
  })

  it('waits for approval, is approved here, and is told how it ended', async () => {
    const app = await watchful()
    app.sim.startElsewhere(approval.id)
    await app.advance(20_000)
    const [run] = watched(app)
    expect(run).toMatchObject({ phase: 'waiting' })
    void app.tracker.changeJob(run?.key ?? '', 'approve')
    await app.advance(10_000)
    expect(app.told).toMatchObject([{ outcome: 'done' }])
  })

  it('can be stopped here', async () => {
    const app = await watchful()
    app.sim.startElsewhere(hour.id)
    await app.advance(1000)
    void app.tracker.stopJob(watched(app)[0]?.key ?? '')
    await app.advance(3000)
    expect(app.told).toMatchObject([{ outcome: 'stopped' }])
  })

  it('of a workflow that runs one job at a time is told in its turn, each of several', async () => {
    const app = await watchful()
    for (let count = 0; count < 3; count += 1) app.sim.startElsewhere(queueing.id)
    await app.advance(10_000)
    expect(app.told.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done'])
    expect(new Set(watched(app).map(({ jobId }) => jobId)).size).toBe(3)
  })

  it('that nothing names, since a stop has hidden it, is told by its entry as it ends', async () => {
    const app = await watchful({ faults: { stopHidesNext: 1 } })
    const first = app.sim.startElsewhere(queueing.id)
    app.sim.startElsewhere(queueing.id)
    await app.advance(500)
    app.sim.stopElsewhere(queueing.id, first)
    await app.advance(10_000)
    expect(app.told.map(({ outcome }) => outcome)).toEqual(['stopped', 'done'])
  })

  it('whose log can’t be read for a while is named as soon as it can', async () => {
    const app = await watchful()
    app.wire.disturb((path) => (path === 'entry-logs' ? 'status500' : null))
    const jobId = app.sim.startElsewhere(second.id)
    await app.advance(5000)
    expect(app.told).toEqual([])
    app.wire.repair()
    await app.advance(3000)
    expect(watched(app)).toMatchObject([{ jobId, outcome: 'done' }])
    expect(app.told).toHaveLength(1)
  })

  it('whose log can never be read is told by its entry', async () => {
    const app = await watchful()
    app.wire.disturb((path) => (path === 'entry-logs' ? 'status500' : null))
    app.sim.startElsewhere(second.id)
    await app.advance(30_000)
    expect(app.told).toMatchObject([{ outcome: 'done' }])
  })

  it('by the clock of the server is told each time', async () => {
    const nightly = simWorkflow({
      id: 70,
      name: 'Nightly',
      launchType: 'cron',
      everyMs: 60_000,
      durationMs: 3000,
    })
    const often = simWorkflow({
      id: 71,
      name: 'Often',
      launchType: 'periodic',
      everyMs: 20_000,
      durationMs: 1000,
    })
    const app = await watchful({ workflows: [nightly, often] })
    await app.advance(200_000)
    const names = app.told.map(({ workflow }) => workflow)
    expect(names.filter((name) => name === 'Nightly')).toHaveLength(3)
    expect(names.filter((name) => name === 'Often').length).toBeGreaterThanOrEqual(9)
    expect(new Set(app.told.map(({ outcome }) => outcome))).toEqual(new Set(['done']))
  })

  it('is told too where the server has no streams, within the minute', async () => {
    const app = await Followed.begin({ watching: all, faults: { noSse: 1 } })
    await app.advance(130_000)
    app.sim.startElsewhere(second.id)
    await app.advance(70_000)
    expect(app.told).toMatchObject([{ outcome: 'done' }])
  })
})

it('runs that others began are known, as far as they can be, on a server that logs nothing while one of them goes on', async () => {
  const app = await watchful()
  app.wire.answer((path) => (path === 'entry-logs' ? '""' : null))
  app.sim.startElsewhere(hour.id)
  await app.advance(5000)
  expect(app.tracker.knowsWatchedRuns).toBe(true)
})
