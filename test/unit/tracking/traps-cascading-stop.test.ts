import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { KnownJob } from '../../known-job.ts'
import type { FaultSettings } from '../../wexflow-sim/faults.ts'
import { Followed, queueing, second, useFakeClock } from './followed.ts'
import { withQueue } from './with-queue.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

/** What the log of the job that was ended with another one carries. */
const logs: readonly (readonly [log: string, faults: Partial<FaultSettings>])[] = [
  ['is empty', {}],
  ['carries the line of the job before it', { cascadeKeepsLine: 1 }],
]

/**
 * A job that runs and three starts behind it, of one workflow that runs one job at a time. Jobs of twenty seconds have
 * run for long enough that the change stream has told the server's run since.
 */
async function withCascade(faults: Partial<FaultSettings>, durationMs: number = queueing.durationMs) {
  const workflow = { ...queueing, durationMs }
  const options = { workflows: [workflow, second], faults: { stopCascades: { next: 1 }, ...faults } }
  const one = await withQueue(3, options, workflow)
  if (durationMs > 15_000) await one.app.advance(15_300)
  return one
}

/** The job of the server that each job of the app is taken for. */
const takenFor = (app: Followed, jobs: readonly KnownJob[]): (string | null)[] =>
  jobs.map((job) => {
    const { entryId } = app.job(job)
    return entryId === null ? null : app.sim.jobOfRecord('entry', entryId, Date.now())
  })

/** The jobs of a workflow as the server began them. */
const begun = (app: Followed, workflowId: number): string[] =>
  app.sim
    .truths()
    .filter((truth) => truth.workflowId === workflowId)
    .toSorted((a, b) => (a.beganAt ?? 0) - (b.beganAt ?? 0))
    .map(({ jobId }) => jobId)

describe.each(logs)('a stop that also ends the queue’s next job, whose log %s', (_, faults) => {
  it('is told of both, once each, and those behind are told as they end', async () => {
    const { app, running, queued } = await withCascade(faults)
    void app.tracker.stopJob(running.key)
    await app.advance(30_000)
    expect(app.outcomesOf(running)).toEqual(['stopped'])
    expect(queued.map((job) => app.outcomesOf(job))).toEqual([['stopped'], ['done'], ['done']])
    expect(takenFor(app, [running, ...queued])).toEqual(begun(app, queueing.id))
  })

  it('is told of all within two seconds of each end', async () => {
    const { app, running, queued } = await withCascade(faults)
    void app.tracker.stopJob(running.key)
    await app.advance(30_000)
    for (const [index, jobId] of begun(app, queueing.id).entries()) {
      const [job] = [running, ...queued].slice(index)
      if (job === undefined) throw new Error('a job that nobody started')
      expect((app.toldOf(job)[0]?.at ?? 0) - (app.sim.truth(jobId)?.endedAt ?? 0)).toBeLessThan(2000)
    }
  })

  it('is told of all where somebody else made it', async () => {
    const { app, running, queued } = await withCascade(faults)
    app.sim.stopElsewhere(queueing.id, app.job(running).jobId ?? '')
    await app.advance(30_000)
    expect([running, ...queued].map((job) => app.outcomesOf(job))).toEqual([
      ['stopped'],
      ['stopped'],
      ['done'],
      ['done'],
    ])
  })

  it('takes no turn from a start where the ended job is somebody else’s: all starts of the workflow are one queue', async () => {
    const app = await Followed.begin({ faults: { stopCascades: { next: 1 }, ...faults } })
    const running = await app.start(queueing)
    const queued = await app.startMany(queueing, 2)
    app.sim.startElsewhere(queueing.id)
    const last = await app.start(queueing)
    await app.advance(700)
    void app.tracker.stopJob(running.key)
    await app.advance(30_000)
    const [, first, next] = begun(app, queueing.id)
    expect(takenFor(app, queued)).toEqual([first, next])
    expect(app.toldOf(last)).toMatchObject([{ outcome: 'done' }])
  })

  it('changes nothing for a workflow whose jobs run side by side', async () => {
    const app = await Followed.begin({ faults: { stopCascades: 1, ...faults } })
    const jobs = await app.startMany(second, 2)
    const [stopped] = jobs
    if (stopped === undefined) throw new Error('nothing was started')
    await app.advance(100)
    void app.tracker.stopJob(stopped.key)
    await app.advance(10_000)
    expect(jobs.map((job) => app.outcomesOf(job))).toEqual([['stopped'], ['done']])
  })
})

