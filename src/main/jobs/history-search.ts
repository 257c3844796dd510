import type { Job } from '../../shared/job.ts'
import type { Entry, WexflowServer } from '../wexflow/server.ts'
import { instanceId } from '../wexflow/log.ts'

const pageSize = 50
const mostPages = 20
/** Rows whose log was read are remembered, so that no log is read twice. */
const mostRemembered = 5000

/** A finished job in the history, named by its log. */
export interface HistoryRow {
  readonly row: Entry
  readonly jobId: string
  /** The marks that it is, or lies below: a start that knew them is another job. */
  readonly olderThan: readonly string[]
}

/**
 * Finds out which jobs of a workflow stand in the history. The history outlives the server's restarts and every user
 * may read it, but its rows name no job: only the first line of a row's log does.
 */
export class HistorySearch {
  readonly #server: Pick<WexflowServer, 'history' | 'historyLog'>
  readonly #jobIds = new Map<string, string | null>()

  constructor(server: Pick<WexflowServer, 'history' | 'historyLog'>) {
    this.#server = server
  }

  /** The newest row that a search by this workflow's name finds: a later job must stand above it. Empty: there is none. */
  async mark(workflowName: string): Promise<string> {
    const [newest] = await this.#server.history(workflowName, 1, 1)
    return newest?.id ?? ''
  }

  /**
   * The finished jobs of a workflow that are newer than the oldest of the marks (null or empty: of all), newest first.
   * Stops as soon as all of `wanted` are found; null wants every one. Rejects with a `WexflowError`.
   */
  async find(
    workflow: { readonly id: number; readonly name: string },
    marks: readonly (string | null)[],
    wanted: ReadonlySet<string> | null,
  ): Promise<HistoryRow[]> {
    const found: HistoryRow[] = []
    const missing = new Set(wanted)
    const sought = new Set(marks)
    const met = new Map<string, string>()
    for (let page = 1; page <= mostPages; page += 1) {
      const rows = await this.#server.history(workflow.name, page, pageSize)
      for (const row of rows) {
        // A known job may stand on either side of a mark of its own second; the mark itself is of an older one.
        const isBelowAll = met.size === sought.size && ![...met.values()].includes(row.statusDate)
        if (isBelowAll) return found
        if (sought.has(row.id)) met.set(row.id, row.statusDate)
        const olderThan = [...met.keys()]
        if (row.workflowId !== workflow.id) continue
        const jobId = await this.#jobIdOf(row)
        if (jobId === null) continue
        found.push({ row, jobId, olderThan })
        missing.delete(jobId)
        if (wanted !== null && missing.size === 0) return found
      }
      if (rows.length < pageSize) break
    }
    return found
  }

  /** The row of one job, if it stands in the history. Rejects with a `WexflowError`. */
  async findOne(
    job: Pick<Job, 'workflowId' | 'workflowName' | 'historyMark'>,
    jobId: string,
  ): Promise<Entry | null> {
    const workflow = { id: job.workflowId, name: job.workflowName }
    const rows = await this.find(workflow, [job.historyMark], new Set([jobId]))
    return rows.find((found) => found.jobId === jobId)?.row ?? null
  }

  async #jobIdOf(row: Entry): Promise<string | null> {
    const known = this.#jobIds.get(row.id)
    if (known !== undefined) return known
    const jobId = instanceId(await this.#server.historyLog(row.id))
    const [oldest] = this.#jobIds.keys()
    if (this.#jobIds.size >= mostRemembered && oldest !== undefined) this.#jobIds.delete(oldest)
    this.#jobIds.set(row.id, jobId)
    return jobId
  }
}
