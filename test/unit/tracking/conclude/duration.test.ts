import { describe, expect, it } from 'vitest'
import type { Job, Run } from '../../../../src/main/tracking/job.ts'
import { duration } from '../../../../src/main/tracking/policy.ts'
import { runningJob } from '../../job.ts'
import { endAt, goneSince, queuedAt, run } from './concluding.ts'

const seenFrom = (part: Partial<Run>, requestedAt = 0): Job => {
  const job = runningJob({ startedAt: 100, shownAt: requestedAt + duration.precise, ...part })
  return { ...job, start: { ...job.start, requestedAt } }
}

describe('how long it took', () => {
  it('is told by this machine’s clock where that was there at its begin and its end', () => {
    expect(endAt(seenFrom({ frame: run.said('Done', 5100) }))).toMatchObject({
      endedAt: 5100,
      durationMs: 5000,
    })
    const entry = { ...run.entry('Done', '2', 5100), isWitnessed: true }
    expect(endAt(seenFrom({ entry }))).toMatchObject({ endedAt: 5100, durationMs: 5000 })
    expect(endAt(seenFrom({ frame: run.said('Done', 50) }))).toMatchObject({ durationMs: 0 })
  })

  it('does not end with a message that said Stopped as it began', () => {
    const entry = { ...run.entry('Done', '2', 5100), isWitnessed: true }
    const frame = run.said('Stopped', duration.precise + 1)
    expect(endAt(seenFrom({ entry, frame }))).toMatchObject({
      outcome: 'done',
      endedAt: 5100,
      durationMs: 5000,
    })
  })

  it('is not told where its end was not witnessed', () => {
    expect(endAt(seenFrom({ entry: run.entry('Done', '2', 5100) }))).toMatchObject({
      endedAt: 5100,
      durationMs: null,
    })
    expect(endAt(seenFrom({ remembered: run.said('Done', 5100) }), 7000)).toMatchObject({
      endedAt: 7000,
      durationMs: null,
    })
  })

  it('is not told by a record that was witnessed before it said how the job ended', () => {
    const entry = { ...run.entry('Running', '1', 200), isWitnessed: true }
    expect(endAt(seenFrom({ entry, remembered: run.said('Done', 5100) }), 7000)).toMatchObject({
      from: 'job',
      endedAt: 200,
      durationMs: null,
    })
  })

  it('counts from the request whether its begin is known', () => {
    expect(endAt(seenFrom({ frame: run.said('Done', 5100) }, 3000))).toMatchObject({ durationMs: 5000 })
  })

  it('is not told where its begin is not known to a second', () => {
    const frame = run.said('Done', 5100)
    expect(endAt(seenFrom({ frame, shownAt: duration.precise + 1 }))).toMatchObject({ durationMs: null })
    expect(endAt(seenFrom({ frame, shownAt: null }))).toMatchObject({ durationMs: null })
    expect(endAt(seenFrom({ frame, startedAt: null }))).toMatchObject({ durationMs: null })
    const queued = { ...seenFrom({ frame }), start: queuedAt(0).start }
    expect(endAt(queued)).toMatchObject({ durationMs: null })
  })

  it('is left to its log where so many jobs run that the server’s messages come late', () => {
    const framed = runningJob({ isListed: true, shownAt: 10, frame: run.said('Done', 2700) })
    expect(endAt(framed, 2700, { running: duration.crowd - 1 })).toMatchObject({ durationMs: 2700 })
    expect(endAt(framed, 2700, { running: duration.crowd })).toMatchObject({ durationMs: null })
  })

  it('ends with its frame, or when it was first missed', () => {
    const part = {
      frame: run.said('Running', 900),
      gone: { count: 2, since: 1000, at: 2500 },
      entry: run.entry('Stopped', '6', 3000),
    }
    expect(endAt(goneSince(1000, part))).toMatchObject({ endedAt: 900 })
    const missed = goneSince(1000, { ...part, frame: null }, { isParallel: true })
    expect(endAt(missed)).toMatchObject({ endedAt: 1000 })
  })
})
