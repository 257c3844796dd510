/** The timers of one server run: all of them die with it. Uses the global clock, which tests replace. */
export class Timers {
  readonly #running = new Set<ReturnType<typeof setTimeout>>()
  #isOver = false

  /** Calls `work` once after `ms` milliseconds; the answer cancels it. */
  after(ms: number, work: () => void): () => void {
    if (this.#isOver) return () => {}
    const timer = setTimeout(() => {
      this.#running.delete(timer)
      work()
    }, ms)
    this.#running.add(timer)
    return () => {
      clearTimeout(timer)
      this.#running.delete(timer)
    }
  }

  /** The run is over: nothing that still happens in it sets a timer. */
  clear(): void {
    this.#isOver = true
    for (const timer of this.#running) clearTimeout(timer)
    this.#running.clear()
  }
}
