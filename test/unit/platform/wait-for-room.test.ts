import { describe, expect, test } from 'vitest'
import { waitForRoom } from '../../../src/main/platform/wait-for-room.ts'

describe('waitForRoom', () => {
  test.each<{ name: string; before: number[]; now: number; wait: number }>([
    { name: 'nothing was before', before: [], now: 50_000, wait: 0 },
    { name: 'one within ten seconds', before: [49_000], now: 50_000, wait: 0 },
    {
      name: 'two within ten seconds: wait for the older to leave',
      before: [41_000, 44_000],
      now: 50_000,
      wait: 1000,
    },
    { name: 'the older has just left', before: [40_000, 44_000], now: 50_000, wait: 0 },
    { name: 'both have left long ago', before: [10_000, 20_000], now: 50_000, wait: 0 },
    { name: 'two at the same moment', before: [50_000, 50_000], now: 50_000, wait: 10_000 },
    {
      name: 'more than two, since some had to go out',
      before: [42_000, 43_000, 44_000],
      now: 50_000,
      wait: 3000,
    },
  ])('$name', ({ before, now, wait }) => {
    expect(waitForRoom(before, { most: 2, windowMs: 10_000 }, now)).toBe(wait)
  })
})
