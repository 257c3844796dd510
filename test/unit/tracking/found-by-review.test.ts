import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { approval, Followed, hour, instant, queueing, second, tenSeconds, useFakeClock } from './followed.ts'

/** What readers of the code and of the server's source have found, each with the fault that shows it. */

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

const isHistory = (path: string): boolean => path.startsWith('search-history')

describe('an end that was told as unknown', () => {
  it('is corrected where the job began only after it was given up', async () => {
    const app = await Followed.begin({ faults: { lateEntryMs: 960_000 } })
    const job = await app.start(hour)
    await app.advance(60_000)
    app.sim.breakStreams('changeStream', 'reset')
    await app.advance(860_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'startUnconfirmed' }])
    await app.advance(4_800_000)
    expect(app.outcomesOf(job)).toEqual(['unknown', 'done'])
  })

  it.each(['the same app', 'the next start of the app'])(
    'is corrected once the history can be read again, by %s',
    async (who) => {
      const app = await Followed.begin()
      const job = await app.start(tenSeconds, 5000)
      app.sim.faults.set({ pagesRefused: 1 })
      await app.restartUnseen(7000)
      app.sim.startElsewhere(second.id)
      await app.advance(300_000)
      expect(app.outcomesOf(job)).toEqual(['unknown'])
      if (who !== 'the same app') app.closeApp()
      app.sim.faults.set({ pagesRefused: 0 })
      if (who !== 'the same app') await app.openApp()
      await app.advance(600_000)
      expect(app.outcomesOf(job)).toEqual(['unknown', 'done'])
    },
  )
})

describe('what can never be read', () => {
  it.each([
    ['the history', isHistory],
    ['the logs of the history', (path: string) => path === 'history-entry-logs'],
  ])('leaves an end unknown after a while, and not unsaid: %s', async (_, isBroken) => {
    const app = await Followed.begin()
    app.sim.startElsewhere(tenSeconds.id)
    const job = await app.start(tenSeconds, 5000)
    await app.restartUnseen(7000)
    app.wire.disturb((path) => (isBroken(path) ? 'status500' : null))
    app.sim.startElsewhere(second.id)
    await app.advance(300_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'historyUnread' }])
  })

  it('is not one log that hides the others of its workflow', async () => {
    const app = await Followed.begin()
    const job = await app.start(second, 500)
    app.wire.goDark()
    await app.advance(2000)
    app.sim.startElsewhere(second.id)
    await app.advance(2000)
    app.sim.restart('killed', 1000)
    await app.advance(2000)
    app.wire.repair()
    let broken = 0
    app.wire.disturb((path) => {
      if (path !== 'history-entry-logs') return null
      broken += 1
      return broken === 1 ? 'status500' : null
    })
    app.sim.startElsewhere(tenSeconds.id)
    await app.advance(60_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })

  it('are the running jobs of a workflow: a job that said that it ended does not wait for them', async () => {
    const app = await Followed.begin({ faults: { entryStuckRunning: 1 } })
    const job = await app.start(hour, 3000)
    app.wire.disturb((path) => (path === 'jobs' ? 'status500' : null))
    app.sim.stopElsewhere(hour.id, app.job(job).jobId ?? '')
    await app.advance(300_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'notRecorded' }])
  })

  it('are those of a workflow that is gone: nor does it wait for these', async () => {
    const app = await Followed.begin({ faults: { entryStuckRunning: 1 } })
    const job = await app.start(hour, 3000)
    app.sim.saveWorkflows([second])
    app.sim.stopElsewhere(hour.id, app.job(job).jobId ?? '')
    await app.advance(60_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'notRecorded' }])
  })
})

