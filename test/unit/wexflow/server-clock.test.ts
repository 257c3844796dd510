import { expect, test } from 'vitest'
import { dayOf, daysUpTo, rangeOfDay, serverTimeOf } from '../../../src/main/wexflow/server-clock.ts'

test.each([
  ['25-11-2026 19:14:41', Date.UTC(2026, 10, 25, 19, 14, 41)],
  // A server whose language is Danish.
  ['27-11-2026 06.09.53', Date.UTC(2026, 10, 27, 6, 9, 53)],
  ['01-01-0001 00:00:00', Date.parse('0001-01-01T00:00:00Z')],
  ['31-31-2026 19:14:41', null],
  ['11/25/2026 7:14:41 PM', null],
  ['', null],
])('the server’s %s', (text, at) => {
  expect(serverTimeOf(text)).toBe(at)
})

test('a day lasts to its last millisecond, also where this machine’s clock changes', () => {
  expect(rangeOfDay('2026-03-29')).toEqual({ from: Date.UTC(2026, 2, 29), to: Date.UTC(2026, 2, 30) - 1 })
  expect(dayOf(Date.UTC(2026, 2, 30) - 1)).toBe('2026-03-29')
})

test('days go over the end of a month', () => {
  expect(daysUpTo('2026-03-01', 3)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01'])
})
