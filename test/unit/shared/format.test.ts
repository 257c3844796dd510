import { describe, expect, it } from 'vitest'
import { formatDuration, formatMoment, formatRunning, formatTime } from '../../../src/shared/format.ts'

const seconds = (count: number): number => count * 1000
const minutes = (count: number): number => seconds(60 * count)
const hours = (count: number): number => minutes(60 * count)
/** The space that may not break, and the narrow one, which Intl puts before some units. */
const plain = (text: string): string => text.replaceAll(/[\u00A0\u202F]/gu, ' ')

describe('formatDuration', () => {
  it.each<[number, string]>([
    [-seconds(5), '0ms'],
    [0, '0ms'],
    [99, '99ms'],
    [449, '0.4s'],
    [9_999, '9.9s'],
    [seconds(10), '10s'],
    [59_999, '59s'],
    [minutes(1), '1m'],
    [minutes(3) + seconds(5), '3m 5s'],
    [hours(1) - 1, '59m 59s'],
    [hours(1), '1h'],
    [hours(2) + minutes(4) + seconds(59), '2h 4m'],
    [hours(24), '1d'],
    [hours(24 * 3 + 5), '3d 5h'],
  ])('%i ms in English', (ms, text) => {
    expect(plain(formatDuration(ms, 'en'))).toBe(text)
  })

  it.each<[string, string]>([
    ['en-GB', '3m 5s'],
    ['fr', '3min 5s'],
    ['da', '3 m og 5 s'],
  ])('in %s', (locale, text) => {
    expect(plain(formatDuration(minutes(3) + seconds(5), locale))).toBe(text)
  })
})

describe('formatRunning', () => {
  it.each<[number, string]>([
    [-1, '0s'],
    [999, '0s'],
    [seconds(9) + 500, '9s'],
    [minutes(1) + seconds(2), '1m 2s'],
  ])('%i ms', (ms, text) => {
    expect(plain(formatRunning(ms, 'en'))).toBe(text)
  })
})

describe('formatTime', () => {
  const now = new Date(2025, 2, 14, 0, 30).getTime()

  it.each<[string, Date, string]>([
    ['today', new Date(2025, 2, 14, 0, 5), '00:05'],
    ['the evening before', new Date(2025, 2, 13, 23, 59), '13 Mar 2025, 23:59'],
    ['the same day a year ago', new Date(2024, 2, 14, 0, 5), '14 Mar 2024, 00:05'],
  ])('%s', (_name, at, text) => {
    expect(plain(formatTime(at.getTime(), now, 'en-GB'))).toBe(text)
  })
})

describe('formatMoment', () => {
  it('has the date and the seconds', () => {
    expect(plain(formatMoment(new Date(2025, 2, 14, 9, 5, 7).getTime(), 'en-GB'))).toBe(
      '14 Mar 2025, 09:05:07',
    )
  })
})
