import type { LinkState } from '../../shared/app-state.ts'

/** Milliseconds that a server has to be away before the person is told. */
const toldAfterMs = 60_000
/**
 * Milliseconds between the first and the last of the servers that are said to have gone away together: where a network
 * breaks, one server refuses the next call at once, and another is known to say nothing any more only after 45 s.
 */
const togetherMs = 45_000
/**
 * Milliseconds that a server which is back waits for those that had gone away with it: each is tried again in its own
 * time, once a minute at least.
 */
const backTogetherMs = 60_000

/**
 * Tells an outage of servers, or its end.
 * @param outage the id of the outage: the same for all that is told of it
 */
type Tell = (what: 'away' | 'back', serverIds: readonly string[], outage: string) => void

interface Absence {
  /** Milliseconds of a clock that nobody sets. */
  readonly since: number
  readonly timer: NodeJS.Timeout
}

/** Servers whose absence was told as one, and that have not come back since. */
interface Outage {
  readonly away: Set<string>
  /** Those that are back and wait for the others. */
  readonly back: Set<string>
  timer: NodeJS.Timeout | undefined
}

/**
 * Tells that servers are away, once and not before it has lasted, and that they are back only if that was told. Servers
 * that go away together are told together, and so is that they are back.
 */
export class Outages {
  readonly #tell: Tell
  /** By the server's id: away, and not told yet. */
  readonly #absences = new Map<string, Absence>()
  readonly #outages = new Map<string, Outage>()

  constructor(tell: Tell) {
    this.#tell = tell
  }

  /** Whether a server is away now, told or not. */
  isAway(serverId: string): boolean {
    return this.#absences.has(serverId) || this.#outageOf(serverId)?.[1].away.has(serverId) === true
  }

  /** To be called with each change of a server's link. */
  onLink(serverId: string, link: LinkState): void {
    switch (link) {
      case 'offline':
        this.#onAway(serverId)
        return
      case 'connecting':
        // Each attempt to connect again passes here: it ends no outage and begins none.
        return
      case 'online':
      case 'slow':
        this.#endAbsence(serverId)
        this.#onBack(serverId)
        return
      case 'signedOut':
      case 'signInNeeded':
        this.#endAbsence(serverId)
        this.#leave(serverId)
    }
  }

  #onAway(serverId: string): void {
    const told = this.#outageOf(serverId)
    if (told !== undefined) {
      const [, outage] = told
      outage.back.delete(serverId)
      outage.away.add(serverId)
    } else if (!this.#absences.has(serverId)) {
      const timer = setTimeout(() => this.#tellAway(serverId), toldAfterMs)
      this.#absences.set(serverId, { since: performance.now(), timer })
    }
  }

  #tellAway(first: string): void {
    const from = performance.now() - toldAfterMs + togetherMs
    const ids = [...this.#absences]
      .filter(([id, { since }]) => id === first || since <= from)
      .map(([id]) => id)
    for (const id of ids) this.#endAbsence(id)
    const outage = this.#freeId(first)
    this.#outages.set(outage, { away: new Set(ids), back: new Set(), timer: undefined })
    this.#tell('away', ids, outage)
  }

  /** The server may have come back from an outage of several that goes on without it. */
  #freeId(first: string): string {
    return this.#outages.has(first) ? this.#freeId(`${first}+`) : first
  }

  #onBack(serverId: string): void {
    const told = this.#outageOf(serverId)
    if (told === undefined) return
    const [id, outage] = told
    outage.away.delete(serverId)
    outage.back.add(serverId)
    outage.timer ??= setTimeout(() => this.#tellBack(id, outage), backTogetherMs)
    if (outage.away.size === 0) this.#tellBack(id, outage)
  }

  /** Nobody follows the server any more, so that it is neither away nor back. */
  #leave(serverId: string): void {
    const told = this.#outageOf(serverId)
    if (told === undefined) return
    const [id, outage] = told
    outage.away.delete(serverId)
    outage.back.delete(serverId)
    if (outage.away.size === 0) this.#tellBack(id, outage)
  }

  #tellBack(id: string, outage: Outage): void {
    clearTimeout(outage.timer)
    outage.timer = undefined
    const ids = [...outage.back]
    outage.back.clear()
    if (outage.away.size === 0) this.#outages.delete(id)
    if (ids.length > 0) this.#tell('back', ids, id)
  }

  #outageOf(serverId: string): [id: string, outage: Outage] | undefined {
    return [...this.#outages].find(([, { away, back }]) => away.has(serverId) || back.has(serverId))
  }

  #endAbsence(serverId: string): void {
    clearTimeout(this.#absences.get(serverId)?.timer)
    this.#absences.delete(serverId)
  }
}
