import type { JobEnd, JobView, Origin, Phase } from '../../shared/job-view.ts'
import { type End, type Job, wireIdOf } from './job.ts'

/** Where a job is on its way. */
function phaseOf({ start, run }: Job): Exclude<Phase, 'ended'> {
  if (run === null) return start.answer.kind === 'queued' ? 'queued' : 'starting'
  return run.notBegunSince === null ? run.activity : 'notBegun'
}

function originOf({ start: { answer } }: Job): Origin {
  if (answer.kind !== 'elsewhere') return 'app'
  return answer.launchType === 'trigger' ? 'others' : answer.launchType
}

const endOf = ({ outcome, from, reason, endedAt, durationMs, errorLine }: End): JobEnd => ({
  phase: 'ended',
  outcome,
  from,
  reason,
  endedAt,
  durationMs,
  errorLine,
})

/** What is shown of a job: the only place that knows both what tracking keeps and what is seen of it. */
export const viewOf = (job: Job): JobView => ({
  key: job.key,
  serverId: job.serverId,
  workflowId: job.workflowId,
  workflowName: job.workflowName,
  jobId: wireIdOf(job),
  requestedAt: job.start.requestedAt,
  origin: originOf(job),
  startedAt: job.run?.startedAt ?? null,
  variables: job.start.variables,
  hasOthersVariables:
    job.start.variables.length > 0 && job.start.answer.kind === 'queued' && job.run !== null,
  isStopAsked: job.stop !== null,
  maybeOthers: job.maybeOthers,
  state: job.end === null ? { phase: phaseOf(job) } : endOf(job.end),
})
