import type { EndedJobView, JobEnd, JobView, Phase } from '../../src/shared/job-view.ts'
import type { Outcome } from '../../src/shared/outcome.ts'

/** A job that has just been wished for, as it is shown, with what a test says of it. */
export const viewWith = (part: Partial<JobView>): JobView => ({
  key: 'key',
  serverId: 'server',
  workflowId: 1,
  workflowName: 'Import orders',
  jobId: null,
  isApproval: false,
  requestedAt: 0,
  origin: 'app',
  startedAt: null,
  wasSuspended: false,
  variables: [],
  hasOthersVariables: false,
  asked: null,
  maybeOthers: false,
  state: { phase: 'starting' },
  ...part,
})

/** A job in one phase before its end. */
export const viewIn = (phase: Exclude<Phase, 'ended'>, part: Partial<JobView> = {}): JobView =>
  viewWith({ ...part, state: { phase } })

/** A job that ran for twelve seconds and ended so, by the server's record, with what a test says of both. */
export const endedView = (
  outcome: Outcome,
  end: Partial<JobEnd> = {},
  part: Partial<JobView> = {},
): EndedJobView => ({
  ...viewWith({ jobId: 'id', startedAt: 0, ...part }),
  state: {
    phase: 'ended',
    outcome,
    from: 'entry',
    reason: null,
    endedAt: 12_000,
    learntAt: 12_000,
    durationMs: 12_000,
    errorLine: null,
    ...end,
  },
})
