import { describe, expect, it, test } from 'vitest'
import { lastUpTo, nextAfter } from '../../../src/main/schedule/occurrences.ts'

const at = (text: string): number => Date.parse(`${text}Z`)
const textOf = (time: number | null): string | null =>
  time === null ? null : new Date(time).toISOString().slice(0, 19)
const cron = (expression: string) => ({ kind: 'cron', expression }) as const

/** A Thursday. */
const now = at('2026-11-26T04:00:00')

describe('a cron expression as Quartz reads it', () => {
  test.each([
    ['0/20 * * * * ?', '2026-11-26T04:00:20', '2026-11-26T04:00:00'],
    ['0 0 2 * * ?', '2026-11-27T02:00:00', '2026-11-26T02:00:00'],
    // 1 is Sunday.
    ['0 0 2 ? * 2', '2026-11-30T02:00:00', '2026-11-23T02:00:00'],
    ['0 0 2 ? * MON-FRI', '2026-11-27T02:00:00', '2026-11-26T02:00:00'],
    ['0 0 2 ? * 6L', '2026-11-27T02:00:00', '2026-10-30T02:00:00'],
    ['0 0 2 ? * 6#3', '2026-12-18T02:00:00', '2026-11-20T02:00:00'],
    ['0 0 2 L * ?', '2026-11-30T02:00:00', '2026-10-31T02:00:00'],
    ['0 0 2 LW * ?', '2026-11-30T02:00:00', '2026-10-30T02:00:00'],
    ['0 0 2 15W * ?', '2026-12-15T02:00:00', '2026-11-16T02:00:00'],
    ['0 0 2 1 1 ? 2027', '2027-01-01T02:00:00', null],
    ['0 0/5 14,18 * * ?', '2026-11-26T14:00:00', '2026-11-25T18:55:00'],
  ])('%s comes next at %s, and came last at %s', (expression, next, last) => {
    expect(textOf(nextAfter(cron(expression), now, null))).toBe(next)
    expect(textOf(lastUpTo(cron(expression), now, null))).toBe(last)
  })

  test.each([
    ['2026-11-26T01:59:59.999', '2026-11-26T02:00:00', '2026-11-25T02:00:00'],
    ['2026-11-26T02:00:00.000', '2026-11-27T02:00:00', '2026-11-26T02:00:00'],
    ['2026-11-27T01:59:59.999', '2026-11-27T02:00:00', '2026-11-26T02:00:00'],
    ['2026-11-27T02:00:00.000', '2026-11-28T02:00:00', '2026-11-27T02:00:00'],
    ['2026-11-25T12:00:00.000', '2026-11-26T02:00:00', '2026-11-25T02:00:00'],
  ])('at %s the runs around that moment are given, whichever was asked for before', (moment, next, last) => {
    const daily = cron('0 0 2 * * ?')
    expect(textOf(nextAfter(daily, at(moment), null))).toBe(next)
    expect(textOf(lastUpTo(daily, at(moment), null))).toBe(last)
  })

  test.each(['', 'nonsense', '0 0 2 L-3 * ?', '0 0 22-2 * * ?', '0 0 2 30 2 ?'])(
    'nothing is said of %j, which can’t be read or never comes',
    (expression) => {
      expect(nextAfter(cron(expression), now, null)).toBeNull()
      expect(lastUpTo(cron(expression), now, null)).toBeNull()
    },
  )
})

describe('a period', () => {
  const hourly = { kind: 'period', ms: 3_600_000 } as const
  const start = at('2026-11-26T03:10:00')

  it('is counted from the last run on', () => {
    expect(textOf(nextAfter(hourly, now, start))).toBe('2026-11-26T04:10:00')
    expect(textOf(nextAfter(hourly, start, start))).toBe('2026-11-26T04:10:00')
    expect(lastUpTo(hourly, now, start)).toBeNull()
    expect(textOf(lastUpTo(hourly, at('2026-11-26T05:15:00'), start))).toBe('2026-11-26T05:10:00')
  })

  it('says nothing while it is not known when the workflow ran', () => {
    expect([nextAfter(hourly, now, null), lastUpTo(hourly, now, null)]).toEqual([null, null])
  })
})
