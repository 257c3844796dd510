import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { starting } from '../../../src/main/tracking/policy.ts'
import { Followed, hour, queueing, second, tenSeconds, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

describe('an answer that was on its way as the server was killed', () => {
  it.each([
    ['the list of running jobs', 'jobs', 2000, {}],
    ['an entry', 'entry', 7000, { noSse: 1 }],
  ] as const)(
    'does not bring its job back once the restart is known: %s',
    async (_, path, lateMs, faults) => {
      const app = await Followed.begin({ faults })
      const job = await app.start(hour)
      await app.advance(2000)
      void app.tracker.changeJob(job.key, 'suspend')
      await app.advance(2000)
      app.wire.slowAnswers((one) => (one === path ? lateMs : 0))
      const since = app.now
      while (app.wire.count(path, since) === 0) await app.advance(50)
      await app.advance(50)
      app.sim.restart('killed', 300)
      app.wire.slowAnswers(() => 0)
      app.wire.slow((one) => (one.startsWith('search-history') ? 5000 : 0))
      const phases: string[] = []
      for (let count = 0; count < 400; count += 1) {
        await app.advance(50)
        const { phase } = app.job(job)
        if (phases.at(-1) !== phase) phases.push(phase)
      }
      expect(phases).toEqual(['suspended', 'running', 'ended'])
    },
  )

  it('does not give a run that died with it to a start whose answer was lost', async () => {
    const app = await Followed.begin({ faults: { pagesRefused: 1 } })
    await app.start(hour)
    app.sim.faults.set({ startNotReceived: { next: 1 } })
    const lost = await app.start(tenSeconds)
    await app.advance(20_000)
    app.wire.slowAnswers((path) => (path === 'jobs' ? 7000 : 0))
    app.sim.startElsewhere(tenSeconds.id)
    const since = app.now
    while (app.wire.count('jobs', since) === 0) await app.advance(50)
    await app.advance(50)
    app.sim.restart('killed', 300)
    app.wire.slowAnswers(() => 0)
    await app.advance(6000)
    expect(app.job(lost)).toMatchObject({ restarted: true, phase: 'starting' })
    await app.advance(120_000)
    expect(app.job(lost)).toMatchObject({ jobId: null, outcome: 'unknown' })
  })
})

describe('a server that is killed while a job runs', () => {
  it('leaves it unknown: it ended with the server', async () => {
    const app = await Followed.begin()
    const job = await app.start(tenSeconds)
    await app.advance(5000)
    app.sim.restart('killed', 5000)
    await app.advance(20_000)
    expect(app.toldOf(job)).toMatchObject([
      { outcome: 'unknown', reason: 'endedWithServer', from: 'inferred', circumstance: 'away' },
    ])
    expect(app.caughtUpAfter.at(-1)).toBe(1)
    expect(app.job(job).evidence.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['serverRestarted', 'historyMissing']),
    )
    expect(app.link).toBe('online')
  })

  it('leaves a job that had ended while nobody could hear it in the history, under its id', async () => {
    const app = await Followed.begin()
    const job = await app.start(tenSeconds)
    app.wire.goDark()
    await app.advance(15_000)
    expect(app.told).toEqual([])
    app.sim.restart('killed', 1000)
    app.wire.repair()
    await app.advance(90_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'history' }])
    expect(app.job(job).historyId).not.toBeNull()
  })

  it('before the job had an entry, is noticed by the number of its next run', async () => {
    const app = await Followed.begin()
    app.wire.disturb((path) => (path.startsWith('search-entries') ? 'status500' : null))
    app.sim.startElsewhere(second.id)
    await app.advance(5000)
    app.sim.faults.set({ lateEntryMs: 600_000 })
    const job = await app.start(hour, 16_000)
    app.sim.restart('killed', 1000)
    await app.advance(50_000)
    // Nothing says so far that this is another run, and null alone means not yet.
    expect(app.told).toEqual([])
    expect(app.job(job)).toMatchObject({ entryId: null, phase: 'running' })
    app.sim.faults.set({ lateEntryMs: 0 })
    app.sim.startElsewhere(second.id)
    await app.advance(5000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'endedWithServer' }])
  })

  it('before the job had an entry, is noticed by entries of others that are gone', async () => {
    const app = await Followed.begin({ faults: { lateEntryMs: { upToMs: 600_000, chance: { next: 1 } } } })
    const job = await app.start(hour)
    app.sim.startElsewhere(second.id)
    await app.advance(3000)
    app.sim.restart('killed', 1000)
    await app.advance(20_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'endedWithServer' }])
  })

  it.each(['goes on', 'was killed as well'])(
    'while it is too busy to show anything, is proven by an entry from before the starts, where the app %s',
    async (how) => {
      const app = await Followed.begin({ faults: { runRepeatsNumbers: 1 } })
      for (let count = 0; count < 120; count += 1) app.sim.startElsewhere(second.id)
      await app.advance(5000)
      app.sim.faults.set({ lateEntryMs: 600_000 })
      app.wire.slowAnswers(() => 400)
      const jobs = await app.startMany(hour, 5, 0)
      await app.advance(starting.behindFirst + 1500)
      // What is asked from now on is answered no more.
      app.wire.disturb(() => 'hangs')
      await app.advance(10_000)
      if (how === 'goes on') {
        app.sim.restart('killed', 5000)
        await app.advance(6000)
        app.wire.repair()
      } else {
        app.wire.repair()
        await app.killWithServer()
      }
      await app.advance(90_000)
      expect(app.jobs.map(({ phase }) => phase)).not.toContain('notBegun')
      expect(jobs.map((job) => app.toldOf(job))).toMatchObject(
        jobs.map(() => [{ outcome: 'unknown', reason: 'endedWithServer' }]),
      )
    },
  )

  it('is proven by an entry that was there, where the run repeats its number', async () => {
    const app = await Followed.begin({ faults: { runRepeatsNumbers: 1 } })
    const job = await app.start(hour)
    await app.advance(5000)
    expect(app.job(job)).toMatchObject({ entryId: expect.any(String), serverRun: '2' })
    app.sim.restart('killed', 1000)
    await app.advance(5000)
    app.sim.startElsewhere(second.id)
    await app.advance(15_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'endedWithServer' }])
  })

  it('does not lend the ends of later jobs to those whose entries had the same ids', async () => {
    const app = await Followed.begin({ faults: { runRepeatsNumbers: 1 } })
    await app.startMany(hour, 30)
    await app.advance(5000)
    expect(app.jobs.map(({ entryId }) => Number(entryId))).toEqual(
      Array.from({ length: 30 }, (_, at) => 30 - at),
    )
    app.sim.restart('killed', 100)
    await app.advance(110)
    // Another user is quicker than our reconnecting.
    const others = app.jobs.map(() => app.sim.startElsewhere(hour.id))
    await app.advance(50)
    for (const other of others) app.sim.stopElsewhere(hour.id, other)
    await app.advance(30_000)
    expect(app.told).toHaveLength(30)
    expect(new Set(app.told.map(({ outcome }) => outcome))).toEqual(new Set(['unknown']))
  })

  it('is told the same to the app that starts afterwards', async () => {
    const app = await Followed.begin()
    const [ended, lost] = [await app.start(second), await app.start(hour)]
    await app.advance(200)
    app.closeApp()
    await app.advance(5000)
    app.sim.restart('killed', 1000)
    await app.advance(5000)
    await app.openApp()
    await app.advance(1000)
    expect(app.toldOf(ended)).toMatchObject([{ outcome: 'done', from: 'history', circumstance: 'away' }])
    // Its entry had not been seen, and the new run has not said its number; but the other's entry is gone.
    expect(app.toldOf(lost)).toMatchObject([{ outcome: 'unknown', reason: 'endedWithServer' }])
  })

  it.each(['with', 'without'] as const)(
    'and refuses its history for a while is asked for it until it shows it, %s a change stream',
    async (how) => {
      const app = await Followed.begin({ faults: how === 'with' ? {} : { noSse: 1 } })
      const job = await app.start(tenSeconds, 5000)
      app.sim.faults.set({ pagesRefused: 1 })
      await app.restartUnseen(7000)
      app.sim.startElsewhere(second.id)
      await app.advance(100_000)
      expect(app.told).toEqual([])
      app.sim.faults.set({ pagesRefused: 0 })
      await app.advance(20_000)
      expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'history' }])
    },
  )

  it('and goes on refusing its history leaves the end unknown, which is corrected should it show it after all', async () => {
    const app = await Followed.begin({ faults: { noSse: 1 } })
    const job = await app.start(tenSeconds, 5000)
    app.sim.faults.set({ pagesRefused: 1 })
    await app.restartUnseen(7000)
    await app.advance(150_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'historyUnread' }])
    app.sim.faults.set({ pagesRefused: 0 })
    app.wire.disturb((path) => (path.startsWith('search-history') ? 'status500' : null))
    await app.advance(60_000)
    app.wire.repair()
    await app.advance(200_000)
    expect(app.outcomesOf(job)).toEqual(['unknown', 'done'])
  })

  it('and refuses its history for minutes still tells how a queued start ended, which has no id', async () => {
    const app = await Followed.begin()
    app.sim.startElsewhere(queueing.id)
    await app.advance(500)
    const job = await app.start(queueing, 500)
    expect(app.job(job)).toMatchObject({ phase: 'queued', jobId: null })
    app.wire.goDark()
    await app.advance(40_000)
    app.sim.faults.set({ pagesRefused: 1 })
    app.sim.restart('killed', 1000)
    app.wire.repair()
    await app.advance(400_000)
    expect(app.told).toEqual([])
    app.sim.faults.set({ pagesRefused: 0 })
    await app.advance(30_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'history' }])
  })

  it('without a sign before anything was seen of the job leaves it unknown after ten minutes', async () => {
    const app = await Followed.begin()
    app.wire.freeze()
    const job = await app.start(hour)
    expect(app.job(job).jobId).not.toBeNull()
    app.sim.restart('killed', 500)
    await app.advance(590_000)
    expect(app.told).toEqual([])
    await app.advance(60_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'startUnconfirmed' }])
  })

  it('is not what an entry means that the server could not read', async () => {
    const app = await Followed.begin({ faults: { noSse: 1 } })
    const job = await app.start(hour, 20_000)
    expect(app.job(job).entryId).not.toBeNull()
    app.sim.faults.set({ entrySaysFalse: 1, historyLogEmpty: 1 })
    await app.advance(200_000)
    expect(app.told).toEqual([])
    expect(app.job(job).restarted).toBe(false)
  })

  it('has the job in its history under a name that no database folds alike, and whose log fails once', async () => {
    const workflow = { ...tenSeconds, name: 'Émile’s [nightly] REPORT' }
    const app = await Followed.begin({ workflows: [workflow] })
    const job = await app.start(workflow, 5000)
    app.sim.faults.set({ historyLogEmpty: { next: 1 } })
    await app.restartUnseen(7000)
    await app.advance(150_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'history' }])
  })

  it('has forgotten its queue: whether such a start had begun unseen is not known', async () => {
    const app = await Followed.begin()
    await app.start(queueing)
    const queued = await app.start(queueing)
    await app.advance(1500)
    app.sim.restart('killed', 1000)
    await app.advance(150_000)
    expect(app.toldOf(queued)).toMatchObject([{ outcome: 'unknown', reason: 'startUnconfirmed' }])
  })

  it.each([
    ['queues', queueing, 0],
    ['has no entry yet', hour, 100_000],
  ] as const)(
    'is not held against a start in its next run that %s, though the change stream had seemed to live',
    async (_, workflow, lateEntryMs) => {
      const app = await Followed.begin()
      app.sim.startElsewhere(second.id)
      await app.advance(2000)
      app.wire.freeze()
      app.sim.restart('killed', 500)
      await app.advance(20_000)
      const held = app.sim.startElsewhere(queueing.id)
      await app.advance(1000)
      app.sim.suspendElsewhere(queueing.id, held)
      app.sim.faults.set({ lateEntryMs })
      const job = await app.start(workflow)
      expect(app.job(job).phase).not.toBe('starting')
      await app.advance(60_000)
      app.sim.faults.clear()
      app.sim.startElsewhere(second.id)
      await app.advance(10_000)
      expect(app.told).toEqual([])
      expect(app.link).toBe('online')
    },
  )

  it('does not make jobs of its new run count as lost', async () => {
    const app = await Followed.begin()
    app.sim.restart('killed', 500)
    await app.advance(5000)
    const job = await app.start(tenSeconds)
    await app.advance(12_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'stream', circumstance: 'live' }])
  })
})

