import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { duration } from '../../../src/main/tracking/policy.ts'
import { Followed, failing, hour, queueing, second, tenSeconds, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

/** How much longer than on the server a job is said to have taken, in milliseconds. */
function errorOf(app: Followed, job: Parameters<Followed['job']>[0]): number {
  const { jobId, durationMs } = app.job(job)
  const { beganAt = null, endedAt = null } = app.sim.truth(jobId ?? '') ?? {}
  if (durationMs === null || beganAt === null || endedAt === null) return Number.NaN
  return Math.abs(durationMs - (endedAt - beganAt))
}

describe('how long a job took is told right to a second', () => {
  it('of a job that was seen from begin to end', async () => {
    const app = await Followed.begin()
    const job = await app.start(second)
    await app.advance(5000)
    expect(errorOf(app, job)).toBeLessThan(1000)
  })

  it('of a job whose start was answered late', async () => {
    const app = await Followed.begin({ faults: { slowStartMs: 8000 } })
    const job = await app.start(tenSeconds, 9000)
    await app.advance(20_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
    expect(errorOf(app, job)).toBeLessThan(1000)
  })

  it('of a job that began long after its start was answered', async () => {
    const app = await Followed.begin({ faults: { lateEntryMs: 20_000 } })
    const job = await app.start(second)
    await app.advance(40_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
    expect(errorOf(app, job)).toBeLessThan(1000)
  })

  it('of jobs that waited in the queue', async () => {
    const app = await Followed.begin()
    const jobs = await app.startMany(queueing, 3)
    await app.advance(30_000)
    for (const job of jobs) expect(errorOf(app, job)).toBeLessThan(1000)
  })

  it('of a job whose frame came late', async () => {
    const app = await Followed.begin({ faults: { frameDelayedMs: 6000 } })
    const job = await app.start(second)
    await app.advance(20_000)
    expect(errorOf(app, job)).toBeLessThan(1000)
  })

  it('of a job that ended while the app was away, whose outcome alone is known by then', async () => {
    const app = await Followed.begin()
    const job = await app.start(failing)
    await app.restartApp(20_000)
    await app.advance(10_000)
    expect(app.outcomesOf(job)).toEqual(['failed'])
    expect(errorOf(app, job)).toBeLessThan(1000)
  })

  it('of every job in a burst that ended while the app was away', async () => {
    const app = await Followed.begin()
    const jobs = await app.startMany(second, 30, 0)
    await app.advance(300)
    await app.restartApp(20_000)
    await app.advance(20_000)
    for (const job of jobs) expect(errorOf(app, job)).toBeLessThan(1000)
  })

  it('of a job beside many others, which is asked for nothing but its log before it is told', async () => {
    const app = await Followed.begin()
    await app.startMany(hour, duration.crowd, 0)
    const job = await app.start(tenSeconds, 9500)
    const calls = (): number[] => ['entry', 'entry-logs'].map((call) => app.sim.requests(call))
    const [entries = 0, logs = 0] = calls()
    await app.advance(1000)
    expect(errorOf(app, job)).toBeLessThan(1000)
    expect(calls()).toEqual([entries, logs + 1])
  })

  it.each([60, 900])(
    'of jobs beside many others whose ends are announced %i ms before their records are written',
    async (changeBeforeRecordMs) => {
      const app = await Followed.begin({ faults: { changeBeforeRecordMs } })
      await app.startMany(tenSeconds, 2 * duration.crowd)
      await app.advance(30_000)
      expect(app.jobs.map((job) => errorOf(app, job) < 1000)).toEqual(app.jobs.map(() => true))
    },
  )

  it.each([
    ['refused', () => ({ status: 500 })],
    ['answered as empty', () => ({ status: 200, body: '""' })],
  ] as const)('of a job whose log was %s once, as where the database is in trouble', async (_, trouble) => {
    const app = await Followed.begin({ faults: { lateEntryMs: 5000 } })
    const job = await app.start(second)
    app.wire.disturb((path) => {
      if (path !== 'entry-logs') return null
      app.wire.repair()
      return trouble()
    })
    await app.advance(8000)
    expect(errorOf(app, job)).toBeLessThan(1000)
  })

  it('of a job that is found in the history only, after app and server were killed', async () => {
    const app = await Followed.begin()
    const job = await app.start(second)
    await app.advance(300)
    await app.killWithServer()
    expect(errorOf(app, job)).toBeLessThan(1000)
  })

  it('of a job that claimed a run under another id than its start was given', async () => {
    const app = await Followed.begin({ faults: { startIdReplaced: { next: 1 } } })
    const job = await app.start(second)
    await app.advance(20_000)
    expect(errorOf(app, job)).toBeLessThan(1000)
  })
})

it('a server whose clock was set while the job ran is not believed: no duration is told rather than a wrong one', async () => {
  const app = await Followed.begin()
  const job = await app.start(tenSeconds)
  await app.advance(2000)
  app.sim.moveClock(-3_600_000)
  await app.advance(20_000)
  expect(app.outcomesOf(job)).toEqual(['done'])
  expect(app.job(job).durationMs ?? 10_000).toBeCloseTo(10_000, -3)
})
