import type { Job } from '../../../src/main/tracking/job.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import { jobWith } from '../job.ts'

/** A job that ran for twelve seconds and ended so, with what a test says of it. */
export const endedJob = (outcome: Outcome, part: Partial<Job> = {}): Job =>
  jobWith({
    jobId: 'id',
    phase: 'ended',
    outcome,
    outcomeFrom: 'entry',
    startedAt: 0,
    endedAt: 12_000,
    durationMs: 12_000,
    ...part,
  })
