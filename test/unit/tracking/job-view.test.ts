import { describe, expect, test } from 'vitest'
import type { Job } from '../../../src/main/tracking/job.ts'
import { viewOf } from '../../../src/main/tracking/job-view.ts'
import { hasEnded, jobViewSchema, phases } from '../../../src/shared/job-view.ts'
import { outcomes, outcomeSources, reasons } from '../../../src/shared/outcome.ts'
import { jobWith } from '../job.ts'

const ended = (part: Partial<Job>): Job =>
  jobWith({ phase: 'ended', outcome: 'done', outcomeFrom: 'entry', endedAt: 9000, ...part })

test('who asked for what, and what the server calls it', () => {
  const job = jobWith({
    key: 'k',
    serverId: 's',
    workflowId: 7,
    workflowName: 'Nightly',
    jobId: 'a',
    phase: 'running',
    requestedAt: 1000,
    startedAt: 2000,
    maybeOthers: true,
    stopAskedAt: 3000,
  })
  expect(viewOf(job)).toEqual({
    key: 'k',
    serverId: 's',
    workflowId: 7,
    workflowName: 'Nightly',
    jobId: 'a',
    requestedAt: 1000,
    startedAt: 2000,
    isStopAsked: true,
    maybeOthers: true,
    state: { phase: 'running' },
  })
})

describe('before the end', () => {
  test.each(phases.filter((phase) => phase !== 'ended'))('%s is shown by its phase alone', (phase) => {
    const view = viewOf(jobWith({ phase, reason: null, evidence: [{ at: 1, kind: 'startAsked' }] }))
    expect(view.state).toEqual({ phase })
    expect(hasEnded(view)).toBe(false)
  })
})

describe('the end', () => {
  test.each(outcomes)('%s is shown with all that is known of it', (outcome) => {
    const job = ended({ outcome, durationMs: 4000, errorLine: 'disk full' })
    expect(viewOf(job).state).toEqual({
      phase: 'ended',
      outcome,
      from: 'entry',
      reason: null,
      endedAt: 9000,
      durationMs: 4000,
      errorLine: 'disk full',
    })
    expect(hasEnded(viewOf(job))).toBe(true)
  })

  test.each(outcomeSources)('says that it is known by %s', (outcomeFrom) => {
    expect(viewOf(ended({ outcomeFrom })).state).toMatchObject({ from: outcomeFrom })
  })

  test.each(reasons)('says why: %s', (reason) => {
    expect(viewOf(ended({ outcome: 'unknown', reason })).state).toMatchObject({ outcome: 'unknown', reason })
  })

  test('that no outcome is known of is unknown, and why is said too', () => {
    const job = jobWith({ phase: 'ended', requestedAt: 5000 })
    expect(viewOf(job).state).toMatchObject({
      outcome: 'unknown',
      from: 'inferred',
      reason: 'notRecorded',
      endedAt: 5000,
    })
  })
})

test('what crosses to the window is the contract’s shape, and nothing of the tracker’s bookkeeping', () => {
  for (const job of [jobWith({ phase: 'notBegun' }), ended({})])
    expect(jobViewSchema.strict().parse(viewOf(job))).toEqual(viewOf(job))
})

test('an end without an outcome is not in the contract', () => {
  const view = viewOf(ended({}))
  for (const state of [{ phase: 'ended' }, { ...view.state, outcome: null }])
    expect(jobViewSchema.safeParse({ ...view, state }).success).toBe(false)
})
