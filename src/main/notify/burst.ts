import { waitForRoom } from '../platform/wait-for-room.ts'

/** Milliseconds of the sliding window in which only so many toasts go out one by one. */
const burstWindowMs = 10_000

/** What went out lately, of all gates together: a person reads one toast after the other, whatever each is about. */
export class BurstWindow {
  readonly #limit: () => number
  readonly #isQuiet: () => boolean
  #sentAt: readonly number[] = []

  /**
   * @param limit how many toasts may go out one by one within the window
   * @param isQuiet whether notifications are held back just now
   */
  constructor(limit: () => number, isQuiet: () => boolean) {
    this.#limit = limit
    this.#isQuiet = isQuiet
  }

  /** Whether no toast may go out at all, however long one waits for room. */
  get isQuiet(): boolean {
    return this.#isQuiet()
  }

  /** Milliseconds until one more toast may go out; 0 when it may now. */
  wait(): number {
    return waitForRoom(this.#sentAt, { most: this.#limit(), windowMs: burstWindowMs }, performance.now())
  }

  /** A toast goes out. */
  count(): void {
    const now = performance.now()
    this.#sentAt = [...this.#sentAt.filter((at) => now - at < burstWindowMs), now]
  }
}

/**
 * Lets the first toasts of a burst through at once and gathers the rest, which is handed on together as soon as the
 * window has room. So a single end is never delayed, and a hundred ends do not become a hundred toasts. What comes
 * while notifications are held back is gathered until `flush` is called after that.
 */
export class BurstGate<Item> {
  readonly #window: BurstWindow
  readonly #sendOne: (item: Item) => void
  readonly #sendMany: (items: readonly Item[]) => void
  #held: Item[] = []
  #timer: NodeJS.Timeout | undefined

  /** `sendMany` is called with two items or more. */
  constructor(
    window: BurstWindow,
    sendOne: (item: Item) => void,
    sendMany: (items: readonly Item[]) => void,
  ) {
    this.#window = window
    this.#sendOne = sendOne
    this.#sendMany = sendMany
  }

  /** Sends the item now, or with the others of this burst. */
  push(item: Item): void {
    if (this.#window.isQuiet) {
      this.#held.push(item)
      return
    }
    const wait = this.#window.wait()
    // Items that are held go first: a later end must not be told before an earlier one.
    if (this.#held.length === 0 && wait === 0) {
      this.#window.count()
      this.#sendOne(item)
      return
    }
    this.#held.push(item)
    this.#timer ??= setTimeout(() => this.flush(), wait)
  }

  /** Sends a gathering that is one toast whatever the window says, and counts it. */
  sendTogether(items: readonly Item[]): void {
    const [first] = items
    if (first === undefined) return
    if (this.#window.isQuiet) {
      this.#held.push(...items)
      return
    }
    this.#window.count()
    if (items.length === 1) this.#sendOne(first)
    else this.#sendMany(items)
  }

  /** Sends what is gathered at once, together. */
  flush(): void {
    this.sendTogether(this.take())
  }

  /** Hands over what is gathered in place of sending it. */
  take(): readonly Item[] {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const held = this.#held
    this.#held = []
    return held
  }
}
