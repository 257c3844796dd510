/** The timers of one server run: all of them die with it. Uses the global clock, which tests replace. */
export class Timers {
  readonly #running = new Set<ReturnType<typeof setTimeout>>()

  /** Calls `work` once after `ms` milliseconds; the answer cancels it. */
  after(ms: number, work: () => void): () => void {
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

  clear(): void {
    for (const timer of this.#running) clearTimeout(timer)
    this.#running.clear()
  }
}
