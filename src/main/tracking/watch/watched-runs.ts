import type { Entry, WexflowServer, WorkflowInfo } from '../../wexflow/server.ts'
import { factOfLog } from '../answers/log.ts'
import type { HistorySearch } from '../reads/history-search.ts'
import { namedByEntry } from '../ids.ts'
import { isFinal, isOpen, isWatched, type Job, jobIdOf, outcomeOf } from '../job.ts'
import { newRun } from '../observe/runs.ts'
import { watching as policy } from './policy.ts'
import { insteadOfRefusal } from '../refused.ts'
import { HistoryMarks } from './history-marks.ts'
import { mayBeOf } from './hold.ts'
import { isEntryKnown, isRowKnown, isRunKnown, ownNameOf } from './known-runs.ts'
import { giveBack, joinWatched } from './moved-runs.ts'
import { NewEntries } from './new-entries.ts'
import { type PendingRun, PendingRuns } from './pending-runs.ts'
import { isWatchWanted, unwanted, type Watching } from './watch.ts'
import type { TrackerForWatching } from './tracker-for-watching.ts'
import { addWatchedJob } from './watched-job.ts'

/** The newest entries, and when they were asked for (milliseconds since 1970). */
export interface Page {
  readonly rows: readonly Entry[]
  readonly askedAt: number
  readonly isWitnessed: boolean
}

const entryKey = ({ workflowId, id }: Entry): string => `${workflowId} ${id}`

/**
 * Finds the runs that others began on the pages of entries, and hands them on as jobs that are followed like the app's
 * own. An entry says neither who began its run nor its job's id; the first line of its log names the id, also while it
 * runs, so that what is the app's own can be told apart.
 */
export class WatchedRuns {
  readonly #tracker: TrackerForWatching
  readonly #entries = new NewEntries()
  readonly #pending: PendingRuns
  /** The entries of runs that are gone although their entries say that they go on. */
  readonly #gone = new Set<string>()
  /** Rows of pages that came before what they are read by was known, the newest last. */
  readonly #early = new Map<string, Entry>()
  readonly #historyMarks: HistoryMarks
  #workflows: ReadonlyMap<number, WorkflowInfo> | null = null
  /** Since when the pages are of the present run of the server, as far as is known: milliseconds since 1970. */
  #serverRunSince = Number.POSITIVE_INFINITY
  #watching: Watching

