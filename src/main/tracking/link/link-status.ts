import type { Failure } from '../../../shared/failure.ts'
import type { WorkflowInfo } from '../../wexflow/server.ts'

/** How the tracker stands with its server. */
export type TrackerLink = 'connecting' | 'online' | 'slow' | 'offline' | 'signInNeeded'

/** What is told of the server. Called synchronously, at the moment it is known. */
export interface LinkListener {
  onLink(link: TrackerLink, failure: Failure | null): void
  /** The server's workflows changed (or were read for the first time). */
  onWorkflows(workflows: readonly WorkflowInfo[]): void
  /** What ended while the server was out of sight is known, as far as it can be. */
  onCaughtUp(): void
}

/** The link as it was told last. Every attempt to reconnect sets it: what is known already is not said again. */
export class LinkStatus {
  readonly #tell: LinkListener['onLink']
  #link: TrackerLink | null = null
  #failure: Failure['kind'] | null = null

  constructor(tell: LinkListener['onLink']) {
    this.#tell = tell
  }

  /** Null before the first attempt to connect. */
  get link(): TrackerLink | null {
    return this.#link
  }

  /** Tells the link, and the failure behind it, where either is another than before. */
  set(link: TrackerLink, failure: Failure | null): void {
    const kind = failure?.kind ?? null
    if (link === this.#link && kind === this.#failure) return
    this.#link = link
    this.#failure = kind
    this.#tell(link, failure)
  }
}
