import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { within } from '../../../src/main/platform/within.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => vi.useRealTimers())

test('what is done in time is waited for, and no timer is left', async () => {
  let isOver = false
  const work = new Promise((resolve) => {
    setTimeout(resolve, 99)
  })
  void within(work, 100).finally(() => {
    isOver = true
  })
  await vi.advanceTimersByTimeAsync(98)
  expect(isOver).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(isOver).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})

test('what takes longer is not', async () => {
  let isOver = false
  void within(new Promise(() => {}), 100).finally(() => {
    isOver = true
  })
  await vi.advanceTimersByTimeAsync(99)
  expect(isOver).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(isOver).toBe(true)
})
