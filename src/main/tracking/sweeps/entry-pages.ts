import type { Entry, WexflowServer } from '../../wexflow/server.ts'
import { isFinal } from '../job.ts'
import { sweeps } from '../policy.ts'

/** What a sweep has read. */
export interface SweepResult {
  /** The newest entries of this server run, of every user. */
  readonly rows: readonly Entry[]
  /** Whether the rows are all entries of this server run. */
  readonly isWhole: boolean
}

const keyOf = (row: Entry): string => `${row.id} ${row.rawStatus} ${row.statusDate}`

/**
 * Reads the newest entries page by page, until one that the last sweep has seen ended: whatever lies below it has
 * not changed since, because the server sorts by the date of the last change.
 */
export class EntryPages {
  readonly #server: Pick<WexflowServer, 'entries'>
  #ended: ReadonlySet<string> = new Set()

  constructor(server: Pick<WexflowServer, 'entries'>) {
    this.#server = server
  }

  /** What had ended on the pages that were read last: all that each entry said, in one text. */
  get ended(): ReadonlySet<string> {
    return this.#ended
  }

  /** The next pages are read on to those that go on for long. */
  forget(): void {
    this.#ended = new Set()
  }

  /** Rejects with a `WexflowError`; then nothing counts as read. */
  async read(): Promise<SweepResult> {
    const rows: Entry[] = []
    let isWhole = false
    for (let page = 1; page <= sweeps.mostPages; page += 1) {
      const read = await this.#server.entries(page, sweeps.pageRows)
      rows.push(...read.rows)
      isWhole = read.isLast
      if (isWhole || read.rows.some((row) => this.#ended.has(keyOf(row)))) break
    }
    this.#ended = new Set(rows.filter(isFinal).map(keyOf))
    return { rows, isWhole }
  }
}
