import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { notBegun } from '../../../src/main/tracking/policy.ts'
import { Followed, queueing, second, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

const twoMinutes = 120_000

describe('a workflow that takes starts and begins none', () => {
  it('is told within two minutes as taken but not begun, and not as an end', async () => {
    const app = await Followed.begin()
    app.sim.deadenWorkflow(queueing.id)
    const job = await app.start(queueing)
    await app.advance(notBegun.toldAfter - 1000)
    expect(app.job(job).phase).toBe('running')
    await app.advance(twoMinutes - notBegun.toldAfter)
    expect(app.job(job).phase).toBe('notBegun')
    expect(app.told).toEqual([])
  })

  it('where two started at once and the running one was stopped: each is told what became of it', async () => {
    const app = await Followed.begin({ faults: { stopDeadensWorkflow: 1 } })
    const [, waits] = await app.startRacing(queueing)
    const running = app.jobs.find(({ isShown }) => isShown)
    if (running === undefined) throw new Error('nothing runs')
    void app.tracker.stopJob(running.key)
    await app.advance(twoMinutes)
    const waiting = app.jobs.filter(({ key }) => key !== running.key)
    expect(app.outcomesOf(running)).toEqual(['stopped'])
    expect(waiting.map(({ phase }) => phase)).toEqual(['notBegun'])
    expect(waits).toBeDefined()
  })

  it('is told how a start ended that begins after all', async () => {
    const app = await Followed.begin({ faults: { lateEntryMs: 150_000 } })
    const job = await app.start(second)
    await app.advance(twoMinutes)
    expect(app.job(job).phase).toBe('notBegun')
    await app.advance(30_500 - 15)
    // What is planned in a turn of its own needs a moment of the real clock as well.
    await vi.waitFor(async () => {
      await app.advance(1)
      expect(app.job(job).phase).toBe('running')
    })
    await app.advance(5000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })

  it('where the server restarts: the start is told as one of which nothing is known', async () => {
    const app = await Followed.begin()
    app.sim.deadenWorkflow(queueing.id)
    // Something else runs, by which a restart is proven.
    const other = await app.start(second)
    await app.advance(3000)
    expect(app.outcomesOf(other)).toEqual(['done'])
    const job = await app.start(queueing)
    await app.advance(twoMinutes)
    app.sim.restart('killed', 1000)
    await app.advance(60_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown' }])
  })

  it('is not said at once of a start that the server took before it was away, and whose restart is yet to show', async () => {
    const app = await Followed.begin()
    const [, waits] = await app.startRacing(queueing)
    app.sim.restart('killed', twoMinutes)
    const phases = new Set<string>()
    for (let passed = 0; passed < 2 * twoMinutes; passed += 500) {
      await app.advance(500)
      phases.add(app.job(waits).phase)
    }
    expect(phases).not.toContain('notBegun')
    expect(app.outcomesOf(waits)).toEqual(['unknown'])
  })

  it('is not said of a start that waits, with its id, behind a job of its workflow that runs for long', async () => {
    const long = { ...queueing, durationMs: 300_000 }
    const app = await Followed.begin({ workflows: [long, second] })
    await app.startRacing(long)
    await app.advance(200_000)
    expect(app.jobs.map(({ phase }) => phase)).toEqual(['running', 'running'])
    await app.advance(500_000)
    expect(app.jobs.map((job) => app.outcomesOf(job))).toEqual([['done'], ['done']])
  })

  it('stays so across a crash of the app', async () => {
    const app = await Followed.begin()
    app.sim.deadenWorkflow(queueing.id)
    const job = await app.start(queueing)
    await app.advance(twoMinutes)
    await app.restartApp()
    await app.advance(5000)
    expect(app.job(job).phase).toBe('notBegun')
  })

  it('does not make the server seem slow: an id that never exists is noticed as soon as without it', async () => {
    const app = await Followed.begin()
    app.sim.deadenWorkflow(queueing.id)
    await app.startMany(queueing, 5)
    await app.advance(twoMinutes)
    app.sim.faults.set({ startIdReplaced: { next: 1 } })
    const job = await app.start(second)
    await app.advance(10_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })
})
