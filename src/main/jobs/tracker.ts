import type { Failure } from '../../shared/failure.ts'
import type { Job } from '../../shared/job.ts'
import type { WexflowServer, WorkflowInfo } from '../wexflow/server.ts'
import type { JobStore } from './store.ts'

/** How the tracker stands with its server. */
export type TrackerLink = 'connecting' | 'online' | 'slow' | 'offline' | 'signInNeeded'

/** What the tracker tells the rest of the app. Called synchronously, at the moment it is known. */
export interface TrackerListener {
  onLink(link: TrackerLink, failure: Failure | null): void
  /** The server's workflows changed (or were read for the first time). */
  onWorkflows(workflows: readonly WorkflowInfo[]): void
  /**
   * A job ended, or its outcome was corrected. `away`: it was learnt while catching up after the app, the network or
   * the server had been away; tell such ends as one summary once `onCaughtUp` is called.
   */
  onEnded(job: Job, circumstance: 'live' | 'away'): void
  /** The first sweep after having been away is complete. */
  onCaughtUp(): void
}

export interface TrackerOptions {
  readonly serverId: string
  readonly server: WexflowServer
  readonly store: JobStore
  readonly listener: TrackerListener
}

/** Follows every job of one server profile until its end is known. */
export class JobTracker {
  constructor(_options: TrackerOptions) {}

  /** Connects and goes on following what the store holds. */
  start(): void {}

  /** Closes every stream and timer; the jobs stay in the store as they are. */
  stop(): void {}

  /** Asks the server to start a workflow and follows the job. Never rejects: what goes wrong is the job's outcome. */
  startWorkflow(_workflow: Pick<WorkflowInfo, 'id' | 'name' | 'isApproval'>): Promise<void> {
    return Promise.resolve()
  }

  /** Asks the server to stop a job. Rejects with a `WexflowError`. */
  stopJob(_key: string): Promise<void> {
    return Promise.resolve()
  }

  /** Approves a job that waits. Rejects with a `WexflowError`. */
  approveJob(_key: string): Promise<void> {
    return Promise.resolve()
  }

  /** Rejects a job that waits. Rejects with a `WexflowError`. */
  rejectJob(_key: string): Promise<void> {
    return Promise.resolve()
  }

  /** Reads the job's log from the server; empty while it runs. Rejects with a `WexflowError`. */
  jobLog(_key: string): Promise<string[]> {
    return Promise.resolve([])
  }

  /** The machine woke up, was unlocked or changed its network: reconnects at once and looks at everything. */
  wake(): void {}

  /** The tray menu opens: reads the workflows anew. */
  refreshWorkflows(): void {}
}
