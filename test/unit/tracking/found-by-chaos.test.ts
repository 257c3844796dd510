import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { conclude } from '../../../src/main/tracking/conclude.ts'
import { observe } from '../../../src/main/tracking/observe/observe.ts'
import { newJob } from '../../../src/main/tracking/new-job.ts'
import type { Job } from '../../../src/main/tracking/job.ts'
import { knowingNothing } from './knowing.ts'
import { Followed, hour, queueing, second, tenSeconds, unknown, useFakeClock } from './followed.ts'

/** What seeds of `npm run chaos` have found, each as small as it gets. */

beforeEach(useFakeClock)
afterEach(() => {
  vi.useRealTimers()
})

const asked = newJob('server', { id: 9002, name: 'P1s', isApproval: false }, 0)
const sent: Job = { ...asked, start: { ...asked.start, sentAt: 0 } }
const lost = observe(sent, { kind: 'startAnswerLost', detail: 'timedOut' }, 0)

/** The history was searched whole at that time, and does not hold it. */
const missingAt = (searchedAt: number) => ({ kind: 'historyMissing', isWhole: true, searchedAt }) as const

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

  it('may have reached the next run of a server that restarted, where it is looked for a minute long', () => {
    const restarted = observe(lost, { kind: 'serverRestarted' }, 1000)
    const missing = observe(restarted, missingAt(2000), 2000)
    expect(conclude(missing, knowingNothing, 2000)).toBeNull()
    expect(conclude(missing, knowingNothing, 61_000)).toMatchObject({
      end: { outcome: 'unknown', reason: 'endedWithServer' },
    })
  })

  it('and that is found running has not ended with the server’s earlier run', () => {
    const restarted = observe(lost, { kind: 'serverRestarted' }, 1000)
    const found = observe(restarted, { kind: 'claimed', jobId: 'job-1', isHidden: false }, 70_000)
    // A search of the history that was under way when it was found.
    const job = observe(found, missingAt(69_990), 70_010)
    expect(conclude(job, knowingNothing, 70_010)).toBeNull()
    expect(job).toMatchObject({ run: { jobId: 'job-1' }, end: null, restartedAt: null })
  })
})

it('a start that is on its way when a restart is noticed waits for its answer', () => {
  expect(observe(sent, { kind: 'serverRestarted' }, 1000)).toBe(sent)
})

describe('a queued start', () => {
  it('is not dropped by a server that takes most of a minute to begin it', async () => {
    const app = await Followed.begin()
    await app.start(queueing)
    const queued = await app.start(queueing)
    app.sim.faults.set({ lateEntryMs: 50_000 })
    await app.advance(70_000)
    expect(app.outcomesOf(queued)).toEqual(['done'])
  })

  it('is not said to be dropped once a job was taken for another start: others queue as well', async () => {
    const app = await Followed.begin()
    await app.start(queueing)
    app.sim.startElsewhere(queueing.id)
    const [first, last] = [await app.start(queueing), await app.start(queueing)]
    await app.advance(2500)
    // The job of somebody else has begun, and counts as the one that waits longest.
    app.sim.faults.set({ queueDroppedByStop: 1 })
    app.sim.stopElsewhere(queueing.id, app.job(first).jobId ?? '')
    await app.advance(150_000)
    expect(app.toldOf(last)).toMatchObject([{ outcome: 'unknown', reason: 'startUnconfirmed' }])
  })

  it('is not said to be dropped where the history that may hold it is refused', async () => {
    const app = await Followed.begin({ faults: { queueDroppedByStop: 1 } })
    const running = await app.start(queueing)
    const queued = await app.start(queueing)
    app.sim.faults.set({ pagesRefused: 1 })
    void app.tracker.stopJob(running.key)
    await app.advance(620_000)
    expect(app.toldOf(queued)).toMatchObject([{ outcome: 'unknown', reason: 'startUnconfirmed' }])
  })

  it('that ran and was stopped without a record before its slow answer came is told as unrecorded, not as dropped', async () => {
    const app = await Followed.begin({ faults: { slowStartMs: 60_000, entryStuckRunning: 1 } })
    app.sim.startElsewhere(queueing.id)
    await app.advance(100)
    const queued = await app.start(queueing, 2200)
    const begun = app.sim.truths().find(({ endedAt, beganAt }) => beganAt !== null && endedAt === null)
    app.sim.stopElsewhere(queueing.id, begun?.jobId ?? '')
    await app.advance(1_300_000)
    expect(begun).toBeDefined()
    expect(app.toldOf(queued)).toMatchObject([{ outcome: 'unknown', reason: 'notRecorded' }])
  })

  it('of a workflow that is gone was not started, though nobody can be asked any more why it got no id', async () => {
    const app = await Followed.begin()
    app.wire.disturb((path) => (path === 'workflow' && app.wire.count('start') > 0 ? 'status500' : null))
    const job = await app.start(unknown)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'notStarted', reason: 'unknownWorkflow' }])
  })
})

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

it('a job of which nothing is ever seen is given up after an hour', async () => {
  const app = await Followed.begin({ faults: { lateEntryMs: 10 * 3_600_000 } })
  const job = await app.start(second)
  await app.advance(3_500_000)
  expect(app.told).toEqual([])
  await app.advance(200_000)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'startUnconfirmed' }])
})

it('ends that no record will ever confirm do not keep a job from being asked for', async () => {
  const app = await Followed.begin()
  for (let started = 0; started < 10; started += 1) await app.start(tenSeconds)
  await app.advance(9000)
  app.wire.disturb((path) => (path === 'entry' || path.startsWith('search-entries') ? 'status500' : null))
  await app.advance(1200)
  expect(app.told).toHaveLength(10)
  app.sim.restart('killed', 300)
  app.wire.repair()
  app.sim.faults.set({ lateEntryMs: 5000, frameDropped: 1 })
  await app.advance(5000)
  const job = await app.start(second)
  await app.advance(30_000)
  expect(app.outcomesOf(job)).toEqual(['done'])
})

it('tokens that are revoked in the moment of their renewal do not end the sign-in', async () => {
  const app = await Followed.begin()
  const job = await app.start(tenSeconds)
  app.wire.disturb((path) => (path === 'login' ? null : 'notSignedIn'))
  app.sim.breakStreams('changeStream', 'reset')
  await app.advance(2000)
  app.wire.repair()
  await app.advance(70_000)
  expect(app.links).not.toContain('signInNeeded')
  expect(app.outcomesOf(job)).toEqual(['done'])
})
