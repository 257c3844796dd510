import { describe, expect, test } from 'vitest'
import { muteEnd, nextChange, quietAt } from '../../../src/main/notify/quiet.ts'
import type { QuietHours } from '../../../src/shared/quiet-hours.ts'
import { defaultSettings } from '../../../src/shared/settings.ts'

/** A moment of this machine's clock: a Thursday. */
const at = (hour: number, minute = 0, day = 26): number => new Date(2026, 10, day, hour, minute).getTime()

const off = defaultSettings.quietHours
const [sunday, thursday, friday, saturday] = [0, 4, 5, 6]
const everyDay = [0, 1, 2, 3, 4, 5, 6]

/** Quiet hours between two hours of the day. */
const hours = (from: number, to: number, days: readonly number[] = everyDay): QuietHours => ({
  isOn: true,
  days,
  from: from * 60,
  to: to * 60,
})

describe('a mute', () => {
  test.each<[name: string, mutedUntil: number | null, now: number, until: number | null]>([
    ['that was never wished for', null, at(9), null],
    ['that lasts', at(10), at(9), at(10)],
    ['that is over just now', at(10), at(10), null],
    ['that is long over', at(10), at(20), null],
  ])('%s', (_name, mutedUntil, now, until) => {
    expect(quietAt({ mutedUntil, quietHours: off }, now)).toEqual(
      until === null ? null : { until, isMuted: true },
    )
  })

  test.each<[name: string, now: number, until: number]>([
    ['in the morning lasts until the next one', at(7, 30), at(8, 0, 27)],
    ['in the evening', at(22, 15), at(8, 0, 27)],
    ['of somebody who is still up lasts until the morning of that day', at(3, 59), at(8)],
    ['of somebody who is up early', at(4), at(8, 0, 27)],
    ['at the end of a month', at(12, 0, 30), new Date(2026, 11, 1, 8).getTime()],
  ])('until tomorrow morning, %s', (_name, now, until) => {
    expect(muteEnd('morning', now)).toBe(until)
  })

  test('for an hour', () => {
    expect(muteEnd('hour', at(22, 15))).toBe(at(23, 15))
  })
})

describe('quiet hours', () => {
  test.each<[name: string, quietHours: QuietHours, now: number, until: number | null]>([
    ['that are off', { ...hours(22, 7), isOn: false }, at(23), null],
    ['before midnight', hours(22, 7), at(22), at(7, 0, 27)],
    ['after midnight', hours(22, 7), at(6, 59), at(7)],
    ['that are over', hours(22, 7), at(7), null],
    ['of one day', hours(12, 13), at(12, 30), at(13)],
    ['that have not begun', hours(12, 13), at(11, 59), null],
    ['of another day', hours(12, 13, [friday]), at(12, 30), null],
    ['that began yesterday, on a day that is meant', hours(22, 7, [thursday]), at(3, 0, 27), at(7, 0, 27)],
    ['that would have begun yesterday, on a day that is not', hours(22, 7, [friday]), at(3, 0, 27), null],
    ['of whole days that follow each other', hours(0, 0, [saturday, sunday]), at(5, 0, 28), at(0, 0, 30)],
    ['of no day', hours(22, 7, []), at(23), null],
    ['that would never end', hours(8, 8), at(9), null],
  ])('%s', (_name, quietHours, now, until) => {
    expect(quietAt({ mutedUntil: null, quietHours }, now)).toEqual(
      until === null ? null : { until, isMuted: false },
    )
  })

  test('go on from a mute that ends in them', () => {
    const wishes = { mutedUntil: at(22, 30), quietHours: hours(22, 7) }
    expect(quietAt(wishes, at(21, 30))).toEqual({ until: at(7, 0, 27), isMuted: true })
  })

  test('hold notifications back though a mute is over, which is not said any more then', () => {
    for (const mutedUntil of [at(10), at(23)])
      expect(quietAt({ mutedUntil, quietHours: hours(22, 7) }, at(23))).toEqual({
        until: at(7, 0, 27),
        isMuted: false,
      })
  })

  test('that have ended do not end a mute that lasts', () => {
    const wishes = { mutedUntil: at(8, 0, 27), quietHours: hours(22, 7) }
    expect(quietAt(wishes, at(23))).toEqual({ until: at(8, 0, 27), isMuted: true })
  })

  test.each<[name: string, quietHours: QuietHours, now: number, change: number | null]>([
    ['while they last: their end', hours(22, 7), at(23), at(7, 0, 27)],
    ['before them: their beginning', hours(22, 7), at(9), at(22)],
    [
      'a day after the one day that is meant: in the next week',
      hours(22, 7, [thursday]),
      at(7, 0, 27),
      at(22, 0, 33),
    ],
    ['where there are none: never', off, at(9), null],
  ])('change next, %s', (_name, quietHours, now, change) => {
    expect(nextChange({ mutedUntil: null, quietHours }, now)).toBe(change)
  })
})
