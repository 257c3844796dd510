import type { StatusName } from './status.ts'
import type { JobFate, SimWorkflow, Variables } from './workflows.ts'

/** A job of this server run. */
export interface SimJob {
  readonly jobId: string
  readonly workflow: SimWorkflow
  readonly fate: JobFate
  readonly number: number
  /** The values with which it runs. */
  readonly variables: Variables
  readonly entryId: string | null
  readonly beganAt: number | null
  /** The lines of its log that were written as it began. */
  readonly firstLines: readonly string[]
  readonly state: 'accepted' | 'running' | 'ended'
  readonly status: StatusName
  readonly isPaused: boolean
  readonly isWaitingForApproval: boolean
  /** Approved or rejected, which the job has not noticed yet. */
  readonly isDecided: boolean
  readonly isBeingStopped: boolean
  /** It came to its end while suspended, which resume will let happen. */
  readonly dueOutcome: StatusName | null
  /** Its entry stays at Running for ever, and it has no row in the history. */
  readonly isStuck: boolean
  /** Its entry stays at Running for ever, and the history says how it ended. */
  readonly isEntryStuck: boolean
  /** It came from the queue after a stop that was answered `true`: `jobs` and a stop don't find it. */
  readonly isHidden: boolean
  /** The line of the job before it that its log begins with in place of its own; null where that is not so. */
  readonly borrowedLine: string | null
  /** What `workflow` and `job` say of it while it runs, where that is not its status. */
  readonly saidStatus: StatusName | null
}

type Accepted = Pick<
  SimJob,
  'jobId' | 'workflow' | 'fate' | 'number' | 'variables' | 'isHidden' | 'borrowedLine'
>

/** A job whose start was accepted, and which has not begun. */
export function acceptedJob(job: Accepted): SimJob {
  return {
    ...job,
    entryId: null,
    beganAt: null,
    firstLines: [],
    state: 'accepted',
    status: 'Pending',
    isPaused: false,
    isWaitingForApproval: false,
    isDecided: false,
    isBeingStopped: false,
    dueOutcome: null,
    isStuck: false,
    isEntryStuck: false,
    saidStatus: null,
  }
}
