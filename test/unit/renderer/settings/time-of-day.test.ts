import { expect, test } from 'vitest'
import { minutesOf, timeOf } from '../../../../src/renderer/settings/time-of-day.ts'

test.each([
  [0, '00:00'],
  [7 * 60 + 5, '07:05'],
  [23 * 60 + 59, '23:59'],
])('%i minutes after midnight are %s', (minutes, time) => {
  expect(timeOf(minutes)).toBe(time)
  expect(minutesOf(time)).toBe(minutes)
})

test('a field that is not filled in holds no time', () => {
  expect(minutesOf('')).toBeNull()
})
