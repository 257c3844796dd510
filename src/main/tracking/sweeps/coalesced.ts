/**
 * Runs a piece of work when asked to, never twice at once and no more often than `spacingMs`: requests that come
 * together are answered together, and one that comes while it runs makes it run once more.
 */
export class Coalesced {
  readonly #work: () => Promise<void>
  readonly #spacingMs: number
  #isRunning = false
  #isWantedAgain = false
  /** Milliseconds of `performance.now()`, which no setting of the clock moves. */
  #endedAt = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined
  #whenDone: (() => void)[] = []

  /** What `work` rejects with is left unhandled, for the process to say; whoever waits is answered all the same. */
  constructor(work: () => Promise<void>, spacingMs: number) {
    this.#work = work
    this.#spacingMs = spacingMs
  }

  request(): void {
    if (this.#isRunning) {
      this.#isWantedAgain = true
      return
    }
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined
        void this.#run()
      },
      Math.max(0, this.#endedAt + this.#spacingMs - performance.now()),
    )
  }

  /** Asks for the work and resolves once it was done, from a beginning after this call; or once it was stopped. */
  done(): Promise<void> {
    const done = new Promise<void>((resolve) => {
      this.#whenDone.push(resolve)
    })
    this.request()
    return done
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#isWantedAgain = false
    for (const resolve of this.#whenDone) resolve()
    this.#whenDone = []
  }

  async #run(): Promise<void> {
    const whenDone = this.#whenDone
    this.#whenDone = []
    this.#isRunning = true
    try {
      await this.#work()
    } finally {
      this.#isRunning = false
      this.#endedAt = performance.now()
      for (const resolve of whenDone) resolve()
      if (this.#isWantedAgain) this.request()
      this.#isWantedAgain = false
    }
  }
}
