import type { Entry, WexflowServer, WorkflowInfo } from '../../wexflow/server.ts'
import type { JobStore } from '../../job-store/store.ts'
import { factOfLog } from '../answers/log.ts'
import type { HistorySearch } from '../reads/history-search.ts'
import { isNameless, namedByEntry } from '../ids.ts'
import {
  hasRowOf,
  isFinal,
  isOpen,
  isShown,
  isWatched,
  type Job,
  jobIdOf,
  outcomeOf,
  type Run,
} from '../job.ts'
import { newRun } from '../observe/runs.ts'
import { watching as policy } from './policy.ts'
import { insteadOfRefusal } from '../refused.ts'
import type { FactSink } from '../reads/workflow-facts.ts'
import { mayBeOf } from './hold.ts'
import { NewEntries } from './new-entries.ts'
import { type PendingRun, PendingRuns } from './pending-runs.ts'
import { areSame, namelessRunsOf } from './same-run.ts'
import { isWatchWanted, unwanted, type Watching } from './watch.ts'
import { watchedJob } from './watched-job.ts'

/** What watching needs of the tracker. */
export interface WatchSink extends FactSink {
  readonly store: JobStore
  mayAsk(): boolean
  /** A read failed: what that means for the link. */
  fail(error: unknown): void
  /** Asks for the entries, also of those runs that have gone on for long. */
  requestEntries(): void
  /** As the listener's. */
  onRunMoved(fromKey: string, toKey: string | null): void
}

/** The newest entries, and when they were asked for (milliseconds since 1970). */
export interface Page {
  readonly rows: readonly Entry[]
  readonly askedAt: number
  readonly isWitnessed: boolean
}

/** The newest row of the history, null where that can't be read, and when it was read: milliseconds since 1970. */
interface Mark {
  readonly id: string | null
  readonly at: number
}

const entryKey = (workflowId: number, entryId: string): string => `${workflowId} ${entryId}`

/**
 * Finds the runs that others began on the pages of entries, and hands them on as jobs that are followed like the app's
 * own. An entry says neither who began its run nor its job's id; the first line of its log names the id, also while it
 * runs, so that what is the app's own can be told apart.
 */
export class WatchedRuns {
  readonly #history: Pick<HistorySearch, 'mark'>
  readonly #sink: WatchSink
  readonly #entries = new NewEntries()
  readonly #pending: PendingRuns
  /** The entries of runs that are gone although their entries say that they go on. */
  readonly #gone = new Set<string>()
  /** Rows of pages that came before what they are read by was known, the newest last. */
  readonly #early = new Map<string, Entry>()
  #workflows: ReadonlyMap<number, WorkflowInfo> | null = null
  /** The newest rows of the history, and when each was read; the last one last. */
  #marks: readonly Mark[] = []
  #isReadingMark = false
  #hasTaken = false
  /** Since when the pages are of the present run of the server, as far as is known: milliseconds since 1970. */
  #runSince = Number.POSITIVE_INFINITY
  #watching: Watching

