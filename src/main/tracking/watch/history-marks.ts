import { watching as policy } from './policy.ts'

/** The newest row of the history, null where that can't be read, and when it was read: milliseconds since 1970. */
interface Mark {
  readonly id: string | null
  readonly at: number
}

export interface HistoryMarksOptions {
  /** Reads the id of the newest row; null where the server refuses that. */
  readonly read: () => Promise<string | null>
  /** Whether the server can be asked now. */
  readonly mayAsk: () => boolean
  /** A read failed: what that means for the link. */
  readonly fail: (error: unknown) => void
  /** The first one is known. */
  readonly onFirst: () => void
}

/**
 * The newest row of the history, read now and then: from there on a run is looked for, should the server restart. A row
 * that was read after the run's end may be its own, so that the one before it is kept as well.
 */
export class HistoryMarks {
  readonly #options: HistoryMarksOptions
  /** The last one last. */
  #marks: readonly Mark[] = []
  #isReading = false

  constructor(options: HistoryMarksOptions) {
    this.#options = options
  }

  /** Whether the newest row was read at all, be it in vain. */
  get areKnown(): boolean {
    return this.#marks.length > 0
  }

  /** The newest row as it was at that time (milliseconds since 1970); null where that is not known. */
  at(time: number): string | null {
    return this.#marks.findLast(({ at }) => at <= time)?.id ?? null
  }

  /** Reads it anew where the last time is long ago. */
  async refresh(): Promise<void> {
    const { read, mayAsk, fail, onFirst } = this.#options
    if (Date.now() - (this.#marks.at(-1)?.at ?? 0) <= policy.markEvery) return
    if (this.#isReading || !mayAsk()) return
    this.#isReading = true
    const isFirst = !this.areKnown
    try {
      const id = await read()
      this.#marks = [...this.#marks.slice(-1), { id, at: Date.now() }]
    } catch (error) {
      if (isFirst) this.#marks = [{ id: null, at: Date.now() }]
      fail(error)
    }
    this.#isReading = false
    if (isFirst) onFirst()
  }
}
