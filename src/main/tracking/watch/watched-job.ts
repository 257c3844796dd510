import { randomUUID } from 'node:crypto'
import type { WorkflowInfo } from '../../wexflow/server.ts'
import type { Job, Run } from '../job.ts'

export interface FirstSeen {
  readonly serverId: string
  readonly workflow: WorkflowInfo
  readonly run: Run
  /** The newest row of the history before the run can have ended; null where that is not known. */
  readonly historyMark: string | null
  /** Milliseconds since 1970. */
  readonly now: number
}

/** The record of a run that others began, as it is first seen. */
export const watchedJob = ({ serverId, workflow, run, historyMark, now }: FirstSeen): Job => ({
  key: randomUUID(),
  serverId,
  workflowId: workflow.id,
  workflowName: workflow.name,
  isApproval: workflow.isApproval,
  isParallel: workflow.enableParallelJobs,
  start: {
    requestedAt: now,
    variables: [],
    sentAt: null,
    answer: { kind: 'elsewhere', at: now, launchType: workflow.launchType },
    runningBefore: [],
    historyMark,
    entryMark: null,
    idle: null,
  },
  run,
  end: null,
  stop: null,
  maybeOthers: false,
  serverRun: null,
  restartedAt: null,
  search: null,
  evidence: [{ at: now, kind: 'seenElsewhere' }],
})
