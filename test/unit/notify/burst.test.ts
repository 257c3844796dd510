import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { BurstGate, BurstWindow } from '../../../src/main/notify/burst.ts'

describe('BurstGate', () => {
  const sent: string[] = []
  let gate: BurstGate<number>
  let limit: number
  let isQuiet: boolean

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 })
    sent.length = 0
    limit = 2
    isQuiet = false
    gate = new BurstGate<number>(
      new BurstWindow(
        () => limit,
        () => isQuiet,
      ),
      (item) => sent.push(String(item)),
      (items) => sent.push(items.join('+')),
    )
  })
  afterEach(() => vi.useRealTimers())

  const pushAll = (...items: number[]): void => {
    for (const item of items) gate.push(item)
  }

  test('sends up to two of one moment at once, without any timer', () => {
    pushAll(1, 2)
    expect(sent).toEqual(['1', '2'])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('gathers the rest and sends it as one when the window has room', () => {
    pushAll(1, 2, 3, 4)
    vi.advanceTimersByTime(4000)
    pushAll(5)
    vi.advanceTimersByTime(5999)
    expect(sent).toEqual(['1', '2'])
    vi.advanceTimersByTime(1)
    expect(sent).toEqual(['1', '2', '3+4+5'])
  })

  test('a single one that was held goes out by itself', () => {
    pushAll(1, 2, 3)
    vi.advanceTimersByTime(10_000)
    expect(sent).toEqual(['1', '2', '3'])
  })

  test('sends as many one by one as are wanted at that moment', () => {
    limit = 3
    pushAll(1, 2, 3, 4)
    expect(sent).toEqual(['1', '2', '3'])
  })

  test('never more than two in any ten seconds under a lasting burst, and nothing is lost', () => {
    const moments: number[] = []
    const told: number[] = []
    const counting = new BurstGate<number>(
      new BurstWindow(
        () => 2,
        () => isQuiet,
      ),
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
      vi.advanceTimersByTime(100)
    }
    vi.advanceTimersByTime(10_000)
    expect(told).toEqual(Array.from({ length: 1000 }, (_, item) => item))
    for (const moment of moments) {
      expect(moments.filter((at) => at >= moment && at < moment + 10_000).length).toBeLessThanOrEqual(2)
    }
  })

  test('a gathering counts as one toast', () => {
    gate.sendTogether([1, 2, 3, 4])
    pushAll(5, 6)
    expect(sent).toEqual(['1+2+3+4', '5'])
  })

  test('what another gate sends counts as well', () => {
    const window = new BurstWindow(
      () => 2,
      () => isQuiet,
    )
    const gates = ['a', 'b'].map(
      (name) =>
        new BurstGate<number>(
          window,
          (item) => sent.push(`${name}${item}`),
          (items) => sent.push(`${name}${items.join('+')}`),
        ),
    )
    for (const item of [1, 2]) for (const one of gates) one.push(item)
    expect(sent).toEqual(['a1', 'b1'])
    vi.advanceTimersByTime(10_000)
    expect(sent).toEqual(['a1', 'b1', 'a2', 'b2'])
  })

  test.each([
    { how: 'back', byMs: -7_200_000 },
    { how: 'ahead', byMs: 7_200_000 },
  ])('a clock that is set $how by hours neither holds a single one nor lets a burst through', ({ byMs }) => {
    for (const item of [1, 2]) {
      pushAll(item)
      vi.advanceTimersByTime(600_000)
    }
    vi.setSystemTime(Date.now() + byMs)
    pushAll(3)
    expect(sent).toEqual(['1', '2', '3'])
    pushAll(4)
    vi.setSystemTime(Date.now() + byMs)
    pushAll(5, 6)
    vi.advanceTimersByTime(9999)
    expect(sent.slice(3)).toEqual(['4'])
    vi.advanceTimersByTime(1)
    expect(sent.at(-1)).toBe('5+6')
  })

  test('nothing gathered is no toast, and one alone is told as one', () => {
    gate.sendTogether([])
    gate.flush()
    expect(sent).toEqual([])
    const alone: number[] = []
    const other = new BurstGate<number>(
      new BurstWindow(
        () => 2,
        () => isQuiet,
      ),
      (item) => alone.push(item),
      vi.fn<() => void>(),
    )
    other.sendTogether([7])
    expect(alone).toEqual([7])
  })

  test('flush sends what is held and leaves no timer behind', () => {
    pushAll(1, 2, 3, 4)
    gate.flush()
    expect(sent.at(-1)).toBe('3+4')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('gathers all that comes while notifications are held back, without any timer, for the flush after it', () => {
    isQuiet = true
    pushAll(1, 2)
    gate.sendTogether([3, 4])
    gate.flush()
    vi.advanceTimersByTime(60_000)
    expect([sent, vi.getTimerCount()]).toEqual([[], 0])
    isQuiet = false
    gate.flush()
    expect(sent).toEqual(['1+2+3+4'])
  })

  test('gathers the rest of a burst in which notifications came to be held back', () => {
    pushAll(1, 2, 3)
    isQuiet = true
    vi.advanceTimersByTime(20_000)
    expect(sent).toEqual(['1', '2'])
    isQuiet = false
    pushAll(4)
    vi.advanceTimersByTime(0)
    expect(sent).toEqual(['1', '2', '3+4'])
  })
})