it('a stop while the app was away, whose next job left its line in its log, is told of all', async () => {
  const { app, running, queued } = await withCascade({ cascadeKeepsLine: 1 }, 20_000)
  void app.tracker.stopJob(running.key)
  await app.advance(2)
  await app.restartApp(60_000)
  await app.advance(60_000)
  expect(app.outcomesOf(running)).toEqual(['stopped'])
  expect(queued.map((job) => app.outcomesOf(job))).toEqual([['stopped'], ['done'], ['done']])
})

it('a stop while the app was away, whose next job left an empty log, is not told of the wrong job', async () => {
  const { app, running, queued } = await withCascade({}, 20_000)
  void app.tracker.stopJob(running.key)
  await app.advance(2)
  await app.restartApp(60_000)
  await app.advance(700_000)
  expect(app.outcomesOf(running)).toEqual(['stopped'])
  // The empty log could be that of a row which the server failed to read.
  const right = ['stopped', 'done', 'done']
  for (const [index, job] of queued.entries()) {
    expect(app.outcomesOf(job)).toHaveLength(1)
    expect(['unknown', right[index]]).toContain(app.outcomesOf(job)[0])
  }
})

it('a stop whose next job left its line in the history is not told of the job behind that one', async () => {
  const app = await Followed.begin({ faults: { stopCascades: { next: 1 }, cascadeKeepsLine: 1 } })
  const running = await app.start(queueing)
  const queued = await app.startMany(queueing, 2)
  await app.advance(700)
  void app.tracker.stopJob(running.key)
  await app.advance(2)
  // The server's entries are gone with its run.
  app.closeApp()
  await app.advance(10_000)
  app.sim.restart('killed', 500)
  await app.advance(5000)
  await app.openApp()
  await app.advance(60_000)
  expect(queued.map((job) => app.outcomesOf(job))).toEqual([['stopped'], ['done']])
})

it('stops that each end the queue’s next job as well are told of all', async () => {
  const app = await Followed.begin({ faults: { stopCascades: 1 } })
  const jobs = await app.startMany(queueing, 5)
  await app.advance(700)
  const [first, , third] = jobs
  if (first === undefined || third === undefined) throw new Error('nothing was started')
  void app.tracker.stopJob(first.key)
  await app.advance(1500)
  void app.tracker.stopJob(third.key)
  await app.advance(30_000)
  expect(jobs.map((job) => app.outcomesOf(job))).toEqual([
    ['stopped'],
    ['stopped'],
    ['stopped'],
    ['stopped'],
    ['done'],
  ])
})

describe.each(logs)(
  'a stop that ends four of the queue’s next jobs in a row, whose logs: %s',
  (_, faults) => {
    it.each([
      ['', {}, 'stopped'],
      [', and says false while its records lie one job further on', { cascadeShiftsRecords: 1 }, 'unknown'],
    ] as const)('is told of each once%s, and those behind as they end', async (_how, shifted, last) => {
      const app = await Followed.begin({
        faults: { stopCascades: { next: 1 }, cascadeGoesOn: { next: 3 }, ...shifted, ...faults },
      })
      const jobs = await app.startMany(queueing, 7)
      await app.advance(700)
      const [first] = jobs
      if (first === undefined) throw new Error('nothing was started')
      void app.tracker.stopJob(first.key)
      await app.advance(60_000)
      expect(jobs.map((job) => app.outcomesOf(job))).toEqual([
        ['stopped'],
        ['stopped'],
        ['stopped'],
        ['stopped'],
        [last],
        ['done'],
        ['done'],
      ])
    })
  },
)

describe('a stop that says Stopped on the stream of a start that waits with its id, which runs on', () => {
  it.each([2000, 300_000])('is told of the stopped job alone: jobs of %d ms', async (durationMs) => {
    const workflow = { ...queueing, durationMs }
    const faults = { startWaitsForOther: { next: 1 }, stopSaidOfNext: { next: 1 }, stopHidesNext: 0 }
    const app = await Followed.begin({ workflows: [workflow, second], faults })
    void app.start(workflow, 0)
    await app.start(workflow)
    const queued = await app.startMany(workflow, 2)
    await app.advance(1000)
    const [running, waiting] = app.jobs
      .filter(({ key }) => !queued.some((one) => one.key === key))
      .toSorted((a, b) => Number(b.isShown) - Number(a.isShown))
    if (running === undefined || waiting === undefined) throw new Error('nothing was started')
    const jobs = [running, waiting, ...queued]
    void app.tracker.stopJob(running.key)
    await app.advance(4 * durationMs + 60_000)
    expect(jobs.map((job) => app.outcomesOf(job))).toEqual([['stopped'], ['done'], ['done'], ['done']])
    expect(takenFor(app, jobs)).toEqual(begun(app, workflow.id))
  })
})
