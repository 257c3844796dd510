import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  Followed,
  hour,
  instant,
  off,
  queueing,
  second,
  tenSeconds,
  unknown,
  useFakeClock,
} from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

const startsSent = (app: Followed): number => app.wire.count('start')

describe('the all-zero id', () => {
  it('of a start that queues means queued', async () => {
    const app = await Followed.begin()
    await app.start(queueing)
    const job = await app.start(queueing)
    expect(app.job(job)).toMatchObject({ phase: 'queued', jobId: null })
    expect(app.told).toEqual([])
  })

  it('is not asked for where it can be foreseen: a disabled workflow', async () => {
    const app = await Followed.begin()
    const job = await app.start(off)
    expect(app.toldOf(job)).toMatchObject([
      { outcome: 'notStarted', reason: 'disabled', circumstance: 'live' },
    ])
    expect(startsSent(app)).toBe(0)
  })

  it('of an unknown workflow is said as that', async () => {
    const app = await Followed.begin()
    const job = await app.start(unknown)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'notStarted', reason: 'unknownWorkflow' }])
  })

  it('of a workflow that takes parallel jobs and is enabled is said as refused', async () => {
    const app = await Followed.begin()
    // Disabled for the moment of the start only.
    app.wire.answer((path) => (path === 'start' ? '"00000000-0000-0000-0000-000000000000"' : null))
    const job = await app.start(second)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'notStarted', reason: 'refused' }])
  })

  it('that nobody can explain any more is looked for as a queued start', async () => {
    const app = await Followed.begin()
    await app.start(queueing)
    let asked = 0
    app.wire.disturb((path) => {
      if (path === 'workflow') asked += 1
      return path === 'workflow' && asked > 1 ? 'status500' : null
    })
    const job = await app.start(queueing)
    app.wire.repair()
    await app.advance(6000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })
})

describe('a start whose answer is lost', () => {
  it('is never sent twice, found in jobs, and said to be perhaps somebody else’s', async () => {
    const app = await Followed.begin({ faults: { startAnswerLost: { next: 1 } } })
    const job = await app.start(tenSeconds)
    expect(app.job(job)).toMatchObject({ answerLost: true, jobId: null })
    await app.advance(20_000)
    expect(app.job(job).maybeOthers).toBe(true)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done' }])
    expect(startsSent(app)).toBe(1)
    expect(app.sim.startsCarriedOut(tenSeconds.id)).toBe(1)
  })

  it('is found at once where the server has begun it already', async () => {
    const app = await Followed.begin({ faults: { startAnswerLost: { next: 1 }, slowStartMs: 30 } })
    const job = await app.start(tenSeconds, 100)
    expect(app.job(job)).toMatchObject({ phase: 'running', maybeOthers: true })
    await app.advance(10_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'stream' }])
    // Nobody witnessed its begin: its log tells how long it took.
    expect(app.job(job).durationMs).toBe(10_000)
  })

  it('is found by its entry where it ended before anybody could look', async () => {
    const app = await Followed.begin()
    await app.startMany(instant, 3, 2000)
    app.sim.faults.set({ startAnswerLost: { next: 1 } })
    const job = await app.start(instant)
    await app.advance(20_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'entry' }])
    expect(app.job(job).maybeOthers).toBe(true)
    expect(new Set(app.jobs.map(({ jobId }) => jobId)).size).toBe(4)
    expect(app.sim.startsCarriedOut(instant.id)).toBe(4)
  })

  it('by a time-out is looked for after two minutes, and not sent again', async () => {
    const app = await Followed.begin({ faults: { slowStartMs: 200_000 } })
    const job = await app.start(second)
    await app.advance(119_000)
    expect(app.job(job).answerLost).toBe(false)
    await app.advance(20_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'history' }])
    expect(startsSent(app)).toBe(1)
  })

  it('is not taken for a job that another start of the app may still be told to be its own', async () => {
    const app = await Followed.begin({ faults: { startAnswerLost: { next: 1 }, lateEntryMs: 3_600_000 } })
    const lost = await app.start(second)
    app.sim.faults.set({ slowStartMs: 40_000, lateEntryMs: 0 })
    const slow = await app.start(second)
    await app.advance(30_000)
    // The slow one's run has come, ended, and stands in the history; its answer has not come.
    expect(app.job(lost)).toMatchObject({ phase: 'starting', jobId: null })
    await app.advance(30_000)
    expect(app.toldOf(slow)).toMatchObject([{ outcome: 'done' }])
    expect(app.job(slow).maybeOthers).toBe(false)
    expect(app.told).toHaveLength(1)
  })

  it('does not take a run that ran before, or stood in the history before', async () => {
    const app = await Followed.begin({ faults: { startNotReceived: { next: 1 } } })
    app.sim.startElsewhere(instant.id)
    await app.advance(5000)
    app.sim.startElsewhere(tenSeconds.id)
    app.sim.startElsewhere(instant.id)
    await app.advance(1000)
    const job = await app.start(tenSeconds)
    await app.advance(60_000)
    expect(app.job(job)).toMatchObject({ phase: 'starting', answerLost: true })
  })

  it('whose history could not be seen before does not take an old job from it', async () => {
    const app = await Followed.begin()
    app.sim.startElsewhere(second.id)
    await app.advance(60_000)
    app.sim.faults.set({ startNotReceived: { next: 1 }, pagesRefused: { next: 1 } })
    const job = await app.start(second)
    await app.advance(60_000)
    expect(app.job(job)).toMatchObject({ phase: 'starting', answerLost: true })
  })

  it('that was never received is given up as unknown after ten minutes', async () => {
    const app = await Followed.begin({ faults: { startNotReceived: { next: 1 } } })
    const job = await app.start(second)
    await app.advance(599_000)
    expect(app.told).toEqual([])
    await app.advance(30_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'startUnconfirmed' }])
    expect(startsSent(app)).toBe(1)
    expect(app.sim.startsCarriedOut(second.id)).toBe(0)
  })

  it('is looked for before it is given up, however long the app was away', async () => {
    const app = await Followed.begin({ faults: { startAnswerLost: { next: 2 }, lateEntryMs: 100 } })
    const [short, long] = [await app.start(tenSeconds), await app.start(hour)]
    app.closeApp()
    expect([short, long].map((job) => app.job(job).jobId)).toEqual([null, null])
    await app.advance(3_000_000)
    await app.openApp()
    await app.advance(10_000)
    expect(app.toldOf(short)).toMatchObject([{ outcome: 'done', from: 'history' }])
    expect(app.job(long)).toMatchObject({ phase: 'running', maybeOthers: true })
  })

  it('is given up too where the history may not be read', async () => {
    const app = await Followed.begin({ faults: { startNotReceived: { next: 1 }, pagesRefused: 1 } })
    const job = await app.start(second)
    await app.advance(630_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'startUnconfirmed' }])
  })

  it('with a body that says nothing is looked for too', async () => {
    const app = await Followed.begin()
    const before = app.sim.truths().length
    app.wire.answer((path) => (path === 'start' ? '' : null))
    const job = await app.start(tenSeconds)
    expect(app.job(job)).toMatchObject({ answerLost: true, phase: 'starting' })
    expect(app.sim.truths()).toHaveLength(before)
  })
})

