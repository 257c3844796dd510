import type { JobEnd, JobView, Origin, Phase } from '../../shared/job-view.ts'
import { type End, type Job, type Run, wireIdOf } from './job.ts'

/**
 * `live`: an end was learnt as it came. `away`: while catching up after the app, the network or the server had been away.
 */
export type Circumstance = 'live' | 'away'

/** Whether nobody knows what it does: its server has restarted since it began, as far as is known, and it has not ended. */
export const isPhaseUnknown = ({ end, restartedAt }: Job): boolean => end === null && restartedAt !== null

/** Where a job is on its way. Once its server has restarted it neither waits nor is suspended: there is nothing to resume. */
function phaseOf({ start, run, restartedAt }: Job): Exclude<Phase, 'ended'> {
  if (run === null && start.heldSince !== null) return 'notBegun'
  if (run === null) return start.answer.kind === 'queued' ? 'queued' : 'starting'
  if (run.notBegunSince !== null) return 'notBegun'
  return restartedAt === null ? run.activity : 'running'
}

function originOf({ start: { answer } }: Job): Origin {
  if (answer.kind !== 'elsewhere') return 'app'
  return answer.launchType === 'trigger' ? 'others' : answer.launchType
}

/** Whether this app saw the end as it came: by its frame, or by its record as that changed. */
const isWitnessed = ({ frame, entry }: Run): boolean => frame !== null || entry?.isWitnessed === true

/** When it ended. Of what was learnt later the log tells, from when it is known to have begun. */
function endedAtOf(run: Run | null, { outcome, endedAt, durationMs }: End): number | null {
  if (run === null || outcome === 'notStarted') return null
  if (isWitnessed(run)) return endedAt
  return run.startedAt === null || durationMs === null ? null : Math.min(endedAt, run.startedAt + durationMs)
}

function endOf(run: Run | null, end: End): JobEnd {
  const { outcome, from, reason, endedAt, durationMs, errorLine } = end
  return {
    phase: 'ended',
    outcome,
    from,
    reason,
    endedAt: endedAtOf(run, end),
    learntAt: endedAt,
    durationMs,
    errorLine,
  }
}

/** What is shown of a job: the only place that knows both what tracking keeps and what is seen of it. */
export const viewOf = (job: Job): JobView => ({
  key: job.key,
  serverId: job.serverId,
  workflowId: job.workflowId,
  workflowName: job.workflowName,
  jobId: wireIdOf(job),
  isApproval: job.isApproval,
  requestedAt: job.start.requestedAt,
  origin: originOf(job),
  startedAt: job.run?.startedAt ?? null,
  wasSuspended: job.run?.wasSuspended ?? false,
  variables: job.start.variables,
  hasOthersVariables:
    job.start.variables.length > 0 && job.start.answer.kind === 'queued' && job.run !== null,
  asked: job.stop === null ? (job.wish?.kind ?? null) : 'stop',
  maybeOthers: job.maybeOthers,
  state: job.end === null ? { phase: phaseOf(job) } : endOf(job.run, job.end),
})
