import { dropOldest } from '../../platform/drop-oldest.ts'
import type { Entry } from '../../wexflow/server.ts'
import { quarterHour, serverTimeOf } from '../../wexflow/server-clock.ts'
import { isFinal } from '../job.ts'
import { watching } from './policy.ts'

/** An entry on the pages that may be that of a run to watch. */
export interface SeenEntry {
  readonly row: Entry
  /** Whether it was not there before, as far as the pages were followed: its run has begun since. */
  readonly isNew: boolean
}

const saysTheSame = (a: Entry, b: Entry): boolean =>
  a.workflowId === b.workflowId && a.rawStatus === b.rawStatus

const isSame = (a: Entry, b: Entry | undefined): boolean =>
  b !== undefined && saysTheSame(a, b) && a.statusDate === b.statusDate

/**
 * Whether two entries may be one, as the server wrote its date before and after its clock was set for another zone: some
 * databases read old dates in the zone of today (point 29).
 */
function isSameInOtherZone(a: Entry, b: Entry): boolean {
  const [from, to] = [serverTimeOf(a.statusDate), serverTimeOf(b.statusDate)]
  return saysTheSame(a, b) && from !== null && to !== null && (to - from) % quarterHour === 0
}

/**
 * Tells the entries of runs that began while the pages were followed from those that had ended before. Entries are
 * those of one run of the server, and their ids may begin anew with the next. So what is known holds for as long as the
 * change stream lives, and beyond that only where the pages show an entry exactly as it stood before.
 */
export class NewEntries {
  #last: ReadonlyMap<string, Entry> | null = null
  readonly #seen = new Set<string>()
  #isUnbroken = false

  /** Whether pages were read since the last time that all was forgotten. */
  get areRead(): boolean {
    return this.#last !== null
  }

  /** The change stream was away: the server may be in another run. */
  onStream(): void {
    this.#isUnbroken = false
  }

  /** What stands on the next pages counts as there before. */
  forget(): void {
    this.#last = null
    this.#seen.clear()
  }

  /**
   * The pages were read. Answers those entries, oldest first, that go on or are new; and whether they are of the run of
   * the server that the last pages were of.
   * @param isStreaming whether the change stream lives
   */
  take(
    rows: readonly Entry[],
    isStreaming: boolean,
  ): { readonly entries: SeenEntry[]; readonly isSameRun: boolean } {
    const isSameRun = this.#isSameRun(rows, isStreaming)
    // What an earlier run of the server wrote is gone: all that stands there now has begun since, also where it ended.
    const isFollowed = this.areRead
    if (!isSameRun) this.#seen.clear()
    const entries = rows
      .toReversed()
      .map((row) => ({ row, isNew: isFollowed && !this.#seen.has(row.id) }))
      .filter(({ row, isNew }) => isNew || !isFinal(row))
    for (const { id } of rows) this.#remember(id)
    this.#last = new Map(rows.map((row) => [row.id, row]))
    this.#isUnbroken = isStreaming
    return { entries, isSameRun }
  }

  #isSameRun(rows: readonly Entry[], isStreaming: boolean): boolean {
    if (this.#last === null) return false
    // The stream may be gone, and no other live yet. Where no entry stood before, all are of runs that began since.
    if ((this.#isUnbroken && isStreaming) || this.#last.size === 0) return true
    const last = this.#last
    if (rows.some((row) => isSame(row, last.get(row.id)))) return true
    const ended = rows.flatMap((row) => {
      const before = last.get(row.id)
      return before === undefined || !isFinal(before) ? [] : [{ row, before }]
    })
    return ended.length > 0 && ended.every(({ row, before }) => isSameInOtherZone(row, before))
  }

  #remember(id: string): void {
    // The ones that were seen last stay.
    this.#seen.delete(id)
    this.#seen.add(id)
    dropOldest(this.#seen, watching.mostSeen)
  }
}
