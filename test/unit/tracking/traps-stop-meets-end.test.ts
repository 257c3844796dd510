import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { KnownJob } from '../../known-job.ts'
import type { FaultSettings } from '../../wexflow-sim/faults.ts'
import { Followed, queueing, tenSeconds, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

const twoMinutes = 120_000

/** A job that runs, whose stop meets its end, and starts behind it. */
async function withQueue(queuedStarts: number, faults: Partial<FaultSettings> = {}) {
  const app = await Followed.begin({ faults: { stopMeetsEnd: { next: 1 }, ...faults } })
  const running = await app.start(queueing)
  const queued = await app.startMany(queueing, queuedStarts)
  await app.advance(700)
  return { app, running, queued }
}

/** The same, after the stop, with a queue that stands still. */
async function stopped(queuedStarts: number, faults: Partial<FaultSettings> = {}) {
  const one = await withQueue(queuedStarts, { queueStandsStill: 1, ...faults })
  void one.app.tracker.stopJob(one.running.key)
  await one.app.advance(twoMinutes)
  return one
}

const phasesOf = (app: Followed, jobs: readonly KnownJob[]): string[] => jobs.map((job) => app.job(job).phase)

describe('a stop that meets the job’s own end', () => {
  it('is told as done, as the server says first, and then as stopped, as its record stays', async () => {
    const { app, running } = await withQueue(0)
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
    const { app, running, queued } = await withQueue(3)
    void app.tracker.stopJob(running.key)
    await app.advance(20_000)
    expect(app.outcomesOf(running)).toEqual(['done', 'stopped'])
    expect(queued.map((job) => app.outcomesOf(job))).toEqual([['done'], ['done'], ['done']])
  })

  it('is told so after a crash of the app in between', async () => {
    const { app, running } = await withQueue(0)
    void app.tracker.stopJob(running.key)
    await app.advance(40)
    expect(app.outcomesOf(running)).toEqual(['done'])
    await app.restartApp()
    await app.advance(10_000)
    expect(app.outcomesOf(running)).toEqual(['done', 'stopped'])
  })

  it('is told as done where somebody else made it: nobody here asked for a stop', async () => {
    const { app, running } = await withQueue(0)
    app.sim.stopElsewhere(queueing.id, app.job(running).jobId ?? '')
    await app.advance(30_000)
    expect(app.outcomesOf(running)).toEqual(['done'])
  })

  it('is asked for no more once the record is known to stay', async () => {
    const { app, running } = await withQueue(0, { stopMeetsEnd: 0, stopSaysFalse: 1 })
    await app.advance(1270)
    void app.tracker.stopJob(running.key)
    await app.advance(60_000)
    const asked = app.sim.requests('entry')
    await app.advance(10 * 60_000)
    expect(app.sim.requests('entry')).toBe(asked)
  })
})

describe('a queue that stands still since a stop met the end of its job', () => {
  it('is told within two minutes as taken but not begun, and not as an end', async () => {
    const { app, queued } = await stopped(3)
    expect(phasesOf(app, queued)).toEqual(['notBegun', 'notBegun', 'notBegun'])
    expect(queued.flatMap((job) => app.outcomesOf(job))).toEqual([])
  })

  it('is told so where jobs of the queue had run before, and where a crash of the app came between', async () => {
    const { app, running, queued } = await withQueue(4, { queueStandsStill: 1 })
    await app.advance(2500)
    const [second, ...rest] = queued
    if (second === undefined) throw new Error('nothing was started')
    void app.tracker.stopJob(second.key)
    await app.advance(20_000)
    await app.restartApp()
    await app.advance(twoMinutes)
    expect(app.outcomesOf(running)).toEqual(['done'])
    expect(app.outcomesOf(second).at(-1)).toBe('stopped')
    expect(phasesOf(app, rest)).toEqual(['notBegun', 'notBegun', 'notBegun'])
  })

  it('is told how each ended that begins after all, once somebody starts the workflow', async () => {
    const { app, queued } = await stopped(3)
    const next = await app.start(queueing)
    await app.advance(60_000)
    expect(app.outcomesOf(next)).toEqual(['done'])
    const told = queued.map((job) => app.outcomesOf(job))
    // The next of the queue was lost; nothing on the wire says which of them that was.
    expect(told.filter(([outcome]) => outcome === 'done')).toHaveLength(2)
    expect(told.filter((outcomes) => outcomes.length === 0)).toHaveLength(1)
    await app.advance(11 * 60_000)
    expect(queued.map((job) => app.outcomesOf(job).length)).toEqual([1, 1, 1])
  })

  it('waits in its queue again, and does not seem to be begun, while what was started anew runs', async () => {
    const { app, queued } = await stopped(2)
    await app.start(queueing)
    await app.advance(1000)
    expect(phasesOf(app, queued)).toEqual(['queued', 'queued'])
  })

  it('of a workflow that is dead is told so too, and later starts as well', async () => {
    const { app, queued } = await stopped(2, { standstillIsDead: 1 })
    const later = await app.start(queueing)
    await app.advance(twoMinutes)
    expect(phasesOf(app, [...queued, later])).toEqual(['notBegun', 'notBegun', 'notBegun'])
  })

  it('is told as unknown where the server restarts', async () => {
    const { app, queued } = await stopped(2)
    app.sim.restart('killed', 1000)
    await app.advance(60_000)
    expect(queued.map((job) => app.outcomesOf(job))).toEqual([['unknown'], ['unknown']])
  })
})
