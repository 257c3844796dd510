import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readLines } from '../wexflow/read-lines.ts'
import { Followed, hour, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

it('a start that meets an expired sign-in is told as that, and asks for the person at once', async () => {
  const app = await Followed.begin({ password: null, tokenMs: 60_000 })
  app.sim.tokens.revokeAll()
  const job = await app.start(hour, 200)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'notStarted', reason: 'signInExpired' }])
  expect(app.links).toEqual(['connecting', 'online', 'signInNeeded'])
  expect(app.sim.startsCarriedOut(hour.id)).toBe(0)
})

it('one that meets a remembered password which the server refuses says so, and not that the sign-in expired', async () => {
  const app = await Followed.begin({ password: 'changed meanwhile', tokenMs: 60_000 })
  app.sim.tokens.revokeAll()
  const job = await app.start(hour, 200)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'notStarted' }])
  expect(app.links.at(-1)).toBe('signInNeeded')
  expect(app.linkFailures.at(-1)).toBe('badCredentials')
})

it.each([
  ['stop', (app: Followed, key: string) => app.tracker.stopJob(key)],
  ['suspend', (app: Followed, key: string) => app.tracker.changeJob(key, 'suspend')],
  ['resume', (app: Followed, key: string) => app.tracker.changeJob(key, 'resume')],
  ['approve', (app: Followed, key: string) => app.tracker.changeJob(key, 'approve')],
  ['reject', (app: Followed, key: string) => app.tracker.changeJob(key, 'reject')],
  ['read the log', (app: Followed, key: string) => readLines(app.tracker.jobLog(key))],
] as const)('so does a wish to %s', async (_, wish) => {
  const app = await Followed.begin({ password: null, tokenMs: 60_000 })
  const job = await app.start(hour, 200)
  app.sim.tokens.revokeAll()
  const [result] = await Promise.all([Promise.allSettled([wish(app, job.key)]), app.advance(200)])
  expect(result).toMatchObject([{ status: 'rejected', reason: { failure: { kind: 'signInExpired' } } }])
  expect(app.links).toEqual(['connecting', 'online', 'signInNeeded'])
  expect(app.job(job)).toMatchObject({ phase: 'running', asked: null })
})
