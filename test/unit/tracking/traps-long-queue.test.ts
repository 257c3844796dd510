import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { Followed, queueing, second, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

const minutes = 60_000
const long = simWorkflow({
  id: 31,
  name: 'Half an hour',
  durationMs: 30 * minutes,
  enableParallelJobs: false,
})

describe('a start queued behind a job of more than ten minutes', () => {
  it('is told how it ended, and nothing before', async () => {
    const app = await Followed.begin({ workflows: [long, second] })
    await app.start(long)
    const queued = await app.start(long)
    await app.advance(29 * minutes)
    expect(app.job(queued).phase).toBe('queued')
    await app.advance(32 * minutes)
    expect(app.outcomesOf(queued)).toEqual(['done'])
  })

  it('is told how it ended although the app was away for most of it', async () => {
    const app = await Followed.begin({ workflows: [long, second] })
    await app.start(long)
    const queued = await app.start(long)
    await app.restartApp(25 * minutes)
    await app.advance(40 * minutes)
    expect(app.outcomesOf(queued)).toEqual(['done'])
  })

  it('is told how it ended where the job before it is somebody else’s, which is stopped', async () => {
    const app = await Followed.begin({ workflows: [long, second], faults: { stopHidesNext: 1 } })
    const others = app.sim.startElsewhere(long.id)
    await app.advance(100)
    const queued = await app.start(long)
    await app.advance(15 * minutes)
    app.sim.stopElsewhere(long.id, others)
    await app.advance(31 * minutes)
    expect(app.outcomesOf(queued)).toEqual(['done'])
  })

  it('is told as unknown where app and server were killed with it in the queue', async () => {
    const app = await Followed.begin({ workflows: [long, second] })
    await app.start(long)
    const queued = await app.start(long)
    await app.advance(1000)
    app.closeApp()
    app.sim.restart('killed')
    await app.advance(5000)
    await app.openApp()
    await app.advance(11 * minutes)
    expect(app.toldOf(queued)).toMatchObject([{ outcome: 'unknown' }])
  })
})

describe('a workflow that is deleted while its job runs', () => {
  it('is told how the job ended', async () => {
    const app = await Followed.begin({ workflows: [second, queueing] })
    const job = await app.start(queueing)
    await app.advance(500)
    app.sim.saveWorkflows([second])
    await app.advance(30_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })

  it('is told as unknown within minutes where the entry stays at Running', async () => {
    const app = await Followed.begin({ workflows: [second, queueing], faults: { entryStuckRunning: 1 } })
    const job = await app.start(queueing)
    await app.advance(500)
    const { jobId } = app.job(job)
    app.sim.stopElsewhere(queueing.id, jobId ?? '')
    app.sim.saveWorkflows([second])
    await app.advance(15 * minutes)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'notRecorded' }])
  })

  it('is told as stopped where this app had asked for that', async () => {
    const app = await Followed.begin({
      workflows: [second, queueing],
      faults: { entryStuckRunning: 1, frameDropped: 1 },
    })
    const job = await app.start(queueing)
    await app.advance(700)
    void app.tracker.stopJob(job.key)
    await app.advance(100)
    app.sim.saveWorkflows([second])
    await app.advance(15 * minutes)
    expect(app.outcomesOf(job)).toEqual(['stopped'])
  })
})
