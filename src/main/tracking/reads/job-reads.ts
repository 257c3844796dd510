import { instanceId } from '../../wexflow/log.ts'
import type { Entry, LogPlace, WexflowServer } from '../../wexflow/server.ts'
import type { DueRead } from '../agenda.ts'
import { factOfLog } from '../answers/log.ts'
import { never } from '../asked.ts'
import { EntryClaims } from './entry-claims.ts'
import { HistoryRead } from './history-read.ts'
import type { HistorySearch } from './history-search.ts'
import { isNameless } from '../ids.ts'
import { isFinal, isWatched, type Job, jobIdOf, wireIdOf } from '../job.ts'
import { keepsClaim, replacedIdOf } from '../replaced-id.ts'
import { insteadOfRefusal } from '../refused.ts'
import { RunningJobsRead } from './running-jobs-read.ts'
import { readPastRuns } from './usual-read.ts'
import type { TrackerForReads } from './tracker-for-reads.ts'
import { WorkflowFacts } from './workflow-facts.ts'

/** Makes the reads that were planned, and turns their answers into facts. */
export class JobReads {
  readonly #server: WexflowServer
  readonly #history: HistorySearch
  readonly #tracker: TrackerForReads
  readonly #facts: WorkflowFacts
  readonly #entries: EntryClaims
  readonly #runningJobs: RunningJobsRead
  readonly #historyRead: HistoryRead

  constructor(server: WexflowServer, history: HistorySearch, tracker: TrackerForReads) {
    this.#server = server
    this.#history = history
    this.#tracker = tracker
    this.#facts = new WorkflowFacts(tracker)
    this.#entries = new EntryClaims(server, this.#facts, tracker)
    this.#runningJobs = new RunningJobsRead(server, this.#entries, this.#facts, tracker)
    this.#historyRead = new HistoryRead(history, this.#facts, tracker)
  }

  /** The server may be in another run, whose entries have ids of their own: what pages showed before no longer holds. */
  forgetEntries(): void {
    this.#entries.forget()
  }

  /** The newest entries were read: runs that belong to nobody are claimed by the starts that wait for one. */
  onPages(rows: readonly Entry[]): Promise<void> {
    return this.#entries.onPages(rows)
  }

  /** Whether the newest entries could be read last. */
  get hasPages(): boolean {
    return this.#facts.hasPages
  }

  /** The newest entries can't be read. */
  onPagesRefused(): void {
    this.#facts.hasPages = false
  }

