import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Poll } from '../../../../src/main/tracking/link/poll.ts'
import { useFakeClock } from '../followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

const polled = (pauseMs: () => number): { poll: Poll; asked: number[] } => {
  const start = Date.now()
  const asked: number[] = []
  return { poll: new Poll(() => asked.push(Date.now() - start), pauseMs), asked }
}

it('asks after each pause, which is as long as is said then', () => {
  let pause = 100
  const { poll, asked } = polled(() => pause)
  poll.start()
  vi.advanceTimersByTime(100)
  pause = 10
  vi.advanceTimersByTime(120)
  expect(asked).toEqual([100, 200, 210, 220])
})

it('goes on as it was where it is on already', () => {
  const { poll, asked } = polled(() => 100)
  poll.start()
  vi.advanceTimersByTime(60)
  poll.start()
  vi.advanceTimersByTime(40)
  expect(asked).toEqual([100])
})

it('takes up a shorter pause at once, but only where it is on', () => {
  let pause = 100
  const { poll, asked } = polled(() => pause)
  poll.sooner()
  expect(poll.isOn).toBe(false)
  poll.start()
  pause = 10
  poll.sooner()
  vi.advanceTimersByTime(10)
  expect(asked).toEqual([10])
})

it('asks no more once it is stopped', () => {
  const { poll, asked } = polled(() => 100)
  poll.start()
  poll.stop()
  vi.advanceTimersByTime(1000)
  expect(poll.isOn).toBe(false)
  expect(asked).toEqual([])
})
