import FakeTimers from '@sinonjs/fake-timers'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Job } from '../../../src/main/tracking/job.ts'
import { movedBack, SetClock } from '../../../src/main/tracking/set-clock.ts'
import { endWith, jobWith, runningJob, startAt } from '../job.ts'

let clock: ReturnType<typeof FakeTimers.install>

beforeEach(() => {
  clock = FakeTimers.install({ now: 1_000_000, toFake: ['Date', 'performance'] })
})
afterEach(() => {
  clock.uninstall()
})

it('a clock that goes on by itself, or was set ahead, was not set back', () => {
  const watch = new SetClock()
  clock.tick(60_000)
  expect(watch.setBackByMs()).toBe(0)
  clock.setSystemTime(2_000_000)
  expect(watch.setBackByMs()).toBe(0)
})

it('a clock that was set back is noticed once, however often it is set and however long it went on meanwhile', () => {
  const watch = new SetClock()
  clock.tick(5000)
  clock.setSystemTime(Date.now() - 3000)
  expect(watch.setBackByMs()).toBe(3000)
  expect(watch.setBackByMs()).toBe(0)
  clock.setSystemTime(Date.now() - 1000)
  expect(watch.setBackByMs()).toBe(1000)
})

it('less than a second needs no attention, however long the computer has been on', () => {
  clock.tick(10_000)
  const watch = new SetClock()
  clock.setSystemTime(Date.now() - 999)
  expect(watch.setBackByMs()).toBe(0)
})

it('what is counted from a clock that was set ahead before is counted from where it was set back', () => {
  const watch = new SetClock()
  clock.setSystemTime(Date.now() + 7000)
  watch.setBackByMs()
  clock.setSystemTime(Date.now() - 5000)
  expect(watch.setBackByMs()).toBe(5000)
})

/** A job of which everything is known, each time of it so much after these milliseconds. */
const knownAt = (base: number): Job => {
  const status = { word: 'Done', raw: '2' } as const
  return runningJob(
    {
      startedAt: base + 1,
      shownAt: base + 2,
      entry: { id: '10', status, at: base + 3, isWitnessed: true },
      frame: { status, at: base + 4 },
      remembered: { status, at: base + 5 },
      history: { id: '3', status, at: base + 6 },
      gone: { count: 2, since: base + 7, at: base + 8 },
      notBegunSince: base + 9,
    },
    {
      start: startAt(base + 10, {
        sentAt: base + 11,
        answer: { kind: 'id', at: base + 12, jobId: 'id' },
        idle: { count: 1, since: base + 13, at: base + 14 },
      }),
      end: endWith('done', { endedAt: base + 15 }),
      stop: { askedAt: base + 16, said: true },
      wish: { kind: 'suspend', askedAt: base + 22 },
      restartedAt: base + 17,
      search: { at: base + 18, unreadSince: base + 19 },
      evidence: [
        { at: base + 20, kind: 'startAsked' },
        { at: base + 21, kind: 'frame', detail: 'Done' },
      ],
    },
  )
}

it('every time of a job is moved, and nothing else of it', () => {
  expect(movedBack(knownAt(3_600_000), 3_600_000)).toEqual(knownAt(0))
})

it('what is not known has no time to be moved', () => {
  const wish = jobWith({ start: startAt(5000) })
  expect(movedBack(wish, 1000)).toEqual(jobWith({ start: startAt(4000) }))
  const search = { at: 900, unreadSince: null }
  const begun = runningJob({ startedAt: null, shownAt: 700 }, { search: { ...search, at: 1900 } })
  expect(movedBack(begun, 1000)).toMatchObject({
    run: { startedAt: null, shownAt: -300, entry: null, frame: null, gone: null, notBegunSince: null },
    end: null,
    stop: null,
    restartedAt: null,
    search,
  })
})
