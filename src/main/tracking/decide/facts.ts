import type { Reason } from '../../../shared/outcome.ts'
import type { Entry, JobFrame, WorkflowInfo } from '../../wexflow/server.ts'

/** How closely the job's workflow was watched since its start. */
export interface Watch {
  /** The change stream has lived on since the job was seen, or its start was answered: the server can't have restarted. */
  readonly isOfThisRun: boolean
  /** Moreover no job of the workflow can have begun unseen, or was taken for another start. */
  readonly isWhole: boolean
  /** A job of the workflow was stopped since the start: that may drop its queue. */
  readonly isStopSeen: boolean
  /** Since when its workflow was not seen to run anything, in milliseconds. */
  readonly idleForMs: number
}

/** Something that arrived about one job. */
export type Fact =
  | { readonly kind: 'startAnswered'; readonly jobId: string }
  | { readonly kind: 'startQueued' }
  | { readonly kind: 'startRefused'; readonly reason: Reason; readonly detail: string }
  /** The request may have reached the server, and no answer came. */
  | { readonly kind: 'startAnswerLost'; readonly detail: string }
  /** A new instance of the workflow was taken to be this start. */
  | { readonly kind: 'adopted'; readonly jobId: string }
  | { readonly kind: 'frame'; readonly frame: JobFrame }
  /** An answer of `entry`, or a row of a page that has this job's entry id. */
  | { readonly kind: 'entry'; readonly entry: Entry | null; readonly witnessed: boolean }
  /** An entry that was there is `null`, and the server can't have restarted: this user may not read it any more. */
  | { readonly kind: 'entryHidden' }
  /** `jobs` lists it. */
  | { readonly kind: 'listed'; readonly info: WorkflowInfo }
  /** `jobs` does not list it; for a queued start: the workflow runs nothing at all. */
  | { readonly kind: 'notListed'; readonly mayRunOn: boolean }
  /** The workflow of a queued start runs something: the queue is alive. */
  | { readonly kind: 'queueAlive' }
  /** `jobs` could not be read. */
  | { readonly kind: 'jobsUnread' }
  | { readonly kind: 'jobRead'; readonly info: WorkflowInfo | null }
  | { readonly kind: 'historyFound'; readonly row: Entry; readonly jobId: string }
  | { readonly kind: 'historyMissing'; readonly watch: Watch }
  /** The history, or a part of it, could not be read: what it holds stays open. */
  | { readonly kind: 'historyUnread'; readonly watch: Watch }
  /** The number of the server's run in which the job was seen alive. */
  | { readonly kind: 'runKnown'; readonly run: string }
  | { readonly kind: 'serverRestarted' }
  | { readonly kind: 'stopAsked' }
  | { readonly kind: 'stopAnswered'; readonly isStopped: boolean }
  /** The wish to stop never reached the server. */
  | { readonly kind: 'stopNotSent' }
