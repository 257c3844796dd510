import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { QuietWishes } from '../../../src/main/notify/quiet.ts'
import { QuietTimer } from '../../../src/main/notify/quiet-timer.ts'

const start = 1_000_000
const hourMs = 3_600_000

let wishes: QuietWishes
/** How it stood each time that it was looked: minutes until it is over, null where notifications are shown. */
let told: (number | null)[]
let timer: QuietTimer

beforeEach(() => {
  vi.useFakeTimers({ now: start })
  wishes = { mutedUntil: null }
  told = []
  timer = new QuietTimer({
    wishes: () => wishes,
    onCheck: (quiet) => told.push(quiet === null ? null : (quiet.until - Date.now()) / 60_000),
  })
})
afterEach(() => vi.useRealTimers())

test('tells when a mute is over, and needs no timer after that', () => {
  wishes = { mutedUntil: start + 90 * 60_000 }
  timer.check()
  vi.advanceTimersByTime(90 * 60_000 - 1)
  expect(timer.isQuiet).toBe(true)
  vi.advanceTimersByTime(1)
  expect(timer.isQuiet).toBe(false)
  expect(told).toEqual([90, 30, null])
  expect(vi.getTimerCount()).toBe(0)
})

test('needs no timer where nothing is muted', () => {
  timer.check()
  expect([told, vi.getTimerCount()]).toEqual([[null], 0])
})

test('sees at once that a mute was over while the machine slept', () => {
  wishes = { mutedUntil: start + hourMs }
  timer.check()
  // Timers stand still meanwhile.
  vi.setSystemTime(start + 2 * hourMs)
  timer.check()
  expect(told).toEqual([60, null])
  expect(vi.getTimerCount()).toBe(0)
})

test('looks once an hour where nobody says that the clock was set', () => {
  wishes = { mutedUntil: start + 10 * hourMs }
  timer.check()
  vi.setSystemTime(start + 20 * hourMs)
  vi.advanceTimersByTime(hourMs)
  expect(told).toEqual([600, null])
})

test('a mute that is ended early is over at once', () => {
  wishes = { mutedUntil: start + hourMs }
  timer.check()
  wishes = { mutedUntil: null }
  timer.check()
  vi.advanceTimersByTime(2 * hourMs)
  expect(told).toEqual([60, null])
})
