import { instanceId } from '../../wexflow/log.ts'
import type { Entry, WexflowServer } from '../../wexflow/server.ts'
import { isNumber } from '../ids.ts'
import { sweeps } from '../policy.ts'
import { insteadOfRefusal } from '../refused.ts'

/** A run of which the pages of entries tell, and whose it is not known. */
export interface UnclaimedRun {
  readonly entry: Entry
  /** The job's id as its log names it; null where that names none, as that of the queue's next job after a stop. */
  readonly jobId: string | null
}

/**
 * The runs of the workflows that a start waits for a run of, as the newest entries show them: entries are written when
 * runs begin, and their ids grow, so that they tell how many there were and in which order, also of those that no list
 * of running jobs ever shows. An entry names no job; the first line of its log does.
 */
export class UnclaimedRuns {
  readonly #server: Pick<WexflowServer, 'entryLog'>
  readonly #entries = new Map<number, Map<string, Entry>>()
  readonly #jobIds = new Map<string, string | null>()
  /** How often in vain the log of an entry was asked for. */
  readonly #attempts = new Map<string, number>()
  /** Since when the log of an entry has been refused; milliseconds of `performance.now()`. */
  readonly #refusedSince = new Map<string, number>()
  /** Counts how often all was forgotten: what is on its way since before is of a run of the server that may be over. */
  #clearings = 0

  constructor(server: Pick<WexflowServer, 'entryLog'>) {
    this.#server = server
  }

  /** Another run of the server may be there, whose entries may have the same ids. */
  clear(): void {
    this.#entries.clear()
    this.#jobIds.clear()
    this.#attempts.clear()
    this.#refusedSince.clear()
    this.#clearings += 1
  }

  /** Takes what a page shows of these workflows; what is known of others is forgotten. */
  take(rows: readonly Entry[], workflowIds: ReadonlySet<number>): void {
    for (const id of this.#entries.keys()) if (!workflowIds.has(id)) this.#entries.delete(id)
    for (const row of rows) {
      if (!workflowIds.has(row.workflowId) || !isNumber(row.id)) continue
      const known = this.#entries.get(row.workflowId) ?? new Map<string, Entry>()
      this.#entries.set(row.workflowId, known.set(row.id, row))
    }
  }

  /**
   * The runs of a workflow that began after the mark and belong to nobody, in the order in which they began; none where
   * all was forgotten meanwhile. Rejects with a `WexflowError`.
   */
  async after(workflowId: number, mark: bigint, isOwned: (entry: Entry) => boolean): Promise<UnclaimedRun[]> {
    const entries = [...(this.#entries.get(workflowId)?.values() ?? [])]
      .filter((entry) => BigInt(entry.id) > mark && !isOwned(entry))
      .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
      .slice(0, sweeps.mostUnclaimed)
    const clearings = this.#clearings
    const jobIds = await Promise.all(entries.map((entry) => this.#jobIdOf(entry)))
    if (clearings !== this.#clearings) return []
    // Behind one whose log can't be read yet, nothing tells which is whose.
    const unread = jobIds.indexOf(undefined)
    const known = unread === -1 ? entries : entries.slice(0, unread)
    return known.map((entry, index) => ({ entry, jobId: jobIds[index] ?? null }))
  }

  /** Null where the log names no job; undefined while it can't be read. */
  async #jobIdOf({ id }: Entry): Promise<string | null | undefined> {
    const known = this.#jobIds.get(id)
    if (known !== undefined) return known
    // One log that can't be read must not hide all others.
    const clearings = this.#clearings
    const lines = await this.#server.entryLog(id).catch(insteadOfRefusal(null))
    if (clearings !== this.#clearings) return undefined
    if (lines === null && !this.#isRefusedForGood(id)) return undefined
    const attempts = (this.#attempts.get(id) ?? 0) + 1
    this.#attempts.set(id, attempts)
    if (lines?.length === 0 && attempts < sweeps.namingAttempts) return undefined
    const jobId = instanceId(lines ?? [])
    this.#jobIds.set(id, jobId)
    return jobId
  }

  /** A refusal says nothing of what the log holds: a start that takes the run for a hidden one may take another's. */
  #isRefusedForGood(id: string): boolean {
    const now = performance.now()
    const since = this.#refusedSince.get(id) ?? now
    this.#refusedSince.set(id, since)
    return now - since >= sweeps.namingRefusedFor
  }
}
