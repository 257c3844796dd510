import type { Entry, WexflowServer } from '../../wexflow/server.ts'
import type { AskedNotes } from '../asked.ts'
import { ChangeCounts } from './change-counts.ts'
import { Coalesced } from './coalesced.ts'
import { answeredAt, awaitsRun, isOpen, isWatched, type Job, jobIdOf, wireIdOf } from '../job.ts'
import { claimsFrom } from '../claim.ts'
import { doubt, sweeps } from '../policy.ts'
import { watching } from '../watch/policy.ts'
import type { ProfileJobs } from '../profile-jobs.ts'
import type { JobReads } from '../reads/job-reads.ts'
import type { FactSink } from '../reads/workflow-facts.ts'
import { EntryMark } from '../entry-mark.ts'
import { hasRestarted, isFinal, EntryPages, type SweepResult } from './entry-pages.ts'
import type { WatchedRuns } from '../watch/watched-runs.ts'

/** What the sweeps need of the tracker. */
export interface SweepSink extends FactSink {
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
  readonly #sink: SweepSink
  readonly #reads: JobReads
  readonly #watched: WatchedRuns
  readonly #pages: EntryPages
  readonly #counts: ChangeCounts
  readonly entryMark: EntryMark
  readonly #coalesced = new Coalesced(() => this.#sweepSafely(), sweeps.betweenPages)
  #next: NodeJS.Timeout | undefined
  /** For a sweep that only watched runs want. */
  #later: NodeJS.Timeout | undefined
  #trailing: NodeJS.Timeout | undefined
  #lastSweep: SweepResult | null = null
  /** Whether the last sweep could be made. */
  #hasPages = false
  /** Whether the last keep-alive's sweep showed every job that is open. */
  #isAllShown = false
  /** The starts that the server had taken when the last sweep began. */
  #takenBefore: ReadonlySet<string> = new Set()
  /** Milliseconds of `performance.now()`, which no setting of the clock moves. */
  #lastChangeAt = Number.NEGATIVE_INFINITY
  /** When the last sweeps began, by the same clock. */
  #sweptAt: readonly number[] = []

  constructor(
    server: Pick<WexflowServer, 'entries' | 'statusCounts'>,
    reads: JobReads,
    watched: WatchedRuns,
    sink: SweepSink,
  ) {
    this.#pages = new EntryPages(server)
    this.#counts = new ChangeCounts(server)
    this.entryMark = new EntryMark(server)
    this.#reads = reads
    this.#watched = watched
    this.#sink = sink
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
    const open = this.#sink.jobs.open()
    this.#watched.onKeepAlive()
    if (open.length === 0 && !this.#watched.isOn) {
      this.#sink.replan([])
      return
    }
    this.#wantRunningJobs(open.filter(isStart), open.length, 0)
    void this.#sweepUnlessQuiet()
  }

