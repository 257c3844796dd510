/** What the link sets going among the jobs. */
export interface LinkedJobs {
  /** Whether the end of any start is still to be known: a server without streams is then asked more often. */
  hasOpen(): boolean
  /** A change stream lives, another one than before. */
  onStream(): void
  /** The machine's network is another one: connections of before can't be trusted. */
  onNetworkChange(): void
  /** The server can't be followed for now: what it does is not watched. */
  onAway(): void
  /** The change stream spoke. */
  onSpoken(): void
  /** Something changed on the server, in the run of this number. */
  onChange(serverRun: string | null): void
  /** The time to read what announces nothing by itself. */
  onKeepAlive(): void
  /** Reads what happened out of sight; resolves once the answers are there, or are waited for no longer. */
  catchUp(): Promise<void>
  /** The sign-in is over: nothing can be asked before a person signs in again. */
  onSignInOver(): void
}