describe('a queued start', () => {
  it('whose queue was dropped does not take a later job of somebody else for its own without a word', async () => {
    const app = await Followed.begin({ faults: { queueDroppedByStop: 1 } })
    const running = await app.start(queueing)
    const queued = await app.start(queueing)
    void app.tracker.stopJob(running.key)
    await app.advance(60_000)
    app.sim.startElsewhere(queueing.id)
    await app.advance(20_000)
    expect(app.job(queued)).toMatchObject({ outcome: 'done', maybeOthers: true })
  })

  it('that another’s start overtook says that its job may be that one', async () => {
    const app = await Followed.begin()
    app.wire.slow((path) => (path === 'start' ? 300 : 0))
    const queued = await app.start(queueing, 100)
    app.sim.startElsewhere(queueing.id)
    await app.advance(60_000)
    expect(app.job(queued)).toMatchObject({ outcome: 'done', maybeOthers: true })
  })

  it('that somebody else queued before says that its job may be theirs', async () => {
    const app = await Followed.begin()
    await app.start(queueing)
    app.sim.startElsewhere(queueing.id)
    const queued = await app.start(queueing)
    await app.advance(60_000)
    expect(app.job(queued)).toMatchObject({ outcome: 'done', maybeOthers: true })
  })

  it('whose record says Stopped because a stop hit it in place of the job before is told once, as it really ends', async () => {
    const app = await Followed.begin({ faults: { stopHitsNext: 1 } })
    const running = await app.start(queueing)
    const queued = await app.start(queueing)
    void app.tracker.stopJob(running.key)
    await app.advance(60_000)
    expect(app.outcomesOf(running)).toEqual(['stopped'])
    expect(app.outcomesOf(queued)).toEqual(['done'])
  })

  it('whose record says Stopped of a job that runs on is told once where its stream says nothing, with its duration', async () => {
    const app = await Followed.begin({ faults: { stopHitsNext: 1 } })
    const running = await app.start(queueing)
    const queued = await app.start(queueing)
    await app.advance(500)
    app.sim.faults.set({ frameDropped: 1 })
    void app.tracker.stopJob(running.key)
    await app.advance(60_000)
    expect(app.outcomesOf(queued)).toEqual(['done'])
    expect(app.job(queued).durationMs).toBeGreaterThan(1900)
  })

  it('that begins three minutes after its turn is not told as dropped', async () => {
    const app = await Followed.begin()
    await app.start(queueing)
    const queued = await app.start(queueing)
    app.sim.faults.set({ lateEntryMs: 180_000 })
    await app.advance(400_000)
    expect(app.outcomesOf(queued)).toEqual(['done'])
  })

  it('that nobody stopped anything before is told as dropped after ten minutes of an empty queue', async () => {
    const app = await Followed.begin({ faults: { queueDroppedByStop: 1 } })
    const other = app.sim.startElsewhere(queueing.id)
    await app.advance(100)
    const queued = await app.start(queueing, 100)
    app.sim.stopElsewhere(queueing.id, other)
    await app.advance(590_000)
    expect(app.told).toEqual([])
    await app.advance(40_000)
    expect(app.toldOf(queued)).toMatchObject([{ outcome: 'notStarted', reason: 'queueDropped' }])
  })
})

describe('without streams', () => {
  it('an entry id that is given anew does not lend a job another one’s end', async () => {
    const app = await Followed.begin({ faults: { noSse: 1, runRepeatsNumbers: 1 } })
    const job = await app.start(hour, 6000)
    app.sim.restart('killed', 500)
    await app.advance(600)
    const other = app.sim.startElsewhere(hour.id)
    await app.advance(50)
    app.sim.stopElsewhere(hour.id, other)
    await app.advance(300_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'endedWithServer' }])
  })

  it.each([0, 20_000, 40_000])(
    'two starts at once are followed as closely as one, %i ms after a poll',
    async (phase) => {
      const app = await Followed.begin({ faults: { noSse: 1 } })
      await app.advance(61_000 + phase)
      const jobs = [tenSeconds, tenSeconds].map((workflow) => app.start(workflow, 0))
      await app.advance(17_000)
      expect(await Promise.all(jobs)).toHaveLength(2)
      expect(app.told.map(({ outcome }) => outcome)).toEqual(['done', 'done'])
    },
  )

  it('jobs are followed though the list of workflows is broken', async () => {
    const app = await Followed.begin({ faults: { noSse: 1 } })
    const job = await app.start(tenSeconds)
    app.wire.disturb((path) => (path === 'search' ? 'status500' : null))
    await app.restartApp(20_000)
    await app.advance(60_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })
})

