const tickMs = 1000

/** What the clock asks of the document. */
export type Visibility = Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>

/**
 * One clock for everything that ticks in the window: it ticks each second, only while somebody watches and the page
 * can be seen.
 */
export class Clock {
  readonly #page: Visibility
  readonly #watchers = new Set<() => void>()
  #now = Date.now()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(page: Visibility) {
    this.#page = page
  }

  /** The time of the last tick, in milliseconds since 1970. */
  readonly now = (): number => this.#now

  /** Watches the clock; returns the function that stops. */
  readonly watch = (watcher: () => void): (() => void) => {
    if (this.#watchers.size === 0) this.#page.addEventListener('visibilitychange', this.#tick)
    this.#watchers.add(watcher)
    if (this.#timer === undefined) this.#tick()
    return () => {
      this.#watchers.delete(watcher)
      if (this.#watchers.size > 0) return
      this.#page.removeEventListener('visibilitychange', this.#tick)
      this.#stop()
    }
  }

  readonly #tick = (): void => {
    this.#stop()
    if (this.#page.visibilityState === 'hidden') return
    this.#now = Date.now()
    // On the full second, so that all that ticks ticks together.
    this.#timer = setTimeout(this.#tick, tickMs - (this.#now % tickMs))
    for (const watcher of this.#watchers) watcher()
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
