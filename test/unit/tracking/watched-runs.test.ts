import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { duration } from '../../../src/main/tracking/policy.ts'
import type { Watching } from '../../../src/main/tracking/watch/watch.ts'
import type { KnownJob } from '../../known-job.ts'
import { seededRandom } from '../../wexflow-sim/random.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import {
  approval,
  failing,
  Followed,
  type FollowedOptions,
  hour,
  instant,
  queueing,
  second,
  tenSeconds,
  useFakeClock,
} from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

const nothing: Watching = { watch: 'mine', favourites: new Set(), isDismissed: () => false }
const all: Watching = { ...nothing, watch: 'all' }
const favourites = (...ids: readonly number[]): Watching => ({
  ...nothing,
  watch: 'favourites',
  favourites: new Set(ids),
})

/** An app that watches all runs, or what is said, and knows what had run before. */
async function watchful(options: FollowedOptions = {}): Promise<Followed> {
  const app = await Followed.begin({ watching: all, ...options })
  await app.advance(1000)
  return app
}

const watched = (app: Followed): KnownJob[] => app.jobs.filter(({ answer }) => answer === 'elsewhere')

const change = (app: Followed, watching: Watching): void => {
  app.watching = watching
  app.tracker.watch(watching)
}

describe('a run that others began', () => {
  it('is neither followed nor asked for where only the person’s own are wanted', async () => {
    const app = await Followed.begin()
    const since = app.now
    for (let count = 0; count < 30; count += 1) {
      app.sim.startElsewhere(second.id)
      await app.advance(2000)
    }
    expect(app.jobs).toEqual([])
    expect(app.told).toEqual([])
    // The workflows are read within each minute.
    expect(app.wire.sent.filter(({ at, path }) => at >= since && path !== 'search')).toEqual([])
  })

  it('is seen as it begins, and told as it ends, where all are wanted', async () => {
    const app = await watchful()
    const beganAt = app.now
    const jobId = app.sim.startElsewhere(tenSeconds.id)
    await app.advance(200)
    const [run] = watched(app)
    expect(run).toMatchObject({ jobId, phase: 'running', workflowName: 'P10s' })
    expect((run?.startedAt ?? 0) - beganAt).toBeLessThan(100)
    await app.advance(11_000)
    expect(app.told).toMatchObject([
      { workflow: 'P10s', outcome: 'done', from: 'entry', circumstance: 'live' },
    ])
    expect(watched(app)).toMatchObject([{ phase: 'ended', durationMs: 10_000 }])
  })

  it('of an instant job is told', async () => {
    const app = await watchful()
    const jobId = app.sim.startElsewhere(instant.id)
    await app.advance(3000)
    expect(app.told).toMatchObject([{ workflow: 'P0s', outcome: 'done' }])
    expect(watched(app)).toMatchObject([{ jobId }])
  })

  it('is told with why it failed', async () => {
    const fails = { ...failing, logLines: [{ error: '[Copy] disk full' }] }
    const app = await watchful({ workflows: [fails] })
    app.sim.startElsewhere(fails.id)
    await app.advance(5000)
    expect(app.told).toMatchObject([{ outcome: 'failed' }])
    const [run] = watched(app)
    expect(run?.errorLine).toContain('disk full')
    expect(run?.durationMs).toBe(500)
  })

  it('of a favourite is told, and of no other', async () => {
    const app = await watchful({ watching: favourites(second.id) })
    app.sim.startElsewhere(second.id)
    app.sim.startElsewhere(instant.id)
    await app.advance(5000)
    expect(app.told).toMatchObject([{ workflow: 'P1s', outcome: 'done' }])
    expect(app.jobs).toHaveLength(1)
  })

  it('of a workflow that this user may not see is never told', async () => {
    const secret = simWorkflow({ id: 77, name: 'Payroll', grantedTo: [] })
    const app = await watchful({ workflows: [secret, second], username: 'administrator' })
    app.sim.startElsewhere(secret.id)
    app.sim.startElsewhere(second.id)
    await app.advance(5000)
    expect(app.jobs.map(({ workflowName }) => workflowName)).toEqual(['P1s'])
    expect(app.told).toHaveLength(1)
  })

  it('leaves the list where its workflow is no longer this user’s to see', async () => {
    const app = await watchful({ workflows: [hour, second], username: 'administrator' })
    app.sim.startElsewhere(hour.id)
    await app.advance(1000)
    expect(app.jobs).toHaveLength(1)
    app.sim.saveWorkflows([{ ...hour, grantedTo: [] }, second])
    await app.advance(60_000)
    expect(app.jobs).toEqual([])
    expect(app.told).toEqual([])
  })

  it('that went on as the app began to watch is told as it ends; one that had ended is not', async () => {
    const app = await Followed.begin()
    app.sim.startElsewhere(second.id)
    app.sim.startElsewhere(tenSeconds.id)
    await app.advance(5000)
    change(app, all)
    await app.advance(10_000)
    expect(app.told).toMatchObject([{ workflow: 'P10s', outcome: 'done' }])
    expect(watched(app)).toMatchObject([{ durationMs: 10_000, startedAt: null }])
  })

  it('whose entry says for ever that it runs, although it is gone, is none', async () => {
    const app = await Followed.begin({ faults: { entryStuckRunning: { next: 1 } } })
    const jobId = app.sim.startElsewhere(hour.id)
    await app.advance(1000)
    app.sim.stopElsewhere(hour.id, jobId)
    await app.advance(1000)
    change(app, all)
    await app.advance(120_000)
    expect(app.jobs).toEqual([])
    expect(app.wire.count('entry-logs')).toBe(1)
  })

  it('and whose entry stays at Running as it is stopped does not seem to run for ever', async () => {
    const app = await watchful({ faults: { entryStuckRunning: { next: 1 } } })
    const jobId = app.sim.startElsewhere(hour.id)
    await app.advance(1000)
    app.sim.stopElsewhere(hour.id, jobId)
    await app.advance(180_000)
    expect(app.told).toMatchObject([{ workflow: 'Hour', outcome: 'unknown', reason: 'notRecorded' }])
    expect(watched(app)).toMatchObject([{ jobId, phase: 'ended' }])
  })

  it('is told how it was stopped, suspended and resumed', async () => {
    const app = await watchful()
    const jobId = app.sim.startElsewhere(tenSeconds.id)
    await app.advance(500)
    app.sim.suspendElsewhere(tenSeconds.id, jobId)
    await app.advance(3000)
    expect(watched(app)).toMatchObject([{ phase: 'suspended' }])
    app.sim.resumeElsewhere(tenSeconds.id, jobId)
    await app.advance(3000)
    expect(watched(app)).toMatchObject([{ phase: 'running' }])
    app.sim.stopElsewhere(tenSeconds.id, jobId)
    await app.advance(3000)
    expect(app.told).toMatchObject([{ outcome: 'stopped' }])
  })

  it('waits for approval, is approved here, and is told how it ended', async () => {
    const app = await watchful()
    app.sim.startElsewhere(approval.id)
    await app.advance(20_000)
    const [run] = watched(app)
    expect(run).toMatchObject({ phase: 'waiting' })
    void app.tracker.approveJob(run?.key ?? '')
    await app.advance(10_000)
    expect(app.told).toMatchObject([{ outcome: 'done' }])
  })

  it('can be stopped here', async () => {
    const app = await watchful()
    app.sim.startElsewhere(hour.id)
    await app.advance(1000)
    void app.tracker.stopJob(watched(app)[0]?.key ?? '')
    await app.advance(3000)
    expect(app.told).toMatchObject([{ outcome: 'stopped' }])
  })

  it('of a workflow that runs one job at a time is told in its turn, each of several', async () => {
    const app = await watchful()
    for (let count = 0; count < 3; count += 1) app.sim.startElsewhere(queueing.id)
    await app.advance(10_000)
    expect(app.told.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done'])
    expect(new Set(watched(app).map(({ jobId }) => jobId)).size).toBe(3)
  })

  it('that nothing names, since a stop has hidden it, is told by its entry as it ends', async () => {
    const app = await watchful({ faults: { stopHidesNext: 1 } })
    const first = app.sim.startElsewhere(queueing.id)
    app.sim.startElsewhere(queueing.id)
    await app.advance(500)
    app.sim.stopElsewhere(queueing.id, first)
    await app.advance(10_000)
    expect(app.told.map(({ outcome }) => outcome)).toEqual(['stopped', 'done'])
  })

  it('whose log can’t be read for a while is named as soon as it can', async () => {
    const app = await watchful()
    app.wire.disturb((path) => (path === 'entry-logs' ? 'status500' : null))
    const jobId = app.sim.startElsewhere(second.id)
    await app.advance(5000)
    expect(app.told).toEqual([])
    app.wire.repair()
    await app.advance(3000)
    expect(watched(app)).toMatchObject([{ jobId, outcome: 'done' }])
    expect(app.told).toHaveLength(1)
  })

  it('whose log can never be read is told by its entry', async () => {
    const app = await watchful()
    app.wire.disturb((path) => (path === 'entry-logs' ? 'status500' : null))
    app.sim.startElsewhere(second.id)
    await app.advance(30_000)
    expect(app.told).toMatchObject([{ outcome: 'done' }])
  })

  it('by the clock of the server is told each time', async () => {
    const nightly = simWorkflow({
      id: 70,
      name: 'Nightly',
      launchType: 'cron',
      everyMs: 60_000,
      durationMs: 3000,
    })
    const often = simWorkflow({
      id: 71,
      name: 'Often',
      launchType: 'periodic',
      everyMs: 20_000,
      durationMs: 1000,
    })
    const app = await watchful({ workflows: [nightly, often] })
    await app.advance(200_000)
    const names = app.told.map(({ workflow }) => workflow)
    expect(names.filter((name) => name === 'Nightly')).toHaveLength(3)
    expect(names.filter((name) => name === 'Often').length).toBeGreaterThanOrEqual(9)
    expect(new Set(app.told.map(({ outcome }) => outcome))).toEqual(new Set(['done']))
  })

  it('is told too where the server has no streams, within the minute', async () => {
    const app = await Followed.begin({ watching: all, faults: { noSse: 1 } })
    await app.advance(130_000)
    app.sim.startElsewhere(second.id)
    await app.advance(70_000)
    expect(app.told).toMatchObject([{ outcome: 'done' }])
  })
})

describe('while the server, the network or the app is away, a run that others began', () => {
  it('and that was seen before is told in the summary of the app’s next start', async () => {
    const app = await watchful()
    app.sim.startElsewhere(tenSeconds.id)
    await app.advance(1000)
    await app.restartApp(60_000)
    await app.advance(5000)
    expect(app.told).toMatchObject([{ workflow: 'P10s', outcome: 'done', circumstance: 'away' }])
  })

  it('and that began and ended while the app did not run is not told', async () => {
    const app = await watchful()
    app.closeApp()
    app.sim.startElsewhere(second.id)
    await app.advance(60_000)
    await app.openApp()
    await app.advance(5000)
    expect(app.jobs).toEqual([])
    expect(app.told).toEqual([])
  })

  it('and that began and ended while the computer slept is told when it wakes', async () => {
    const app = await watchful()
    app.sim.startElsewhere(instant.id)
    await app.advance(2000)
    app.wire.goDark()
    app.sim.startElsewhere(second.id)
    await app.advance(600_000)
    app.wire.repair()
    app.tracker.wake()
    await app.advance(20_000)
    expect(app.told.map(({ workflow }) => workflow)).toEqual(['P0s', 'P1s'])
  })

  it('ended with the server: is told as unknown', async () => {
    const app = await watchful()
    app.sim.startElsewhere(hour.id)
    await app.advance(5000)
    app.sim.restart('killed', 1000)
    await app.advance(60_000)
    expect(app.told).toMatchObject([{ workflow: 'Hour', outcome: 'unknown', reason: 'endedWithServer' }])
  })

  it('ended before the server restarted: the history tells how', async () => {
    const app = await watchful()
    app.sim.startElsewhere(tenSeconds.id)
    await app.advance(5000)
    app.wire.goDark()
    await app.advance(10_000)
    app.sim.restart('killed', 1000)
    await app.advance(5000)
    app.wire.repair()
    app.tracker.wake()
    await app.advance(60_000)
    expect(app.told).toMatchObject([{ workflow: 'P10s', outcome: 'done', from: 'history' }])
  })

  it.each(['sqlite', 'litedb'] as const)(
    'that began and ended in the server’s next run before the app was back is told (%s)',
    async (database) => {
      const app = await watchful({ database })
      app.sim.startElsewhere(instant.id)
      await app.advance(3000)
      app.wire.goDark()
      app.sim.restart('killed', 1000)
      await app.advance(5000)
      app.sim.startElsewhere(second.id)
      await app.advance(5000)
      app.wire.repair()
      app.tracker.wake()
      await app.advance(30_000)
      expect(app.told.map(({ workflow, outcome }) => [workflow, outcome])).toEqual([
        ['P0s', 'done'],
        ['P1s', 'done'],
      ])
    },
  )

  it('of the server’s next run is told, though its entries have the same ids as the last one’s', async () => {
    const app = await watchful({ database: 'litedb' })
    app.sim.startElsewhere(instant.id)
    await app.advance(3000)
    app.sim.restart('killed', 1000)
    await app.advance(20_000)
    app.sim.startElsewhere(second.id)
    await app.advance(5000)
    expect(app.told.map(({ workflow, outcome }) => [workflow, outcome])).toEqual([
      ['P0s', 'done'],
      ['P1s', 'done'],
    ])
  })
})

describe('a start of this app', () => {
  it('beside many runs of others, which slow the server down, is told by its log how long it took', async () => {
    const app = await watchful()
    for (let count = 1; count < duration.crowd; count += 1) app.sim.startElsewhere(hour.id)
    await app.advance(3000)
    const job = await app.start(tenSeconds, 9500)
    const logs = app.sim.requests('entry-logs')
    await app.advance(1000)
    expect(app.outcomesOf(job)).toEqual(['done'])
    expect(app.sim.requests('entry-logs')).toBe(logs + 1)
  })

  it('is one job, told once, beside the runs of others', async () => {
    const app = await watchful()
    app.sim.startElsewhere(second.id)
    const job = await app.start(second)
    app.sim.startElsewhere(second.id)
    await app.advance(10_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
    expect(app.told).toHaveLength(3)
    expect(watched(app)).toHaveLength(2)
  })

  it('takes no run from the list that had the same entry in the last run of the server', async () => {
    const app = await watchful({ database: 'litedb', faults: { stopHidesNext: 1 } })
    const others = app.sim.startElsewhere(queueing.id)
    app.sim.startElsewhere(queueing.id)
    await app.advance(500)
    app.sim.stopElsewhere(queueing.id, others)
    await app.advance(10_000)
    app.sim.restart('killed', 1000)
    await app.advance(20_000)
    const running = await app.start(queueing)
    const hidden = await app.start(queueing)
    await app.advance(700)
    void app.tracker.stopJob(running.key)
    await app.advance(30_000)
    expect(app.outcomesOf(hidden)).toEqual(['done'])
    expect(watched(app)).toHaveLength(2)
    expect(app.moved).toEqual([])
  })

  it('that ended in the server’s next run before the pages could be read again is not somebody else’s as well', async () => {
    const app = await watchful()
    app.sim.startElsewhere(instant.id)
    await app.advance(3000)
    const refuse = (part: string) => app.wire.disturb((path) => (path.includes(part) ? 'status500' : null))
    refuse('search-entries')
    app.sim.restart('killed', 1000)
    await app.advance(20_000)
    const job = await app.start(second)
    await app.advance(20_000)
    refuse('-logs')
    await app.advance(60_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
    expect(watched(app).map(({ workflowName }) => workflowName)).toEqual(['P0s'])
  })

  it('whose answer is late is not taken for somebody else’s', async () => {
    const app = await watchful()
    app.sim.faults.set({ slowStartMs: { upToMs: 20_000, chance: 1 } })
    const job = await app.start(second, 40_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
    expect(app.told).toHaveLength(1)
    expect(app.jobs).toHaveLength(1)
  })

  it.each(['startAnswerLost', 'startIdReplaced'] as const)(
    '(%s) claims its run as if nobody watched it',
    async (fault) => {
      const app = await watchful({ faults: { [fault]: { next: 1 } } })
      const job = await app.start(tenSeconds)
      await app.advance(30_000)
      expect(app.outcomesOf(job)).toEqual(['done'])
      expect(app.told).toHaveLength(1)
      expect(app.jobs).toHaveLength(1)
    },
  )

  it('that was queued behind the runs of others claims its own', async () => {
    const app = await watchful()
    app.sim.startElsewhere(queueing.id)
    await app.advance(200)
    const job = await app.start(queueing)
    app.sim.startElsewhere(queueing.id)
    await app.advance(15_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
    expect(app.told).toHaveLength(3)
    expect(watched(app)).toHaveLength(2)
  })

  it('whose answer was lost is told once where no log can be read, be it as its own or not at all', async () => {
    const app = await watchful()
    app.sim.faults.set({ startAnswerLost: { next: 1 } })
    app.wire.disturb((path) => (path.includes('-logs') || path === 'jobs' ? 'status500' : null))
    const job = await app.start(second)
    await app.advance(1_000_000)
    expect(app.toldOf(job)).toHaveLength(1)
    expect(app.told).toHaveLength(1)
  })

  it('that turns out to be a run which was watched is one job with it', async () => {
    const app = await watchful()
    app.sim.faults.set({ slowStartMs: { upToMs: 110_000, chance: 1 } })
    const jobs = []
    for (let count = 0; count < 8; count += 1) jobs.push(await app.start(second))
    await app.advance(62_000)
    const seen = watched(app).map(({ key }) => key)
    expect(seen.length).toBeGreaterThan(0)
    await app.advance(60_000)
    expect(app.moved.map(([fromKey]) => fromKey).toSorted()).toEqual(seen.toSorted())
    expect(jobs.map((job) => app.outcomesOf(job))).toEqual(jobs.map(() => ['done']))
    expect(app.jobs.map(({ key }) => key).toSorted()).toEqual(jobs.map(({ key }) => key).toSorted())
  })

  it('gives back a run that was told as another’s, and what was told of it goes along both times', async () => {
    const app = await watchful()
    await app.start(hour, 1000)
    app.sim.faults.set({ lateEntryMs: 85_000 })
    await app.start(hour, 50)
    app.sim.faults.set({ lateEntryMs: 87_000 })
    const late = await app.start(hour)
    app.sim.faults.set({ lateEntryMs: 0 })
    const others = app.sim.startElsewhere(hour.id)
    app.wire.disturb((path) => (path === 'start' ? null : 'status500'))
    await app.advance(500)
    app.sim.stopElsewhere(hour.id, others)
    await app.advance(4000)
    app.wire.repair()
    await app.advance(78_000)
    const [told] = watched(app)
    expect(told).toMatchObject({ jobId: others, outcome: 'stopped' })
    await app.advance(20_000)
    const [again] = watched(app)
    expect(again).toMatchObject({ jobId: others, outcome: 'stopped' })
    expect(app.moved).toEqual([
      [told?.key, late.key],
      [late.key, again?.key],
    ])
    expect(app.job(late)).toMatchObject({ phase: 'running', maybeOthers: false })
    expect(app.outcomesOf(late)).toEqual([])
  })
})

describe('what is wanted changes:', () => {
  it('what is wanted no more leaves the list, for good', async () => {
    const app = await watchful()
    app.sim.startElsewhere(second.id)
    app.sim.startElsewhere(hour.id)
    const job = await app.start(second)
    await app.advance(5000)
    expect(app.jobs).toHaveLength(3)
    change(app, nothing)
    await app.advance(2000)
    expect(app.jobs.map(({ key }) => key)).toEqual([job.key])
    await app.restartApp()
    expect(app.jobs.map(({ key }) => key)).toEqual([job.key])
    const since = app.now
    app.sim.startElsewhere(second.id)
    await app.advance(30_000)
    expect(app.wire.sent.filter(({ at, path }) => at >= since && path !== 'search')).toEqual([])
  })

  it('a run of a new favourite that goes on is followed from then on', async () => {
    const app = await watchful({ watching: favourites(instant.id) })
    app.sim.startElsewhere(tenSeconds.id)
    await app.advance(3000)
    expect(app.jobs).toEqual([])
    change(app, favourites(instant.id, tenSeconds.id))
    await app.advance(10_000)
    expect(app.told).toMatchObject([{ workflow: 'P10s', outcome: 'done' }])
  })

  it('a run that has gone on for long is found below hundreds that ended since', async () => {
    const app = await Followed.begin()
    app.sim.startElsewhere(hour.id)
    for (let count = 0; count < 250; count += 1) app.sim.startElsewhere(instant.id)
    await app.start(second)
    await app.advance(5000)
    change(app, all)
    await app.advance(5000)
    expect(watched(app).map(({ workflowName }) => workflowName)).toEqual(['Hour'])
    expect(watched(app)[0]?.historyMark).not.toBeNull()
  })

  it('a run that the person took off the list does not come back', async () => {
    const app = await watchful()
    const jobId = app.sim.startElsewhere(hour.id)
    await app.advance(1000)
    expect(app.jobs).toHaveLength(1)
    change(app, { ...all, isDismissed: (id) => id === jobId })
    await app.advance(60_000)
    expect(app.jobs).toEqual([])
  })
})

describe('what it costs', () => {
  it('is bounded where others run 400 jobs a minute of 118 workflows', async () => {
    const workflows = Array.from({ length: 118 }, (_, index) =>
      simWorkflow({ id: index + 1, name: `W${index}`, durationMs: 3000, enableParallelJobs: index % 3 > 0 }),
    )
    const app = await watchful({ workflows })
    const random = seededRandom(1)
    const since = app.now
    for (let count = 0; count < 400; count += 1) {
      app.sim.startElsewhere(1 + Math.floor(random() * 118))
      await app.advance(150)
    }
    const pages = app.wire.count('search-entries-by-page-order-by', since)
    expect(pages).toBeLessThanOrEqual(30 + 10 + 6)
    expect(app.wire.count('entry-logs', since)).toBeLessThanOrEqual(2 * 405)
    const others = app.wire.count(null, since) - pages - app.wire.count('entry-logs', since)
    expect(others).toBeLessThanOrEqual(12)
    await app.advance(30_000)
    expect(app.told).toHaveLength(400)
    expect(new Set(app.told.map(({ outcome }) => outcome))).toEqual(new Set(['done']))
  }, 60_000)

  it('is a handful of reads a minute where others’ jobs go on and nothing changes', async () => {
    const app = await watchful()
    for (let count = 0; count < 50; count += 1) app.sim.startElsewhere(hour.id)
    await app.advance(30_000)
    const since = app.now
    await app.advance(600_000)
    expect(app.wire.count(null, since)).toBeLessThanOrEqual(10 * (5 * 4 + 4 + 2 + 2))
  })
})
