import type { Entry, WexflowServer } from '../../wexflow/server.ts'
import { EntryMark } from '../entry-mark.ts'
import { isFinal, isOpen, isStart, isWatched, type Job, jobIdOf } from '../job.ts'
import { sweeps } from '../policy.ts'
import { waitForRoom } from '../../platform/wait-for-room.ts'
import type { JobReads } from '../reads/job-reads.ts'
import type { TrackerForReads } from '../reads/tracker-for-reads.ts'
import { watching } from '../watch/policy.ts'
import type { WatchedRuns } from '../watch/watched-runs.ts'
import { ChangeCounts } from './change-counts.ts'
import { Coalesced } from './coalesced.ts'
import { EntryPages } from './entry-pages.ts'
import { inDoubtBy } from './in-doubt.ts'
import { restartedBy, type Sweep, takenOf } from './restart.ts'
import { WantedReads } from './wanted-reads.ts'

/** What the sweeps need of the tracker. */
export interface TrackerForSweeps extends TrackerForReads {
  /** Whether ends that are learnt now happened while the app, the network or the server was away. */
  isCatchingUp(): boolean
  isStopped(): boolean
  /** Whether the server can be asked now. */
  mayAsk(): boolean
  /** A read failed: what that means for the link. */
  fail(error: unknown): void
  /** What was noted makes the plans of these jobs new. */
  replan(jobs: readonly Job[]): void
  /** Resolves once nothing that is due is left to be asked, or after so many milliseconds. */
  idle(withinMs: number): Promise<void>
}

/**
 * What is asked of a server as a whole: after each change the newest entries, which show most ends at once; on each
 * keep-alive what announces nothing by itself; and after an absence all that is open.
 */
export class Sweeps {
  readonly #tracker: TrackerForSweeps
  readonly #reads: JobReads
  readonly #watched: WatchedRuns
  readonly #pages: EntryPages
  readonly #counts: ChangeCounts
  readonly #wanted: WantedReads
  readonly entryMark: EntryMark
  readonly #coalesced = new Coalesced(() => this.#sweepSafely(), sweeps.betweenPages)
  /** The sweep that follows a change. */
  #next: NodeJS.Timeout | undefined
  /** One more, after the last of several changes. */
  #trailing: NodeJS.Timeout | undefined
  /** A sweep that only watched runs want, and that waits for its turn. */
  #later: NodeJS.Timeout | undefined
  /** The last sweep; null before the first. */
  #last: Sweep | null = null
  /** Whether the last keep-alive's sweep showed every job that is open. */
  #isAllShown = false
  /** Milliseconds of `performance.now()`, which no setting of the clock moves. */
  #lastChangeAt = Number.NEGATIVE_INFINITY
  /** When the last sweeps began, by the same clock. */
  #sweptAt: readonly number[] = []

  constructor(
    server: Pick<WexflowServer, 'entries' | 'statusCounts'>,
    reads: JobReads,
    watched: WatchedRuns,
    tracker: TrackerForSweeps,
  ) {
    this.#pages = new EntryPages(server)
    this.#counts = new ChangeCounts(server)
    this.#wanted = new WantedReads(tracker)
    this.entryMark = new EntryMark(server)
    this.#reads = reads
    this.#watched = watched
    this.#tracker = tracker
  }