  constructor(
    server: Pick<WexflowServer, 'entryLog' | 'runningJobs'>,
    history: Pick<HistorySearch, 'mark'>,
    watching: Watching,
    sink: WatchSink,
  ) {
    this.#history = history
    this.#watching = watching
    this.#sink = sink
    this.#pending = new PendingRuns({
      server,
      mayAsk: () => sink.mayAsk(),
      fail: (error) => sink.fail(error),
      onNamed: (run) => this.#decide(run),
      onGone: ({ row }) => this.#gone.add(entryKey(row.workflowId, row.id)),
    })
  }

  /** Whether runs that others began are wanted at all: if not, nothing is asked for them. */
  get isOn(): boolean {
    return this.#watching.watch !== 'mine'
  }

  /** Whether the pages were read since these runs are wanted, and what they show is decided. */
  get areKnown(): boolean {
    return this.#hasTaken && this.#pending.size === 0
  }

  /** What is wanted is another thing: what is wanted no more leaves the list, what runs already comes to it. */
  set(watching: Watching): void {
    this.#watching = watching
    this.removeUnwanted()
    this.#pending.clear()
    this.#early.clear()
    this.#entries.forget()
    this.#hasTaken = false
    if (this.isOn) this.#sink.requestEntries()
  }

  /** Takes what is wanted no more off the list. */
  removeUnwanted(): void {
    const { jobs, store } = this.#sink
    store.forget(unwanted(this.#watching, jobs.watched()).map(({ key }) => key))
  }

  /** Another change stream lives. */
  onStream(): void {
    this.#entries.onStream()
    this.#pending.hold()
  }

  /** The workflows that this user may see: what others run of any other is not told. */
  onWorkflows(workflows: readonly WorkflowInfo[]): void {
    const isFirst = this.#workflows === null
    const known = new Map(workflows.map((one) => [one.id, one]))
    this.#workflows = known
    if (!this.isOn) return
    const { jobs, store } = this.#sink
    const hidden = jobs.watched().filter((job) => isOpen(job) && !known.has(job.workflowId))
    store.forget(hidden.map(({ key }) => key))
    if (isFirst) this.#sink.requestEntries()
  }

  /** The newest entries were read, and what they say of the app's own starts is known. */
  onPage(page: Page): void {
    if (!this.isOn) return
    for (const row of page.rows.toReversed()) {
      this.#early.delete(row.id)
      this.#early.set(row.id, row)
    }
    if (Date.now() - (this.#marks.at(-1)?.at ?? 0) > policy.markEvery) void this.#readMark()
    if (this.#workflows === null || this.#marks.length === 0) return
    const rows = [...this.#early.values()].toReversed()
    this.#early.clear()
    this.#take({ ...page, rows })
    this.#hasTaken = true
    this.#settle()
  }

  /** The time to look again at what was held back or could not be read. */
  onKeepAlive(): void {
    this.#settle()
  }

  /** What is known of a start's run changed: a watched run may be its own, or one that it held is nobody's again. */
  onStartChanged(before: Job, start: Job): void {
    if (isWatched(start)) return
    if (jobIdOf(before) !== jobIdOf(start) || before.run?.entry?.id !== start.run?.entry?.id) {
      this.#release(before, start)
      this.#merge(start)
    }
    if (this.#pending.size > 0) setImmediate(() => this.#settle())
  }

  /** Nobody waits for answers any more. */
  stop(): void {
    this.#pending.clear()
    this.#early.clear()
  }

  /** From the history's newest row on a run is looked for, should the server restart: it must be of before its end. */
  async #readMark(): Promise<void> {
    if (this.#isReadingMark || !this.#sink.mayAsk()) return
    this.#isReadingMark = true
    const isFirst = this.#marks.length === 0
    try {
      const id = await this.#history.mark().catch(insteadOfRefusal(null))
      this.#marks = [...this.#marks.slice(-1), { id, at: Date.now() }]
    } catch (error) {
      if (isFirst) this.#marks = [{ id: null, at: Date.now() }]
      this.#sink.fail(error)
    }
    this.#isReadingMark = false
    if (isFirst) this.#sink.requestEntries()
  }

  #take({ rows, askedAt, isWitnessed }: Page): void {
    const { entries, isSameRun } = this.#entries.take(rows, this.#sink.serverRun.hasStream)
    if (!isSameRun) {
      this.#pending.clear()
      this.#gone.clear()
      this.#runSince = Date.now()
    }
    this.#pending.update(rows, isWitnessed)
    const historyMark = this.#marks.findLast(({ at }) => at <= askedAt)?.id ?? null
    for (const { row, isNew } of entries) {
      if (this.#pending.has(row.id) || !this.#isWanted(row)) continue
      if (!this.#isKnownEntry(row, this.#ofWorkflow(row)))
        this.#pending.add({ row, isNew, isWitnessed, historyMark })
    }
  }

  #isWanted({ workflowId }: Entry): boolean {
    return isWatchWanted(this.#watching, workflowId) && this.#workflows?.has(workflowId) === true
  }

  #ofWorkflow({ workflowId }: Entry): Job[] {
    const { jobs } = this.#sink
    return [...jobs.ofWorkflow(workflowId), ...jobs.watchedOf(workflowId)]
  }

  /**
   * Whether an entry is that of one of its workflow's jobs, or of a run that is gone. Another run of the server may have
   * given an id anew, but not with the date.
   */
  #isKnownEntry({ workflowId, id, statusDate }: Entry, ofWorkflow: readonly Job[]): boolean {
    return (
      this.#gone.has(entryKey(workflowId, id)) ||
      ofWorkflow.some(
        ({ run, end }) =>
          run?.entry?.id === id &&
          (run.entry.statusDate === statusDate || end === null || end.endedAt >= this.#runSince),
      )
    )
  }

  /** Goes on with what is pending. */
  #settle(): void {
    for (const run of this.#pending.decidable()) this.#decide(run)
    this.#pending.nameNext()
  }

  /** Whose run it is, as far as that can be told by now. */
  #decide(pending: PendingRun): void {
    const { row } = pending
    const found = { row, jobId: this.#nameOf(pending) }
    // Without an id it can't be asked for: the pages tell how it ends.
    if (found.jobId === null && !isFinal(row)) return
    const { jobs } = this.#sink
    const ofWorkflow = this.#ofWorkflow(row)
    const isKnown =
      this.#isKnownEntry(row, ofWorkflow) ||
      (found.jobId === null
        ? ofWorkflow.some((job) => hasRowOf(job, row))
        : this.#isKnown(found.jobId, row.workflowId))
    if (isKnown || !this.#isWanted(row) || this.#watching.isDismissed(found.jobId ?? '')) {
      this.#pending.delete(row.id)
      return
    }
    const { firstSeenAt } = pending
    const starts = [...ofWorkflow, ...jobs.openOfOtherProfiles()]
    const mayBeStarts = starts.some((job) => mayBeOf(job, found, jobs.serverId, firstSeenAt))
    if (mayBeStarts && Date.now() - firstSeenAt < policy.holdFor) return
    this.#pending.delete(row.id)
    // Later nothing could tell that a nameless run is one with a start's own: it would be told twice.
    if (mayBeStarts && found.jobId === null) return
    this.#watch(pending, found.jobId ?? namedByEntry(row.id))
  }

  /** A stop can leave the next run's log with the line of the run before, whose entry is another one. */
  #nameOf({ jobId = null, row }: PendingRun): string | null {
    if (jobId === null) return null
    const { jobs } = this.#sink
    const owner = jobs.withJobId(jobId).find(({ serverId }) => serverId === jobs.serverId)
    return owner?.run?.entry != null && owner.run.entry.id !== row.id ? null : jobId
  }

  /** Whether a job of this app is that run, be it a start or one that is watched already. */
  #isKnown(jobId: string, workflowId: number): boolean {
    const { jobs } = this.#sink
    return (
      jobs.withJobId(jobId).length > 0 ||
      jobs
        .ofWorkflow(workflowId)
        .some(({ start: { answer } }) => answer.kind === 'id' && answer.jobId === jobId)
    )
  }

  #watch(pending: PendingRun, jobId: string): void {
    const { row, isNew, wasFinal, firstSeenAt, isWitnessed, historyMark, lines } = pending
    const run = newRun(jobId, isNew && !wasFinal ? firstSeenAt : null)
    const key = this.#add(row.workflowId, run, historyMark)
    if (key === null) return
    this.#sink.apply(key, { kind: 'entry', entry: row, isWitnessed })
    if (lines !== null && isFinal(row))
      this.#sink.apply(key, factOfLog(lines, outcomeOf({ word: row.status }), false))
  }

  /** The key of the job that the run is from now on; null where its workflow is none of this user's. */
  #add(workflowId: number, run: Run, historyMark: string | null): string | null {
    const workflow = this.#workflows?.get(workflowId)
    if (workflow === undefined) return null
    const { jobs, store, asked, serverRun } = this.#sink
    const now = Date.now()
    const job = watchedJob({ serverId: jobs.serverId, workflow, run, historyMark, now })
    store.put(job)
    serverRun.seenAlive(job.key)
    asked.note(job.key, { entryAt: now })
    return job.key
  }

  /** The watched run of the same id, entry or row is this start's: the two are one job. */
  #merge(start: Job): void {
    const { jobs, store } = this.#sink
    const jobId = jobIdOf(start)
    const ofId = jobId === null || isNameless(jobId) ? [] : jobs.withJobId(jobId)
    // One that nothing names has ended by then.
    const nameless = namelessRunsOf(start, jobs.watchedOf(start.workflowId), this.#runSince)
    for (const { key } of new Set([...ofId.filter(isWatched), ...nameless])) {
      this.#sink.onRunMoved(key, start.key)
      store.forget([key])
    }
  }

  /** The start has given back a run that it had claimed: it is somebody else's, and so is what was told of it. */
  #release(before: Job, { key, run: now }: Job): void {
    const { run, workflowId, start } = before
    if (run === null || !isShown(run) || areSame(run, now)) return
    const { jobId } = run
    const isWanted = isWatchWanted(this.#watching, workflowId)
    const isToBeWatched = isWanted && !isNameless(jobId) && !this.#isKnown(jobId, workflowId)
    const asFound = { ...run, frame: null, history: null }
    const watchedKey = isToBeWatched ? this.#add(workflowId, asFound, start.historyMark) : null
    this.#sink.onRunMoved(key, watchedKey)
    if (watchedKey !== null) this.#sink.apply(watchedKey, { kind: 'nothingNew' })
  }
}
