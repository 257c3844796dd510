import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Followed, hour, queueing, useFakeClock } from './followed.ts'
import { withQueue } from './with-queue.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

/** A job that runs and three starts behind it; its stop hides the first of them. */
const withHidden = (behind = 3) => withQueue(behind, { faults: { stopHidesNext: 1 } })

/** Two jobs that ended in the last run of the server, then one that runs, with the id of the first, and one behind it. */
async function afterRestart(pauseMs: number) {
  const app = await Followed.begin({ faults: { stopHidesNext: 1 }, database: 'litedb' })
  await app.startMany(queueing, 2)
  await app.advance(4200)
  app.sim.restart('killed', 100)
  await app.advance(pauseMs)
  const running = await app.start(queueing)
  const hidden = await app.start(queueing)
  await app.advance(700)
  void app.tracker.stopJob(running.key)
  await app.advance(700_000)
  return { app, hidden }
}

/** When each job of the server ended, in the order of their begins. */
const endsOnServer = (app: Followed): (number | null)[] =>
  app.sim
    .truths()
    .toSorted((a, b) => (a.beganAt ?? 0) - (b.beganAt ?? 0))
    .map(({ endedAt }) => endedAt)

describe('a stop with starts in the queue, which hides the queue’s next job', () => {
  it('is told how it ended, and so is each of those behind it, within two seconds', async () => {
    const { app, running, queued } = await withHidden()
    void app.tracker.stopJob(running.key)
    await app.advance(30_000)
    expect(app.outcomesOf(running)).toEqual(['stopped'])
    expect(queued.map((job) => app.outcomesOf(job))).toEqual([['done'], ['done'], ['done']])
    const ends = endsOnServer(app)
    for (const [index, job] of [running, ...queued].entries())
      expect((app.toldOf(job)[0]?.at ?? 0) - (ends[index] ?? 0)).toBeLessThan(2000)
  })

  it('gives no start the run of the one behind it', async () => {
    const { app, running, queued } = await withHidden()
    void app.tracker.stopJob(running.key)
    await app.advance(30_000)
    const inOrder = app.sim
      .truths()
      .toSorted((a, b) => (a.beganAt ?? 0) - (b.beganAt ?? 0))
      .map(({ jobId }) => jobId)
    expect([running, ...queued].map((job) => app.job(job).jobId)).toEqual(inOrder)
  })

  it('is told that the hidden job failed, where it fails', async () => {
    const fails = { ...queueing, outcome: 'Failed' } as const
    const app = await Followed.begin({ workflows: [fails], faults: { stopHidesNext: 1 } })
    const running = await app.start(fails)
    const hidden = await app.start(fails)
    await app.advance(700)
    void app.tracker.stopJob(running.key)
    await app.advance(20_000)
    expect(app.toldOf(hidden)).toMatchObject([{ outcome: 'failed' }])
  })

  it('is told how the hidden job ended where its stream says nothing', async () => {
    const { app, running, queued } = await withHidden(1)
    app.sim.faults.set({ frameDropped: 1 })
    void app.tracker.stopJob(running.key)
    await app.advance(20_000)
    expect(queued.map((job) => app.outcomesOf(job))).toEqual([['done']])
  })

  it('is told how the hidden job ended although the server says that it was stopped while it runs', async () => {
    const { app, running, queued } = await withHidden(2)
    app.sim.faults.set({ hiddenSaysStopped: 1 })
    void app.tracker.stopJob(running.key)
    await app.advance(20_000)
    expect(queued.map((job) => app.outcomesOf(job))).toEqual([['done'], ['done']])
  })

  it('where a second stop hits the hidden job and says false: how it ended is told, and no start is dropped', async () => {
    const { app, running, queued } = await withHidden(2)
    void app.tracker.stopJob(running.key)
    await app.advance(600)
    const [hidden, last] = queued
    if (hidden === undefined || last === undefined) throw new Error('nothing was queued')
    void app.tracker.stopJob(hidden.key)
    await app.advance(30_000)
    expect(queued.map((job) => app.outcomesOf(job))).toEqual([['done'], ['done']])
  })

  it('is told how all ended where the app was killed while one ran hidden', async () => {
    const { app, running, queued } = await withHidden(2)
    void app.tracker.stopJob(running.key)
    await app.advance(600)
    await app.restartApp(500)
    await app.advance(30_000)
    expect([running, ...queued].map((job) => app.outcomesOf(job).at(-1))).toEqual(['stopped', 'done', 'done'])
  })

  it('is told how a hidden job ended that was known by its entry alone, and ended while the app was away', async () => {
    const slow = { ...queueing, durationMs: 20_000 }
    const app = await Followed.begin({ workflows: [hour, slow], faults: { stopHidesNext: 1 } })
    // The number of a server's first run proves nothing.
    await app.restartUnseen(1000)
    await app.advance(60_000)
    const running = await app.start(slow)
    const hidden = await app.start(slow)
    await app.advance(700)
    app.wire.disturb((path) => (path === 'workflow' ? 'status500' : null))
    void app.tracker.stopJob(running.key)
    await app.advance(12_000)
    expect(app.job(hidden).jobId).toMatch(/^entry /u)
    app.closeApp()
    app.wire.disturb(() => null)
    await app.advance(20_000)
    await app.openApp()
    // The change stream tells the number of the server's run with the first change.
    await app.start(hour)
    await app.advance(60_000)
    expect(app.outcomesOf(hidden)).toEqual(['done'])
  })

  describe('on a database that gives the ids of entries anew with each run of the server', () => {
    it('is told how the hidden job ended, though a job of the last run had the same entry', async () => {
      const { app, hidden } = await afterRestart(20_000)
      expect(app.outcomesOf(hidden)).toEqual(['done'])
    })

    it('is not told that it never ran, where that job of the last run was there a moment before', async () => {
      const { app, hidden } = await afterRestart(1500)
      expect(app.outcomesOf(hidden)).toEqual(['unknown'])
    })
  })

  it('is told how a hidden job ended that ran and ended while the app was away, by the history', async () => {
    const { app, running, queued } = await withHidden(1)
    void app.tracker.stopJob(running.key)
    await app.advance(20)
    app.closeApp()
    await app.advance(10_000)
    await app.openApp()
    await app.advance(60_000)
    expect(queued.map((job) => app.outcomesOf(job))).toEqual([['done']])
  })
})
