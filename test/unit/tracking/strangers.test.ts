import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { busyServer } from '../../wexflow-sim/faults.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { Followed, hour, second, tenSeconds, useFakeClock } from './followed.ts'
import type { Stranger } from './wire.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

const minute = simWorkflow({ id: 60, name: 'Minute', durationMs: 60_000 })
const html = { 'content-type': 'text/html' }
const signInPage: Stranger = { status: 200, headers: html, body: '<html>Please sign in</html>' }
const strangers: readonly (readonly [string, Stranger, string])[] = [
  ['a sign-in page with 200', signInPage, 'portal'],
  ['a redirect', { status: 302, headers: { location: 'https://login.invalid/' } }, 'portal'],
  ['a captive portal', { status: 511, headers: html, body: '<html></html>' }, 'portal'],
  ['a gateway’s 502', { status: 502, headers: html, body: '<html></html>' }, 'gateway'],
  ['a gateway’s 503', { status: 503 }, 'gateway'],
  ['a gateway’s 429', { status: 429 }, 'busy'],
  ['other JSON', { status: 200, body: '{"status":"ok"}' }, 'notWexflow'],
]

const busy = (seconds: number): Stranger => ({ status: 429, headers: { 'retry-after': String(seconds) } })

const isJobStream = (path: string): boolean => /^sse\/\d/u.test(path)

/** An app with 60 jobs, of which half end within the next ten minutes. */
async function withJobs(): Promise<Followed> {
  const app = await Followed.begin({ workflows: [minute, hour, second] })
  for (let count = 0; count < 30; count += 1) {
    await app.start(minute)
    await app.start(hour)
  }
  await app.advance(5000)
  return app
}

/** The server is there again; within a good minute, all that ended meanwhile is told. */
async function returned(app: Followed): Promise<void> {
  app.wire.repair()
  await app.advance(70_000)
  expect(app.link).toBe('online')
  allDone(app)
}

const allDone = (app: Followed): void => {
  const ended = app.jobs.filter(({ workflowId }) => workflowId === minute.id)
  expect(ended.map((job) => app.outcomesOf(job))).toEqual(ended.map(() => ['done']))
  expect(app.told).toHaveLength(30)
}

describe('somebody who answers everything in the server’s place', () => {
  it.each(strangers)('(%s) is an outage with that reason, and is asked little', async (_, stranger, kind) => {
    const app = await withJobs()
    const since = app.now
    app.wire.disturb(() => stranger)
    app.sim.breakStreams('changeStream', 'reset')
    app.sim.breakStreams('jobStream', 'reset')
    await app.advance(600_000)
    expect(app.links).toEqual(['connecting', 'online', 'offline'])
    expect(app.linkFailures.at(-1)).toBe(kind)
    expect(app.wire.count(null, since)).toBeLessThanOrEqual(80)
    const later = app.now - 300_000
    expect(app.wire.count(null, later)).toBeLessThanOrEqual(22)
    expect(app.told).toEqual([])
    await returned(app)
  })

  it.each(strangers)('(%s) also where streams from before live on', async (_, stranger, kind) => {
    const app = await withJobs()
    const since = app.now
    app.wire.disturb(() => stranger)
    await app.advance(600_000)
    expect(app.links).toEqual(['connecting', 'online', 'offline'])
    expect(app.linkFailures.at(-1)).toBe(kind)
    expect(app.wire.count(null, since)).toBeLessThanOrEqual(100)
    await returned(app)
  })

  it('is an outage too where only calls meet it, and streams can be had', async () => {
    const app = await withJobs()
    const since = app.now
    app.wire.disturb((path) => (path.startsWith('sse/') ? null : { status: 502 }))
    await app.advance(600_000)
    expect(app.links).toEqual(['connecting', 'online', 'offline'])
    expect(app.wire.count(null, since)).toBeLessThanOrEqual(100)
    await returned(app)
  })

  it('from the beginning is an outage, and nothing of the server is believed', async () => {
    const app = await withJobs()
    app.closeApp()
    app.wire.disturb(() => signInPage)
    await app.openApp()
    const since = app.now
    await app.advance(600_000)
    expect(app.links.slice(2)).toEqual(['connecting', 'offline'])
    expect(app.wire.count(null, since)).toBeLessThanOrEqual(80)
    await returned(app)
  })

  it('where streams can’t be had is an outage, and is over when calls are answered', async () => {
    const app = await Followed.begin({ workflows: [minute, hour], faults: { noSse: 1 } })
    const job = await app.start(minute)
    await app.advance(30_000)
    const since = app.now
    app.wire.disturb(() => signInPage)
    await app.advance(600_000)
    expect(app.links).toEqual(['connecting', 'slow', 'offline'])
    expect(app.wire.count(null, since)).toBeLessThanOrEqual(80)
    app.wire.repair()
    await app.advance(70_000)
    expect(app.link).toBe('slow')
    expect(app.outcomesOf(job)).toEqual(['done'])
  })
})

