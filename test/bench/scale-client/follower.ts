/** A way to start jobs and to be told their ends. */
export interface Follower {
  /** Resolves when the start has been answered, or has failed, and the job is followed. */
  start(workflowId: number): Promise<void>
  close(): Promise<void>
}

export interface FollowerOptions {
  readonly baseUrl: string
  readonly token: string
  /** A notification is shown. */
  readonly onToast: (ends: number) => void
  /** What is told of one job; the last word counts. */
  readonly onTold: (jobId: string, outcome: string) => void
}
