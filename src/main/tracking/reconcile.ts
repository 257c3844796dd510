import type { JobView } from '../../shared/job-view.ts'
import type { JobStore } from '../job-store/store.ts'
import { Agenda, type DueRead } from './agenda.ts'
import { JobContext, type ContextSources } from './conclude-context.ts'
import { withConclusion } from './commit.ts'
import { conclude } from './conclude.ts'
import type { Fact } from './facts.ts'
import { answeredAt, isInDoubt, isShown, isWatched, type Job, jobIdOf } from './job.ts'
import type { JobStreams } from './job-streams.ts'
import { type Circumstance, viewOf } from './job-view.ts'
import { observe } from './observe/observe.ts'
import { needsLog } from './plan/log-rule.ts'
import { plan } from './plan/plan.ts'
import type { PlanContext } from './plan/rule.ts'
import { replacedId } from './policy.ts'
import { movedBack, SetClock } from './set-clock.ts'
import type { UsualTimesOf } from './reads/usual-read.ts'

export interface ReconcilerOptions extends Omit<ContextSources, 'running' | 'followedSince'> {
  readonly store: JobStore
  readonly streams: JobStreams
  readonly usual: Pick<UsualTimesOf, 'needsHistory'>
  /** Makes a read; resolves to whether it was answered. Never rejects. */
  readonly make: (read: DueRead) => Promise<boolean>
  /** Whether the server can be asked now. */
  readonly mayAsk: () => boolean
  /** Whether nothing is followed any more. */
  readonly isStopped: () => boolean
  /** Whether what is learnt now happened while the app, the network or the server was away. */
  readonly isCatchingUp: () => boolean
  readonly onEnded: (job: JobView, circumstance: Circumstance) => void
  /** Something else is known of a job than before; called ahead of `onEnded`. */
  readonly onChanged: (before: Job, job: Job) => void
  /** An entry that is gone has proved that the server has restarted. */
  readonly onRestartProven: () => void
}

