const tickMs = 1000

/**
 * One clock for everything that ticks in the window: it beats each second, only while somebody watches and the page can be seen.
 */
export class Clock {
  readonly #watchers = new Set<() => void>()
  #now = Date.now()
  #timer: ReturnType<typeof setTimeout> | undefined

  /** The time of the last beat, in milliseconds since 1970. */
  readonly now = (): number => this.#now

  /** Watches the clock; returns the function that stops. */
  readonly watch = (watcher: () => void): (() => void) => {
    if (this.#watchers.size === 0) document.addEventListener('visibilitychange', this.#beat)
    this.#watchers.add(watcher)
    if (this.#timer === undefined) this.#beat()
    return () => {
      this.#watchers.delete(watcher)
      if (this.#watchers.size > 0) return
      document.removeEventListener('visibilitychange', this.#beat)
      this.#stop()
    }
  }

  readonly #beat = (): void => {
    this.#stop()
    if (document.visibilityState === 'hidden') return
    this.#now = Date.now()
    // On the full second, so that all that ticks ticks together.
    this.#timer = setTimeout(this.#beat, tickMs - (this.#now % tickMs))
    for (const watcher of this.#watchers) watcher()
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
