import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { starting } from '../../../src/main/tracking/policy.ts'
import { databases, type DatabaseName } from '../../wexflow-sim/databases.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { Followed, queueing, second, tenSeconds, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

const hourMs = 3_600_000
const names: DatabaseName[] = ['sqlite', 'postgres', 'mariadb', 'litedb']
if (names.length !== Object.keys(databases).length) throw new Error('a database is missing')
const capital = simWorkflow({ id: 21, name: 'Übersicht [É] Import', durationMs: 2000 })
const workflows = [second, tenSeconds, queueing, capital]
describe.each(names)('on %s', (database) => {
  it.each([second, capital])('is told how $name ended, by its stream', async (workflow) => {
    const app = await Followed.begin({ workflows, database })
    const job = await app.start(workflow)
    await app.advance(10_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })

  it.each([second, capital])(
    'is told how $name ended after app and server were killed, by the history',
    async (workflow) => {
      const app = await Followed.begin({ workflows, database })
      const job = await app.start(workflow)
      await app.advance(300)
      await app.killWithServer()
      expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'history' }])
    },
  )

  it('is told that a job ended with the server, though entry ids begin anew or no number proves a restart', async () => {
    const app = await Followed.begin({ workflows, database })
    const job = await app.start(tenSeconds)
    await app.advance(2000)
    app.sim.restart('killed', 1000)
    await app.advance(5000)
    // Its entry has the id that the job's had, where ids begin anew.
    app.sim.startElsewhere(tenSeconds.id)
    await app.advance(40_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'endedWithServer' }])
  })

  it('is told how a job ended that nobody saw end once the server’s clock was set back', async () => {
    const app = await Followed.begin({ workflows, database })
    for (let count = 0; count < 5; count += 1) app.sim.startElsewhere(second.id)
    await app.advance(5000)
    const job = await app.start(second)
    await app.advance(300)
    app.sim.moveClock(-hourMs)
    await app.killWithServer()
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'history' }])
  })

  it('is told how a job ended whose start followed a clock that was set back', async () => {
    const app = await Followed.begin({ workflows, database })
    for (let count = 0; count < 5; count += 1) app.sim.startElsewhere(second.id)
    await app.advance(5000)
    app.sim.moveClock(-hourMs)
    const job = await app.start(second)
    await app.advance(300)
    await app.killWithServer()
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'history' }])
  })

  it('is told how a job ended while the server’s clock was set back under a running stream', async () => {
    const app = await Followed.begin({ workflows, database })
    const job = await app.start(tenSeconds)
    await app.advance(3000)
    app.sim.moveClock(-hourMs)
    app.sim.breakStreams('jobStream', 'silent')
    await app.advance(12_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })

  it('is told how a start ended that began late in the server’s next run, whose entry ids may begin anew', async () => {
    const app = await Followed.begin({ workflows, database })
    const othersRun = async (count: number): Promise<void> => {
      for (let left = count; left > 0; left -= 1) app.sim.startElsewhere(second.id)
      await app.advance(3000)
    }
    await othersRun(60)
    await app.start(second)
    await app.advance(5000)
    app.sim.restart('killed', 3000)
    await app.advance(20_000)
    await othersRun(30)
    app.sim.faults.set({ lateEntryMs: 40_000 })
    const job = await app.start(tenSeconds)
    await app.advance(10_000)
    // The stream breaks, so that it no longer tells in which run the start was taken.
    app.sim.breakStreams('changeStream', 'reset')
    await app.advance(60_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })

  it('is told how each of several ended that ended within one second', async () => {
    const app = await Followed.begin({ workflows, database })
    const jobs = await app.startMany(second, 6, 0)
    await app.advance(300)
    // So many that were shown nowhere yet may be a slow server's, which is given half a minute.
    await app.killWithServer(40_000)
    expect(jobs.map((job) => app.outcomesOf(job))).toEqual(jobs.map(() => ['done']))
  })

  it('is told how a start ended whose answer was lost, right after another’s of the same second', async () => {
    const app = await Followed.begin({ workflows, database })
    app.sim.startElsewhere(second.id)
    await app.advance(1100)
    app.sim.faults.set({ startAnswerLost: { next: 1 } })
    const job = await app.start(second)
    await app.advance(30_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
    const others = app.sim.truths()[0]?.jobId
    expect(app.job(job).jobId).not.toBe(others)
  })

  it('is told as failed where the database could not take what the job wrote', async () => {
    const app = await Followed.begin({ workflows, database, faults: { endNotStored: 1 } })
    const job = await app.start(second)
    await app.advance(120_000)
    expect(app.outcomesOf(job)).toEqual(['failed'])
  })

  it('is told that a job ended while the database was away, which is listed as running for ever', async () => {
    const app = await Followed.begin({ workflows, database })
    const job = await app.start(second)
    app.sim.faults.set({ databaseAway: 1 })
    await app.advance(30_000)
    app.sim.faults.set({ databaseAway: 0 })
    const next = await app.start(second)
    await app.advance(180_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'notRecorded' }])
    expect(app.outcomesOf(next)).toEqual(['done'])
  })

  it('is told that nothing becomes of starts behind such a job: in its queue, or with an id', async () => {
    const app = await Followed.begin({ workflows, database })
    await app.startRacing(second)
    const running = await app.start(queueing, 300)
    const queued = await app.start(queueing)
    app.sim.faults.set({ databaseAway: 1 })
    await app.advance(10_000)
    app.sim.faults.set({ databaseAway: 0 })
    await app.advance(240_000)
    expect(app.outcomesOf(running)).toEqual(['unknown'])
    const ofSecond = app.jobs.filter(({ workflowId }) => workflowId === second.id)
    expect(ofSecond.map(({ phase }) => phase).sort()).toEqual(['ended', 'notBegun'])
    await app.advance(900_000)
    expect(app.job(queued).phase).toBe('notBegun')
  })

  it('is told how the queue’s jobs ended across a kill of app and server', async () => {
    const app = await Followed.begin({ workflows, database })
    const running = await app.start(queueing)
    const queued = await app.start(queueing)
    await app.advance(1000)
    app.closeApp()
    await app.advance(10_000)
    app.sim.restart('killed')
    await app.advance(5000)
    await app.openApp()
    await app.advance(60_000)
    expect([running, queued].map((job) => app.outcomesOf(job))).toEqual([['done'], ['done']])
  })
})

