import type { Asked } from '../asked.ts'
import type { Entry } from '../../wexflow/server.ts'
import type { Fact } from '../facts.ts'
import type { Job } from '../job.ts'

/**
 * The files of this folder tell what an answer that concerns several jobs of one workflow says of each of them; each
 * file one kind of answer. Pure.
 */

/** A fact about one job. */
export interface JobFact {
  readonly key: string
  readonly fact: Fact
}

/** What tells an entry from one of the same id in another run of the server. */
export type EntryIdentity = Pick<Entry, 'id' | 'statusDate'>

/** What has to be known of a workflow and its jobs to read such an answer. */
export interface WorkflowView {
  /** All its starts that this app knows, ended ones too; runs that are only watched are none. */
  readonly jobs: readonly Job[]
  /** Those that this answer can say something of: they were known, with this id, before it was asked for. */
  readonly asked: readonly Job[]
  /** Whether an id belongs to a job of this app already, whatever its workflow and its server. */
  readonly isOwned: (jobId: string) => boolean
  /** Whether an entry is that of a start of the workflow already. */
  readonly isEntryOwned: (entry: EntryIdentity) => boolean
  /** Whether the server can't have restarted since the job was seen. */
  readonly isOfThisRun: (key: string) => boolean
  readonly askedOf: (key: string) => Pick<Asked, 'entryAt'>
  readonly isServerSlow: boolean
  /** Milliseconds since the workflow was last seen to run anything. */
  readonly idleForMs: number
  /** Whether the pages of entries show every run that began since the job's start. */
  readonly hasEntries: (key: string) => boolean
  /** The same, or the server has yet to say in which run it is. */
  readonly mayHaveEntries: (key: string) => boolean
  /** Since when the app has been following this server without a break. */
  readonly followedSince: number
  readonly now: number
}
