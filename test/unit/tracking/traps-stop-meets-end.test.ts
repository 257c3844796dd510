import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FaultSettings } from '../../wexflow-sim/faults.ts'
import { Followed, queueing, tenSeconds, useFakeClock } from './followed.ts'
import { withQueue } from './with-queue.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

/** A job that runs, whose stop meets its end, and starts behind it. */
const withStop = (queuedStarts: number, faults: Partial<FaultSettings> = {}) =>
  withQueue(queuedStarts, { faults: { stopMeetsEnd: { next: 1 }, ...faults } })

describe('a stop that meets the job’s own end', () => {
  it('is told as done, as the server says first, and then as stopped, as its record stays', async () => {
    const { app, running } = await withStop(0)
    void app.tracker.stopJob(running.key)
    await app.advance(3000)
    expect(app.outcomesOf(running)).toEqual(['done', 'stopped'])
  })

  it('is told so of a job whose workflow runs several at a time, where there are no pages to show it', async () => {
    const app = await Followed.begin({ faults: { stopMeetsEnd: 1, pagesRefused: 1 } })
    const running = await app.start(tenSeconds)
    await app.advance(700)
    void app.tracker.stopJob(running.key)
    await app.advance(10_000)
    expect(app.outcomesOf(running)).toEqual(['done', 'stopped'])
  })

  it('is told so with starts behind it, each of which is told as it ends', async () => {
    const { app, running, queued } = await withStop(3)
    void app.tracker.stopJob(running.key)
    await app.advance(20_000)
    expect(app.outcomesOf(running)).toEqual(['done', 'stopped'])
    expect(queued.map((job) => app.outcomesOf(job))).toEqual([['done'], ['done'], ['done']])
  })

  it('is told so after a crash of the app in between', async () => {
    const { app, running } = await withStop(0)
    void app.tracker.stopJob(running.key)
    await app.advance(40)
    expect(app.outcomesOf(running)).toEqual(['done'])
    await app.restartApp()
    await app.advance(10_000)
    expect(app.outcomesOf(running)).toEqual(['done', 'stopped'])
  })

  it('is told as done where somebody else made it: nobody here asked for a stop', async () => {
    const { app, running } = await withStop(0)
    app.sim.stopElsewhere(queueing.id, app.job(running).jobId ?? '')
    await app.advance(30_000)
    expect(app.outcomesOf(running)).toEqual(['done'])
  })

  it('is asked for no more once the record is known to stay', async () => {
    const { app, running } = await withStop(0, { stopMeetsEnd: 0, stopSaysFalse: 1 })
    await app.advance(1270)
    void app.tracker.stopJob(running.key)
    await app.advance(60_000)
    const asked = app.sim.requests('entry')
    await app.advance(10 * 60_000)
    expect(app.sim.requests('entry')).toBe(asked)
  })
})
