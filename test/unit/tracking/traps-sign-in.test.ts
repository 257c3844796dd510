import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SimUser } from '../../wexflow-sim/users.ts'
import { Followed, hour, queueing, second, tenSeconds, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

/** A user whose password and profile an administrator changes while the app runs. */
type ChangingUser = { -readonly [Key in keyof SimUser]: SimUser[Key] }
const changingUser = (): ChangingUser => ({
  username: 'ann',
  password: 'first',
  profile: 'administrator',
})

describe('the two kinds of 401', () => {
  it('forbidden: is no reason to sign in again', async () => {
    const notGranted = { ...second, grantedTo: [] }
    const app = await Followed.begin({ username: 'administrator', workflows: [notGranted] })
    const job = await app.start(notGranted, 100)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'notStarted', reason: 'forbidden' }])
    expect(app.wire.count('login')).toBe(1)
    expect(app.links).toEqual(['connecting', 'online'])
  })

  it('any other: renews the token once, however many requests were refused together', async () => {
    const app = await Followed.begin()
    await app.startMany(hour, 12)
    await app.advance(5000)
    app.sim.tokens.revokeAll()
    await app.advance(20_000)
    expect(app.wire.count('login')).toBe(2)
    expect(app.links).toEqual(['connecting', 'online'])
    expect(app.jobs.every(({ phase }) => phase === 'running')).toBe(true)
  })

  it('a server that takes no token at all is not asked again and again', async () => {
    const app = await Followed.begin()
    const job = await app.start(tenSeconds)
    app.wire.disturb((path) => (path === 'login' || path.startsWith('sse') ? null : 'notSignedIn'))
    const before = app.wire.count()
    await app.advance(60_000)
    // No person can help: the password is right. The streams that are open go on telling.
    expect(app.links).toEqual(['connecting', 'online'])
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'stream' }])
    expect(app.wire.count() - before).toBeLessThan(60)
  })

  it('a start that meets an expired token is sent with a new one, and carried out once', async () => {
    const app = await Followed.begin()
    app.wire.disturb((path) => {
      if (path === 'start' && app.wire.count('start') === 1) app.sim.tokens.revokeAll()
      return null
    })
    const job = await app.start(hour, 200)
    expect(app.job(job)).toMatchObject({ phase: 'running', answerLost: false })
    expect([app.wire.count('start'), app.sim.startsCarriedOut(hour.id)]).toEqual([2, 1])
  })

  it.each(['status500', 'hangs'] as const)(
    'a start that meets an expired token, and a sign-in that fails by %s, was not sent: nothing is looked for',
    async (how) => {
      const app = await Followed.begin()
      app.wire.disturb((path) => {
        if (path === 'start') app.sim.tokens.revokeAll()
        return path === 'login' ? how : null
      })
      const job = await app.start(hour, 31_000)
      expect(app.toldOf(job)).toMatchObject([{ outcome: 'notStarted' }])
      expect(app.sim.startsCarriedOut(hour.id)).toBe(0)
    },
  )
})

describe('a token that expires in mid-flight', () => {
  it('is renewed silently where the password is remembered', async () => {
    const app = await Followed.begin({ faults: { tokenLifetimeMs: 300_000 } })
    const job = await app.start(hour)
    await app.advance(3_600_100)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'stream' }])
    expect(app.links).toEqual(['connecting', 'online'])
    expect(app.wire.count('login')).toBeLessThanOrEqual(13)
  })

  it('asks for the person once where it is not, keeps the work, and goes on after a new sign-in', async () => {
    const app = await Followed.begin({ password: null, tokenMs: 60_000 })
    const [short, long] = [await app.start(tenSeconds), await app.start(hour)]
    app.sim.breakStreams('jobStream', 'silent')
    await app.advance(9000)
    app.sim.tokens.revokeAll()
    await app.advance(120_000)
    expect(app.links).toEqual(['connecting', 'online', 'signInNeeded'])
    expect(app.linkFailures.at(-1)).toBe('signInExpired')
    expect(app.told).toEqual([])
    expect(app.wire.count('login')).toBe(0)
    expect([app.job(short).phase, app.job(long).phase]).toEqual(['running', 'running'])

    await app.signIn(app.newToken(86_400_000))
    expect(app.links.slice(3)).toEqual(['connecting', 'online'])
    expect(app.toldOf(short)).toMatchObject([{ outcome: 'done', circumstance: 'away' }])
    await app.advance(3_600_000)
    expect(app.toldOf(long)).toMatchObject([{ outcome: 'done', circumstance: 'live' }])
    expect(app.told).toHaveLength(2)
  })

  it('is noticed by the change stream when that reconnects, and then nothing is asked any more', async () => {
    const app = await Followed.begin({ password: null, tokenMs: 60_000 })
    await app.advance(61_000)
    app.sim.breakStreams('changeStream', 'reset')
    await app.advance(5000)
    expect(app.link).toBe('signInNeeded')
    const before = app.wire.count()
    await app.advance(600_000)
    expect(app.wire.count()).toBe(before)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('after the app was started again without a token asks for the person at once', async () => {
    const app = await Followed.begin({ password: null, tokenMs: 60_000 })
    const job = await app.start(second)
    await app.restartApp(5000)
    expect(app.links.slice(2)).toEqual(['connecting', 'signInNeeded'])
    await app.signIn(app.newToken(60_000))
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', circumstance: 'away' }])
  })
})

