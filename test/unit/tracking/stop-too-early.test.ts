import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Followed, hour, tenSeconds, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)

afterEach(() => vi.useRealTimers())

describe('a stop that does nothing, because the job has not begun', () => {
  it('does not make an end with the server a Stopped', async () => {
    const app = await Followed.begin({ faults: { lateEntryMs: 3000 } })
    const job = await app.start(tenSeconds, 1500)
    void app.tracker.stopJob(job.key)
    await app.advance(3000)
    expect(app.job(job)).toMatchObject({ entryId: expect.any(String), stopAskedAt: null })
  })

  it('does not make an end with an unknown status a Stopped', async () => {
    const app = await Followed.begin({ faults: { lateEntryMs: 3000, unknownStatusNumber: 1 } })
    const job = await app.start(tenSeconds)
    void app.tracker.stopJob(job.key)
    await app.advance(5000)
    // Of a workflow's last job the server itself knows more than its record says.
    app.sim.startElsewhere(tenSeconds.id)
    await app.advance(40_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'unknownStatus' }])
  })

  it('does not make an end without a record a Stopped minutes later', async () => {
    const app = await Followed.begin({ faults: { lateEntryMs: 3000 } })
    const job = await app.start(hour)
    void app.tracker.stopJob(job.key)
    await app.advance(180_000)
    app.sim.faults.set({ entryStuckRunning: 1 })
    app.sim.stopElsewhere(hour.id, app.job(job).jobId ?? '')
    await app.advance(40_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'notRecorded' }])
  })
})
