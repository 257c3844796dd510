import { within } from '../platform/within.ts'

/**
 * A question to the server that many have at the same time, as the starts of a burst do: whoever asks is answered by a
 * read that begins after that, and those who ask while one is under way share the next one.
 */
export class SharedRead<Answer> {
  readonly #read: () => Promise<Answer>
  readonly #patienceMs: number
  /** Resolves when the present read is over, whatever came of it; null where there is none. */
  #present: Promise<void> | null = null
  #next: Promise<Answer> | null = null

  /** @param patienceMs so long the next read waits for the present one: its answer may never come */
  constructor(read: () => Promise<Answer>, patienceMs: number) {
    this.#read = read
    this.#patienceMs = patienceMs
  }

  /** The answer to a read that begins from now on. Rejects with what the read rejects with. */
  get(): Promise<Answer> {
    if (this.#next !== null) return this.#next
    if (this.#present === null) return this.#begin()
    this.#next = within(this.#present, this.#patienceMs).then(() => this.#begin())
    return this.#next
  }

  #begin(): Promise<Answer> {
    this.#next = null
    const answer = this.#read()
    void this.#follow(over(answer))
    return answer
  }

  async #follow(present: Promise<void>): Promise<void> {
    this.#present = present
    await present
    if (this.#present === present) this.#present = null
  }
}

/** Resolves when a read is over, whatever came of it. */
async function over(read: Promise<unknown>): Promise<void> {
  try {
    await read
  } catch {
    // Whoever asked is told.
  }
}