  /** Asks for all entries of which any may go on, as far as pages are read, if the server can be asked. */
  requestAll(): void {
    this.#pages.forget()
    if (this.#sink.mayAsk()) this.#coalesced.request()
  }

  /** Asks for all that is open; resolves once the answers are there, or are waited for no longer. */
  async catchUp(): Promise<void> {
    if (this.#sink.isStopped()) return
    const { asked, jobs } = this.#sink
    const open = jobs.open()
    const now = Date.now()
    // Nobody waits for the pages: no row counts for a job that the present stream has not seen yet.
    if (open.length > 0 || this.#watched.isOn) this.#coalesced.request()
    const wanted = [...open, ...this.#inDoubt('awaiting').slice(0, sweeps.fewJobs)]
    for (const { key } of wanted) asked.note(key, { wantedAt: now })
    for (const workflowId of new Set(open.map((job) => job.workflowId)))
      asked.noteWorkflow(workflowId, { jobsWantedAt: now })
    this.#sink.replan([...wanted, ...this.#inDoubt('concluded')])
    await this.#sink.idle(sweeps.catchUpWithin)
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
    if (this.#sink.isStopped()) return
    if (!isSweepDue && this.#isAllShown && this.#sink.run.isWatched) return
    const open = this.#sink.jobs.open()
    this.#wantRunningJobs(open.filter(isStart), open.length, sweeps.workflows, since)
    this.#wantRunningJobs(open.filter(isWatched), watching.workflows, 0, since)
    await this.#sweepAndAsk()
  }

  /** A sweep, and then those that it did not show and that were asked longest ago. */
  async #sweepAndAsk(): Promise<void> {
    const since = Date.now()
    await this.#coalesced.done()
    if (this.#sink.isStopped()) return
    const { asked, jobs, run } = this.#sink
    // Without a change stream a row may be of another run.
    const isLeft = ({ key }: Job): boolean => !run.isWatched || asked.entryAt(key) < since
    const left = jobs.openStarts().filter(isLeft)
    this.#isAllShown = left.length === 0
    this.#wantEntries(
      jobs.open().filter((job) => isWatched(job) && isLeft(job)),
      watching.entries,
      since,
    )
    // A few are asked by the sweep itself.
    if (left.length <= sweeps.fewJobs) return
    this.#wantEntries(left, this.#hasPages ? sweeps.jobsBesidePages : sweeps.jobsWithoutPages, since)
  }

  #inDoubt(which: Doubt): Job[] {
    return inDoubtBy(this.#sink.jobs, which)
  }

  /** The jobs among these that were asked for their entry longest ago, and not since then, are asked now. */
  #wantEntries(jobs: readonly Job[], most: number, since: number): void {
    const { asked } = this.#sink
    const now = Date.now()
    const isStale = ({ key, workflowId }: Job): boolean => {
      const { entryAt, wantedAt } = asked.of(key, workflowId)
      return Math.max(entryAt, wantedAt) < since
    }
    const some = jobs
      .filter((job) => wireIdOf(job) !== null && isStale(job))
      .sort((a, b) => asked.entryAt(a.key) - asked.entryAt(b.key))
      .slice(0, most)
    for (const { key } of some) asked.note(key, { wantedAt: now })
    this.#sink.replan(some)
  }

  /**
   * Nothing announces that a job waits for approval, or that the queue's next one begins: the running jobs of such
   * workflows are read after every change and keep-alive, those of the others in their turn.
   */
  #wantRunningJobs(
    open: readonly Job[],
    mostSilent: number,
    mostOthers: number = sweeps.workflows,
    since: number = Number.POSITIVE_INFINITY,
  ): void {
    const { asked } = this.#sink
    const now = Date.now()
    const isServerSlow = this.#sink.isServerSlow()
    const isOfSilent = (job: Job): boolean => isSilent(job, isServerSlow, now)
    const silent = longestUnread(asked, open.filter(isOfSilent), mostSilent)
    const rest = open.filter(({ workflowId }) => !silent.includes(workflowId))
    const all = [...silent, ...longestUnread(asked, rest, mostOthers)]
    // What was wanted or read since then need not be wanted once more.
    const ids = new Set(
      all.filter((id) => asked.workflow(id).jobsWantedAt < since && asked.workflow(id).jobsAt < since),
    )
    for (const id of ids) asked.noteWorkflow(id, { jobsWantedAt: now })
    this.#sink.replan(open.filter(({ workflowId }) => ids.has(workflowId)))
  }

  #sweepIfWanted(): void {
    // One sweep tells what several changes announced, and an end's own message may be right behind its announcement.
    const isWanted =
      this.#sink.jobs.openStarts().length > 0 ||
      this.#inDoubt('awaiting').some(isStart) ||
      this.#inDoubt('concluded').some(isStart)
    if (isWanted) this.#coalesced.request()
    else if (this.#watched.isOn) this.#sweepForWatched()
  }

  /** What others run may change many times a second. */
  #sweepForWatched(): void {
    const [oldest = Number.NEGATIVE_INFINITY] = this.#sweptAt.slice(-watching.sweepsAtOnce)
    const isCrowded = this.#sweptAt.length >= watching.sweepsAtOnce
    const pauseMs = isCrowded ? oldest + watching.sweepsWithin - performance.now() : 0
    if (pauseMs <= 0) this.#coalesced.request()
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
      this.#hasPages = true
    } catch (error) {
      // The change stream tells when the server is away. Where only the pages are refused, the entries remain.
      this.#hasPages = false
      this.#reads.onPagesRefused()
      this.#sink.fail(error)
      if (!this.#sink.isStopped()) this.#wantEntries(this.#sink.jobs.openStarts(), sweeps.fewJobs, since)
    }
    if (this.#sink.isStopped()) return
    this.#wantRunningJobs(this.#sink.jobs.openStarts(), sweeps.workflows, 0, since)
  }

  async #sweep(): Promise<void> {
    const { jobs, run, asked } = this.#sink
    const begunAt = performance.now()
    const isRecent = begunAt - this.#lastChangeAt < sweeps.afterLastChange
    const isWitnessed = isRecent && !this.#sink.isCatchingUp()
    const taken = jobs.open().filter(isTaken).map(takenAs)
    const askedAt = Date.now()
    const { streams } = run
    const result = await this.#pages.read()
    if (this.#sink.isStopped()) return
    run.onPage(this.#pages.ended, streams)
    this.entryMark.note(result, begunAt)
    if (hasRestarted(this.#lastSweep, result)) {
      // Also where no change stream tells: what is remembered of the run before has ids that are given anew.
      this.#reads.onStream()
      for (const job of jobs.open())
        if (isOlderThanSweep(job, run.members, this.#takenBefore))
          this.#sink.apply(job.key, { kind: 'serverRestarted' })
    }
    this.#lastSweep = result
    this.#takenBefore = new Set(taken)

    const rows = new Map(result.rows.map((row) => [row.id, row]))
    const unseen: Job[] = []
    const concluded = new Set(this.#inDoubt('concluded'))
    for (const job of [...jobs.open(), ...this.#inDoubt('awaiting'), ...concluded]) {
      const entry = this.#rowOf(job, rows)
      if (entry === undefined) {
        // A watched run that goes on sinks below the pages, and comes back to their top as it ends.
        if (jobIdOf(job) !== null && !concluded.has(job) && !isWatched(job)) unseen.push(job)
        continue
      }
      asked.note(job.key, { entryAt: askedAt })
      run.seenAlive(job.key)
      this.#sink.apply(job.key, { kind: 'entry', entry, isWitnessed })
    }
    // What has ended, and is only held against its record, must not keep the others from being asked.
    if (unseen.filter(isOpen).length <= sweeps.fewJobs) this.#wantEntries(unseen, sweeps.fewJobs, askedAt)
    await this.#reads.onPages(result.rows)
    this.#watched.onPage({ rows: result.rows, askedAt, isWitnessed })
  }

  /**
   * The job's row. After a restart some databases give ids anew: a row speaks for a job only where the job was seen
   * under the present change stream, or where that tells the number of the server's run in which the job was seen, as
   * after an absence of the app. Where there is none, it may say that its workflow's job runs, and an end is asked for
   * by the job's id.
   */
  #rowOf({ key, run, workflowId, serverRun }: Job, rows: ReadonlyMap<string, Entry>): Entry | undefined {
    const row = run?.entry == null ? undefined : rows.get(run.entry.id)
    if (row?.workflowId !== workflowId) return undefined
    const isOwn = this.#sink.run.isMember(key) || this.#sink.run.isNumbered(serverRun)
    return isOwn || (!this.#sink.run.isWatched && !isFinal(row)) ? row : undefined
  }
}

/** The workflows of these jobs that were asked for their running jobs longest ago. */
function longestUnread(asked: AskedNotes, jobs: readonly Job[], most: number): readonly number[] {
  const readAt = (id: number): number => {
    const { jobsAt, jobsWantedAt } = asked.workflow(id)
    return Math.max(jobsAt, jobsWantedAt)
  }
  const ids = [...new Set(jobs.map(({ workflowId }) => workflowId))]
  return ids.sort((a, b) => readAt(a) - readAt(b)).slice(0, most)
}

/** Whether nothing announces what becomes of it next: of a start that may claim a run, as of one that waits for its turn. */
function isSilent(job: Job, isServerSlow: boolean, now: number): boolean {
  const from = claimsFrom(job, isServerSlow)
  return job.isApproval || awaitsRun(job) || mayBeGone(job, now) || (from !== null && now >= from)
}

/** Whether it has no stream that would tell of its end, and has gone on for so long that its entry may say so in vain. */
const mayBeGone = (job: Job, now: number): boolean =>
  isWatched(job) && now - (job.run?.shownAt ?? now) >= watching.believedFor

const isStart = (job: Job): boolean => !isWatched(job)

/** Ends that a record may still correct: those that await theirs, or those that may never have one of their own. */
type Doubt = 'awaiting' | 'concluded'

/** The jobs with such ends, as long as pages are held against them. */
export function inDoubtBy(jobs: Pick<ProfileJobs, 'inDoubt'>, which: Doubt): Job[] {
  const forMs = which === 'awaiting' ? doubt.pagesFor : doubt.last
  const now = Date.now()
  return jobs.inDoubt().filter(({ end }) => {
    const isAwaiting = end?.from === 'stream' || end?.from === 'job'
    return isAwaiting === (which === 'awaiting') && now - (end?.endedAt ?? 0) < forMs
  })
}

/**
 * Whether the last sweep saw the server in the run that took this start: what began since may be of the next one.
 * @param members keys of the jobs that were seen in the present run
 * @param takenBefore the starts that the server had taken when that sweep began, by `takenAs`
 */
export function isOlderThanSweep(
  job: Job,
  members: ReadonlySet<string>,
  takenBefore: ReadonlySet<string>,
): boolean {
  if (members.has(job.key)) return false
  return job.start.answer.kind === 'lost' || takenBefore.has(takenAs(job))
}

/** Whether the server has answered that it took the start. */
export const isTaken = (job: Job): boolean => answeredAt(job) !== null && job.start.answer.kind !== 'lost'

/** A job from the queue began later than its start was queued. */
export const takenAs = (job: Job): string => jobIdOf(job) ?? job.key
