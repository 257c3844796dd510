import { newJob } from '../../src/main/tracking/new-job.ts'
import type { End, Job, Run } from '../../src/main/tracking/job.ts'
import { newRun } from '../../src/main/tracking/observe/runs.ts'
import type { Outcome } from '../../src/shared/outcome.ts'

/** A job that has just been wished for, with what a test says of it. */
export const jobWith = (part: Partial<Job>): Job => ({
  ...newJob('server', { id: 1, name: 'Import orders', isApproval: false }, 0),
  key: 'key',
  evidence: [],
  ...part,
})

/** What is known of a start that was wished for then (milliseconds since 1970), with what a test says of it. */
export const startAt = (requestedAt: number, part: Partial<Job['start']> = {}): Job['start'] => ({
  ...jobWith({}).start,
  requestedAt,
  ...part,
})

/** A job whose start was sent at once, and whose answer can still come; with what a test says of it. */
export const sentJob = (part: Partial<Job> = {}): Job =>
  jobWith({ start: startAt(0, { sentAt: 0 }), ...part })

/** A job without an id: its start waits in the queue, or its answer was lost; with what a test says of both. */
export const waitingJob = (
  kind: 'queued' | 'lost',
  start: Partial<Job['start']> = {},
  part: Partial<Job> = {},
): Job => jobWith({ start: startAt(0, { sentAt: 0, answer: { kind, at: 0 }, ...start }), ...part })

/** A run that began at once, of which nothing was seen yet, with what a test says of it. */
export const runWith = (part: Partial<Run> = {}): Run => ({ ...newRun('id', 0), ...part })

/** A job whose start was answered with an id at once, with what a test says of its run and of it. */
export const runningJob = (run: Partial<Run> = {}, part: Partial<Job> = {}): Job => {
  const known = runWith(run)
  const answer = { kind: 'id', at: 0, jobId: known.jobId } as const
  return jobWith({ start: startAt(0, { sentAt: 0, answer }), run: known, ...part })
}

/** An end after twelve seconds, by the server's record, with what a test says of it. */
export const endWith = (outcome: Outcome, part: Partial<End> = {}): End => ({
  outcome,
  from: 'entry',
  reason: null,
  endedAt: 12_000,
  durationMs: 12_000,
  errorLine: null,
  isLogRead: false,
  ...part,
})

/** A job that ran for twelve seconds and ended so, with what a test says of its end and of it. */
export const endedJob = (outcome: Outcome, end: Partial<End> = {}, part: Partial<Job> = {}): Job =>
  runningJob({}, { end: endWith(outcome, end), ...part })
