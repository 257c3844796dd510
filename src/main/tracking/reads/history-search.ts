import { dropOldest } from '../../platform/drop-oldest.ts'
import { instanceId } from '../../wexflow/log.ts'
import type { Entry, EntryPage, WexflowServer } from '../../wexflow/server.ts'
import { serverTimeOf } from '../../wexflow/server-clock.ts'
import { greatest, inOrderOfIds, isNumber, namedByRow } from '../ids.ts'
import { newestRows } from '../newest-rows.ts'
import { history, starting } from '../policy.ts'
import { insteadOfRefusal } from '../refused.ts'
import { SharedRead } from '../shared-read.ts'

/** A finished job in the history, named by its log. */
export interface HistoryRow {
  readonly row: Entry
  /**
   * The job's id, or a name of its own for a row whose log has none: the queue's next job after a stop leaves such a
   * log.
   */
  readonly jobId: string
  /** The marks that it is, or that are newer: a start that knew them is another job. */
  readonly olderThan: readonly string[]
}

/** What a search has found. */
export interface HistoryFound {
  /** Oldest first. */
  readonly rows: readonly HistoryRow[]
  /** Whether no other job can stand above the marks: none lay too deep, and no log was empty. */
  readonly isWhole: boolean
}

/** What is searched for. */
export interface Sought {
  readonly workflow: { readonly id: number; readonly name: string }
  /** The newest row before each start; null where that is not known, empty where there was none. */
  readonly marks: readonly (string | null)[]
  /** The ids of the jobs; null where any job may be meant. */
  readonly wanted: ReadonlySet<string> | null
  /** Those whose row of a stop may be another's, so that a newer one is looked for. */
  readonly contested: ReadonlySet<string>
}

/** What is read of a row before its log. */
type UnreadRow = Omit<HistoryRow, 'jobId'>

interface Listing {
  readonly rows: UnreadRow[]
  /** Whether every mark was come to, or the history's end. */
  readonly isReached: boolean
  /** What else was on the last page that was read, below all marks. */
  readonly rest: readonly Entry[]
  /** The page after the last one that was read; null where there is none. */
  readonly nextPage: number | null
}

/**
 * The text that finds a workflow's rows on most databases. The server (source) puts what it is asked for in lower case
 * and into a LIKE: SQLite's LOWER leaves É as it is, SQL Server's LIKE takes brackets, PostgreSQL's backslashes for its
 * own, and LiteDB finds no name with a capital letter. And the rows carry the name with its `$variables` and
 * `{functions}` filled in, or the name that the workflow had before it was renamed. So a text that finds nothing proves
 * nothing; it is the longest part of the name that means the same on most, and empty, which finds every row, where
 * there is none.
 */
export function searchText(workflowName: string): string {
  const parts = workflowName
    .split(/\$\w+|\{[^}]*\}|[^A-Za-z0-9_ ]+/u)
    .map((part) => part.trim().toLowerCase())
  const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), '')
  return longest.length < history.shortestText ? '' : longest
}

/**
 * The newest rows in which those of a workflow are to be looked for: what its name finds, or all where that finds none of
 * its rows. Rejects with what the search rejects with.
 * @param search asks the server for the newest rows that a text finds
 */
export async function newestRowsFor(
  { id, name }: Sought['workflow'],
  search: (text: string) => Promise<EntryPage>,
): Promise<EntryPage> {
  const text = searchText(name)
  const named = await search(text)
  return text === '' || named.rows.some(({ workflowId }) => workflowId === id) ? named : search('')
}

/**
 * Whether a row is older than a mark by its id: where ids are numbers they grow, on every database and across the
 * server's runs, while dates go back with the server's clock. Undefined where the ids do not tell.
 */
export function isOlderById(row: Entry, mark: string | null): boolean | undefined {
  if (mark === null || mark === '') return false
  return isNumber(mark) && isNumber(row.id) ? BigInt(row.id) <= BigInt(mark) : undefined
}

/** The marks that a row is, or that are newer by its id. */
const olderThan = (row: Entry, marks: readonly (string | null)[]): string[] =>
  marks.flatMap((mark) => (mark !== null && isOlderById(row, mark) === true ? mark : []))

/**
 * Finds out which jobs of a workflow stand in the history. The history outlives the server's restarts and every user
 * may read it, but its rows name no job: only the first line of a row's log does.
 */
export class HistorySearch {
  readonly #server: Pick<WexflowServer, 'history' | 'historyLog'>
  readonly #jobIds = new Map<string, string>()
  readonly #marks = new SharedRead(() => this.#readMark(), starting.markPatience)
  /** The greatest id of a row that is known; null where ids are no numbers, or none is known. */
  #greatestId: string | null = null

