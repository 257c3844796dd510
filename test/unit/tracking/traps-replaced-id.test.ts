import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { starting } from '../../../src/main/tracking/policy.ts'
import type { KnownJob } from '../../known-job.ts'
import type { FaultSettings } from '../../wexflow-sim/faults.ts'
import { Followed, hour, instant, queueing, second, tenSeconds, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

describe('a start that is answered with an id that never exists', () => {
  it.each([
    { what: 'an instant job', workflow: instant, withinMs: 15_000 },
    { what: 'a job of a second', workflow: second, withinMs: 15_000 },
    { what: 'a job of ten seconds', workflow: tenSeconds, withinMs: 15_000 },
  ])(
    'is told within seconds how $what ended, and that it may be another’s',
    async ({ workflow, withinMs }) => {
      const app = await Followed.begin({ faults: { startIdReplaced: { next: 1 } } })
      const job = await app.start(workflow)
      await app.advance(withinMs)
      expect(app.outcomesOf(job)).toEqual(['done'])
      expect(app.job(job)).toMatchObject({ maybeOthers: true, jobId: app.sim.truths()[0]?.jobId })
    },
  )

  it('is told that it failed, where the job under the other id failed', async () => {
    const fails = { ...second, outcome: 'Failed' } as const
    const app = await Followed.begin({ workflows: [fails], faults: { startIdReplaced: 1 } })
    const job = await app.start(fails)
    await app.advance(20_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'failed' }])
  })

  it('among four starts at once: each is told how a run of its own ended', async () => {
    const app = await Followed.begin({ faults: { startIdReplaced: { next: 1 } } })
    const jobs = await app.startMany(second, 4, 0)
    await app.advance(60_000)
    expect(jobs.map((job) => app.outcomesOf(job))).toEqual([['done'], ['done'], ['done'], ['done']])
    expect(new Set(app.jobs.map(({ jobId }) => jobId)).size).toBe(4)
  })

  it('beside one that waits with its id for the end of the job before it: each is told how its own run ended', async () => {
    const app = await Followed.begin({ faults: { lateEntryMs: 2000 } })
    await app.start(tenSeconds, 50)
    app.sim.faults.set({ lateEntryMs: 0, startWaitsForOther: 1 })
    const waits = await app.start(tenSeconds, starting.behindFirst)
    app.sim.faults.set({ startWaitsForOther: 0, startIdReplaced: { next: 1 } })
    const replaced = await app.start(tenSeconds, 9)
    await app.advance(30_000)
    const [last, , before] = app.sim.truths().toSorted((a, b) => (b.beganAt ?? 0) - (a.beganAt ?? 0))
    expect(app.job(waits)).toMatchObject({ jobId: last?.jobId, maybeOthers: false, outcome: 'done' })
    expect(app.job(replaced)).toMatchObject({ jobId: before?.jobId, maybeOthers: true, outcome: 'done' })
  })

  it('beside ones that begin late, and before which its run was there: is told how it ended while they wait', async () => {
    const app = await Followed.begin()
    const start = async (faults: Partial<FaultSettings>, withinMs: number): Promise<KnownJob> => {
      app.sim.faults.set({ lateEntryMs: 0, startIdReplaced: 0, ...faults })
      return await app.start(tenSeconds, withinMs)
    }
    const replaced = await start({ startIdReplaced: 1 }, 2000)
    await start({ lateEntryMs: 60_000 }, 5)
    const last = await start({ lateEntryMs: 60_000 }, 16_000)
    expect(app.job(last)).toMatchObject({ isShown: false })
    expect(app.outcomesOf(replaced)).toEqual(['done'])
    expect(app.job(replaced)).toMatchObject({ maybeOthers: true })
  })

  it('among many of an instant workflow, one after the other: each is told how it ended', async () => {
    const app = await Followed.begin({ faults: { startIdReplaced: 0.1 } })
    const jobs = []
    for (let count = 0; count < 60; count += 1) {
      jobs.push(await app.start(instant, 15))
      await app.advance(400)
    }
    await app.advance(60_000)
    expect(jobs.filter((job) => app.outcomesOf(job).join(' ') !== 'done').map((job) => app.job(job))).toEqual(
      [],
    )
    expect(new Set(app.jobs.map(({ jobId }) => jobId)).size).toBe(60)
  })

  it('claims no run that somebody else’s job had begun before it', async () => {
    const app = await Followed.begin({ faults: {} })
    const others = app.sim.startElsewhere(tenSeconds.id)
    await app.advance(100)
    app.sim.faults.set({ startIdReplaced: { next: 1 } })
    const job = await app.start(tenSeconds)
    await app.advance(20_000)
    expect(app.job(job).jobId).not.toBe(others)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })

  it('is told how its own job ended where the id was only late, and another’s run stands beside it', async () => {
    const fails = { ...second, outcome: 'Failed' } as const
    const app = await Followed.begin({ workflows: [tenSeconds, fails] })
    app.sim.faults.set({ lateEntryMs: { upToMs: 8000, chance: { next: 1 } } })
    const job = await app.start(tenSeconds)
    app.sim.startElsewhere(tenSeconds.id)
    await app.advance(60_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
    expect(app.job(job)).toMatchObject({ maybeOthers: false })
  })

  it('leaves the run that it gives back to no later start: that ran before', async () => {
    const app = await Followed.begin()
    app.sim.faults.set({ lateEntryMs: 8000 })
    const late = await app.start(hour)
    app.sim.faults.set({ lateEntryMs: 0 })
    const others = app.sim.startElsewhere(hour.id)
    await app.advance(6000)
    expect(app.job(late).jobId).toBe(others)
    app.sim.faults.set({ startNotReceived: { next: 1 } })
    const later = await app.start(hour)
    await app.advance(60_000)
    expect(app.job(late)).toMatchObject({ maybeOthers: false, isShown: true })
    expect(app.job(later)).toMatchObject({ answer: 'lost', jobId: null })
  })

  it.each([
    { what: 'beside others', workflow: { ...tenSeconds, enableParallelJobs: true } },
    { what: 'one at a time', workflow: { ...tenSeconds, enableParallelJobs: false } },
  ])(
    'and that only waits for the end of another’s job, of a workflow that runs jobs $what: is told how its own ended, and when',
    async ({ workflow }) => {
      const app = await Followed.begin({ workflows: [workflow] })
      app.sim.faults.set({ startWaitsForOther: { next: 1 } })
      const others = app.sim.startElsewhere(workflow.id)
      const job = await app.start(workflow, 0)
      await app.advance(14_500)
      expect(app.outcomesOf(job)).toEqual([])
      await app.advance(15_000)
      expect(app.outcomesOf(job)).toEqual(['done'])
      expect(app.job(job).jobId).not.toBe(others)
      expect(app.job(job)).toMatchObject({ maybeOthers: false, durationMs: 10_000 })
    },
  )

  it.each([
    { what: 'has hidden its run', faults: { stopHidesNext: 1 }, outcome: 'done' },
    { what: 'has stopped its run as well', faults: { stopCascades: 1 }, outcome: 'stopped' },
  ])(
    'behind a job whose stop $what, which only its entry names then: is told how that ended',
    async ({ faults, outcome }) => {
      const app = await Followed.begin({ faults })
      const before = await app.start(queueing, 5)
      app.sim.faults.set({ queuedUnderId: { next: 1 } })
      const replaced = await app.start(queueing, 5)
      await app.advance(500)
      void app.tracker.stopJob(before.key)
      await app.advance(60_000)
      expect(app.outcomesOf(replaced)).toEqual([outcome])
    },
  )

  it('is told how it ended after the app was killed meanwhile', async () => {
    const app = await Followed.begin({ faults: { startIdReplaced: { next: 1 } } })
    const job = await app.start(second)
    await app.restartApp(5000)
    await app.advance(20_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })

  it('is told how it ended by the history that could not be read before the server died', async () => {
    const app = await Followed.begin({ faults: { startIdReplaced: { next: 1 }, noSse: 1 } })
    app.wire.disturb((path) => (path === 'history-entry-logs' ? 'status500' : null))
    const job = await app.start(second, 60_000)
    expect(app.outcomesOf(job)).toEqual([])
    app.sim.restart('killed', 1000)
    app.wire.disturb(() => null)
    app.sim.startElsewhere(instant.id)
    await app.advance(120_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
    expect(app.job(job)).toMatchObject({ maybeOthers: true, jobId: app.sim.truths()[0]?.jobId })
  })

  it('can be asked to stop the run that it claimed', async () => {
    const app = await Followed.begin({ faults: { startIdReplaced: { next: 1 } } })
    const job = await app.start(tenSeconds)
    await app.advance(6000)
    void app.tracker.stopJob(job.key)
    await app.advance(5000)
    expect(app.outcomesOf(job)).toEqual(['stopped'])
  })

  it('and that the server has put at the end of a queue, while it did not say how far its entries are: is told how it ended', async () => {
    const app = await Followed.begin({ faults: { startWaitsForOther: 1 } })
    const jobs = await app.startMany(queueing, 3, 6)
    app.sim.faults.set({ startWaitsForOther: 0, queuedUnderId: { next: 1 } })
    app.wire.slow((path) => (path.includes('entries-by-page') ? 3000 : 0))
    jobs.push(await app.start(queueing, 1500))
    app.wire.slow(() => 0)
    await app.advance(30_000)
    expect(jobs.map((job) => app.outcomesOf(job))).toEqual([['done'], ['done'], ['done'], ['done']])
    expect(new Set(app.jobs.map(({ jobId }) => jobId)).size).toBe(4)
  })
})