it.each(['postgres', 'mariadb'] as const)(
  'on %s takes no run of an earlier start for that of one in the queue, though the clock was set back under old entries',
  async (database) => {
    const app = await Followed.begin({ workflows, database })
    for (let count = 0; count < starting.newestEntries; count += 1) app.sim.startElsewhere(second.id)
    await app.advance(5000)
    app.sim.moveClock(-hourMs)
    const earlier = await app.start(queueing)
    await app.advance(10_000)
    await app.restartApp()
    // Its mark is one of the entries on top, which are older than that of the earlier start.
    app.sim.startElsewhere(queueing.id)
    await app.advance(1000)
    const queued = await app.start(queueing)
    await app.advance(20_000)
    expect([earlier, queued].map((job) => app.outcomesOf(job))).toEqual([['done'], ['done']])
    expect(app.job(queued).jobId).toBe(app.sim.truths().at(-1)?.jobId)
  },
)

it.each(['postgres', 'mariadb'] as const)(
  'on %s takes no run of others for that of a start that was just queued, though it ended unseen below old records',
  async (database) => {
    const app = await Followed.begin({ workflows, database })
    for (let count = 0; count < starting.newestEntries; count += 1) app.sim.startElsewhere(second.id)
    await app.advance(5000)
    app.sim.moveClock(-hourMs)
    // Nothing is read for it: no start is open, and what others run is not wanted.
    app.sim.startElsewhere(queueing.id)
    await app.advance(10_000)
    app.sim.startElsewhere(queueing.id)
    await app.advance(1000)
    const queued = await app.start(queueing)
    await app.advance(20_000)
    expect(app.outcomesOf(queued)).toEqual(['done'])
    expect(app.job(queued).jobId).toBe(app.sim.truths().at(-1)?.jobId)
  },
)

it.each(['postgres', 'mariadb'] as const)(
  'on %s is told that a workflow with a name of over 255 characters failed, which leaves no record',
  async (database) => {
    const long = simWorkflow({ id: 22, name: 'n'.repeat(300), durationMs: 1000 })
    const app = await Followed.begin({ workflows: [long], database })
    const job = await app.start(long)
    await app.advance(300_000)
    expect(app.outcomesOf(job)).toEqual(['failed'])
  },
)