describe('a start that did not reach the server', () => {
  it('is said as unreachable, live, and nothing is looked for', async () => {
    const app = await Followed.begin()
    app.wire.disturb((path) => (path === 'start' ? 'noHost' : null))
    const job = await app.start(second)
    expect(app.toldOf(job)).toMatchObject([
      { outcome: 'notStarted', reason: 'unreachable', circumstance: 'live' },
    ])
  })

  it('is not sent at all while the server is away', async () => {
    const app = await Followed.begin()
    app.sim.shutDown('killed')
    const job = await app.start(second)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'notStarted', reason: 'unreachable' }])
    expect(startsSent(app)).toBe(0)
  })
})

it('has the intent on the disk before the request goes out', async () => {
  const app = await Followed.begin({ faults: { slowStartMs: 60_000 } })
  const running = await app.start(tenSeconds, 100)
  app.sim.faults.set({ slowStartMs: 60_000 })
  await app.advance(100)
  expect(app.job(running)).toMatchObject({ phase: 'starting', sentAt: expect.any(Number) })
  await app.restartApp()
  expect(app.job(running)).toMatchObject({ answerLost: true, sentAt: expect.any(Number) })
  await app.advance(15_000)
  expect(app.toldOf(running)).toMatchObject([{ outcome: 'done' }])
  expect(startsSent(app)).toBe(1)
})

it('does not send after its restart what it never sent before', async () => {
  const app = await Followed.begin()
  app.wire.disturb((path) => (path === 'workflow' ? 'hangs' : null))
  const job = await app.start(second)
  app.wire.repair()
  await app.restartApp()
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'notStarted', reason: 'notSent' }])
  expect(startsSent(app)).toBe(0)
})

it('is not sent any more when somebody else signs in while it waits for the answers before it', async () => {
  const app = await Followed.begin()
  const job = await app.start(second, 1)
  await app.signIn(app.newToken(60_000))
  await app.advance(5000)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'notStarted', reason: 'notSent' }])
  expect(startsSent(app)).toBe(0)
})

it('that overtakes another of its workflow has an id and nothing else until that one ends, however long', async () => {
  const app = await Followed.begin()
  const [first, behind] = await app.startRacing(hour)
  await app.advance(60_000)
  app.sim.breakStreams('changeStream', 'reset')
  await app.advance(3_500_000)
  expect(app.told).toEqual([])
  expect(app.job(behind)).toMatchObject({ jobId: expect.any(String), entryId: null, isShown: false })
  await app.advance(3_700_000)
  expect([first, behind].map((job) => app.outcomesOf(job))).toEqual([['done'], ['done']])
})

it('is asked for twice more where the server stumbles before it, and then goes out', async () => {
  const app = await Followed.begin()
  const stumbled = new Map<string, number>()
  app.wire.disturb((path) => {
    if (!['workflow', 'jobs', 'search-history-entries-by-page-order-by'].includes(path)) return null
    stumbled.set(path, (stumbled.get(path) ?? 0) + 1)
    return (stumbled.get(path) ?? 0) <= 2 ? 'status500' : null
  })
  const job = await app.start(second, 6000)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'done' }])
})

it('goes out though the history can’t be read before it', async () => {
  const app = await Followed.begin()
  app.wire.disturb((path) => (path.startsWith('search-history') ? 'status500' : null))
  const job = await app.start(second, 6000)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'done' }])
})

it('takes an entry that comes minutes after the start for not yet', async () => {
  const app = await Followed.begin({ faults: { lateEntryMs: 180_000 } })
  const job = await app.start(tenSeconds)
  await app.advance(180_000)
  expect(app.told).toEqual([])
  expect(app.job(job)).toMatchObject({ phase: 'notBegun', entryId: null, isShown: false })
  await app.advance(11_000)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'stream' }])
})

it('a start does not wait for what only makes it faster', async () => {
  const app = await Followed.begin()
  app.wire.disturb((path) => (path === 'hello' ? 'hangs' : null))
  const job = await app.start(hour, 500)
  expect(app.job(job).jobId).not.toBeNull()
})
