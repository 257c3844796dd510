import { instanceId } from '../../wexflow/log.ts'
import type { Entry, WexflowServer } from '../../wexflow/server.ts'
import { isFinal } from '../job.ts'
import { isOfLaterRun } from '../later-run.ts'
import { watching as policy } from './policy.ts'
import { insteadOfRefusal } from '../refused.ts'

/** An entry that is about to be watched. */
export interface PendingRun {
  readonly row: Entry
  /** Whether the row was read as it changed. */
  readonly isWitnessed: boolean
  /** Whether its run began while the pages were followed. */
  readonly isNew: boolean
  /** When it was first seen (milliseconds since 1970), and whether it had ended by then. */
  readonly firstSeenAt: number
  readonly wasFinal: boolean
  /** The newest row of the history before its end; null where that is not known. */
  readonly historyMark: string | null
  /** Undefined while its log was not read; null where that names no job. */
  readonly jobId: string | null | undefined
  /** Its log since its end; null while that was not read. */
  readonly lines: readonly string[] | null
  /** How often its log was read since its end, and how often that was refused in all. */
  readonly readings: number
  readonly refusals: number
  /** Since when its log has been that of a later run of the server: milliseconds since 1970. Null where it is not. */
  readonly laterSince: number | null
  /** When it may be asked about next: milliseconds since 1970. */
  readonly notBefore: number
}

export interface PendingRunsOptions {
  readonly server: Pick<WexflowServer, 'entryLog' | 'runningJobs'>
  readonly mayAsk: () => boolean
  /** A read failed: what that means for the link. */
  readonly fail: (error: unknown) => void
  /** All is known of it that can be for now. */
  readonly onNamed: (run: PendingRun) => void
  /** Its record says that it runs, and it does not: a stop can leave it so for ever. */
  readonly onGone: (run: PendingRun) => void
}

/**
 * Whether its log is to be read for its job's id. One that names none while its run goes on is read again at its end;
 * one that is empty twice is empty, as that of a job which the stop of another one ended.
 */
const needsName = ({ jobId, row, lines, readings }: PendingRun): boolean =>
  jobId === undefined ||
  (jobId === null && isFinal(row) && (lines === null || (lines.length === 0 && readings < policy.readings)))

/** A log that the server can't read now may name its job later; one that is refused again and again is as good as empty. */
function refused({ row, refusals }: PendingRun, notBefore: number): Partial<PendingRun> {
  if (refusals < policy.refusals) return { refusals: refusals + 1, notBefore }
  return isFinal(row) ? { jobId: null, lines: [], readings: policy.readings } : { jobId: null, notBefore }
}

/** The entries that are about to be watched, whose logs are read for their jobs' ids, a few at a time. */
export class PendingRuns {
  readonly #options: PendingRunsOptions
  /** By the entry's id. */
  readonly #runs = new Map<string, PendingRun>()
  readonly #underWay = new Set<string>()
  /** Whether the entries may be those of an earlier run of the server, and their ids others' by now. */
  #isHeld = false
  /** How often they have been held: a log that was asked for before may be of another run than its entry. */
  #holds = 0
  #again: NodeJS.Timeout | undefined

  constructor(options: PendingRunsOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#runs.size
  }

  /** Whether nothing more can be known of them before they end: they go on, and no log names them. */
  get areNameless(): boolean {
    return [...this.#runs.values()].every(({ row, jobId }) => jobId === null && !isFinal(row))
  }

  has(entryId: string): boolean {
    return this.#runs.has(entryId)
  }

  add(run: Pick<PendingRun, 'row' | 'isWitnessed' | 'isNew' | 'historyMark'>): void {
    this.#runs.set(run.row.id, {
      ...run,
      firstSeenAt: Date.now(),
      wasFinal: isFinal(run.row),
      jobId: undefined,
      lines: null,
      readings: 0,
      refusals: 0,
      laterSince: null,
      notBefore: 0,
    })
  }

  /** The change stream was away: no log is read until the pages show that these entries are still there. */
  hold(): void {
    this.#isHeld = true
    this.#holds += 1
  }

  /** What the pages say now of those that are pending. */
  update(rows: readonly Entry[], isWitnessed: boolean): void {
    this.#isHeld = false
    for (const row of rows) this.#change(row.id, { row, isWitnessed })
  }

  delete(entryId: string): void {
    this.#runs.delete(entryId)
  }

  clear(): void {
    this.#runs.clear()
    clearTimeout(this.#again)
    this.#again = undefined
  }

  /** Those of which all is known that can be for now. */
  decidable(): PendingRun[] {
    return [...this.#runs.values()].filter((run) => !needsName(run) && !this.#underWay.has(run.row.id))
  }

  /** Reads the logs that are still to be read. */
  nameNext(): void {
    if (this.#isHeld || !this.#options.mayAsk()) return
    const now = Date.now()
    let isAnyLater = false
    for (const run of this.#runs.values()) {
      if (this.#underWay.size >= policy.namings) return
      if (this.#underWay.has(run.row.id) || !needsName(run)) continue
      if (run.notBefore > now) isAnyLater = true
      else void this.#name(run)
    }
    if (!isAnyLater) return
    this.#again ??= setTimeout(() => {
      this.#again = undefined
      this.nameNext()
    }, policy.nameAgain)
  }

  #change(entryId: string, change: Partial<PendingRun>): PendingRun | null {
    const run = this.#runs.get(entryId)
    if (run === undefined) return null
    const changed = { ...run, ...change }
    this.#runs.set(entryId, changed)
    return changed
  }

  async #name(run: PendingRun): Promise<void> {
    const { id } = run.row
    const holds = this.#holds
    this.#underWay.add(id)
    const found = await this.#find(run)
    this.#underWay.delete(id)
    const isSame = holds === this.#holds && this.#runs.get(id)?.firstSeenAt === run.firstSeenAt
    const named = isSame ? this.#change(id, found) : null
    if (named !== null && !needsName(named)) this.#options.onNamed(named)
    this.nameNext()
  }

  async #find(run: PendingRun): Promise<Partial<PendingRun>> {
    const { server, fail, onGone } = this.#options
    const { row, isNew, readings } = run
    try {
      const lines = await server.entryLog(row.id).catch(insteadOfRefusal<string[] | null>(null))
      const notBefore = Date.now() + policy.nameAgain
      if (lines === null) return refused(run, notBefore)
      // The page was long on its way, and is of an earlier run of the server: the next one shows whose entry it is now.
      if (isOfLaterRun(row, lines)) {
        // It may have been pending for long, as where pages and logs were refused.
        const laterSince = run.laterSince ?? Date.now()
        if (Date.now() - laterSince < policy.laterFor) return { laterSince, notBefore }
      }
      const jobId = instanceId(lines)
      if (isFinal(row)) return { jobId, lines, readings: readings + 1, notBefore }
      if (!isNew && jobId !== null && !(await this.#isListed(row, jobId))) onGone(run)
      return { jobId, notBefore }
    } catch (error) {
      fail(error)
      return { notBefore: Date.now() + policy.nameAgain }
    }
  }

  /** What the server can't tell counts as listed: its end will show. */
  async #isListed({ workflowId }: Entry, jobId: string): Promise<boolean> {
    const { server } = this.#options
    const listed = await server.runningJobs(workflowId).catch(insteadOfRefusal(null))
    return listed === null || listed.some((info) => info.jobId === jobId)
  }
}