describe('a server that is stopped politely', () => {
  it('lets an open stream tell an end, live, and nothing is told again when it is back', async () => {
    const app = await Followed.begin()
    const job = await app.start(tenSeconds)
    await app.advance(5000)
    app.sim.restart('polite', 2000)
    await app.advance(5100)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'stream', circumstance: 'live' }])
    await app.advance(120_000)
    expect(app.toldOf(job)).toHaveLength(1)
    expect(app.link).toBe('online')
  })

  it('and lets go of a job that was not done when its time was over', async () => {
    const app = await Followed.begin()
    const job = await app.start(hour)
    await app.advance(5000)
    app.sim.restart('polite', 2000)
    await app.advance(60_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'endedWithServer' }])
  })

  it('writes a job that ended after our streams were lost into the history', async () => {
    const app = await Followed.begin()
    const job = await app.start(tenSeconds)
    await app.advance(5000)
    app.sim.shutDown('polite')
    app.sim.breakStreams('jobStream', 'reset')
    app.sim.breakStreams('changeStream', 'reset')
    await app.advance(40_000)
    expect(app.told).toEqual([])
    app.sim.startUp()
    await app.advance(60_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'history', circumstance: 'away' }])
  })
})

describe('ends while the app is away', () => {
  it('come as away, before one word that all of them are known', async () => {
    const app = await Followed.begin()
    const jobs = [await app.start(second), await app.start(second), await app.start(tenSeconds)]
    await app.restartApp(20_000)
    expect(app.told.map(({ circumstance }) => circumstance)).toEqual(['away', 'away', 'away'])
    expect(app.told.map(({ key }) => key).sort()).toEqual(jobs.map(({ key }) => key).sort())
    expect(app.caughtUpAfter).toEqual([0, 3])
  })

  it('are not mixed with what ends afterwards', async () => {
    const app = await Followed.begin()
    await app.start(second)
    const later = await app.start(tenSeconds)
    await app.restartApp(3000)
    await app.advance(10_000)
    expect(app.toldOf(later)).toMatchObject([{ outcome: 'done', circumstance: 'live' }])
  })

  it('are told once, however often the app starts again', async () => {
    const app = await Followed.begin()
    const job = await app.start(second)
    for (const pause of [5000, 100, 100]) await app.restartApp(pause)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })

  it.each(['search', 'search-entries-by-page-order-by', 'entry', 'jobs'])(
    'are told all the same when the server fails to answer %s at first',
    async (failing) => {
      const app = await Followed.begin({ faults: { frameDropped: 1 } })
      const [first, last] = [await app.start(second), await app.start(tenSeconds)]
      app.closeApp()
      await app.advance(5000)
      app.wire.disturb((path) => (path === failing ? 'status500' : null))
      await app.openApp()
      await app.advance(500)
      app.wire.repair()
      await app.advance(30_000)
      expect([app.outcomesOf(first), app.outcomesOf(last)]).toEqual([['done'], ['done']])
      // An end that comes as away is only shown once the tracker has said that it caught up.
      const away = app.told.filter(({ circumstance }) => circumstance === 'away').length
      expect(app.caughtUpAfter).toHaveLength(2)
      expect(app.caughtUpAfter.at(-1)).toBeGreaterThanOrEqual(away)
    },
  )

  it('also of a server that was away when the app started', async () => {
    const app = await Followed.begin()
    const job = await app.start(second)
    app.closeApp()
    await app.advance(5000)
    app.sim.shutDown('killed')
    await app.openApp()
    await app.advance(60_000)
    expect(app.told).toEqual([])
    expect(app.links.slice(2)).toEqual(['connecting', 'offline'])
    app.sim.startUp()
    await app.advance(60_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'history', circumstance: 'away' }])
    expect(app.caughtUpAfter.at(-1)).toBe(1)
  })
})
