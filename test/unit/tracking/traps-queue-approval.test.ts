import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { approval, Followed, queueing, tenSeconds, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

describe('queued starts', () => {
  it('become the runs that begin one after another, in their order, each timed from its beginning', async () => {
    const app = await Followed.begin()
    const running = await app.start(queueing)
    const [first, next] = [await app.start(queueing), await app.start(queueing)]
    expect([app.job(first).phase, app.job(next).phase]).toEqual(['queued', 'queued'])
    await app.advance(2300)
    expect([app.job(running).phase, app.job(first).phase, app.job(next).phase]).toEqual([
      'ended',
      'running',
      'queued',
    ])
    await app.advance(8000)
    expect(app.told.map(({ key, outcome }) => [key, outcome])).toEqual(
      [running, first, next].map(({ key }) => [key, 'done']),
    )
    const began = [running, first, next].map((job) => app.sim.truth(app.job(job).jobId ?? '')?.beganAt ?? 0)
    expect(began).toEqual([...began].sort((a, b) => a - b))
    expect(app.job(first)).toMatchObject({ maybeOthers: true, jobId: expect.any(String) })
    expect(app.job(first).durationMs).toBeLessThan(2010)
  })

  it('of a run that no list of running jobs has shown are found by their entries', async () => {
    const app = await Followed.begin()
    await app.start(queueing)
    const queued = await app.start(queueing)
    app.wire.disturb((path) => (path === 'jobs' ? 'status500' : null))
    await app.advance(6000)
    app.wire.repair()
    await app.advance(30_000)
    expect(app.toldOf(queued)).toMatchObject([{ outcome: 'done', from: 'stream' }])
  })

  // The list of running jobs is trusted too early after the silence: the first start gets the second one's run.
  it('of which one began and ended while the change stream was silent are not taken for each other', async () => {
    const long = { ...queueing, durationMs: 20_000 }
    const app = await Followed.begin({ workflows: [long] })
    app.sim.startElsewhere(long.id)
    await app.advance(100)
    const queued = await app.startMany(long, 3)
    await app.advance(16_000)
    app.sim.breakStreams('changeStream', 'silent')
    await app.advance(190_000)
    expect(queued.map((job) => app.outcomesOf(job))).toEqual([['done'], ['done'], ['done']])
    expect(queued.map((job) => app.job(job).entryId)).toEqual(['2', '3', '4'])
  })

  it('go on after a stop that answers false and leaves the entry of the stopped job stuck', async () => {
    const app = await Followed.begin({ faults: { entryStuckRunning: { next: 1 } } })
    const running = await app.start(queueing)
    const queued = await app.startMany(queueing, 2)
    await app.advance(100)
    void app.tracker.stopJob(running.key)
    await app.advance(20_000)
    expect(app.toldOf(running)).toMatchObject([{ outcome: 'stopped', from: 'inferred' }])
    expect(queued.map((job) => app.outcomesOf(job))).toEqual([['done'], ['done']])
  })

  it('survive a restart of the app', async () => {
    const app = await Followed.begin()
    await app.start(queueing)
    const queued = await app.start(queueing)
    await app.advance(500)
    await app.restartApp(500)
    expect(app.job(queued).phase).toBe('queued')
    await app.advance(6000)
    expect(app.outcomesOf(queued)).toEqual(['done'])
  })
})

describe('a suspended job', () => {
  it('whose entry says Pending is shown as suspended, and as running once it is resumed', async () => {
    const app = await Followed.begin()
    const job = await app.start(tenSeconds)
    await app.advance(2000)
    app.sim.suspendElsewhere(tenSeconds.id, job.jobId ?? '')
    await app.advance(300)
    expect(app.job(job).phase).toBe('suspended')
    expect(app.job(job).evidence).toContainEqual(expect.objectContaining({ kind: 'entry', detail: '0' }))
    await app.advance(60_000)
    expect(app.job(job)).toMatchObject({ phase: 'suspended', goneReads: 0 })
    app.sim.resumeElsewhere(tenSeconds.id, job.jobId ?? '')
    await app.advance(2000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done' }])
  })

  it('that is resumed early runs on', async () => {
    const app = await Followed.begin()
    const job = await app.start(tenSeconds)
    await app.advance(2000)
    app.sim.suspendElsewhere(tenSeconds.id, job.jobId ?? '')
    await app.advance(1000)
    app.sim.resumeElsewhere(tenSeconds.id, job.jobId ?? '')
    await app.advance(1300)
    expect(app.job(job).phase).toBe('running')
  })
})

describe('a job that waits for approval, of which no stream says anything', () => {
  /** It comes to its waiting long after anything else happened. */
  const late = { ...approval, waitsForApprovalAfterMs: 21_000 }
  const begin = async (): Promise<{ app: Followed; job: Awaited<ReturnType<Followed['start']>> }> => {
    const app = await Followed.begin({ workflows: [late] })
    const job = await app.start(late)
    await app.advance(21_015 + 15_000)
    return { app, job }
  }

  it('is noticed within fifteen seconds', async () => {
    const { app, job } = await begin()
    expect(app.job(job).phase).toBe('waiting')
  })

  it('that begins to wait at once is noticed within two', async () => {
    const app = await Followed.begin()
    const job = await app.start(approval)
    await app.advance(2000)
    expect(app.job(job).phase).toBe('waiting')
  })

  it('goes on when it is approved, which is shown as asked until then, and ends as it ends', async () => {
    const { app, job } = await begin()
    void app.tracker.changeJob(job.key, 'approve')
    await app.advance(100)
    expect(app.job(job)).toMatchObject({ phase: 'waiting', asked: 'approve' })
    await app.advance(1400)
    expect(app.job(job)).toMatchObject({ phase: 'running', asked: null })
    await app.advance(1000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'stream' }])
  })

  it('ends as rejected when it is rejected', async () => {
    const { app, job } = await begin()
    void app.tracker.changeJob(job.key, 'reject')
    await app.advance(1500)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'rejected', from: 'stream' }])
  })

  it('ends as stopped when it is stopped, by its entry', async () => {
    const { app, job } = await begin()
    void app.tracker.stopJob(job.key)
    await app.advance(1500)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'stopped', from: 'entry' }])
  })

  it('is seen to go on when somebody else approved it', async () => {
    const app = await Followed.begin({ workflows: [{ ...late, durationMs: 60_000 }] })
    const job = await app.start(late)
    await app.advance(40_000)
    expect(app.job(job).phase).toBe('waiting')
    app.sim.decideElsewhere(late.id, job.jobId ?? '', true)
    await app.advance(15_500)
    expect(app.job(job).phase).toBe('running')
  })
})
