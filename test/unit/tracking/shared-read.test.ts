import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SharedRead } from '../../../src/main/tracking/shared-read.ts'
import { useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

/** Reads that take so many milliseconds each, and are answered with their number. */
function readsOf(...lengths: readonly number[]) {
  const begun: number[] = []
  const shared = new SharedRead(() => {
    begun.push(Date.now())
    const number = begun.length
    return new Promise<number>((resolve, reject) => {
      const ms = lengths[number - 1] ?? 0
      setTimeout(() => (ms < 0 ? reject(new Error('refused')) : resolve(number)), Math.abs(ms))
    })
  }, 250)
  return { begun, shared }
}

it('those who ask while a read is under way share the next one, which begins after they asked', async () => {
  const { begun, shared } = readsOf(100, 100, 100)
  const first = shared.get()
  await vi.advanceTimersByTimeAsync(40)
  const others = [shared.get(), shared.get()]
  await vi.advanceTimersByTimeAsync(40)
  others.push(shared.get())
  await vi.advanceTimersByTimeAsync(300)
  expect(await first).toBe(1)
  expect(await Promise.all(others)).toEqual([2, 2, 2])
  expect(begun).toHaveLength(2)
})

it('a read that is never answered does not keep the next one from being made', async () => {
  const { shared } = readsOf(1_000_000, 100)
  void shared.get()
  const next = shared.get()
  await vi.advanceTimersByTimeAsync(350)
  expect(await next).toBe(2)
})

it('one that was refused is refused to those alone who asked for it', async () => {
  const { shared } = readsOf(-100, 100)
  const both = Promise.allSettled([shared.get(), shared.get()])
  await vi.advanceTimersByTimeAsync(200)
  expect(await both).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: 2 }])
})
