import { describe, expect, it } from 'vitest'
import { elapsed, isTicking, type Status, statusOf } from '../../../../src/renderer/jobs/job-status.ts'
import type { Job } from '../../../../src/main/tracking/job.ts'
import { jobWith } from '../../job.ts'

describe('statusOf', () => {
  it.each<[Partial<Job>, Status]>([
    [{ phase: 'waiting' }, 'waiting'],
    [{ phase: 'ended', outcome: 'rejected' }, 'rejected'],
    [{ phase: 'running', stopAskedAt: 5 }, 'stopping'],
    [{ phase: 'ended', outcome: 'done', stopAskedAt: 5 }, 'done'],
    [{ phase: 'ended', outcome: null }, 'unknown'],
  ])('%j: %s', (part, status) => {
    expect(statusOf(jobWith(part))).toBe(status)
  })
})

describe('elapsed', () => {
  it.each<[string, Partial<Job>, number | null, boolean]>([
    ['grows from the start on', { phase: 'running', startedAt: 1000 }, 4000, true],
    ['is not known before the start', { phase: 'queued' }, null, false],
    ['is not known where the start was not witnessed', { phase: 'running' }, null, false],
    ['is what was measured after the end', { phase: 'ended', startedAt: 1000, durationMs: 12 }, 12, false],
    ['is not guessed after the end', { phase: 'ended', startedAt: 1000 }, null, false],
    ['is never negative', { phase: 'running', startedAt: 9000 }, 0, true],
  ])('%s', (_name, part, ms, ticks) => {
    expect(elapsed(jobWith(part), 5000)).toBe(ms)
    expect(isTicking(jobWith(part))).toBe(ticks)
  })
})
