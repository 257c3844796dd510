import type { Entry, WexflowServer } from '../wexflow/server.ts'
import type { SweepResult } from './sweeps/entry-pages.ts'
import { greatest } from './ids.ts'
import { newestRows } from './newest-rows.ts'
import { starting } from './policy.ts'
import { SharedRead } from './shared-read.ts'

const stateOf = ({ id, statusDate }: Entry): string => `${id} ${statusDate}`

/** The greatest id of an entry before a start: only greater ones can be the start's. */
export class EntryMark {
  readonly #server: Pick<WexflowServer, 'entries'>
  readonly #reads = new SharedRead(() => this.#read(), starting.markPatience)
  /** Of the entries that sweeps have seen; null where there is none, or ids are no numbers. */
  #greatestSeen: string | null = null
  /** The entries of the newest page, as they stood. */
  #newest: ReadonlySet<string> = new Set()
  /**
   * When the newest of these pages was asked for: an answer that was long on its way tells of that time. Milliseconds of
   * `performance.now()`, which no setting of the clock moves.
   */
  #seenAt = Number.NEGATIVE_INFINITY

  constructor(server: Pick<WexflowServer, 'entries'>) {
    this.#server = server
  }

  /** Another change stream lives: the run of the server may be another one, whose entries have ids of their own. */
  onStream(): void {
    this.#seenAt = Number.NEGATIVE_INFINITY
  }

  /** What is known of it without asking; null where no page is of a moment ago. */
  get recent(): string | null {
    return performance.now() - this.#seenAt > starting.entrySeenWithin ? null : this.#greatestSeen
  }

  /**
   * The newest entries were read. Those of an earlier run of the server are gone: where these are all, or none of them stood
   * so on the page before. Some databases give ids anew then, and a mark of that run would leave out what begins in this one.
   * @param askedAt milliseconds of `performance.now()`
   */
  note({ rows, isWhole }: Pick<SweepResult, 'rows' | 'isWhole'>, askedAt: number): void {
    // One that was long on its way says nothing that a newer one has not said.
    if (askedAt < this.#seenAt) return
    const isSameRun = rows.some((row) => this.#newest.has(stateOf(row)))
    const ids = rows.map(({ id }) => id)
    this.#greatestSeen = greatest(isWhole || !isSameRun ? ids : [...ids, this.#greatestSeen ?? ''])
    this.#seenAt = askedAt
    this.#newest = new Set(rows.map(stateOf))
  }

  /**
   * The greatest id of an entry; '0' where there is none, so that every later one is newer; null where ids are no
   * numbers. What runs or has just ended is among the newest entries, though the very newest is the last that changed,
   * not the last that began. After the server's clock went back old ones are on top for as long as it went back: those
   * that were seen before count as well. Rejects with a `WexflowError`.
   */
  read(): Promise<string | null> {
    return this.#reads.get()
  }

  async #read(): Promise<string | null> {
    const askedAt = performance.now()
    const { rows, isLast } = await newestRows(
      (count) => this.#server.entries(1, count),
      starting.newestEntries,
    )
    this.note({ rows, isWhole: isLast }, askedAt)
    return rows.length === 0 ? '0' : this.#greatestSeen
  }
}
