import type { Job } from './job.ts'
import { WexflowError } from '../wexflow/errors.ts'
import { isServersWord } from '../wexflow/failures.ts'
import { instanceId } from '../wexflow/log.ts'
import type { Entry, WexflowServer } from '../wexflow/server.ts'

const pageSize = 200
const mostPages = 20
/** Rows whose log was read are remembered, so that no log is read twice. */
const mostRemembered = 5000
/** A shorter text would find nearly every workflow. */
const shortestText = 2

/** A finished job in the history, named by its log. */
export interface HistoryRow {
  readonly row: Entry
  readonly jobId: string
  /** The marks that it is, or lies below: a start that knew them is another job. */
  readonly olderThan: readonly string[]
}

/** What a search has found. */
export interface HistoryFound {
  /** Oldest first. */
  readonly rows: readonly HistoryRow[]
  /** Whether no other job can stand above the marks: none lay too deep, and no log was empty. */
  readonly isWhole: boolean
}

/** What is read of a row before its log. */
type Unnamed = Omit<HistoryRow, 'jobId'>

/**
 * The text that finds a workflow's rows on any database. The server (source) puts what it is asked for in lower case
 * and into a LIKE: SQLite's LOWER leaves É as it is, SQL Server's LIKE takes brackets, and PostgreSQL's backslashes,
 * for its own. And the rows carry the name with its `$variables` and `{functions}` filled in. So it is asked for the
 * longest part of the name that means the same everywhere; empty, which finds every row, where there is none.
 */
export function searchText(workflowName: string): string {
  const parts = workflowName
    .split(/\$\w+|\{[^}]*\}|[^A-Za-z0-9_ ]+/u)
    .map((part) => part.trim().toLowerCase())
  const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), '')
  return longest.length < shortestText ? '' : longest
}

/** One log that can't be read must not hide all others. */
function nothingIfRefused(error: unknown): string[] {
  if (error instanceof WexflowError && isServersWord(error.failure)) return []
  throw error
}

/**
 * Finds out which jobs of a workflow stand in the history. The history outlives the server's restarts and every user
 * may read it, but its rows name no job: only the first line of a row's log does.
 */
export class HistorySearch {
  readonly #server: Pick<WexflowServer, 'history' | 'historyLog'>
  readonly #jobIds = new Map<string, string>()

  constructor(server: Pick<WexflowServer, 'history' | 'historyLog'>) {
    this.#server = server
  }

  /** The newest row that a search by this workflow's name finds: a later job must stand above it. Empty: there is none. */
  async mark(workflowName: string): Promise<string> {
    const [newest] = await this.#server.history(searchText(workflowName), 1, 1)
    return newest?.id ?? ''
  }

  /**
   * The finished jobs of a workflow that are newer than the oldest of the marks (null or empty: of all). Stops as soon
   * as all of `wanted` are found; null wants every one. Rejects with a `WexflowError`.
   * @param contested those whose row of a stop may be another's, so that a newer one is looked for
   */
  async find(
    workflow: { readonly id: number; readonly name: string },
    marks: readonly (string | null)[],
    wanted: ReadonlySet<string> | null,
    contested: ReadonlySet<string> = new Set(),
  ): Promise<HistoryFound> {
    const above = await this.#rowsAbove(workflow.name, marks)
    const own = above.rows.filter(({ row }) => row.workflowId === workflow.id)
    const found: HistoryRow[] = []
    const missing = new Set(wanted)
    let { isWhole } = above
    // Most jobs end soon after their start: near the mark. Where there is none, near the top.
    const isNewestFirst = marks.includes(null)
    for (const { row, olderThan } of isNewestFirst ? own : own.toReversed()) {
      const jobId = await this.#jobIdOf(row)
      if (jobId === null) {
        isWhole = false
        continue
      }
      found.push({ row, jobId, olderThan })
      // A job that another's stop was written over runs on, and has a second row from its end (source).
      if (isNewestFirst || row.status !== 'Stopped' || !contested.has(jobId)) missing.delete(jobId)
      if (wanted !== null && missing.size === 0) break
    }
    return { rows: isNewestFirst ? found.toReversed() : found, isWhole }
  }

  /** The newest row of one job, if it stands in the history. Rejects with a `WexflowError`. */
  async findOne(
    job: Pick<Job, 'workflowId' | 'workflowName' | 'historyMark' | 'outcome'>,
    jobId: string,
  ): Promise<Entry | null> {
    const workflow = { id: job.workflowId, name: job.workflowName }
    const wanted = new Set([jobId])
    const contested = job.outcome === 'stopped' ? new Set<string>() : wanted
    const { rows } = await this.find(workflow, [job.historyMark], wanted, contested)
    return rows.findLast((found) => found.jobId === jobId)?.row ?? null
  }

  /** The rows above the marks, of all workflows that the text finds, newest first. */
  async #rowsAbove(
    workflowName: string,
    marks: readonly (string | null)[],
  ): Promise<{ rows: readonly Unnamed[]; isWhole: boolean }> {
    const text = searchText(workflowName)
    const sought = new Set(marks)
    const met = new Map<string, string>()
    const rows: Unnamed[] = []
    for (let page = 1; page <= mostPages; page += 1) {
      const read = await this.#server.history(text, page, pageSize)
      for (const row of read) {
        // A known job may stand on either side of a mark of its own second; the mark itself is of an older one.
        const isBelowAll = met.size === sought.size && ![...met.values()].includes(row.statusDate)
        if (isBelowAll) return { rows, isWhole: true }
        if (sought.has(row.id)) met.set(row.id, row.statusDate)
        rows.push({ row, olderThan: [...met.keys()] })
      }
      if (read.length < pageSize) return { rows, isWhole: true }
    }
    return { rows, isWhole: false }
  }

  /** Null where the log does not say, as on a server that logs nothing, or that can't read it. */
  async #jobIdOf(row: Entry): Promise<string | null> {
    const known = this.#jobIds.get(row.id)
    if (known !== undefined) return known
    const jobId = instanceId(await this.#server.historyLog(row.id).catch(nothingIfRefused))
    if (jobId === null) return null
    const [oldest] = this.#jobIds.keys()
    if (this.#jobIds.size >= mostRemembered && oldest !== undefined) this.#jobIds.delete(oldest)
    this.#jobIds.set(row.id, jobId)
    return jobId
  }
}
