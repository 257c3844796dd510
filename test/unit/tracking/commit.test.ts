import { describe, expect, it } from 'vitest'
import { withConclusion } from '../../../src/main/tracking/commit.ts'
import type { Conclusion } from '../../../src/main/tracking/conclude.ts'
import type { End, Job } from '../../../src/main/tracking/job.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import { endedJob, endWith, jobWith, runningJob, startAt } from '../job.ts'

const ends = (outcome: Outcome, part: Partial<End> = {}): Conclusion => ({
  kind: 'end',
  end: endWith(outcome, part),
})
const kinds = (job: Job): string[] => job.evidence.map(({ kind }) => kind)

describe('a start that the server holds without beginning it', () => {
  it('is remembered with its run, and is no end', () => {
    const job = runningJob()
    expect(withConclusion(job, { kind: 'notBegun', since: 5 }, 9)).toEqual(runningJob({ notBegunSince: 5 }))
  })

  it('is noted of the start where there is no run', () => {
    const job = jobWith({})
    const held = { ...job, start: { ...job.start, heldSince: 5 } }
    expect(withConclusion(job, { kind: 'notBegun', since: 5 }, 9)).toEqual(held)
  })
})

describe('the first end', () => {
  it('is kept as it was concluded; what a record or the stream says needs no further evidence', () => {
    for (const from of ['entry', 'history', 'stream', 'job'] as const) {
      const searched = { at: 3, unreadSince: null }
      const job = runningJob({}, { search: searched })
      expect(withConclusion(job, ends('done', { from }), 9)).toEqual({
        ...job,
        end: endWith('done', { from }),
      })
    }
  })

  it('that this app concluded says so in the evidence, and that the history did not have it, if it was searched', () => {
    const inferred = ends('unknown', { from: 'inferred', reason: 'notRecorded' })
    const unsearched = withConclusion(runningJob(), inferred, 9)
    expect(unsearched.evidence).toEqual([{ at: 9, kind: 'concluded' }])
    const job = withConclusion(runningJob({}, { search: { at: 3, unreadSince: null } }), inferred, 9)
    expect(job.evidence).toEqual([
      { at: 9, kind: 'historyMissing' },
      { at: 9, kind: 'concluded' },
    ])
    expect(job.end).toEqual(endWith('unknown', { from: 'inferred', reason: 'notRecorded' }))
  })

  it('of a refused start is the server’s word, which stands in the evidence already', () => {
    const answer = { kind: 'refused', at: 5, reason: 'disabled' } as const
    const refused = jobWith({ start: startAt(0, { answer }), search: { at: 3, unreadSince: null } })
    const job = withConclusion(refused, ends('notStarted', { from: 'inferred', reason: 'disabled' }), 9)
    expect(job.end?.outcome).toBe('notStarted')
    expect(job.evidence).toEqual([])
  })
})

/** Whether the log counts as read after a correction of an end whose log said these. */
const isLogRead = (corrected: Outcome, told: Partial<End>): boolean | undefined => {
  const before = endedJob('stopped', { from: 'inferred', isLogRead: true, ...told })
  const outcome = { outcome: corrected, from: 'entry' } as const
  const end = before.end === null ? endWith(corrected) : { ...before.end, ...outcome }
  return withConclusion(before, { kind: 'end', end }, 99).end?.isLogRead
}

describe('a later end', () => {
  it('that says the same is kept, and corrects nothing', () => {
    const told = endedJob('done', { from: 'stream', isLogRead: true })
    const job = withConclusion(told, ends('done', { from: 'entry', isLogRead: true }), 99)
    expect(job).toEqual({ ...told, end: endWith('done', { from: 'entry', isLogRead: true }) })
  })

  it('that says otherwise takes the place of what was told, which the evidence keeps', () => {
    const told = endedJob('stopped', { from: 'inferred' })
    const job = withConclusion(told, ends('done', { from: 'history' }), 99)
    expect(job.end).toEqual(endWith('done', { from: 'history' }))
    expect(job.evidence).toEqual([{ at: 99, kind: 'corrected', detail: 'stopped' }])
    expect(kinds(job)).not.toContain('concluded')
  })

  it('needs its log no more where that was read and said all', () => {
    expect(isLogRead('done', {})).toBe(true)
    expect(isLogRead('failed', { errorLine: 'full' })).toBe(true)
    expect(isLogRead('warning', { errorLine: 'full' })).toBe(true)
  })

  it('asks for its log anew where that was not read, or did not say how long it took or what went wrong', () => {
    expect(isLogRead('done', { isLogRead: false })).toBe(false)
    expect(isLogRead('done', { durationMs: null })).toBe(false)
    expect(isLogRead('failed', {})).toBe(false)
    expect(isLogRead('warning', {})).toBe(false)
  })
})
