import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Clock } from '../../../src/renderer/clock.ts'

/** A page that can be hidden. */
class Page extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible'

  turn(to: DocumentVisibilityState): void {
    this.visibilityState = to
    this.dispatchEvent(new Event('visibilitychange'))
  }
}

describe('Clock', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 5_300 }))
  afterEach(() => void vi.useRealTimers())

  it('ticks on the full second, for all who watch', () => {
    const clock = new Clock(new Page())
    const ticks: number[] = []
    clock.watch(() => ticks.push(clock.now()))
    clock.watch(() => {})
    vi.advanceTimersByTime(2_000)
    expect(ticks).toEqual([5_300, 6_000, 7_000])
    expect(vi.getTimerCount()).toBe(1)
  })

  it('has no timer when nobody watches, and tells the right time to who comes later', () => {
    const clock = new Clock(new Page())
    clock.watch(() => {})()
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(60_000)
    clock.watch(() => {})
    expect(clock.now()).toBe(65_300)
  })

  it('rests while the page is hidden and catches up when it is seen', () => {
    const page = new Page()
    const clock = new Clock(page)
    clock.watch(() => {})
    page.turn('hidden')
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(60_000)
    page.turn('visible')
    expect(clock.now()).toBe(65_300)
    expect(vi.getTimerCount()).toBe(1)
  })
})
