import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { approval, Followed, instant, tenSeconds, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)

afterEach(() => vi.useRealTimers())

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

it('an end does not wait longer than twenty seconds for an answer about another job after an absence', async () => {
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

it('what ended while the app was away does not wait for pages that are slow', async () => {
  const app = await Followed.begin()
  for (let count = 0; count < 2100; count += 1) app.sim.startElsewhere(instant.id)
  await app.advance(1000)
  await app.startMany(tenSeconds, 9)
  app.closeApp()
  await app.advance(15_000)
  app.wire.slow((path) => (path.startsWith('search-entries') ? 6000 : 0))
  await app.openApp()
  await app.advance(30_000)
  expect(app.told).toHaveLength(9)
})
