/** Milliseconds that a test waits for something that a person would see at once. */
export const patienceMs = 10_000

/**
 * Things that arrive one by one, and a way to wait for one of them.
 */
export class Arrivals<Item> {
  readonly #items: Item[] = []
  readonly #listeners = new Set<() => void>()

  /** Everything that came so far, oldest first. */
  get all(): readonly Item[] {
    return this.#items
  }

  add(item: Item): void {
    this.#items.push(item)
    for (const listener of this.#listeners) listener()
  }

  /**
   * The first item that fits, whether it came already or comes yet. Rejects after `withinMs`, and says what came instead.
   * @param what names it in that message
   */
  find(what: string, fits: (item: Item) => boolean, withinMs = patienceMs): Promise<Item> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.#items.find(fits)
        if (found === undefined) return
        clearTimeout(timer)
        this.#listeners.delete(look)
        resolve(found)
      }
      const timer = setTimeout(() => {
        this.#listeners.delete(look)
        const came = this.#items.map((item) => `\n  ${JSON.stringify(item)}`).join('')
        reject(new Error(`${what} did not come within ${withinMs} ms; what came:${came || ' nothing'}`))
      }, withinMs)
      this.#listeners.add(look)
      look()
    })
  }
}
