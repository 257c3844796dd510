import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Followed, hour, queueing, second, tenSeconds, unknown, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

/** The machine sleeps for so long: nothing arrives; then it wakes, and the network is there again. */
async function sleep(app: Followed, ms: number): Promise<void> {
  app.wire.goDark()
  app.wire.freeze()
  await app.advance(ms)
  app.wire.repair()
  app.tracker.wake()
}

describe('a machine that sleeps while a start is under way', () => {
  it('is told how the job ended, whose answer never came', async () => {
    const app = await Followed.begin({ faults: { slowStartMs: 2000 } })
    const job = await app.start(second, 100)
    await sleep(app, 600_000)
    await app.advance(10_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
    expect(app.sim.startsCarriedOut(second.id)).toBe(1)
  })

  it('is told how the job ended that still runs when it wakes', async () => {
    const app = await Followed.begin({ faults: { slowStartMs: 2000 } })
    const job = await app.start(tenSeconds, 100)
    await sleep(app, 7000)
    await app.advance(20_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
    expect(app.sim.startsCarriedOut(tenSeconds.id)).toBe(1)
  })

  it('for a moment only: the answer that comes after all counts', async () => {
    const app = await Followed.begin({ faults: { slowStartMs: 3000 } })
    const job = await app.start(tenSeconds, 100)
    await app.advance(1000)
    app.tracker.wake()
    await app.advance(3000)
    expect(app.job(job)).toMatchObject({ answer: 'id', maybeOthers: false })
    await app.advance(10_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })

  it('takes the answer that comes after it was given up, in place of what it had claimed meanwhile', async () => {
    const app = await Followed.begin({ faults: { slowStartMs: 12_000 } })
    const job = await app.start(tenSeconds, 6000)
    app.tracker.wake()
    await app.advance(20_000)
    expect(app.job(job)).toMatchObject({ answer: 'id', maybeOthers: false })
    expect(app.outcomesOf(job)).toEqual(['done'])
  })

  it('is given its run by that answer also where another start has claimed it meanwhile', async () => {
    const app = await Followed.begin()
    app.wire.slow((path) => (path === 'start' ? 10_000 : 0))
    app.wire.slowAnswers((path) => (path === 'start' ? 10_000 : 0))
    const job = await app.start(hour, 6000)
    app.wire.slow(() => 0)
    app.wire.disturb((path) => (path === 'start' ? 'status500' : null))
    const other = await app.start(hour, 10)
    app.wire.disturb(() => null)
    app.tracker.wake()
    await app.advance(10_000)
    expect(app.job(other).jobId).not.toBeNull()
    await app.advance(10_000)
    expect(app.job(job)).toMatchObject({ answer: 'id', maybeOthers: false, phase: 'running' })
    expect(app.job(other)).toMatchObject({ jobId: null, maybeOthers: false })
    await app.advance(3_600_000)
    expect([job, other].map((one) => app.outcomesOf(one))).toEqual([['done'], ['unknown']])
  })

  it('is told once that nothing was started of a workflow that the server does not have', async () => {
    const app = await Followed.begin()
    app.wire.disturb((path) => (path === 'start' ? 'hangs' : null))
    const job = await app.start(unknown, 100)
    await sleep(app, 60_000)
    app.sim.restart('killed', 1000)
    await app.advance(10_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'notStarted', reason: 'unknownWorkflow' }])
    // The request is given up after two minutes.
    await app.advance(120_000)
    expect(app.outcomesOf(job)).toEqual(['notStarted'])
    expect(app.job(job).evidence.map(({ kind }) => kind)).toEqual(['startAsked', 'concluded'])
  })

  it('is told how a queued start ended', async () => {
    const app = await Followed.begin()
    const running = await app.start(queueing)
    app.sim.faults.set({ slowStartMs: 2000 })
    const queued = await app.start(queueing, 100)
    await sleep(app, 600_000)
    await app.advance(30_000)
    expect([running, queued].map((job) => app.outcomesOf(job))).toEqual([['done'], ['done']])
  })
})

describe('a machine that sleeps while jobs run', () => {
  it('is told how they ended as soon as it wakes', async () => {
    const app = await Followed.begin()
    const job = await app.start(tenSeconds)
    await app.advance(2000)
    await sleep(app, 3_600_000)
    await app.advance(3000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })
})
