import type { LinkState, ServerView } from '../../shared/app-state.ts'
import { isUnasked, isUp } from '../../shared/followed.ts'

/**
 * Of which servers it is not known how their jobs stand: those that were away, or before which the computer slept, until
 * they have told what happened meanwhile.
 */
export class OutOfSight {
  readonly #servers = new Set<string>()
  /** Those that answered before the computer slept, and are expected to tell it in a moment. */
  readonly #waking = new Set<string>()

  onWake(followed: readonly ServerView[]): void {
    for (const { id, link } of followed) {
      this.#servers.add(id)
      if (isUp(link)) this.#waking.add(id)
    }
  }

  onLink(serverId: string, link: LinkState): void {
    // One at which nobody may ask any more still says what changes, on the streams that are open.
    if (link === 'offline' || link === 'signedOut') this.#servers.add(serverId)
    if (isUnasked(link)) this.#waking.delete(serverId)
  }

  onCaughtUp(serverId: string): void {
    this.#servers.delete(serverId)
    this.#waking.delete(serverId)
  }

  has(serverId: string): boolean {
    return this.#servers.has(serverId)
  }

  /** Whether a server is expected to tell in a moment what happened while the computer slept. */
  isWaking(serverId: string): boolean {
    return this.#waking.has(serverId)
  }
}