it.each([
  ['the workflows', (path: string) => path === 'search'],
  ['the workflows and the pages', (path: string) => path === 'search' || path.startsWith('search-entries')],
])('an end does not wait for other answers after an absence: %s', async (_, isHanging) => {
  const app = await Followed.begin()
  const job = await app.start(tenSeconds, 2000)
  app.wire.goDark()
  await app.advance(12_000)
  app.wire.repair()
  app.wire.disturb((path) => (isHanging(path) ? 'hangs' : null))
  app.tracker.wake()
  await app.advance(5000)
  expect(app.outcomesOf(job)).toEqual(['done'])
})

it('nor, for longer than twenty seconds, for one about another job', async () => {
  const app = await Followed.begin()
  await app.start(approval, 2000)
  const job = await app.start(tenSeconds, 2000)
  app.wire.goDark()
  await app.advance(12_000)
  app.wire.repair()
  app.wire.disturb((path) => (path === 'jobs' ? 'hangs' : null))
  app.tracker.wake()
  await app.advance(21_000)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', circumstance: 'away' }])
})

it('a start does not wait for what only makes it faster', async () => {
  const app = await Followed.begin()
  app.wire.disturb((path) => (path === 'hello' ? 'hangs' : null))
  const job = await app.start(hour, 500)
  expect(app.job(job).jobId).not.toBeNull()
})

it.each([
  ['can be read', 0],
  ['fails once in a log', 2],
])(
  'a queued start that ended while the app was away is that job, not what runs now: its history %s',
  async (_, failing) => {
    const app = await Followed.begin()
    await app.start(queueing)
    const queued = await app.start(queueing)
    app.closeApp()
    await app.advance(10_000)
    const own = app.sim.truths().at(-1)
    app.sim.startElsewhere(queueing.id)
    await app.advance(500)
    let logs = 0
    app.wire.disturb((path) => {
      if (path === 'history-entry-logs') logs += 1
      return path === 'history-entry-logs' && logs === failing ? 'status500' : null
    })
    await app.openApp()
    await app.advance(60_000)
    expect(app.job(queued)).toMatchObject({ jobId: own?.jobId, outcome: 'done' })
  },
)

it('the answer of a start that comes after the sign-in was over is not forgotten', async () => {
  const app = await Followed.begin({ password: null, tokenMs: 3_600_000, faults: { slowStartMs: 20_000 } })
  const job = await app.start(tenSeconds, 100)
  app.sim.tokens.revokeAll()
  app.sim.breakStreams('changeStream', 'reset')
  await app.advance(60_000)
  expect(app.link).toBe('signInNeeded')
  expect(app.job(job).jobId).toBe(app.sim.truths().at(-1)?.jobId)
})

it('jobs in doubt are not asked about each time that a proxy cuts the streams', async () => {
  const app = await Followed.begin({ faults: { streamsCutAfterMs: 60_000 } })
  for (let count = 0; count < 20; count += 1) await app.start(hour, 5)
  await app.advance(20_000)
  app.sim.restart('killed', 500)
  await app.advance(5000)
  app.sim.startElsewhere(second.id)
  await app.advance(60_000)
  expect(app.told).toHaveLength(20)
  const since = app.now
  await app.advance(3_600_000)
  expect(app.wire.count('entry', since)).toBeLessThan(20 * 15)
})

it('what ended while the app was away does not wait for pages that are slow', async () => {
  const app = await Followed.begin()
  for (let count = 0; count < 2100; count += 1) app.sim.startElsewhere(instant.id)
  await app.advance(1000)
  for (let count = 0; count < 9; count += 1) await app.start(tenSeconds)
  app.closeApp()
  await app.advance(15_000)
  app.wire.slow((path) => (path.startsWith('search-entries') ? 6000 : 0))
  await app.openApp()
  await app.advance(30_000)
  expect(app.told).toHaveLength(9)
})

it('a sign-in that comes back by itself ends the wait for one', async () => {
  const app = await Followed.begin()
  await app.start(hour, 20_000)
  app.password = null
  app.sim.tokens.revokeAll()
  await app.advance(60_000)
  expect(app.links.at(-1)).toBe('signInNeeded')
  app.password = 'wexflow2018'
  await app.advance(60_000)
  expect(app.links.at(-1)).toBe('online')
})