  constructor(server: Pick<WexflowServer, 'history' | 'historyLog'>) {
    this.#server = server
  }

  /** Rows of these ids are known to be there. */
  noteIds(ids: readonly string[]): void {
    this.#greatestId = greatest(this.#greatestId === null ? ids : [this.#greatestId, ...ids])
  }

  /**
   * The newest row of all: a later job must stand above it, or have a greater id. Empty: there is none. Rejects with a
   * `WexflowError`. After the server's clock went back the rows on top are old, for as long as it went back, and what
   * is newer is known only from having been seen.
   */
  mark(): Promise<string> {
    return this.#marks.get()
  }

  async #readMark(): Promise<string> {
    const { rows, isLast } = await newestRows((count) => this.#history('', 1, count), history.markRows)
    const newest = rows[0]?.id ?? ''
    // Where these are all, the database may be another one than what was seen before.
    if (isLast) this.#greatestId = greatest(rows.map(({ id }) => id))
    return isNumber(newest) ? (this.#greatestId ?? newest) : newest
  }

  async #history(text: string, page: number, count: number): Promise<EntryPage> {
    const read = await this.#server.history(text, page, count)
    this.noteIds(read.rows.map(({ id }) => id))
    return read
  }

  /**
   * The finished jobs of a workflow that are newer than the oldest of the marks. Stops as soon as all that is wanted is
   * found. Rejects with a `WexflowError`.
   */
  async find(sought: Sought): Promise<HistoryFound> {
    const { workflow, marks, wanted } = sought
    const above = await this.#list('', marks)
    const isOwn = ({ row }: UnreadRow): boolean => row.workflowId === workflow.id
    const isNewestFirst = marks.includes(null)
    const own = above.rows.filter(isOwn)
    // Most jobs end soon after their start: near the mark. Where there is none, near the top.
    const first = await this.#named(isNewestFirst ? own : own.toReversed(), sought)
    const isFound = wanted !== null && first.missing.size === 0
    const beyond = isFound ? nothingMore : await this.#beyond(above, sought)
    const more = await this.#named(beyond.rows.filter(isOwn), sought)
    const rows = isNewestFirst ? first.rows.toReversed() : first.rows
    return {
      rows: inOrder([...more.rows.toReversed(), ...rows]),
      isWhole: first.isWhole && more.isWhole && (isFound || above.isReached || beyond.isReached),
    }
  }

  /** The newest row of one job, if it stands in the history. Rejects with a `WexflowError`. */
  async findOne(
    workflow: Sought['workflow'],
    mark: string | null,
    jobId: string,
    isContested: boolean,
  ): Promise<Entry | null> {
    const wanted = new Set([jobId])
    const contested = isContested ? wanted : new Set<string>()
    const { rows } = await this.find({ workflow, marks: [mark], wanted, contested })
    return rows.findLast((found) => found.jobId === jobId)?.row ?? null
  }

