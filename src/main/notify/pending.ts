/** Answers of the desktop that are still to come. */
export class Pending {
  readonly #promises = new Set<Promise<void>>()

  /** @param promise one that never rejects */
  add(promise: Promise<void>): void {
    this.#promises.add(promise)
    void promise.finally(() => this.#promises.delete(promise))
  }

  /** Resolves when all of them that are awaited now have come. */
  async settled(): Promise<void> {
    await Promise.all(this.#promises)
  }
}
