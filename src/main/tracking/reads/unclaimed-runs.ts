import { instanceId } from '../../wexflow/log.ts'
import type { Entry, WexflowServer } from '../../wexflow/server.ts'
import { inOrderOfIds, isNumber } from '../ids.ts'
import { isFinal } from '../job.ts'
import { isOfLaterRun } from '../later-run.ts'
import { sweeps } from '../policy.ts'
import { insteadOfRefusal } from '../refused.ts'

/** A run of which the pages of entries tell, and whose it is not known. */
export interface UnclaimedRun {
  readonly entry: Entry
  /** The job's id as its log names it; null where that names none, as that of the queue's next job after a stop. */
  readonly jobId: string | null
}

/** What the log of one entry has said so far. Times are milliseconds of `performance.now()`. */
interface Naming {
  /** Null where it names none; undefined while it has yet to be read. */
  jobId: string | null | undefined
  /** How often it was asked for in vain. */
  attempts: number
  /** Since when it has been refused. */
  refusedSince: number | null
  /** Since when it has been that of a later run of the server. */
  laterSince: number | null
}

const unnamed = (): Naming => ({ jobId: undefined, attempts: 0, refusedSince: null, laterSince: null })

/** What is known of one run of the server: what is on its way as all is forgotten is noted where nobody looks any more. */
interface Known {
  /** By the workflow's id, and the entry's. */
  readonly entries: Map<number, Map<string, Entry>>
  /** By the entry's id. */
  readonly namings: Map<string, Naming>
}

const nothingKnown = (): Known => ({ entries: new Map(), namings: new Map() })

/**
 * The runs of the workflows that a start waits for a run of, as the newest entries show them: entries are written when
 * runs begin, and their ids grow, so that they tell how many there were and in which order, also of those that no list
 * of running jobs ever shows. An entry names no job; the first line of its log does.
 */
export class UnclaimedRuns {
  readonly #server: Pick<WexflowServer, 'entryLog'>
  #known = nothingKnown()

  constructor(server: Pick<WexflowServer, 'entryLog'>) {
    this.#server = server
  }

  /** Another run of the server may be there, whose entries may have the same ids. */
  clear(): void {
    this.#known = nothingKnown()
  }

  /** Takes what a page shows of these workflows; what is known of others is forgotten. */
  take(rows: readonly Entry[], workflowIds: ReadonlySet<number>): void {
    const { entries, namings } = this.#known
    for (const id of entries.keys()) if (!workflowIds.has(id)) entries.delete(id)
    for (const row of rows) {
      for (const [id, ofOther] of entries)
        if (id !== row.workflowId && ofOther.delete(row.id)) namings.delete(row.id)
      if (!workflowIds.has(row.workflowId) || !isNumber(row.id)) continue
      const ofWorkflow = entries.get(row.workflowId) ?? new Map<string, Entry>()
      const before = ofWorkflow.get(row.id)
      // What had ended is what it was for good: the next run of the server has given its id to another run.
      if (before !== undefined && isFinal(before) && before.statusDate !== row.statusDate)
        namings.delete(row.id)
      entries.set(row.workflowId, ofWorkflow.set(row.id, row))
    }
  }

  /** The entries of a workflow's runs that began after the mark and belong to nobody, in the order in which they began. */
  entriesAfter(workflowId: number, mark: bigint, isOwned: (entry: Entry) => boolean): Entry[] {
    return [...(this.#known.entries.get(workflowId)?.values() ?? [])]
      .filter((entry) => BigInt(entry.id) > mark && !isOwned(entry))
      .sort(inOrderOfIds)
      .slice(0, sweeps.mostUnclaimed)
  }

  /** The same with the names of these runs; none where all was forgotten meanwhile. Rejects with a `WexflowError`. */
  async after(workflowId: number, mark: bigint, isOwned: (entry: Entry) => boolean): Promise<UnclaimedRun[]> {
    const known = this.#known
    const entries = this.entriesAfter(workflowId, mark, isOwned)
    const jobIds = await Promise.all(entries.map((entry) => this.#jobIdOf(entry, known)))
    if (known !== this.#known) return []
    // Behind one whose log can't be read yet, nothing tells which is whose.
    const unread = jobIds.indexOf(undefined)
    const named = unread === -1 ? entries : entries.slice(0, unread)
    return named.map((entry, index) => ({ entry, jobId: jobIds[index] ?? null }))
  }

  /**
   * Null where the log names no job; undefined while it can't be read, or is another run's than the entry. A refusal says
   * nothing of what the log holds: a start that takes the run for a hidden one may take another's.
   */
  async #jobIdOf(entry: Entry, known: Known): Promise<string | null | undefined> {
    const { id } = entry
    const naming = known.namings.get(id) ?? unnamed()
    known.namings.set(id, naming)
    if (naming.jobId !== undefined) return naming.jobId
    // One log that can't be read must not hide all others.
    const lines = await this.#server.entryLog(id).catch(insteadOfRefusal(null))
    const now = performance.now()
    if (lines === null) {
      naming.refusedSince ??= now
      if (now - naming.refusedSince < sweeps.namingRefusedFor) return undefined
    } else if (isOfLaterRun(entry, lines)) {
      naming.laterSince ??= now
      if (now - naming.laterSince < sweeps.namingHeldFor) return undefined
    }
    naming.attempts += 1
    if (lines?.length === 0 && naming.attempts < sweeps.namingAttempts) return undefined
    naming.jobId = instanceId(lines ?? [])
    return naming.jobId
  }
}
