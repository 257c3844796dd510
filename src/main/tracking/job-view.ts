import type { JobEnd, JobView } from '../../shared/job-view.ts'
import type { Job } from './job.ts'

/** An end as it is shown. One that no outcome is known of was not recorded: it is said as unknown, never guessed. */
const endOf = (job: Job): JobEnd => ({
  phase: 'ended',
  outcome: job.outcome ?? 'unknown',
  from: job.outcomeFrom ?? 'inferred',
  reason: job.outcome === null ? 'notRecorded' : job.reason,
  endedAt: job.endedAt ?? job.requestedAt,
  durationMs: job.durationMs,
  errorLine: job.errorLine,
})

/** What is shown of a job: the only place that knows both what tracking keeps and what is seen of it. */
export const viewOf = (job: Job): JobView => ({
  key: job.key,
  serverId: job.serverId,
  workflowId: job.workflowId,
  workflowName: job.workflowName,
  jobId: job.jobId,
  requestedAt: job.requestedAt,
  startedAt: job.startedAt,
  isStopAsked: job.stopAskedAt !== null,
  maybeOthers: job.maybeOthers,
  state: job.phase === 'ended' ? endOf(job) : { phase: job.phase },
})
