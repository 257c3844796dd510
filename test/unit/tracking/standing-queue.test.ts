import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { KnownJob } from '../../known-job.ts'
import { Followed, queueing, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)

afterEach(() => vi.useRealTimers())

const minute = 60_000

/** A queue with this many starts that stands still, since a stop met the end of the job before them. */
async function standing(starts: number): Promise<{ app: Followed; held: readonly KnownJob[] }> {
  const app = await Followed.begin()
  const running = await app.start(queueing)
  const held = await app.startMany(queueing, starts)
  app.sim.faults.set({ stopMeetsEnd: { next: 1 }, queueStandsStill: { next: 1 } })
  app.sim.stopElsewhere(queueing.id, app.job(running).jobId ?? '')
  await app.advance(2 * minute)
  return { app, held }
}

const phasesOf = (app: Followed, jobs: readonly KnownJob[]): string[] => jobs.map((job) => app.job(job).phase)

describe('starts in a queue that stands still', () => {
  it.each([8, 90])(
    'are told by their own runs when it goes on after %i minutes, and so is one that came behind them',
    async (minutes) => {
      const { app, held } = await standing(2)
      await app.advance(minutes * minute)
      expect(phasesOf(app, held)).toEqual(['notBegun', 'notBegun'])
      app.sim.startElsewhere(queueing.id)
      await app.advance(300)
      const behind = await app.start(queueing)
      await app.advance(minute)
      const mine = [...held, behind]
      expect(mine.map((job) => app.outcomesOf(job))).toEqual([['done'], ['done'], ['done']])
      // The queue's next start was lost as it came to stand still: it has the run that set the queue going.
      const runs = app.sim.truths().map(({ jobId }) => jobId)
      expect(mine.map((job) => app.job(job).jobId)).toEqual(runs.slice(-3))
    },
  )

  it('cost ever fewer searches of the history', async () => {
    const { app } = await standing(1)
    await app.advance(60 * minute)
    const before = app.wire.count('search-history-entries-by-page-order-by')
    await app.advance(30 * minute)
    expect(app.wire.count('search-history-entries-by-page-order-by') - before).toBeLessThanOrEqual(20)
  })

  it('are given up ten minutes after the workflow has run something else and left them out, as behind a save', async () => {
    const { app, held } = await standing(1)
    app.sim.saveElsewhere(queueing.id)
    const other = await app.start(queueing)
    await app.advance(9 * minute)
    expect([...phasesOf(app, held), app.job(other).phase]).toEqual(['notBegun', 'ended'])
    await app.advance(3 * minute)
    expect(held.map((job) => app.outcomesOf(job))).toEqual([['notStarted']])
  })
})
