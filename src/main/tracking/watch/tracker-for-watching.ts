import type { JobStore } from '../../job-store/store.ts'
import type { TrackerForReads } from '../reads/tracker-for-reads.ts'

/** What watching needs of the tracker. */
export interface TrackerForWatching extends TrackerForReads {
  readonly store: JobStore
  mayAsk(): boolean
  /** A read failed: what that means for the link. */
  fail(error: unknown): void
  /** Asks for the entries, also of those runs that have gone on for long. */
  requestEntries(): void
  /** As the listener's. */
  onRunMoved(fromKey: string, toKey: string | null): void
}
