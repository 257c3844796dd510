import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Followed, hour, second, tenSeconds, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

describe('a job that runs', () => {
  it('is suspended and resumed, each shown as asked until the server shows it', async () => {
    const app = await Followed.begin()
    const job = await app.start(tenSeconds)
    await app.advance(2000)
    void app.tracker.changeJob(job.key, 'suspend')
    expect(app.job(job)).toMatchObject({ phase: 'running', asked: 'suspend' })
    await app.advance(300)
    expect(app.job(job)).toMatchObject({ phase: 'suspended', asked: null })
    await app.advance(60_000)
    expect(app.toldOf(job)).toEqual([])
    void app.tracker.changeJob(job.key, 'resume')
    expect(app.job(job)).toMatchObject({ phase: 'suspended', asked: 'resume' })
    await app.advance(2000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done' }])
  })

  it('is shown as suspended also where the server has no streams', async () => {
    const app = await Followed.begin({ faults: { noSse: 1 } })
    const job = await app.start(hour)
    await app.advance(2000)
    void app.tracker.changeJob(job.key, 'suspend')
    await app.advance(100)
    await app.advance(100)
    expect(app.job(job)).toMatchObject({ phase: 'suspended', asked: null })
    void app.tracker.changeJob(job.key, 'resume')
    await app.advance(100)
    await app.advance(100)
    expect(app.job(job)).toMatchObject({ phase: 'running', asked: null })
  })

  it('goes on as before where the server does not suspend it, which is told', async () => {
    const app = await Followed.begin()
    const job = await app.start(hour)
    await app.advance(2000)
    app.wire.answer((path) => (path === 'suspend' ? 'false' : null))
    const [result] = await Promise.all([
      Promise.allSettled([app.tracker.changeJob(job.key, 'suspend')]),
      app.advance(300),
    ])
    expect(result).toMatchObject([{ status: 'rejected', reason: { failure: { kind: 'wishRefused' } } }])
    expect(app.job(job)).toMatchObject({ phase: 'running', asked: null })
  })

  it('is asked again what it does where the answer to the wish is lost', async () => {
    const app = await Followed.begin()
    const job = await app.start(hour)
    await app.advance(2000)
    app.wire.disturb((path) => (path === 'resume' ? 'status500' : null))
    app.tracker.changeJob(job.key, 'resume').catch(() => undefined)
    await app.advance(9000)
    expect(app.job(job).asked).toBe('resume')
    await app.advance(2000)
    expect(app.job(job)).toMatchObject({ phase: 'running', asked: null })
  })
})

/** A job of the workflow that ran for so many milliseconds, was suspended, and a second later is being stopped. */
async function stoppedWhileSuspended(app: Followed, workflow: typeof hour, ranMs: number) {
  const job = await app.start(workflow)
  await app.advance(ranMs)
  void app.tracker.changeJob(job.key, 'suspend')
  await app.advance(1000)
  void app.tracker.stopJob(job.key)
  return job
}

describe('a job that is stopped while it is suspended', () => {
  it('is told as stopped', async () => {
    const app = await Followed.begin()
    const job = await stoppedWhileSuspended(app, hour, 2000)
    await app.advance(2000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'stopped' }])
  })

  it('may leave the next one suspended, which is shown within the minute and can be resumed', async () => {
    const app = await Followed.begin({ faults: { stopKeepsSuspended: 1 } })
    await stoppedWhileSuspended(app, second, 200)
    await app.advance(1000)
    const next = await app.start(second)
    await app.advance(60_000)
    expect(app.job(next)).toMatchObject({ phase: 'suspended', outcome: null })
    void app.tracker.changeJob(next.key, 'resume')
    await app.advance(2000)
    expect(app.toldOf(next)).toMatchObject([{ outcome: 'done' }])
  })
})

it('a job that a stop has left suspended is not asked for with each change of what others run', async () => {
  const app = await Followed.begin({ faults: { stopKeepsSuspended: 1 } })
  await stoppedWhileSuspended(app, hour, 2000)
  await app.advance(2000)
  const left = await app.start(hour)
  await app.advance(60_000)
  expect(app.job(left).phase).toBe('suspended')
  const since = app.now
  for (let count = 0; count < 300; count += 1) {
    app.sim.startElsewhere(second.id)
    await app.advance(200)
  }
  expect(app.wire.count('jobs', since)).toBeLessThan(10)
})
