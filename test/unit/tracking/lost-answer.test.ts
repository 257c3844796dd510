import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { conclude } from '../../../src/main/tracking/conclude.ts'
import { waitingJob } from '../job.ts'
import { missing, tell } from './facts.ts'
import { knowingNothing } from './knowing.ts'
import { Followed, second, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)

afterEach(() => vi.useRealTimers())

describe('a start whose answer is lost', () => {
  it('is not taken for the job that ended just before it, the newest of the history', async () => {
    const app = await Followed.begin()
    app.sim.startElsewhere(second.id)
    await app.advance(1100)
    app.sim.faults.set({ startNotReceived: { next: 1 } })
    const job = await app.start(second)
    await app.advance(60_000)
    expect(app.told).toEqual([])
    expect(app.job(job)).toMatchObject({ phase: 'starting', jobId: null })
  })

  it('knows what ran before as well as what had ended: no job ends between the two reads', async () => {
    const app = await Followed.begin()
    await app.start(second)
    const read = app.wire.sent.filter(({ path }) => path === 'jobs' || path.startsWith('search-history'))
    const [jobs, history] = read
    expect([jobs?.path, history?.path]).toEqual(['jobs', 'search-history-entries-by-page-order-by'])
    expect(history?.at).toBeGreaterThan(jobs?.at ?? 0)
  })

  it('and that is found running has not ended with the server’s earlier run', () => {
    const restarted = tell(waitingJob('lost'), [1000, { kind: 'serverRestarted' }])
    const found = tell(restarted, [70_000, { kind: 'claimed', jobId: 'job-1', isHidden: false }])
    // A search of the history that was under way when it was found.
    const job = tell(found, [70_010, missing(69_990)])
    expect(conclude(job, knowingNothing, 70_010)).toBeNull()
    expect(job).toMatchObject({ run: { jobId: 'job-1' }, end: null, restartedAt: null })
  })
})
