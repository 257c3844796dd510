import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { KnownJob } from '../../known-job.ts'
import type { FaultSettings } from '../../wexflow-sim/faults.ts'
import { type Followed, queueing, standsStill, useFakeClock } from './followed.ts'
import { withQueue } from './with-queue.ts'

beforeEach(useFakeClock)

afterEach(() => vi.useRealTimers())

const minute = 60_000

/** A job that runs, and behind it a queue of so many starts that stands still once the job is stopped. */
const aboutToStand = (starts: number, faults: Partial<FaultSettings> = {}) =>
  withQueue(starts, { faults: { ...standsStill, ...faults } })

/** The same two minutes after the stop. */
async function standing(starts: number, faults: Partial<FaultSettings> = {}) {
  const one = await aboutToStand(starts, faults)
  void one.app.tracker.stopJob(one.running.key)
  await one.app.advance(2 * minute)
  return one
}

const phasesOf = (app: Followed, jobs: readonly KnownJob[]): string[] => jobs.map((job) => app.job(job).phase)

describe('a queue that stands still since a stop met the end of its job', () => {
  it('is told within two minutes as taken but not begun, and not as an end', async () => {
    const { app, queued } = await standing(3)
    expect(phasesOf(app, queued)).toEqual(['notBegun', 'notBegun', 'notBegun'])
    expect(queued.flatMap((job) => app.outcomesOf(job))).toEqual([])
  })

  it('is told so where jobs of the queue had run before, and where a crash of the app came between', async () => {
    const { app, running, queued } = await aboutToStand(4)
    await app.advance(2500)
    const [second, ...rest] = queued
    if (second === undefined) throw new Error('nothing was started')
    void app.tracker.stopJob(second.key)
    await app.advance(20_000)
    await app.restartApp()
    await app.advance(2 * minute)
    expect(app.outcomesOf(running)).toEqual(['done'])
    expect(app.outcomesOf(second).at(-1)).toBe('stopped')
    expect(phasesOf(app, rest)).toEqual(['notBegun', 'notBegun', 'notBegun'])
  })

  it('is told how each ended that begins after all, once somebody starts the workflow', async () => {
    const { app, queued } = await standing(3)
    const next = await app.start(queueing)
    await app.advance(minute)
    expect(app.outcomesOf(next)).toEqual(['done'])
    const told = queued.map((job) => app.outcomesOf(job))
    // The next of the queue was lost; nothing on the wire says which of them that was.
    expect(told.filter(([outcome]) => outcome === 'done')).toHaveLength(2)
    expect(told.filter((outcomes) => outcomes.length === 0)).toHaveLength(1)
    await app.advance(11 * minute)
    expect(queued.map((job) => app.outcomesOf(job).length)).toEqual([1, 1, 1])
  })

  it('waits in its queue again, and does not seem to be begun, while what was started anew runs', async () => {
    const { app, queued } = await standing(2)
    await app.start(queueing)
    await app.advance(1000)
    expect(phasesOf(app, queued)).toEqual(['queued', 'queued'])
  })

  it('of a workflow that is dead is told so too, and later starts as well', async () => {
    const { app, queued } = await standing(2, { standstillIsDead: 1 })
    const later = await app.start(queueing)
    await app.advance(2 * minute)
    expect(phasesOf(app, [...queued, later])).toEqual(['notBegun', 'notBegun', 'notBegun'])
  })

  it('is told as unknown where the server restarts', async () => {
    const { app, queued } = await standing(2)
    app.sim.restart('killed', 1000)
    await app.advance(minute)
    expect(queued.map((job) => app.outcomesOf(job))).toEqual([['unknown'], ['unknown']])
  })

  it.each([8, 90])(
    'is told by its own runs when it goes on after %i minutes, and so is a start that came behind it',
    async (minutes) => {
      const { app, queued } = await standing(2)
      await app.advance(minutes * minute)
      expect(phasesOf(app, queued)).toEqual(['notBegun', 'notBegun'])
      app.sim.startElsewhere(queueing.id)
      await app.advance(300)
      const behind = await app.start(queueing)
      await app.advance(minute)
      const mine = [...queued, behind]
      expect(mine.map((job) => app.outcomesOf(job))).toEqual([['done'], ['done'], ['done']])
      // The queue's next start was lost as it came to stand still: it has the run that set the queue going.
      const runs = app.sim.truths().map(({ jobId }) => jobId)
      expect(mine.map((job) => app.job(job).jobId)).toEqual(runs.slice(-3))
    },
  )

  it('costs ever fewer searches of the history', async () => {
    const { app } = await standing(1)
    await app.advance(60 * minute)
    const before = app.wire.count('search-history-entries-by-page-order-by')
    await app.advance(30 * minute)
    expect(app.wire.count('search-history-entries-by-page-order-by') - before).toBeLessThanOrEqual(20)
  })

  it('is given up ten minutes after the workflow has run something else and left it out, as behind a save', async () => {
    const { app, queued } = await standing(1)
    app.sim.saveElsewhere(queueing.id)
    const other = await app.start(queueing)
    await app.advance(9 * minute)
    expect([...phasesOf(app, queued), app.job(other).phase]).toEqual(['notBegun', 'ended'])
    await app.advance(3 * minute)
    expect(queued.map((job) => app.outcomesOf(job))).toEqual([['notStarted']])
  })
})