  /** Makes one read. Rejects with a `WexflowError`. */
  async make({ kind, workflowId, keys }: DueRead): Promise<void> {
    if (kind === 'jobs') return this.#runningJobs.make(workflowId)
    if (kind === 'history') return this.#historyRead.make(workflowId, keys)
    if (kind === 'usual') return this.#readUsual(workflowId, keys)
    for (const key of keys) {
      const job = this.#tracker.jobs.get(key)
      if (job === undefined) continue
      if (kind === 'log') await this.#readLogFacts(job)
      if (kind === 'entry' && !(await this.#isOwnShown(job))) await this.#readEntry(job)
      if (kind === 'memory') await this.#readMemory(job)
    }
  }

  /** Where the server keeps a job's log; null while it runs. Rejects with a `WexflowError`. */
  async placeOfLog(job: Job): Promise<LogPlace | null> {
    return (await this.#findLog(job)).place
  }

  /** The place of a job's log; with the lines that tell most where it was read to find that. */
  async #findLog(job: Job): Promise<{ place: LogPlace | null; lines?: string[] }> {
    const { run } = job
    if (run === null) return { place: null }
    if (run.history !== null) return { place: { kind: 'history', id: run.history.id } }
    const known: LogPlace | null = run.entry === null ? null : { kind: 'entry', id: run.entry.id }
    if (isNameless(run.jobId)) return { place: known }
    // Its entry keeps its id for as long as the server runs: a notification that waits for the log waits for one call.
    if (known !== null && this.#tracker.serverRun.isMember(job.key)) return { place: known }
    // Of watched runs there may be hundreds a minute: the log of the entry that is known says whether it is still this
    // run's, since a later run of the server may have given the entry's id anew.
    const lines = isWatched(job) && known !== null ? await this.#server.entryLog(known.id) : []
    if (instanceId(lines) === run.jobId) return { place: known, lines }
    const entry = await this.#server.entry(job.workflowId, run.jobId)
    if (entry !== null) return { place: { kind: 'entry', id: entry.id } }
    const workflow = { id: job.workflowId, name: job.workflowName }
    const isContested = job.end?.outcome !== 'stopped'
    const row = await this.#history.findOne(workflow, job.start.historyMark, run.jobId, isContested)
    if (row === null) return { place: null }
    this.#tracker.apply(job.key, { kind: 'historyFound', row, jobId: run.jobId })
    return { place: { kind: 'history', id: row.id } }
  }

  /** The lines of a job's log that tell most; empty while it runs. */
  async #tellingLines(job: Job): Promise<string[]> {
    const { place, lines } = await this.#findLog(job)
    if (place === null || lines !== undefined) return lines ?? []
    return place.kind === 'entry' ? this.#server.entryLog(place.id) : this.#server.historyLog(place.id)
  }

  /** Reads how long earlier runs took, unless another job of the workflow has had it read meanwhile. */
  async #readUsual(workflowId: number, keys: readonly string[]): Promise<void> {
    const { usual, jobs } = this.#tracker
    const [job] = keys.flatMap((key) => jobs.get(key) ?? [])
    if (job !== undefined && usual.needsHistory(workflowId)) {
      const workflow = { id: workflowId, name: job.workflowName }
      usual.noteHistory(workflowId, await readPastRuns(this.#server, workflow))
    }
    for (const key of keys) this.#tracker.apply(key, { kind: 'nothingNew' })
  }

  async #readEntry(before: Job): Promise<void> {
    const { key, workflowId } = before
    const jobId = wireIdOf(before)
    // Only the id that its start was given was to be asked for.
    if (jobId === null) return this.#tracker.apply(key, { kind: 'nothingNew' })
    const askedAt = Date.now()
    const entry = await this.#server.entry(workflowId, jobId)
    this.#tracker.asked.note(key, { entryAt: askedAt })
    const job = this.#tracker.jobs.get(key)
    // Its start's answer may have come meanwhile.
    if (job === undefined || jobIdOf(job) !== jobId) return
    if (entry !== null && !isFinal(entry) && this.#facts.isOfRunBefore(before))
      return this.#tracker.apply(key, { kind: 'nothingNew' })
    if (entry !== null) {
      this.#tracker.serverRun.seenAlive(key)
      this.#tracker.apply(key, { kind: 'entry', entry, isWitnessed: false })
      return
    }
    // While the server can't have restarted, this user may only no longer read it. The stream that says so may be dead.
    const isWithheld = job.run?.entry != null && this.#tracker.serverRun.isMember(key)
    if (isWithheld) this.#tracker.asked.note(key, { entryMissingAt: askedAt })
    this.#tracker.apply(key, isWithheld ? { kind: 'nothingNew' } : { kind: 'noEntry', askedAt })
  }

  /** Whether the server shows the id that the start was given, after it has claimed another run: it gives that back. */
  async #isOwnShown(job: Job): Promise<boolean> {
    const { key, workflowId } = job
    const jobId = replacedIdOf(job)
    if (jobId === null) return false
    const ownEntryAt = Date.now()
    const entry = await this.#server.entry(workflowId, jobId)
    this.#tracker.asked.note(key, { ownEntryAt })
    const now = this.#tracker.jobs.get(key)
    if (entry === null || now === undefined || replacedIdOf(now) !== jobId) return false
    if (keepsClaim(now, this.#tracker.jobs.ofWorkflow(workflowId))) return false
    this.#tracker.apply(key, { kind: 'startAnswered', jobId })
    this.#tracker.serverRun.seenAlive(key)
    this.#tracker.apply(key, { kind: 'entry', entry, isWitnessed: false })
    return true
  }

  async #readMemory(before: Job): Promise<void> {
    const { key, workflowId } = before
    const jobId = wireIdOf(before)
    if (jobId === null) return
    const askedAt = Date.now()
    const info = await this.#server.job(workflowId, jobId)
    this.#tracker.asked.note(key, { memoryAt: askedAt })
    const saysNothing = info?.isRunning === true && this.#facts.isOfRunBefore(before)
    this.#tracker.apply(key, saysNothing ? { kind: 'nothingNew' } : { kind: 'remembered', info })
  }

  /**
   * An end can be announced a moment before its record and the end of its log are written, and a server in trouble refuses
   * a log or says that it is empty: one that does not tell how long the job took is asked for once more.
   */
  async #readLogFacts(job: Job): Promise<void> {
    const { asked } = this.#tracker
    const lines = await this.#tellingLines(job).catch(insteadOfRefusal<string[]>([]))
    const isFirst = asked.of(job.key, job.workflowId).logAt === never
    asked.note(job.key, { logAt: Date.now() })
    this.#tracker.apply(job.key, factOfLog(lines, job.end?.outcome, isFirst))
  }
}
