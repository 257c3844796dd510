import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { busyServer } from '../../wexflow-sim/faults.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { Followed, second, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

const minute = simWorkflow({ id: 60, name: 'Minute', durationMs: 60_000 })

describe('a server that is busy with its jobs, and silent', () => {
  it('is told how jobs ended whose streams were open, at once', async () => {
    const app = await Followed.begin({ workflows: [minute, second] })
    const jobs = await app.startMany(minute, 40)
    await app.advance(2000)
    app.sim.faults.set(busyServer)
    await app.advance(61_000)
    expect(jobs.map((job) => app.outcomesOf(job))).toEqual(jobs.map(() => ['done']))
  })

  it('keeps its job streams, however often the change stream is given up', async () => {
    const app = await Followed.begin({ workflows: [minute, second] })
    await app.startMany(minute, 40)
    await app.advance(2000)
    const opened = app.wire.sent.filter(({ path }) => path.startsWith('sse/60/')).length
    app.sim.faults.set(busyServer)
    await app.advance(50_000)
    expect(app.wire.sent.filter(({ path }) => path.startsWith('sse/60/')).length).toBe(opened)
    expect(app.sim.openStreams('jobStream')).toBe(40)
  })

  it('is told how all ended that were started while it was busy, once it is no longer', async () => {
    const app = await Followed.begin({ workflows: [minute, second] })
    app.sim.faults.set(busyServer)
    const jobs = await app.startMany(second, 20, 50)
    await app.advance(100_000)
    app.sim.faults.clear()
    await app.advance(120_000)
    expect(jobs.map((job) => app.outcomesOf(job).at(-1))).toEqual(jobs.map(() => 'done'))
    expect(app.told.map(({ outcome }) => outcome)).not.toContain('unknown')
    expect(app.sim.startsCarriedOut(second.id)).toBe(20)
  })

  it('is told as busy in no other way: no job is said to have ended that runs', async () => {
    const app = await Followed.begin({ workflows: [minute, second] })
    const job = await app.start({ ...minute })
    await app.advance(2000)
    app.sim.faults.set({ ...busyServer, frameDropped: 1 })
    await app.advance(50_000)
    expect(app.toldOf(job)).toEqual([])
    app.sim.faults.set({ slowCallMs: 0, newStreamSilentMs: 0, keepAliveSkipped: 0 })
    await app.advance(60_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })
})
