import type { Reason } from '../../shared/outcome.ts'
import type { ChangeWish } from '../../shared/wish.ts'
import type { Entry, JobFrame, WorkflowInfo } from '../wexflow/server.ts'

/** What can be learnt about one job: from a source on the wire, or from what this app did. */
export type Fact =
  /** The intent, with what went before it, is on disk: the request goes out. */
  | {
      readonly kind: 'startSent'
      readonly runningBefore: readonly string[]
      readonly historyMark: string | null
      readonly entryMark: string | null
      readonly markedAt: number | null
      readonly isParallel: boolean
    }
  | { readonly kind: 'startWentOut' }
  | { readonly kind: 'startAnswered'; readonly jobId: string }
  | { readonly kind: 'startQueued' }
  /** Nothing was started. */
  | { readonly kind: 'startRefused'; readonly reason: Reason; readonly detail: string }
  /** The server may have taken the start. `detail` is a technical word for the evidence. */
  | { readonly kind: 'startAnswerLost'; readonly detail: string }
  /** A run that belonged to nobody was given to this start; `isHidden`: only `workflow` names it. */
  | { readonly kind: 'claimed'; readonly jobId: string; readonly isHidden: boolean }
  /** The run that it had claimed is another start's, whose answer names it. */
  | { readonly kind: 'claimRefuted' }
  /** The job id of a run that was known by its entry alone. */
  | { readonly kind: 'named'; readonly jobId: string }
  | { readonly kind: 'frame'; readonly frame: JobFrame }
  /** `isWitnessed`: read right after the change that it tells. */
  | { readonly kind: 'entry'; readonly entry: Entry; readonly isWitnessed: boolean }
  /** When it was asked for there was no record: not yet, not in this run of the server, or not for this user. */
  | { readonly kind: 'noEntry'; readonly askedAt: number }
  /** `jobs` lists it, `workflow` names it, or `job` says that it runs. */
  | { readonly kind: 'listed'; readonly info: WorkflowInfo; readonly isHidden: boolean }
  /** `jobs` does not list it; `mayRunOn`: a save of its workflow may have hidden it. */
  | { readonly kind: 'notListed'; readonly mayRunOn: boolean }
  /** Its workflow runs something, which a start that waits for its run waits behind. */
  | { readonly kind: 'workflowBusy' }
  /** What the server remembers of the workflow's last job; null where that is another one. */
  | { readonly kind: 'remembered'; readonly info: WorkflowInfo | null }
  /** A row of the history is this job's, or is given to this start. */
  | { readonly kind: 'historyFound'; readonly row: Entry; readonly jobId: string }
  /** The history was searched without success, from that time on; `isWhole`: nothing of it was left unread. */
  | { readonly kind: 'historyMissing'; readonly isWhole: boolean; readonly searchedAt: number }
  /** The number of the server's run in which the job was seen alive. */
  | { readonly kind: 'serverRunKnown'; readonly number: string }
  | { readonly kind: 'serverRestarted' }
  /** Its log was read: how long it took, and what went wrong; null where it does not say. It is read again if not `isLast`. */
  | {
      readonly kind: 'log'
      readonly durationMs: number | null
      readonly errorLine: string | null
      readonly isLast: boolean
    }
  | { readonly kind: 'stopAsked' }
  | { readonly kind: 'stopAnswered'; readonly isStopped: boolean }
  /** The wish to stop never reached the server. */
  | { readonly kind: 'stopNotSent' }
  /** The server is asked to suspend, resume, approve or reject it. */
  | { readonly kind: 'changeAsked'; readonly wish: ChangeWish }
  /** It said that it did not, or was never reached. */
  | { readonly kind: 'changeRefused' }
  /** It was asked for, and the answer says nothing that was not known. */
  | { readonly kind: 'nothingNew' }
