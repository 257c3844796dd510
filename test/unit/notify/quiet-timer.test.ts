import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { QuietWishes } from '../../../src/main/notify/quiet.ts'
import { defaultSettings } from '../../../src/shared/settings.ts'
import { QuietTimer } from '../../../src/main/notify/quiet-timer.ts'

const start = 1_000_000
const hourMs = 3_600_000

const wish = (part: Partial<QuietWishes>): QuietWishes => ({
  mutedUntil: null,
  quietHours: defaultSettings.quietHours,
  ...part,
})

let wishes: QuietWishes
/** How it stood each time that it was looked: minutes until it is over, null where notifications are shown. */
let told: (number | null)[]
let timer: QuietTimer

beforeEach(() => {
  vi.useFakeTimers({ now: start })
  wishes = wish({})
  told = []
  timer = new QuietTimer({
    wishes: () => wishes,
    onCheck: (quiet) => told.push(quiet === null ? null : (quiet.until - Date.now()) / 60_000),
  })
})
afterEach(() => vi.useRealTimers())

test('tells when a mute is over, and needs no timer after that', () => {
  wishes = wish({ mutedUntil: start + 90 * 60_000 })
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
  wishes = wish({ mutedUntil: start + hourMs })
  timer.check()
  // Timers stand still meanwhile.
  vi.setSystemTime(start + 2 * hourMs)
  timer.check()
  expect(told).toEqual([60, null])
  expect(vi.getTimerCount()).toBe(0)
})

test('looks once an hour where nobody says that the clock was set', () => {
  wishes = wish({ mutedUntil: start + 10 * hourMs })
  timer.check()
  vi.setSystemTime(start + 20 * hourMs)
  vi.advanceTimersByTime(hourMs)
  expect(told).toEqual([600, null])
})

test('a mute that is ended early is over at once', () => {
  wishes = wish({ mutedUntil: start + hourMs })
  timer.check()
  wishes = wish({ mutedUntil: null })
  timer.check()
  vi.advanceTimersByTime(2 * hourMs)
  expect(told).toEqual([60, null])
})

test('tells when quiet hours begin and when they end, day after day', () => {
  const today = new Date(2026, 10, 26).getTime()
  vi.setSystemTime(today)
  wishes = wish({ quietHours: { isOn: true, days: [4, 5], from: 60, to: 90 } })
  timer.check()
  vi.advanceTimersByTime(60 * 60_000 - 1)
  expect(told.at(-1)).toBeNull()
  vi.advanceTimersByTime(1)
  expect(told.at(-1)).toBe(30)
  vi.advanceTimersByTime(30 * 60_000)
  expect(told.at(-1)).toBeNull()
  vi.advanceTimersByTime(23.5 * hourMs)
  expect(told.at(-1)).toBe(30)
})