describe('who asks to be left alone', () => {
  it('for two minutes is asked nothing for so long, whatever it was that met it', async () => {
    const app = await withJobs()
    app.wire.disturb((path) => (path.startsWith('sse/') ? null : busy(120)))
    await app.advance(16_000)
    expect(app.link).toBe('offline')
    const since = app.now
    await app.advance(50_000)
    // Somebody opens the menu.
    app.tracker.refreshWorkflows()
    await app.advance(50_000)
    expect(app.wire.count(null, since)).toBe(0)
    app.wire.repair()
    await app.advance(40_000)
    expect(app.link).toBe('online')
    allDone(app)
  })

  it('for some seconds gets them without a word', async () => {
    const app = await withJobs()
    const first = app.now
    app.wire.disturb((path) => (path.startsWith('sse/') ? null : busy(4)))
    while (app.wire.count(null, first) === 0) await app.advance(10)
    await app.advance(100)
    const since = app.now
    await app.advance(3500)
    expect(app.wire.count(null, since)).toBe(0)
    app.wire.repair()
    await app.advance(120_000)
    expect(app.links).toEqual(['connecting', 'online'])
    allDone(app)
  })

  it('opens no stream of another job so long, where only those of jobs meet it, and goes on with all else', async () => {
    const app = await Followed.begin({ workflows: [second, hour] })
    app.wire.disturb((path) => (isJobStream(path) ? busy(120) : null))
    for (let count = 0; count < 10; count += 1) {
      await app.start(second)
      await app.advance(5000)
    }
    expect(app.wire.sent.filter(({ path }) => isJobStream(path))).toHaveLength(1)
    expect(app.told.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 10 }, () => 'done'))
    expect(app.links).toEqual(['connecting', 'online'])
    await app.advance(120_000)
    await app.start(hour)
    expect(app.wire.sent.filter(({ path }) => isJobStream(path))).toHaveLength(2)
  })

  it('with what tells whether to sweep is not asked that, and sweeps come as if it had changed', async () => {
    const app = await Followed.begin({ workflows: [hour] })
    await app.start(hour)
    app.wire.disturb((path) => (path === 'status-count' ? busy(120) : null))
    const since = app.now
    await app.advance(250_000)
    expect(app.wire.count('status-count', since)).toBe(2)
    expect(app.wire.count('search-entries-by-page-order-by', since)).toBeGreaterThanOrEqual(16)
  })

  it('and answers the sign-in so gets one attempt each time', async () => {
    const app = await Followed.begin()
    app.closeApp()
    app.wire.disturb((path) => (path === 'login' ? busy(120) : null))
    const since = app.now
    await app.openApp()
    await app.advance(300_000)
    expect(app.wire.count(null, since)).toBe(3)
    expect(app.links.at(-1)).toBe('offline')
  })

  it('keeps other servers from nothing', async () => {
    const [one, other] = [await withJobs(), await withJobs()]
    one.wire.disturb(() => busy(300))
    await one.advance(70_000)
    expect([one.link, other.link]).toEqual(['offline', 'online'])
    allDone(other)
  })
})

it('a firewall that answers one kind of call in the server’s place is no outage, and holds up nothing else', async () => {
  const app = await Followed.begin({ workflows: [minute, second] })
  const jobs = [await app.start(second), await app.start(minute), await app.start(minute)]
  app.wire.disturb((path) => (path.startsWith('jobs') ? { status: 403, headers: html } : null))
  await app.advance(30_000)
  app.tracker.wake()
  await app.advance(60_000)
  expect(jobs.map((job) => app.outcomesOf(job))).toEqual([['done'], ['done'], ['done']])
  expect(app.caughtUpAfter).toHaveLength(2)
  expect(app.links).not.toContain('offline')
})

it('a single answer of a gateway is no outage', async () => {
  const app = await Followed.begin({ workflows: [minute, second] })
  await app.start(minute)
  let left = 3
  app.wire.disturb((path) => {
    if (path !== 'search-entries-by-page-order-by' || left === 0) return null
    left -= 1
    return { status: 502 }
  })
  await app.advance(70_000)
  expect(left).toBe(0)
  expect(app.links).toEqual(['connecting', 'online'])
  expect(app.told).toMatchObject([{ outcome: 'done', circumstance: 'live' }])
})

it('a server that takes a start while it counts as away is connected to at once, by one attempt', async () => {
  const app = await Followed.begin({ workflows: [minute, second] })
  app.wire.disturb(() => ({ status: 503 }))
  app.sim.breakStreams('changeStream', 'reset')
  // By now the next attempt is up to a minute away.
  await app.advance(180_000)
  expect(app.link).toBe('offline')
  app.wire.repair()
  const since = app.now
  await app.start(second, 0)
  await app.start(second, 0)
  await app.advance(3000)
  expect(app.link).toBe('online')
  expect(app.wire.count('sse/status-count', since)).toBe(1)
  expect(app.told.map(({ outcome }) => outcome)).toEqual(['done', 'done'])
})

describe('a server that froze', () => {
  it('is said to be away within 45 seconds', async () => {
    const app = await Followed.begin({ workflows: [minute, hour] })
    await app.start(hour)
    for (let count = 0; count < 15; count += 1) await app.advance(1000)
    app.wire.goDark()
    await app.advance(45_000)
    expect(app.links).toEqual(['connecting', 'online', 'offline'])
    expect(app.linkFailures.at(-1)).toBe('timedOut')
  })

  it('at the app’s start is said to be away within 45 seconds', async () => {
    const app = await Followed.begin({ workflows: [minute, hour] })
    app.closeApp()
    app.wire.goDark()
    await app.openApp()
    await app.advance(45_000)
    expect(app.link).toBe('offline')
  })

  it('is another than one that only sends no keep-alives', async () => {
    const app = await Followed.begin({ workflows: [minute, hour] })
    await app.start(hour)
    app.sim.faults.set({ keepAliveSkipped: 1 })
    await app.advance(50_000)
    expect(app.links).not.toContain('offline')
  })

  it('is another than one that is busy with its jobs and answers late', async () => {
    const app = await Followed.begin({ workflows: [minute, tenSeconds] })
    await app.startMany(minute, 40)
    await app.advance(2000)
    app.sim.faults.set(busyServer)
    await app.advance(120_000)
    expect(app.links).not.toContain('offline')
  })
})
