import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Questions } from '../../../src/main/tracking/questions.ts'
import { useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

interface Asked {
  readonly questions: Questions
  /** What was asked, and how many milliseconds after the beginning. */
  readonly asked: (readonly [string, number])[]
  readonly most: () => number
}

function asking(answerMs: number): Asked {
  const start = Date.now()
  const asked: (readonly [string, number])[] = []
  let underWay = 0
  let most = 0
  const questions = new Questions((key, kind) => {
    asked.push([`${kind} ${key}`, Date.now() - start])
    underWay += 1
    most = Math.max(most, underWay)
    return new Promise((resolve) => {
      setTimeout(() => {
        underWay -= 1
        resolve()
      }, answerMs)
    })
  })
  return { questions, asked, most: () => most }
}

/** Whether a promise has resolved by now. */
function watch(promise: Promise<void>): () => boolean {
  let isOver = false
  void promise.finally(() => {
    isOver = true
  })
  return () => isOver
}

it('asks each question when it is due', async () => {
  const { questions, asked } = asking(5)
  questions.ask('a', { kind: 'entry', inMs: 1000 })
  questions.ask('b', { kind: 'jobs', inMs: 0 })
  await vi.advanceTimersByTimeAsync(2000)
  expect(asked).toEqual([
    ['jobs b', 0],
    ['entry a', 1000],
  ])
})

it('asks of two equal questions only the earlier, whichever came first', async () => {
  const { questions, asked } = asking(5)
  questions.ask('a', { kind: 'entry', inMs: 1000 })
  questions.ask('a', { kind: 'entry', inMs: 300 })
  questions.ask('a', { kind: 'entry', inMs: 5000 })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked).toEqual([['entry a', 300]])
})

it('asks again what is wanted again while the answer is under way, which may be out of date', async () => {
  const { questions, asked } = asking(50)
  questions.ask('a', { kind: 'entry', inMs: 0 })
  questions.ask('a', { kind: 'entry', inMs: 0 })
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked).toHaveLength(2)
})

it('asks six at once and no more, in the order in which they came', async () => {
  const { questions, asked, most } = asking(100)
  for (let count = 0; count < 20; count += 1) questions.ask(String(count), { kind: 'entry', inMs: 0 })
  await vi.advanceTimersByTimeAsync(1000)
  expect(most()).toBe(6)
  expect(asked.map(([question]) => question)).toEqual(Array.from({ length: 20 }, (_, at) => `entry ${at}`))
})

it('is idle when nothing is due or under way, whatever is to be asked later', async () => {
  const { questions } = asking(100)
  questions.ask('a', { kind: 'entry', inMs: 0 })
  questions.ask('a', { kind: 'history', inMs: 60_000 })
  const isOver = watch(questions.idle(30_000))
  await vi.advanceTimersByTimeAsync(99)
  expect(isOver()).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(isOver()).toBe(true)
})

it('is waited for no longer than was said', async () => {
  const { questions } = asking(100_000)
  questions.ask('a', { kind: 'entry', inMs: 0 })
  const isOver = watch(questions.idle(30_000))
  await vi.advanceTimersByTimeAsync(29_999)
  expect(isOver()).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(isOver()).toBe(true)
})

it('forgets everything when it is cleared, and lets nobody wait', async () => {
  const { questions, asked } = asking(100)
  for (let count = 0; count < 10; count += 1) questions.ask(String(count), { kind: 'entry', inMs: 0 })
  questions.ask('late', { kind: 'entry', inMs: 500 })
  const idle = questions.idle(30_000)
  questions.clear()
  await idle
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked).toHaveLength(6)
  expect(vi.getTimerCount()).toBe(0)
})