  /** The rows above the marks, newest first. */
  async #list(text: string, marks: readonly (string | null)[]): Promise<Listing> {
    const sought = new Set(marks)
    const met = new Map<string | null, string>()
    const known = new Set<string>()
    const rows: UnreadRow[] = []
    for (let page = 1; page <= history.mostPages; page += 1) {
      const read = await this.#history(text, page, history.pageRows)
      const nextPage = read.isLast ? null : page + 1
      const unknown = newAmong(known, read.rows)
      for (const [index, row] of unknown.entries()) {
        // A known job may stand on either side of a mark of its own second; the mark itself is of an older one.
        const isBelowAll = met.size === sought.size && ![...met.values()].includes(row.statusDate)
        if (isBelowAll) return { rows, isReached: true, rest: unknown.slice(index), nextPage }
        for (const mark of sought)
          if (!met.has(mark) && (row.id === mark || isOlderById(row, mark) === true))
            met.set(mark, row.statusDate)
        const above = [...sought].filter((mark) => isOlderById(row, mark) ?? met.has(mark))
        rows.push({ row, olderThan: above.filter((mark) => mark !== null) })
      }
      if (nextPage === null) return { rows, isReached: true, rest: [], nextPage }
    }
    return { rows, isReached: false, rest: [], nextPage: null }
  }

  /**
   * What the rows above the marks did not hold: rows that are newer by their ids and stand below, since the server's
   * clock went back; and, where the marks lay too deep among the rows of all workflows, those that the name finds.
   */
  async #beyond(
    above: Listing,
    { workflow, marks }: Sought,
  ): Promise<{ rows: UnreadRow[]; isReached: boolean }> {
    const known = new Set(above.rows.map(({ row }) => row.id))
    if (!above.isReached) {
      const named = await this.#list(searchText(workflow.name), marks)
      const rows = named.rows.filter(({ row }) => !known.has(row.id))
      return {
        rows,
        isReached: named.isReached && named.rows.some(({ row }) => row.workflowId === workflow.id),
      }
    }
    if (marks.some((mark) => mark === null || !isNumber(mark))) return nothingMore
    const isNewer = (row: Entry): boolean => marks.some((mark) => isOlderById(row, mark) === false)
    const rows: UnreadRow[] = []
    let { rest, nextPage: page } = above
    for (let left: number = history.pagesBelow; ; left -= 1) {
      const newer = newAmong(known, rest).filter(isNewer)
      rows.push(...newer.map((row) => ({ row, olderThan: olderThan(row, marks) })))
      if (page === null || page > history.mostPages || left <= 0) break
      const read = await this.#history('', page, history.pageRows)
      rest = read.rows
      page = read.isLast ? null : page + 1
    }
    return { rows, isReached: true }
  }

  /** These rows with the jobs that their logs name, until all that is wanted is found. */
  async #named(
    rows: readonly UnreadRow[],
    { wanted, contested, marks }: Sought,
  ): Promise<{ rows: HistoryRow[]; missing: ReadonlySet<string>; isWhole: boolean }> {
    const found: HistoryRow[] = []
    const missing = new Set(wanted)
    const isNewestFirst = marks.includes(null)
    let isWhole = true
    for (let at = 0; at < rows.length; at += history.logsAtOnce) {
      const isFound = wanted !== null && missing.size === 0
      if (isFound && !mayBeOfOneRun(rows[at - 1]?.row, rows[at]?.row)) break
      const some = rows.slice(at, at + history.logsAtOnce)
      const jobIds = await Promise.all(some.map(({ row }) => this.#jobIdOf(row)))
      for (const [index, unread] of some.entries()) {
        const jobId = jobIds[index] ?? null
        if (jobId === null) isWhole = false
        else found.push({ ...unread, jobId })
        // A job that another's stop was written over runs on, and has a second row from its end (source).
        const mayHaveSecond = unread.row.status === 'Stopped' && contested.has(jobId ?? '')
        if (jobId !== null && (isNewestFirst || !mayHaveSecond)) missing.delete(jobId)
      }
    }
    return { rows: found, missing, isWhole }
  }

  /** Null where there is no log, as on a server that logs nothing, or that can't read it. */
  async #jobIdOf(row: Entry): Promise<string | null> {
    const known = this.#jobIds.get(row.id)
    if (known !== undefined) return known
    const lines = await this.#logOf(row)
    if (lines === null) return null
    const jobId = instanceId(lines) ?? namedByRow(row.id)
    // A server in trouble says of any log that it is empty: the next search reads it again.
    if (lines.length === 0) return jobId
    this.#jobIds.set(row.id, jobId)
    dropOldest(this.#jobIds, history.mostRemembered)
    return jobId
  }

  /**
   * Null where it can't be read. A job that a stop of another one ended leaves a row without a line: one that is empty
   * twice is empty.
   */
  async #logOf(row: Entry): Promise<readonly string[] | null> {
    // One log that can't be read must not hide all others.
    const read = (): Promise<string[] | null> => this.#server.historyLog(row.id).catch(insteadOfRefusal(null))
    const lines = await read()
    if (lines === null || lines.length > 0) return lines
    return row.status === 'Stopped' ? read() : null
  }
}

/**
 * Those of the rows that are not among the known ones, which they are from then on. What ends while pages are read pushes
 * the last rows of one page on to the next, which has them again.
 */
function newAmong(known: Set<string>, rows: readonly Entry[]): Entry[] {
  const unknown = rows.filter(({ id }) => !known.has(id))
  for (const { id } of unknown) known.add(id)
  return unknown
}

/**
 * The oldest first. By their dates the rows of one second stand in any order, and after the server's clock went back newer
 * ones below older ones: where ids are numbers, they tell.
 */
const inOrder = (rows: readonly HistoryRow[]): readonly HistoryRow[] =>
  rows.every(({ row }) => isNumber(row.id)) ? rows.toSorted((a, b) => inOrderOfIds(a.row, b.row)) : rows

/**
 * Whether the next row may be of the run that this one is of: a stop that met the run's own end has left a row some 50 ms
 * after that of the end.
 */
function mayBeOfOneRun(row: Entry | undefined, next: Entry | undefined): boolean {
  if (row === undefined || next?.status !== 'Stopped') return false
  const [at, nextAt] = [row, next].map(({ statusDate }) => serverTimeOf(statusDate))
  return row.statusDate === next.statusDate || (at != null && nextAt === at + history.stopMeetsEnd)
}

const nothingMore = { rows: [], isReached: true }