  constructor(
    server: Pick<WexflowServer, 'entryLog' | 'runningJobs'>,
    history: Pick<HistorySearch, 'mark'>,
    watching: Watching,
    tracker: TrackerForWatching,
  ) {
    this.#watching = watching
    this.#tracker = tracker
    this.#pending = new PendingRuns({
      server,
      mayAsk: () => tracker.mayAsk(),
      fail: (error) => tracker.fail(error),
      onNamed: (run) => this.#decide(run),
      onGone: ({ row }) => this.#gone.add(entryKey(row)),
    })
    this.#historyMarks = new HistoryMarks({
      read: () => history.mark().catch(insteadOfRefusal(null)),
      mayAsk: () => tracker.mayAsk(),
      fail: (error) => tracker.fail(error),
      onFirst: () => tracker.requestEntries(),
    })
  }

  /** Whether runs that others began are wanted at all: if not, nothing is asked for them. */
  get isOn(): boolean {
    return this.#watching.watch !== 'mine'
  }

  /** Whether the pages were read since these runs are wanted, and what they show is decided as far as it can be. */
  get areKnown(): boolean {
    return this.#entries.areRead && this.#pending.areNameless
  }

  /** What is wanted is another thing: what is wanted no more leaves the list, what runs already comes to it. */
  set(watching: Watching): void {
    this.#watching = watching
    this.removeUnwanted()
    this.#pending.clear()
    this.#early.clear()
    this.#entries.forget()
    if (this.isOn) this.#tracker.requestEntries()
  }

  /** Takes what is wanted no more off the list. */
  removeUnwanted(): void {
    const { jobs, store } = this.#tracker
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
    const { jobs, store } = this.#tracker
    const hidden = jobs.watched().filter((job) => isOpen(job) && !known.has(job.workflowId))
    store.forget(hidden.map(({ key }) => key))
    if (isFirst) this.#tracker.requestEntries()
  }

  /** The newest entries were read, and what they say of the app's own starts is known. */
  onPage(page: Page): void {
    if (!this.isOn) return
    for (const row of page.rows.toReversed()) {
      this.#early.delete(row.id)
      this.#early.set(row.id, row)
    }
    void this.#historyMarks.refresh()
    if (this.#workflows === null || !this.#historyMarks.areKnown) return
    const rows = [...this.#early.values()].toReversed()
    this.#early.clear()
    this.#take({ ...page, rows })
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
      giveBack(this.#tracker, before, start, this.#wantedWorkflow(start.workflowId))
      joinWatched(this.#tracker, start, this.#serverRunSince)
    }
    if (this.#pending.size > 0) setImmediate(() => this.#settle())
  }

  /** Nobody waits for answers any more. */
  stop(): void {
    this.#pending.clear()
    this.#early.clear()
  }

  #take({ rows, askedAt, isWitnessed }: Page): void {
    const { entries, isSameRun } = this.#entries.take(rows, this.#tracker.serverRun.hasStream)
    if (!isSameRun) {
      this.#pending.clear()
      this.#gone.clear()
      this.#serverRunSince = Date.now()
    }
    this.#pending.update(rows, isWitnessed)
    const historyMark = this.#historyMarks.at(askedAt)
    for (const { row, isNew } of entries) {
      if (this.#pending.has(row.id) || this.#wantedWorkflow(row.workflowId) === null) continue
      if (!this.#isKnownEntry(row, this.#ofWorkflow(row)))
        this.#pending.add({ row, isNew, isWitnessed, historyMark })
    }
  }

  /** The workflow, where its runs are to be watched; null where they are not, or this user may not see it. */
  #wantedWorkflow(workflowId: number): WorkflowInfo | null {
    return isWatchWanted(this.#watching, workflowId) ? (this.#workflows?.get(workflowId) ?? null) : null
  }

  #ofWorkflow({ workflowId }: Entry): Job[] {
    const { jobs } = this.#tracker
    return [...jobs.ofWorkflow(workflowId), ...jobs.watchedOf(workflowId)]
  }

  /** Whether an entry is that of one of its workflow's jobs, or of a run that is gone. */
  #isKnownEntry(entry: Entry, ofWorkflow: readonly Job[]): boolean {
    return this.#gone.has(entryKey(entry)) || isEntryKnown(entry, ofWorkflow, this.#serverRunSince)
  }

  /** Goes on with what is pending. */
  #settle(): void {
    for (const run of this.#pending.decidable()) this.#decide(run)
    this.#pending.nameNext()
  }

  /** Whose run it is, as far as that can be told by now. */
  #decide(pending: PendingRun): void {
    const { row, firstSeenAt } = pending
    const { jobs } = this.#tracker
    const jobId = ownNameOf(jobs, pending)
    // Without an id it can't be asked for: the pages tell how it ends.
    if (jobId === null && !isFinal(row)) return
    const ofWorkflow = this.#ofWorkflow(row)
    const isKnown =
      this.#isKnownEntry(row, ofWorkflow) ||
      (jobId === null ? isRowKnown(row, ofWorkflow) : isRunKnown(jobs, jobId, row.workflowId))
    const workflow = this.#wantedWorkflow(row.workflowId)
    if (isKnown || workflow === null || this.#watching.isDismissed(jobId ?? '')) {
      this.#pending.delete(row.id)
      return
    }
    const starts = [...ofWorkflow, ...jobs.openOfOtherProfiles()]
    const mayBeStarts = starts.some((job) => mayBeOf(job, { row, jobId }, jobs.serverId, firstSeenAt))
    if (mayBeStarts && Date.now() - firstSeenAt < policy.holdFor) return
    this.#pending.delete(row.id)
    // Later nothing could tell that a nameless run is one with a start's own: it would be told twice.
    if (mayBeStarts && jobId === null) return
    this.#watch(pending, workflow, jobId ?? namedByEntry(row))
  }

  #watch(pending: PendingRun, workflow: WorkflowInfo, jobId: string): void {
    const { row, isNew, wasFinal, firstSeenAt, isWitnessed, historyMark, lines } = pending
    const run = newRun(jobId, isNew && !wasFinal ? firstSeenAt : null)
    const key = addWatchedJob(this.#tracker, { workflow, run, historyMark })
    this.#tracker.apply(key, { kind: 'entry', entry: row, isWitnessed })
    if (lines !== null && isFinal(row))
      this.#tracker.apply(key, factOfLog(lines, outcomeOf({ word: row.status }), false))
  }
}
