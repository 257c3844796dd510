import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { BurstGate, waitForRoom } from '../../../src/main/notify/burst.ts'

describe('waitForRoom', () => {
  test.each<{ name: string; sentAt: number[]; now: number; wait: number }>([
    { name: 'nothing was sent', sentAt: [], now: 5000, wait: 0 },
    { name: 'three within the second', sentAt: [4900, 4950, 4999], now: 5000, wait: 0 },
    {
      name: 'four within the second: wait for the oldest to leave',
      sentAt: [4100, 4200, 4300, 4400],
      now: 5000,
      wait: 100,
    },
    { name: 'the oldest has just left', sentAt: [4000, 4200, 4300, 4400], now: 5000, wait: 0 },
    { name: 'four at the same moment', sentAt: [5000, 5000, 5000, 5000], now: 5000, wait: 1000 },
  ])('$name', ({ sentAt, now, wait }) => {
    expect(waitForRoom(sentAt, now)).toBe(wait)
  })
})

describe('BurstGate', () => {
  const sent: string[] = []
  let gate: BurstGate<number>

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 })
    sent.length = 0
    gate = new BurstGate<number>(
      (item) => sent.push(String(item)),
      (items) => sent.push(items.join('+')),
    )
  })
  afterEach(() => vi.useRealTimers())

  const pushAll = (...items: number[]): void => {
    for (const item of items) gate.push(item)
  }

  test('sends up to four of one moment at once, without any timer', () => {
    pushAll(1, 2, 3, 4)
    expect(sent).toEqual(['1', '2', '3', '4'])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('gathers the rest and sends it as one when the window has room', () => {
    pushAll(1, 2, 3, 4, 5, 6)
    vi.advanceTimersByTime(400)
    pushAll(7)
    expect(sent).toHaveLength(4)
    vi.advanceTimersByTime(599)
    expect(sent).toHaveLength(4)
    vi.advanceTimersByTime(1)
    expect(sent).toEqual(['1', '2', '3', '4', '5+6+7'])
  })

  test('a single one that was held goes out by itself', () => {
    pushAll(1, 2, 3, 4, 5)
    vi.advanceTimersByTime(1000)
    expect(sent).toEqual(['1', '2', '3', '4', '5'])
  })

  test('never more than four in any second under a lasting burst, and nothing is lost', () => {
    const moments: number[] = []
    const told: number[] = []
    const counting = new BurstGate<number>(
      (item) => {
        moments.push(Date.now())
        told.push(item)
      },
      (items) => {
        moments.push(Date.now())
        told.push(...items)
      },
    )
    for (let item = 0; item < 1000; item += 1) {
      counting.push(item)
      vi.advanceTimersByTime(10)
    }
    vi.advanceTimersByTime(1000)
    expect(told).toEqual(Array.from({ length: 1000 }, (_, item) => item))
    for (const moment of moments) {
      expect(moments.filter((at) => at >= moment && at < moment + 1000).length).toBeLessThanOrEqual(4)
    }
  })

  test('a gathering counts as one toast', () => {
    gate.sendTogether([1, 2, 3, 4, 5, 6])
    pushAll(7, 8, 9)
    expect(sent).toEqual(['1+2+3+4+5+6', '7', '8', '9'])
  })

  test.each([
    { how: 'back', byMs: -7_200_000 },
    { how: 'ahead', byMs: 7_200_000 },
  ])('a clock that is set $how by hours neither holds a single one nor lets a burst through', ({ byMs }) => {
    for (const item of [1, 2, 3, 4]) {
      pushAll(item)
      vi.advanceTimersByTime(600_000)
    }
    vi.setSystemTime(Date.now() + byMs)
    pushAll(5)
    expect(sent).toEqual(['1', '2', '3', '4', '5'])
    pushAll(6, 7, 8)
    vi.setSystemTime(Date.now() + byMs)
    pushAll(9, 10)
    vi.advanceTimersByTime(999)
    expect(sent.slice(5)).toEqual(['6', '7', '8'])
    vi.advanceTimersByTime(1)
    expect(sent.at(-1)).toBe('9+10')
  })

  test('nothing gathered is no toast, and one alone is told as one', () => {
    gate.sendTogether([])
    gate.flush()
    expect(sent).toEqual([])
    const alone: number[] = []
    const other = new BurstGate<number>((item) => alone.push(item), vi.fn<() => void>())
    other.sendTogether([7])
    expect(alone).toEqual([7])
  })

  test('flush sends what is held and leaves no timer behind', () => {
    pushAll(1, 2, 3, 4, 5, 6)
    gate.flush()
    expect(sent.at(-1)).toBe('5+6')
    expect(vi.getTimerCount()).toBe(0)
  })
})
