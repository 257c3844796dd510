import type { LinkState } from '../../shared/app-state.ts'

/** Milliseconds that the server has to be away before the person is told. */
const outageToldAfterMs = 60_000

/** Tells that the server is away, once and not before it has lasted, and that it is back only if that was told. */
export class OutageWatch {
  readonly #tell: (what: 'away' | 'back') => void
  #timer: NodeJS.Timeout | undefined
  #wasTold = false

  constructor(tell: (what: 'away' | 'back') => void) {
    this.#tell = tell
  }

  /** To be called with each change of the link. */
  onLink(link: LinkState): void {
    switch (link) {
      case 'offline':
        if (!this.#wasTold) this.#timer ??= setTimeout(() => this.#tellAway(), outageToldAfterMs)
        return
      case 'connecting':
        // Each attempt to reconnect passes here: it ends no outage and begins none.
        return
      case 'online':
      case 'slow':
        this.#clear()
        if (this.#wasTold) this.#tell('back')
        this.#wasTold = false
        return
      case 'signedOut':
      case 'signInNeeded':
        this.#clear()
        this.#wasTold = false
    }
  }

  #tellAway(): void {
    this.#timer = undefined
    this.#wasTold = true
    this.#tell('away')
  }

  #clear(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
