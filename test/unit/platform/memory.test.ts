import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { memoryGiver } from '../../../src/main/platform/memory.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('memory is given back once, some seconds after the app was idle last', () => {
  const giveBackWhenIdle = memoryGiver(new EventEmitter())
  giveBackWhenIdle()
  vi.advanceTimersByTime(4000)
  giveBackWhenIdle()
  vi.advanceTimersByTime(4000)
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(1000)
  expect(vi.getTimerCount()).toBe(0)
})

test('a window that comes before is not held up by it', () => {
  const app = new EventEmitter()
  memoryGiver(app)()
  app.emit('browser-window-created')
  expect(vi.getTimerCount()).toBe(0)
})
