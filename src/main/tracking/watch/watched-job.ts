import type { WorkflowInfo } from '../../wexflow/server.ts'
import type { Job, Run } from '../job.ts'
import { newJob } from '../new-job.ts'

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
export const watchedJob = ({ serverId, workflow, run, historyMark, now }: FirstSeen): Job => {
  const answer = { kind: 'elsewhere', at: now, launchType: workflow.launchType } as const
  const job = newJob(serverId, workflow, now)
  return {
    ...job,
    isParallel: workflow.enableParallelJobs,
    start: { ...job.start, answer, historyMark },
    run,
    evidence: [{ at: now, kind: 'seenElsewhere' }],
  }
}