/**
 * The one way in which knowledge of a job changes: a fact is observed, what follows from all that is known is
 * concluded, an end is stored and told, and what is asked next is planned anew, for the jobs that the fact concerns.
 * Ends are told at once; plans are made once for all facts of one turn of the event loop.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions
  readonly #agenda: Agenda
  readonly #clock = new SetClock()
  /** Keys of the jobs whose plans are to be made anew. */
  readonly #unplanned = new Set<string>()
  #planning: NodeJS.Immediate | undefined
  /** Keys of the open jobs that have an id which the server has yet to show. */
  readonly #unshown = new Set<string>()
  /** Keys of the open jobs that the server has shown. */
  readonly #shown = new Set<string>()
  /** Who waits for what the log of a job tells, by the job's key. */
  readonly #awaitingLog = new Map<string, (() => void)[]>()
  #followedSince = Number.POSITIVE_INFINITY
  readonly #sources: ContextSources
  readonly #stopListening: () => void

  constructor(options: ReconcilerOptions) {
    this.#options = options
    this.#sources = {
      ...options,
      running: () => this.#shown.size,
      followedSince: () => this.#followedSince,
    }
    this.#agenda = new Agenda({ make: (read) => this.#make(read), mayAsk: options.mayAsk })
    this.#stopListening = options.store.onChange(({ changed, removed }) => {
      for (const job of changed) if (job.serverId !== options.jobs.serverId) this.#onOtherProfile(job)
      for (const key of removed) this.#forget(key)
    })
  }

  /** Since when the server has been followed without a break, in milliseconds since 1970; infinite while it is not. */
  get followedSince(): number {
    return this.#followedSince
  }

  /** Whether so many starts wait for their runs that the server must be slow. */
  get isServerSlow(): boolean {
    return this.#unshown.size >= replacedId.slowFrom
  }

  /** The server is followed from now on, if it was not already. */
  follow(): void {
    if (this.#followedSince === Number.POSITIVE_INFINITY) this.#followedSince = Date.now()
  }

  /** The server can't be followed for now. */
  loseSight(): void {
    this.#followedSince = Number.POSITIVE_INFINITY
  }

  /** Takes up the jobs that the store holds. */
  takeUp(jobs: readonly Job[]): void {
    for (const job of jobs) this.#noteShown(job)
    this.replan(jobs)
  }

  /** Forgets what is planned; nobody waits for answers any more. */
  stop(): void {
    this.#stopListening()
    this.#agenda.clear()
    for (const key of this.#awaitingLog.keys()) this.#tellLogKnown(key)
    clearImmediate(this.#planning)
    this.#planning = undefined
  }

  /** A fact about a job: what it changes, what follows, and that what is asked is planned anew. */
  apply(key: string, fact: Fact): void {
    this.followClock()
    const { store, isStopped, onChanged } = this.#options
    const before = store.get(key)
    if (before === undefined || isStopped()) return
    const now = Date.now()
    const seen = observe(before, fact, now)
    const conclusion = conclude(seen, new JobContext(seen, this.#sources), now)
    const job = conclusion === null ? seen : withConclusion(seen, conclusion, now)
    if (job !== before) {
      store.put(job)
      onChanged(before, job)
    }
    this.replan([job])
    this.#noteShown(job)
    if (fact.kind === 'log' && fact.isLast) this.#tellLogKnown(key)
    if (fact.kind === 'noEntry' && before.restartedAt === null && job.restartedAt !== null)
      this.#onRestartProven(before)
    if (jobIdOf(job) !== jobIdOf(before)) this.#followOtherRun(job)
    if (job.end !== null) this.#onEnd(before, job, fact)
  }

  /** Plans anew, once at the end of this turn, for these jobs, of which something was noted. */
  replan(jobs: readonly Job[]): void {
    for (const { key } of jobs) this.#unplanned.add(key)
    this.#planning ??= setImmediate(() => this.planNow())
  }

  /** Plans anew, and makes what is due. */
  planNow(): void {
    clearImmediate(this.#planning)
    this.#planning = undefined
    const { store, asked, jobs, isStopped } = this.#options
    if (isStopped()) return
    for (const key of this.#unplanned) {
      const job = store.get(key)
      if (job === undefined || job.serverId !== jobs.serverId) continue
      const reads = plan(job, asked.of(key, job.workflowId), this.#planContext(job))
      this.#agenda.set(job, reads)
      if (reads.length === 0 && job.end !== null) asked.forget(key)
    }
    this.#unplanned.clear()
    this.#agenda.run()
  }

  /** Resolves once no read is due or under way, or after so many milliseconds. */
  idle(withinMs: number): Promise<void> {
    this.planNow()
    return this.#agenda.idle(withinMs)
  }

  /**
   * Resolves once what an ended job's log tells is known, or nothing is followed any more; at once where it tells
   * nothing.
   */
  logKnown(key: string): Promise<void> {
    const job = this.#options.store.get(key)
    if (job?.end == null || !needsLog({ ...job, end: job.end }) || this.#options.isStopped())
      return Promise.resolve()
    return new Promise((resolve) => {
      this.#awaitingLog.set(key, [...(this.#awaitingLog.get(key) ?? []), resolve])
    })
  }

  /** What is counted from before the clock was set back goes on as if nobody had set it. */
  followClock(): void {
    const ms = this.#clock.setBackByMs()
    if (ms === 0) return
    const { store, jobs, asked } = this.#options
    const now = Date.now()
    asked.moveBack(ms)
    this.#agenda.moveBack(ms)
    this.#followedSince -= ms
    // What seems to end only in the future ended by the wrong clock as well.
    const moved = jobs.all().filter(({ end }) => end === null || end.endedAt > now)
    for (const job of moved) store.put(movedBack(job, ms))
    this.replan(moved)
  }

  async #make(read: DueRead): Promise<boolean> {
    const isAnswered = await this.#options.make(read)
    // That a job was removed is told by the store in a later turn of the event loop. A read of such a job asks the server
    // nothing, so that it is over in this turn, and would be made again and again before that later turn could come.
    for (const key of read.keys) if (this.#options.store.get(key) === undefined) this.#agenda.drop(key)
    this.planNow()
    return isAnswered
  }

  /**
   * An entry that is gone proves that the run of the server in which its job was seen is over, for all its jobs, and for
   * all that the server had taken by then.
   */
  #onRestartProven(seen: Job): void {
    const { jobs, serverRun, onRestartProven } = this.#options
    onRestartProven()
    const seenAt = seen.run?.entry?.at ?? Number.NEGATIVE_INFINITY
    for (const job of jobs.open()) {
      const isOfIt = seen.serverRun !== null && job.serverRun === seen.serverRun
      const isTakenBefore = (answeredAt(job) ?? Number.POSITIVE_INFINITY) <= seenAt
      if ((isOfIt || isTakenBefore) && !serverRun.isMember(job.key))
        this.apply(job.key, { kind: 'serverRestarted' })
    }
  }

  /**
   * Another profile may be another user of the same server: a run that its start was given was claimed here while the answer
   * was on its way.
   */
  #onOtherProfile({ start: { answer } }: Job): void {
    if (answer.kind !== 'id') return
    const { jobs } = this.#options
    for (const job of jobs.withJobId(answer.jobId))
      if (job.serverId === jobs.serverId && job.maybeOthers) this.apply(job.key, { kind: 'claimRefuted' })
  }

  /** The job has another run than before: its stream is another one. */
  #followOtherRun(job: Job): void {
    const { streams } = this.#options
    streams.close(job.key)
    if (job.end === null && !isWatched(job)) streams.open(job)
  }

  /** A fact about a job that has ended: tells the end, unless it was known with this outcome before. */
  #onEnd(before: Job, job: Job, fact: Fact): void {
    const { streams, serverRun, isCatchingUp, onEnded } = this.#options
    if (!isInDoubt(job)) serverRun.forget(job.key)
    if (before.end?.outcome === job.end?.outcome) return
    streams.close(job.key)
    // These come at the moment of which they tell, whatever is being caught up with.
    const isOfNow = fact.kind === 'startRefused' || fact.kind === 'frame'
    onEnded(viewOf(job), isCatchingUp() && !isOfNow ? 'away' : 'live')
  }

  /** The list no longer holds the job. */
  #forget(key: string): void {
    this.#agenda.drop(key)
    this.#options.streams.close(key)
    this.#options.asked.forget(key)
    this.#options.serverRun.forget(key)
    this.#unshown.delete(key)
    this.#shown.delete(key)
    this.#tellLogKnown(key)
  }

  #tellLogKnown(key: string): void {
    for (const resolve of this.#awaitingLog.get(key) ?? []) resolve()
    this.#awaitingLog.delete(key)
  }

  /** Notes whether the job is shown: what runs takes the server's time, whoever began it. */
  #noteShown(job: Job): void {
    const { key, run, end } = job
    const isRun = end === null && run !== null
    // What others run, or a workflow that is dead, says nothing of how fast the server begins the app's own starts.
    const isUnshown = isRun && !isShown(run) && !isWatched(job) && run.notBegunSince === null
    if (isUnshown) this.#unshown.add(key)
    else this.#unshown.delete(key)
    if (isRun && isShown(run)) this.#shown.add(key)
    else this.#shown.delete(key)
  }

  #planContext({ key, workflowId }: Job): PlanContext {
    const { serverRun, asked, usual } = this.#options
    return {
      isOfThisRun: serverRun.isMember(key),
      followedSince: this.#followedSince,
      isBusy: asked.workflow(workflowId).isBusy,
      isServerSlow: this.isServerSlow,
      needsUsual: usual.needsHistory(workflowId),
    }
  }
}
