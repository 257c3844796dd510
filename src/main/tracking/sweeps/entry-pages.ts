import type { Entry, WexflowServer } from '../../wexflow/server.ts'
import { outcomeOf } from '../job.ts'
import { sweeps } from '../policy.ts'

/** What a sweep has read. */
export interface SweepResult {
  /** The newest entries of this server run, of every user. */
  readonly rows: readonly Entry[]
  /** Whether the rows are all entries of this server run. */
  readonly isWhole: boolean
}

const keyOf = (row: Entry): string => `${row.id} ${row.rawStatus} ${row.statusDate}`
/** Whether the row's job has ended. */
export const isFinal = (row: Entry): boolean => outcomeOf({ word: row.status }) !== undefined

/**
 * Reads the newest entries page by page, until one that the last sweep has seen ended: whatever lies below it has
 * not changed since, because the server sorts by the date of the last change.
 */
export class EntryPages {
  readonly #server: Pick<WexflowServer, 'entries'>
  #settled: ReadonlySet<string> = new Set()

  constructor(server: Pick<WexflowServer, 'entries'>) {
    this.#server = server
  }

  /** What had ended on the pages that were read last: all that each entry said, in one text. */
  get ended(): ReadonlySet<string> {
    return this.#settled
  }

  /** The next pages are read on to those that go on for long. */
  forget(): void {
    this.#settled = new Set()
  }

  /** Rejects with a `WexflowError`; then nothing counts as read. */
  async read(): Promise<SweepResult> {
    const rows: Entry[] = []
    let isWhole = false
    for (let page = 1; page <= sweeps.mostPages; page += 1) {
      const read = await this.#server.entries(page, sweeps.pageRows)
      rows.push(...read)
      isWhole = read.length < sweeps.pageRows
      if (isWhole || read.some((row) => this.#settled.has(keyOf(row)))) break
    }
    this.#settled = new Set(rows.filter(isFinal).map(keyOf))
    return { rows, isWhole }
  }
}

/**
 * Whether the server has restarted between two sweeps: its list of entries is whole and one that was known is not on
 * it. Entries do not outlive a restart and are not deleted before. One that still changes may slip from a page that is
 * yet to be read to one that was read; one that had ended stays where it is.
 */
export function hasRestarted(before: SweepResult | null, after: SweepResult): boolean {
  if (before === null || !after.isWhole) return false
  const present = new Set(after.rows.map((row) => row.id))
  const isOnePage = after.rows.length < sweeps.pageRows
  return before.rows.some((row) => (isOnePage || isFinal(row)) && !present.has(row.id))
}
