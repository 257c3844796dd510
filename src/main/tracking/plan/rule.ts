import type { Asked } from '../asked.ts'
import type { Job } from '../job.ts'

/**
 * What can be read. `entry`: the stored record of one job; `memory`: the server's memory of a workflow's last job;
 * `log`: an ended job's log; `jobs`: which jobs of a workflow run; `history`: the rows above the job's mark; `usual`: how
 * long earlier runs of its workflow took, by the history.
 */
export type ReadKind = 'entry' | 'memory' | 'log' | 'jobs' | 'history' | 'usual'

/** A read, from when on it may be made (milliseconds since 1970), and why. */
export interface PlannedRead {
  readonly kind: ReadKind
  readonly dueAt: number
  readonly why: string
}

/** What is known beside the job that decides what is asked. */
export interface PlanContext {
  /** Whether the server can't have restarted since the job was seen. */
  readonly isOfThisRun: boolean
  /** Since when the app has been following this server without a break; nothing that happened before was watched. */
  readonly followedSince: number
  /** Whether its workflow runs something, as far as was last seen. */
  readonly isBusy: boolean
  /** Whether so many starts wait for their runs that the server must be slow. */
  readonly isServerSlow: boolean
  /** Whether the history is to be read for how long its workflow usually takes. */
  readonly needsUsual: boolean
}

/** What a rule is asked about: a job, what was asked of it, and what is known beside it. */
export interface Case extends PlanContext {
  readonly job: Job
  readonly asked: Asked
}

/** One reason to read something. */
export interface Rule {
  readonly read: ReadKind
  readonly why: string
  /** Whether it asks by the id that the start was given, whatever is known of the run that it has. */
  readonly isByStartsId?: true
  /** From when on; null where the rule wants nothing. */
  readonly due: (one: Case) => number | null
}
