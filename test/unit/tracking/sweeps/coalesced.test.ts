import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Coalesced } from '../../../../src/main/tracking/sweeps/coalesced.ts'
import { faultsOfThisTest } from '../../faults.ts'
import { useFakeClock } from '../followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

/** Work that takes its time, and writes down when it began. */
function work(tookMs: number): { readonly begun: number[]; readonly run: () => Promise<void> } {
  const start = Date.now()
  const begun: number[] = []
  const run = (): Promise<void> => {
    begun.push(Date.now() - start)
    return new Promise((resolve) => setTimeout(resolve, tookMs))
  }
  return { begun, run }
}

it('answers requests that come together at once and once', async () => {
  const { begun, run } = work(10)
  const sweeps = new Coalesced(run, 200)
  for (let count = 0; count < 5; count += 1) sweeps.request()
  await vi.advanceTimersByTimeAsync(1000)
  expect(begun).toEqual([0])
})

it('runs once more for whatever was asked while it ran, and never twice at once', async () => {
  const { begun, run } = work(500)
  const sweeps = new Coalesced(run, 200)
  sweeps.request()
  await vi.advanceTimersByTimeAsync(100)
  sweeps.request()
  sweeps.request()
  await vi.advanceTimersByTimeAsync(3000)
  expect(begun).toEqual([0, 700])
})

it('keeps its distance from the end of the last run, however often it is asked', async () => {
  const { begun, run } = work(50)
  const sweeps = new Coalesced(run, 200)
  for (let at = 0; at < 990; at += 10) {
    sweeps.request()
    await vi.advanceTimersByTimeAsync(10)
  }
  expect(begun).toEqual([0, 250, 500, 750])
})

it('says when work is done that began after it was asked for', async () => {
  const { begun, run } = work(100)
  const sweeps = new Coalesced(run, 200)
  const ends: number[] = []
  const start = Date.now()
  const note = (): void => {
    ends.push(Date.now() - start)
  }
  void sweeps.done().finally(note)
  await vi.advanceTimersByTimeAsync(50)
  void sweeps.done().finally(note)
  await vi.advanceTimersByTimeAsync(1000)
  expect([begun, ends]).toEqual([
    [0, 300],
    [100, 400],
  ])
  sweeps.request()
  await vi.advanceTimersByTimeAsync(50)
  void sweeps.done().finally(note)
  sweeps.stop()
  await vi.advanceTimersByTimeAsync(0)
  expect(ends).toEqual([100, 400, 1100])
})

it('does not run after it was stopped, neither what waits nor what was asked while it ran', async () => {
  const { begun, run } = work(50)
  const sweeps = new Coalesced(run, 200)
  sweeps.request()
  await vi.advanceTimersByTimeAsync(10)
  sweeps.request()
  sweeps.stop()
  await vi.advanceTimersByTimeAsync(1000)
  sweeps.request()
  sweeps.stop()
  await vi.advanceTimersByTimeAsync(1000)
  expect(begun).toEqual([0])
})

it('goes on after work that failed: who waits is answered, what was asked is done, and the fault is said', async () => {
  const faults = faultsOfThisTest()
  const fault = new TypeError('a fault of the app')
  const { begun, run } = work(50)
  const sweeps = new Coalesced(async () => {
    await run()
    if (begun.length === 1) throw fault
  }, 200)
  const ends: number[] = []
  const start = Date.now()
  const note = (): void => {
    ends.push(Date.now() - start)
  }
  void sweeps.done().finally(note)
  await vi.advanceTimersByTimeAsync(10)
  void sweeps.done().finally(note)
  await vi.advanceTimersByTimeAsync(990)
  sweeps.request()
  await vi.advanceTimersByTimeAsync(1000)
  expect([begun, ends, faults]).toEqual([[0, 250, 1000], [50, 300], [fault]])
})
