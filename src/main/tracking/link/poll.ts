/** What takes the keep-alive's place where there is no change stream: the server is asked by the clock. */
export class Poll {
  readonly #ask: () => void
  readonly #pauseMs: () => number
  #timer: NodeJS.Timeout | undefined

  /** @param pauseMs the milliseconds until the next time, asked after each */
  constructor(ask: () => void, pauseMs: () => number) {
    this.#ask = ask
    this.#pauseMs = pauseMs
  }

  get isOn(): boolean {
    return this.#timer !== undefined
  }

  /** Asks for the first time after a pause. */
  start(): void {
    if (!this.isOn) this.#schedule()
  }

  /** The pause may have become shorter: it begins anew. */
  sooner(): void {
    if (this.isOn) this.#schedule()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #schedule(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#schedule()
      this.#ask()
    }, this.#pauseMs())
  }
}
