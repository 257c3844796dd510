import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AskedNotes } from '../../../src/main/tracking/asked.ts'
import { never, nothingAsked } from '../../../src/main/tracking/asked.ts'
import { movedBack, SetClock } from '../../../src/main/tracking/set-clock.ts'
import { endedJob, jobWith, runningJob, startAt } from '../job.ts'
import { useFakeClock } from './followed.ts'

describe('what was asked', () => {
  it('is nothing at first, and forgotten with its job', () => {
    const notes = new AskedNotes()
    expect(notes.of('a', 1)).toEqual(nothingAsked)
    notes.note('a', { entryAt: 5 })
    notes.note('a', { memoryAt: 6 })
    notes.noteWorkflow(1, { jobsAt: 7, busyAt: 8 })
    expect(notes.of('a', 1)).toEqual({ ...nothingAsked, entryAt: 5, memoryAt: 6, jobsAt: 7 })
    expect([notes.entryAt('a'), notes.entryAt('b'), notes.workflow(2).jobsAt]).toEqual([5, never, never])
    notes.forget('a')
    expect(notes.of('a', 1)).toEqual({ ...nothingAsked, jobsAt: 7 })
  })

  it('found an entry missing, until it is seen once more', () => {
    const notes = new AskedNotes()
    expect(notes.isEntryMissing('a')).toBe(false)
    notes.note('a', { entryAt: 5 })
    expect(notes.isEntryMissing('a')).toBe(false)
    notes.note('a', { entryAt: 6, entryMissingAt: 6 })
    expect(notes.isEntryMissing('a')).toBe(true)
    notes.note('a', { entryAt: 7 })
    expect(notes.isEntryMissing('a')).toBe(false)
  })

  it('was asked so much earlier when the clock is set back, and what never was stays so', () => {
    const notes = new AskedNotes()
    notes.note('a', { entryAt: 5000 })
    notes.noteWorkflow(1, { jobsAt: 7000, isBusy: true })
    notes.moveBack(1000)
    expect(notes.of('a', 1)).toEqual({ ...nothingAsked, entryAt: 4000, jobsAt: 6000 })
    expect(notes.workflow(1)).toMatchObject({ isBusy: true, busyAt: never })
  })
})

const setBy = (ms: number): void => void vi.setSystemTime(Date.now() + ms)

describe('a clock that is set', () => {
  beforeEach(useFakeClock)
  afterEach(() => vi.useRealTimers())

  it('back by a second or more is noticed, once', () => {
    const clock = new SetClock()
    setBy(-999)
    expect(clock.setBackByMs()).toBe(0)
    setBy(-1000)
    expect(clock.setBackByMs()).toBe(1000)
    expect(clock.setBackByMs()).toBe(0)
  })

  it('ahead, or that goes on as it should, needs no attention', async () => {
    const clock = new SetClock()
    setBy(3_600_000)
    expect(clock.setBackByMs()).toBe(0)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(clock.setBackByMs()).toBe(0)
    setBy(-3_600_000)
    expect(clock.setBackByMs()).toBe(3_600_000)
  })
})

/** Every number in a value, in its order, but those of ids and counts. */
const timesIn = (value: unknown, name = ''): number[] => {
  if (typeof value === 'number')
    return name === 'workflowId' || name === 'count' || name === 'durationMs' ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => timesIn(one, key))
}

it('a job whose clock was wrong has each of its times moved, and nothing else', () => {
  const status = { word: 'Running', raw: '1' } as const
  const seen = { status, at: 5000 }
  const absence = { count: 2, since: 5000, at: 6000 }
  const full = runningJob(
    {
      startedAt: 5000,
      shownAt: 5000,
      entry: { id: '1', status, at: 5000, isWitnessed: true },
      frame: seen,
      remembered: seen,
      history: { id: '2', ...seen },
      gone: absence,
      notBegunSince: 5000,
    },
    {
      start: startAt(5000, { sentAt: 5000, answer: { kind: 'lost', at: 5000 }, idle: absence }),
      stop: { askedAt: 5000, said: true },
      wish: { kind: 'resume', askedAt: 5000 },
      restartedAt: 5000,
      search: { at: 5000, unreadSince: 5000 },
      end: endedJob('done', { endedAt: 7000 }).end,
      evidence: [{ at: 5000, kind: 'startAsked' }],
    },
  )
  const moved = movedBack(full, 1000)
  expect(timesIn(moved)).toEqual(timesIn(full).map((at) => at - 1000))
  expect(movedBack(moved, -1000)).toEqual(full)
  const bare = jobWith({ start: startAt(5000) })
  expect(movedBack(movedBack(bare, 1000), -1000)).toEqual(bare)
})
