import type { JobStore } from '../../job-store/store.ts'
import type { FactSink } from '../reads/workflow-facts.ts'

/** What watching needs of the tracker. */
export interface WatchSink extends FactSink {
  readonly store: JobStore
  mayAsk(): boolean
  /** A read failed: what that means for the link. */
  fail(error: unknown): void
  /** Asks for the entries, also of those runs that have gone on for long. */
  requestEntries(): void
  /** As the listener's. */
  onRunMoved(fromKey: string, toKey: string | null): void
}