  /** The server says that something changed. */
  onChange(): void {
    this.#lastChangeAt = performance.now()
    this.#next ??= setTimeout(() => {
      this.#next = undefined
      this.#sweepIfWanted()
    }, sweeps.afterChange)
    clearTimeout(this.#trailing)
    this.#trailing = setTimeout(() => this.#sweepIfWanted(), sweeps.afterLastChange)
  }

  /** The server's keep-alive, or the poll in its place: the time to read what announces nothing by itself. */
  onKeepAlive(): void {
    const open = this.#tracker.jobs.open()
    this.#watched.onKeepAlive()
    if (open.length === 0 && !this.#watched.isOn) {
      this.#tracker.replan([])
      return
    }
    this.#wanted.runningJobs(open.filter(isStart), open.length, 0)
    void this.#sweepUnlessQuiet()
  }

  /** Asks for all entries of which any may go on, as far as pages are read, if the server can be asked. */
  requestAll(): void {
    this.#pages.forget()
    if (this.#tracker.mayAsk()) this.#coalesced.request()
  }

  /** Asks for all that is open; resolves once the answers are there, or are waited for no longer. */
  async catchUp(): Promise<void> {
    if (this.#tracker.isStopped()) return
    const { asked, jobs } = this.#tracker
    const open = jobs.open()
    const now = Date.now()
    // Nobody waits for the pages: no row counts for a job that the present stream has not seen yet.
    if (open.length > 0 || this.#watched.isOn) this.#coalesced.request()
    const wanted = [...open, ...inDoubtBy(this.#tracker.jobs, 'awaiting').slice(0, sweeps.fewJobs)]
    for (const { key } of wanted) asked.note(key, { wantedAt: now })
    for (const workflowId of new Set(open.map((job) => job.workflowId)))
      asked.noteWorkflow(workflowId, { jobsWantedAt: now })
    this.#tracker.replan([...wanted, ...inDoubtBy(this.#tracker.jobs, 'concluded')])
    await this.#tracker.idle(sweeps.catchUpWithin)
  }

  stop(): void {
    this.#coalesced.stop()
    clearTimeout(this.#next)
    this.#next = undefined
    clearTimeout(this.#later)
    clearTimeout(this.#trailing)
  }

  /** A sweep, unless the server's counts say that it would show what the last ones showed: every job, still running. */
  async #sweepUnlessQuiet(): Promise<void> {
    const since = Date.now()
    const isSweepDue = await this.#counts.isSweepDue()
    if (this.#tracker.isStopped()) return
    if (!isSweepDue && this.#isAllShown && this.#tracker.serverRun.hasStream) return
    const open = this.#tracker.jobs.open()
    this.#wanted.runningJobs(open.filter(isStart), open.length, sweeps.workflows, since)
    this.#wanted.runningJobs(open.filter(isWatched), watching.workflows, 0, since)
    await this.#sweepAndAsk()
  }

  /** A sweep, and then those that it did not show and that were asked longest ago. */
  async #sweepAndAsk(): Promise<void> {
    const since = Date.now()
    await this.#coalesced.done()
    if (this.#tracker.isStopped()) return
    const { asked, jobs, serverRun } = this.#tracker
    // Without a change stream a row may be of another run.
    const isLeft = ({ key }: Job): boolean => !serverRun.hasStream || asked.entryAt(key) < since
    const left = jobs.openStarts().filter(isLeft)
    this.#isAllShown = left.length === 0
    this.#wanted.entries(
      jobs.open().filter((job) => isWatched(job) && isLeft(job)),
      watching.entries,
      since,
    )
    // A few are asked by the sweep itself.
    if (left.length <= sweeps.fewJobs) return
    this.#wanted.entries(left, this.#reads.hasPages ? sweeps.jobsBesidePages : sweeps.jobsWithoutPages, since)
  }

  #sweepIfWanted(): void {
    // One sweep tells what several changes announced, and an end's own message may be right behind its announcement.
    const isWanted =
      this.#tracker.jobs.openStarts().length > 0 ||
      inDoubtBy(this.#tracker.jobs, 'awaiting').some(isStart) ||
      inDoubtBy(this.#tracker.jobs, 'concluded').some(isStart)
    if (isWanted) this.#coalesced.request()
    else if (this.#watched.isOn) this.#sweepForWatched()
  }

  /** What others run may change many times a second. */
  #sweepForWatched(): void {
    const limit = { most: watching.sweepsAtOnce, windowMs: watching.sweepsWithin }
    const pauseMs = waitForRoom(this.#sweptAt, limit, performance.now())
    if (pauseMs === 0) this.#coalesced.request()
    else
      this.#later ??= setTimeout(() => {
        this.#later = undefined
        this.#coalesced.request()
      }, pauseMs)
  }

  async #sweepSafely(): Promise<void> {
    const since = Date.now()
    this.#sweptAt = [...this.#sweptAt, performance.now()].slice(-watching.sweepsAtOnce)
    try {
      await this.#sweep()
    } catch (error) {
      // The change stream tells when the server is away. Where only the pages are refused, the entries remain.
      this.#reads.onPagesRefused()
      this.#tracker.fail(error)
      if (!this.#tracker.isStopped())
        this.#wanted.entries(this.#tracker.jobs.openStarts(), sweeps.fewJobs, since)
    }
    if (this.#tracker.isStopped()) return
    this.#wanted.runningJobs(this.#tracker.jobs.openStarts(), sweeps.workflows, 0, since)
  }

  async #sweep(): Promise<void> {
    const { jobs, serverRun } = this.#tracker
    const begunAt = performance.now()
    const isRecent = begunAt - this.#lastChangeAt < sweeps.afterLastChange
    const isWitnessed = isRecent && !this.#tracker.isCatchingUp()
    const taken = takenOf(jobs.open())
    const askedAt = Date.now()
    const { streams } = serverRun
    const result = await this.#pages.read()
    if (this.#tracker.isStopped()) return
    serverRun.onPage(this.#pages.ended, streams)
    this.entryMark.note(result, begunAt)
    const sweep = { result, askedAt, taken }
    const restart = restartedBy(sweep, this.#last, jobs.open(), serverRun.members)
    this.#last = sweep
    // They show it also where no change stream tells.
    if (restart.isBetween) this.#reads.forgetEntries()
    for (const { key } of restart.jobs) this.#tracker.apply(key, { kind: 'serverRestarted' })
    this.#applyRows(result.rows, askedAt, isWitnessed)
    await this.#reads.onPages(result.rows)
    this.#watched.onPage({ rows: result.rows, askedAt, isWitnessed })
  }

  /** Makes known what the rows say of the jobs that are open or in doubt, and wants the entries of some that have none. */
  #applyRows(read: readonly Entry[], askedAt: number, isWitnessed: boolean): void {
    const { jobs, serverRun, asked } = this.#tracker
    const rows = new Map(read.map((row) => [row.id, row]))
    const unseen: Job[] = []
    const concluded = new Set(inDoubtBy(jobs, 'concluded'))
    for (const job of [...jobs.open(), ...inDoubtBy(jobs, 'awaiting'), ...concluded]) {
      const entry = this.#rowOf(job, rows)
      if (entry === undefined) {
        // A watched run that goes on sinks below the pages, and comes back to their top as it ends.
        if (jobIdOf(job) !== null && !concluded.has(job) && !isWatched(job)) unseen.push(job)
        continue
      }
      asked.note(job.key, { entryAt: askedAt })
      serverRun.seenAlive(job.key)
      this.#tracker.apply(job.key, { kind: 'entry', entry, isWitnessed })
    }
    // Jobs that have ended and only await their record must not keep the open ones from being asked.
    if (unseen.filter(isOpen).length <= sweeps.fewJobs) this.#wanted.entries(unseen, sweeps.fewJobs, askedAt)
  }

  /**
   * The job's row. After a restart some databases give ids anew: a row speaks for a job only where the job was seen
   * under the present change stream, or where that tells the number of the server's run in which the job was seen, as
   * after an absence of the app. Where there is none, it may say that its workflow's job runs, while the job has not
   * ended, and an end is asked for by the job's id.
   */
  #rowOf(job: Job, rows: ReadonlyMap<string, Entry>): Entry | undefined {
    const { serverRun } = this.#tracker
    const row = job.run?.entry == null ? undefined : rows.get(job.run.entry.id)
    if (row?.workflowId !== job.workflowId) return undefined
    const isOwn = serverRun.isMember(job.key) || serverRun.isNumbered(job.serverRun)
    const mayRun = isOpen(job) && !serverRun.hasStream && !isFinal(row)
    return isOwn || mayRun ? row : undefined
  }
}
