import { describe, expect, test } from 'vitest'
import { muteEnd, quietAt } from '../../../src/main/notify/quiet.ts'

/** A moment of this machine's clock: a Thursday. */
const at = (hour: number, minute = 0, day = 26): number => new Date(2026, 10, day, hour, minute).getTime()

describe('a mute', () => {
  test.each<[name: string, mutedUntil: number | null, now: number, until: number | null]>([
    ['that was never wished for', null, at(9), null],
    ['that lasts', at(10), at(9), at(10)],
    ['that is over just now', at(10), at(10), null],
    ['that is long over', at(10), at(20), null],
  ])('%s', (_name, mutedUntil, now, until) => {
    expect(quietAt({ mutedUntil }, now)).toEqual(until === null ? null : { until, isMuted: true })
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