describe('a password that was changed meanwhile', () => {
  it('is tried once, since servers lock accounts for more, and the person is asked once', async () => {
    const user = changingUser()
    const app = await Followed.begin({ users: [user], username: 'ann', password: 'first' })
    const job = await app.start(hour)
    await app.advance(5000)
    user.password = 'second'
    app.sim.tokens.revokeAll()
    await app.advance(300_000)
    expect(app.wire.count('login')).toBe(2)
    expect(app.links).toEqual(['connecting', 'online', 'signInNeeded'])
    expect(app.linkFailures.at(-1)).toBe('badCredentials')
    expect(app.job(job).phase).toBe('running')
  })

  it('leaves no timer that is faster than the keep-alive', async () => {
    const user = changingUser()
    const app = await Followed.begin({ users: [user], username: 'ann', password: 'first' })
    await app.start(hour)
    await app.advance(5000)
    user.password = 'second'
    app.sim.tokens.revokeAll()
    await app.advance(60_000)
    const passwordReads = app.passwordReads
    await app.advance(150_000)
    // Each keep-alive asks for what it wants and is told at once that nobody is signed in.
    expect(app.passwordReads - passwordReads).toBeLessThanOrEqual(10 * 5)
  })
})

describe('a user who becomes restricted while a job runs', () => {
  it('is told the end by the frame that comes on the open stream', async () => {
    const user = changingUser()
    const app = await Followed.begin({ users: [user], username: 'ann', password: 'first' })
    const job = await app.start(tenSeconds)
    await app.advance(3000)
    user.profile = 'restricted'
    await app.advance(10_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'done', from: 'stream' }])
  })

  it('and whose start still queues is told how it ended, by the pages that every user may read', async () => {
    const user = changingUser()
    const slow = { ...queueing, durationMs: 600_000 }
    const app = await Followed.begin({ workflows: [slow], users: [user], username: 'ann', password: 'first' })
    await app.start(slow)
    const queued = await app.start(slow)
    await app.advance(2000)
    user.profile = 'restricted'
    await app.advance(650_000)
    expect(app.told.filter(({ key }) => key === queued.key)).toEqual([])
    await app.advance(600_000)
    expect(app.toldOf(queued)).toMatchObject([{ outcome: 'done' }])
  })

  it('and whose entry is null from then on, is told the end by a page', async () => {
    const user = changingUser()
    const app = await Followed.begin({ users: [user], username: 'ann', password: 'first' })
    const job = await app.start(hour)
    app.sim.breakStreams('jobStream', 'silent')
    await app.advance(3000)
    user.profile = 'restricted'
    await app.advance(60_000)
    expect(app.told).toEqual([])
    app.sim.stopElsewhere(hour.id, job.jobId ?? '')
    await app.advance(2000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'stopped', from: 'entry' }])
  })
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

it('the answer of a start that comes after the sign-in was over is not forgotten', async () => {
  const app = await Followed.begin({ password: null, tokenMs: 3_600_000, faults: { slowStartMs: 20_000 } })
  const job = await app.start(tenSeconds, 100)
  app.sim.tokens.revokeAll()
  app.sim.breakStreams('changeStream', 'reset')
  await app.advance(60_000)
  expect(app.link).toBe('signInNeeded')
  expect(app.job(job).jobId).toBe(app.sim.truths().at(-1)?.jobId)
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
