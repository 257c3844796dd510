/** How many toasts may go out one by one within the window. */
const burstLimit = 4
/** Milliseconds of the sliding window in which `burstLimit` holds. */
const burstWindowMs = 1000

/**
 * Milliseconds until one more toast may go out, given the times of those that went out; 0 when it may now.
 * @param now milliseconds of a clock that nobody sets, as the other times are
 */
export const waitForRoom = (sentAt: readonly number[], now: number): number => {
  const recent = sentAt.filter((at) => now - at < burstWindowMs)
  if (recent.length < burstLimit) return 0
  const oldest = recent.at(-burstLimit) ?? now
  return oldest + burstWindowMs - now
}

/**
 * Lets the first toasts of a burst through at once and gathers the rest, which is handed on together as soon as the
 * window has room. So a single end is never delayed, and a hundred ends do not become a hundred toasts.
 */
export class BurstGate<Item> {
  readonly #sendOne: (item: Item) => void
  readonly #sendMany: (items: readonly Item[]) => void
  #sentAt: readonly number[] = []
  #held: Item[] = []
  #timer: NodeJS.Timeout | undefined

  /** `sendMany` is called with two items or more. */
  constructor(sendOne: (item: Item) => void, sendMany: (items: readonly Item[]) => void) {
    this.#sendOne = sendOne
    this.#sendMany = sendMany
  }

  /** Sends the item now, or with the others of this burst. */
  push(item: Item): void {
    const now = performance.now()
    // Items that are held go first: a later end must not be told before an earlier one.
    if (this.#held.length === 0 && waitForRoom(this.#sentAt, now) === 0) {
      this.#count(now)
      this.#sendOne(item)
      return
    }
    this.#held.push(item)
    this.#timer ??= setTimeout(() => this.#release(), waitForRoom(this.#sentAt, now))
  }

  /** Sends a gathering that is one toast whatever the window says, and counts it. */
  sendTogether(items: readonly Item[]): void {
    const [first] = items
    if (first === undefined) return
    this.#count(performance.now())
    if (items.length === 1) this.#sendOne(first)
    else this.#sendMany(items)
  }

  /** Sends what is held at once: the app is about to quit. */
  flush(): void {
    this.#release()
  }

  #release(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const held = this.#held
    this.#held = []
    this.sendTogether(held)
  }

  #count(now: number): void {
    this.#sentAt = [...this.#sentAt, now].slice(-burstLimit)
  }
}
