import type { JobView } from '../../shared/job-view.ts'
import { WexflowError } from '../wexflow/errors.ts'
import { isServersWord } from '../wexflow/failures.ts'
import type { WexflowServer, WorkflowInfo } from '../wexflow/server.ts'
import { Agenda, type DueRead } from './agenda.ts'
import { AskedNotes } from './asked.ts'
import { type Circumstances, conclude, type Conclusion } from './conclude.ts'
import type { Fact } from './facts.ts'
import { HistorySearch } from './history-search.ts'
import {
  answeredAt,
  type EndedJob,
  isBeingSent,
  isInDoubt,
  isOpen,
  isShown,
  type Job,
  jobIdOf,
  wireIdOf,
} from './job.ts'
import { JobStreams } from './job-streams.ts'
import { viewOf } from './job-view.ts'
import { newJob } from './new-job.ts'
import { note } from './observe/evidence.ts'
import { observe } from './observe/observe.ts'
import { needsLog, plan, type PlanContext } from './plan.ts'
import { replacedId, starting } from './policy.ts'
import { ProfileJobs } from './profile-jobs.ts'
import { JobReads } from './reads.ts'
import { type RoundSink, Rounds } from './rounds.ts'
import { type LinkListener, ServerLink } from './server-link.ts'
import { ServerRun } from './server-run.ts'
import { movedBack, SetClock } from './set-clock.ts'
import { startWorkflow } from './start-workflow.ts'
import type { JobStore } from '../job-store/store.ts'

/** What the tracker tells the rest of the app. Called synchronously, at the moment it is known. */
export interface TrackerListener extends LinkListener {
  /**
   * A job ended, or its outcome was corrected. `away`: it was learnt while catching up after the app, the network or
   * the server had been away; tell such ends as one summary once `onCaughtUp` is called.
   */
  onEnded(job: JobView, circumstance: 'live' | 'away'): void
}

export interface TrackerOptions {
  readonly serverId: string
  readonly server: WexflowServer
  readonly store: JobStore
  readonly listener: TrackerListener
  /** A text that changes when the machine's network does; read only while reconnecting. */
  readonly networkFingerprint: () => string
}

/**
 * Follows every job of one server profile until its end is known: a fact changes what is known of a job (`observe`),
 * what follows from that is computed (`conclude`), and so is what is asked next (`plan`), for the jobs that the fact
 * concerns. Ends are told at once; what is asked is planned once for all facts of one turn.
 */
export class JobTracker {
  readonly #options: TrackerOptions
  readonly #server: WexflowServer
  readonly #store: JobStore
  readonly #jobs: ProfileJobs
  readonly #link: ServerLink
  readonly #streams: JobStreams
  readonly #history: HistorySearch
  readonly #reads: JobReads
  readonly #agenda: Agenda
  readonly #rounds: Rounds
  readonly #asked = new AskedNotes()
  readonly #run = new ServerRun(() => this.#link.hasChangeStream)
  readonly #clock = new SetClock()
  /** Keys of the jobs whose plans are to be made anew. */
  readonly #unplanned = new Set<string>()
  #planning: NodeJS.Immediate | undefined
  /** Keys of the open jobs that have an id which the server has yet to show. */
  readonly #unshown = new Set<string>()
  /** Who waits for what the log of a job tells, by the job's key. */
  readonly #awaitingLog = new Map<string, (() => void)[]>()
  #followedSince = Number.POSITIVE_INFINITY

  constructor(options: TrackerOptions) {
    const { server, store, serverId } = options
    this.#options = options
    this.#server = server
    this.#store = store
    this.#jobs = new ProfileJobs(store, serverId)
    this.#history = new HistorySearch(server)
    const sink: RoundSink = {
      jobs: this.#jobs,
      run: this.#run,
      asked: this.#asked,
      followedSince: () => this.#followedSince,
      isServerSlow: () => this.#unshown.size >= replacedId.slowFrom,
      apply: (key, fact) => this.#apply(key, fact),
      isCatchingUp: () => this.#link.isCatchingUp,
      isStopped: () => this.#link.isStopped,
      fail: (error) => this.#link.failureOf(error),
      replan: (jobs) => this.#replan(jobs),
      idle: (withinMs) => {
        this.#planNow()
        return this.#agenda.idle(withinMs)
      },
    }
    this.#reads = new JobReads(server, this.#history, sink)
    this.#agenda = new Agenda({ make: (read) => this.#make(read), mayAsk: () => this.#link.mayAsk })
    this.#rounds = new Rounds(server, this.#reads, sink)
    this.#streams = new JobStreams(
      server,
      (key, frame) => this.#apply(key, { kind: 'frame', frame }),
      (key, error) => this.#onStreamLost(key, error),
    )
    this.#link = new ServerLink({
      server,
      networkFingerprint: options.networkFingerprint,
      listener: options.listener,
      jobs: {
        areInFlight: () => this.#jobs.unresolved().length > 0,
        onStream: () => this.#onStream(),
        onNetworkChange: () => this.#streams.closeAll(),
        onPulse: () => this.#onPulse(),
        onChange: (run) => this.#onChange(run),
        onBeat: () => {
          this.#followClock()
          this.#rounds.onKeepAlive()
        },
        lookAtEverything: () => this.#lookAtEverything(),
        onAway: () => {
          this.#followedSince = Number.POSITIVE_INFINITY
        },
        onSignInOver: () => this.stop(),
      },
    })
  }

  /** Connects and goes on following what the store holds. */
  start(): void {
    this.#link.start()
    for (const job of this.#jobs.all()) {
      if (isOpen(job) && job.start.answer.kind === 'awaited') {
        // The app died between the wish and the answer.
        if (job.start.sentAt === null)
          this.#apply(job.key, { kind: 'startRefused', reason: 'notSent', detail: '' })
        else this.#apply(job.key, { kind: 'startAnswerLost', detail: 'restart' })
      }
      this.#noteShown(job)
    }
    this.#replan(this.#jobs.all())
  }

  /** Closes every stream and timer; the jobs stay in the store as they are. */
  stop(): void {
    this.#link.stop()
    this.#streams.closeAll()
    this.#agenda.clear()
    this.#rounds.stop()
    for (const key of this.#awaitingLog.keys()) this.#tellLogKnown(key)
    clearImmediate(this.#planning)
    this.#planning = undefined
  }

  /** Asks the server to start a workflow and follows the job. Never rejects: what goes wrong is the job's outcome. */
  async startWorkflow(workflow: Pick<WorkflowInfo, 'id' | 'name' | 'isApproval'>): Promise<void> {
    this.#followClock()
    const job = newJob(this.#options.serverId, workflow, Date.now())
    this.#store.put(job)
    if (this.#jobs.unresolved().length === 1) this.#link.hurry()
    const fact = await startWorkflow(workflow, {
      server: this.#server,
      history: this.#history,
      remember: async ({ runningBefore, ...before }) => {
        // Whoever follows the jobs now has said already that this one was not sent.
        if (this.#link.isStopped) throw new WexflowError('unreachable', 'stopped', false)
        // The app's own jobs are known anyway: each record would grow with the jobs that run beside it.
        const own = new Set(this.#jobs.ofWorkflow(workflow.id).map(jobIdOf))
        const others = runningBefore.filter((jobId) => !own.has(jobId))
        this.#apply(job.key, { kind: 'startSent', runningBefore: others, ...before })
        await this.#store.flush()
      },
    })
    const sent = this.#store.get(job.key)
    // The sign-in may be over meanwhile: whoever follows the jobs next must not guess what the server has said.
    if (this.#link.isStopped && fact.kind !== 'startRefused' && sent !== undefined && isBeingSent(sent))
      this.#store.put(observe(sent, fact, Date.now()))
    this.#apply(job.key, fact)
    if (fact.kind !== 'startRefused') this.#run.seenAlive(job.key)
    else if (fact.reason === 'signInExpired')
      this.#link.noteFailure({ kind: 'signInExpired', detail: fact.detail })
  }

  /** Asks the server to stop a job. Rejects with a `WexflowError`. */
  async stopJob(key: string): Promise<void> {
    const job = this.#store.get(key)
    const jobId = job === undefined ? null : wireIdOf(job)
    if (job === undefined || jobId === null) return
    this.#apply(key, { kind: 'stopAsked' })
    try {
      const isStopped = await this.#heard(this.#server.stop(job.workflowId, jobId))
      this.#asked.note(key, { stopAnsweredAt: Date.now() })
      this.#apply(key, { kind: 'stopAnswered', isStopped })
    } catch (error) {
      if (error instanceof WexflowError && !error.mayHaveReached) this.#apply(key, { kind: 'stopNotSent' })
      throw error
    }
  }

  /** Approves a job that waits. Rejects with a `WexflowError`. */
  approveJob(key: string): Promise<void> {
    return this.#decideOn(key, (workflowId, jobId) => this.#server.approve(workflowId, jobId))
  }

  /** Rejects a job that waits. Rejects with a `WexflowError`. */
  rejectJob(key: string): Promise<void> {
    return this.#decideOn(key, (workflowId, jobId) => this.#server.reject(workflowId, jobId))
  }

  /** Reads the job's log from the server; empty while it runs. Rejects with a `WexflowError`. */
  async jobLog(key: string): Promise<string[]> {
    const job = this.#store.get(key)
    return job === undefined ? [] : this.#heard(this.#reads.log(job))
  }

  /** Resolves once what an ended job's log tells is known, or the tracker stops; at once where it tells nothing. */
  logKnown(key: string): Promise<void> {
    const job = this.#store.get(key)
    if (job?.end == null || !needsLog({ ...job, end: job.end }) || this.#link.isStopped)
      return Promise.resolve()
    return new Promise((resolve) => {
      this.#awaitingLog.set(key, [...(this.#awaitingLog.get(key) ?? []), resolve])
    })
  }

  /** The machine woke up, was unlocked or changed its network: reconnects at once and looks at everything. */
  wake(): void {
    this.#streams.closeAll()
    const now = Date.now()
    for (const job of this.#jobs.unresolved()) {
      const { sentAt } = job.start
      // The connection on which its answer was to come may be dead; should it come after all, it counts.
      if (isBeingSent(job) && sentAt !== null && now - sentAt > starting.answerUsuallyWithin)
        this.#apply(job.key, { kind: 'startAnswerLost', detail: 'sleep' })
    }
    this.#link.wake()
  }

  /** The tray menu opens: reads the workflows anew. */
  refreshWorkflows(): void {
    void this.#link.readWorkflows()
  }

  async #decideOn(key: string, ask: (workflowId: number, jobId: string) => Promise<boolean>): Promise<void> {
    const job = this.#store.get(key)
    const jobId = job === undefined ? null : wireIdOf(job)
    if (job === undefined || jobId === null) return
    await this.#heard(ask(job.workflowId, jobId))
    this.#asked.note(key, { decidedAt: Date.now() })
    this.#replan([job])
  }

  /** What a person's wish ran into counts for the link as well; the error goes on to the person. */
  async #heard<Value>(answer: Promise<Value>): Promise<Value> {
    try {
      return await answer
    } catch (error) {
      this.#link.failureOf(error)
      throw error
    }
  }

  /** What is counted from before the clock was set back goes on as if nobody had set it. */
  #followClock(): void {
    const ms = this.#clock.setBackByMs()
    if (ms === 0) return
    const now = Date.now()
    this.#asked.moveBack(ms)
    this.#agenda.moveBack(ms)
    this.#followedSince -= ms
    const moved = this.#jobs.all().filter(({ end }) => end === null || end.endedAt > now)
    // What seems to end only in the future ended by the wrong clock as well.
    for (const job of moved) this.#store.put(movedBack(job, ms))
    this.#replan(moved)
  }

  /** A fact about a job: what it changes, what follows, and that the job's plan is to be made anew. */
  #apply(key: string, fact: Fact): void {
    this.#followClock()
    const before = this.#store.get(key)
    if (before === undefined || this.#link.isStopped) return
    const now = Date.now()
    const seen = observe(before, fact, now)
    const conclusion = conclude(seen, this.#circumstances(seen), now)
    const job = conclusion === null ? seen : withConclusion(seen, conclusion, now)
    if (job !== before) this.#store.put(job)
    if (fact.kind === 'log') this.#tellLogKnown(key)
    if (fact.kind === 'noEntry' && before.restartedAt === null && job.restartedAt !== null)
      this.#onRestartProven()
    this.#unplanned.add(key)
    this.#planning ??= setImmediate(() => this.#planNow())
    this.#noteShown(job)
    if (jobIdOf(job) !== jobIdOf(before)) this.#streams.close(key)
    if (job.end === null) {
      if (jobIdOf(job) !== jobIdOf(before)) this.#streams.open(job)
      return
    }
    if (!isInDoubt(job)) this.#run.forget(key)
    if (before.end?.outcome === job.end.outcome) return
    this.#streams.close(key)
    const isAnswer = fact.kind === 'startRefused' || fact.kind === 'frame'
    const circumstance = this.#link.isCatchingUp && !isAnswer ? 'away' : 'live'
    this.#options.listener.onEnded(viewOf(job), circumstance)
  }

  #tellLogKnown(key: string): void {
    for (const resolve of this.#awaitingLog.get(key) ?? []) resolve()
    this.#awaitingLog.delete(key)
  }

  #noteShown({ key, run, end }: Job): void {
    if (end === null && run !== null && !isShown(run)) this.#unshown.add(key)
    else this.#unshown.delete(key)
  }

  /** Plans anew what is asked about these jobs, and about all that facts have changed. */
  #replan(jobs: readonly Job[]): void {
    for (const { key } of jobs) this.#unplanned.add(key)
    this.#planning ??= setImmediate(() => this.#planNow())
  }

  #planNow(): void {
    clearImmediate(this.#planning)
    this.#planning = undefined
    if (this.#link.isStopped) return
    for (const key of this.#unplanned) {
      const job = this.#store.get(key)
      if (job === undefined || job.serverId !== this.#options.serverId) continue
      const reads = plan(job, this.#asked.of(key, job.workflowId), this.#planContext(job))
      this.#agenda.set(job, reads)
      if (reads.length === 0 && job.end !== null) this.#asked.forget(key)
    }
    this.#unplanned.clear()
    this.#agenda.run()
  }

  #planContext({ key, workflowId }: Job): PlanContext {
    return {
      isOfThisRun: this.#run.isMember(key),
      followedSince: this.#followedSince,
      isBusy: this.#asked.workflow(workflowId).isBusy,
      isServerSlow: this.#unshown.size >= replacedId.slowFrom,
    }
  }

  /** What is known beside a job. Computed only where a rule asks for it: a frame needs none of it. */
  #circumstances(job: Job): Circumstances {
    const { key, workflowId, start } = job
    const asked = this.#asked
    const run = this.#run
    const jobs = this.#jobs
    return {
      get isOfThisRun() {
        return run.isMember(key)
      },
      get isWatchWhole() {
        const { claimedAt, unlistedSince } = asked.workflow(workflowId)
        // What began before the server answered, which may take a minute, was not watched for.
        const isPrompt =
          start.answer.kind === 'queued' && start.answer.at - start.requestedAt < starting.promptAnswer
        const isSeen = isPrompt && unlistedSince === null && start.historyMark !== null
        // Others may queue for the same workflow: once a run was given to a start, which one never ran is open.
        return run.isMember(key) && claimedAt < start.requestedAt && isSeen
      },
      get isStopSeen() {
        return jobs.ofWorkflow(workflowId).some(({ end, stop }) => {
          const stoppedAt = end?.outcome === 'stopped' ? end.endedAt : (stop?.askedAt ?? null)
          return stoppedAt !== null && stoppedAt >= start.requestedAt
        })
      },
      get idleForMs() {
        return Date.now() - asked.workflow(workflowId).busyAt
      },
      get entryAt() {
        return asked.entryAt(key)
      },
      get jobsAt() {
        return asked.workflow(workflowId).jobsAt
      },
    }
  }

  async #make(read: DueRead): Promise<boolean> {
    if (this.#link.isStopped) return true
    try {
      await this.#reads.make(read)
      return true
    } catch (error) {
      const failure = this.#link.failureOf(error)
      if (read.kind === 'jobs' && isServersWord(failure)) this.#onJobsUnread(read.workflowId)
      return false
    } finally {
      this.#planNow()
    }
  }

  /** `jobs` can't be read: a job that has said that it ended need not wait for it for ever. */
  #onJobsUnread(workflowId: number): void {
    const now = Date.now()
    for (const { key, run, end } of this.#jobs.ofWorkflow(workflowId))
      if (end === null && run?.frame != null && now - run.frame.at > starting.jobsUnreadFor)
        this.#apply(key, { kind: 'notListed', mayRunOn: false })
  }

  #lookAtEverything(): Promise<void> {
    this.#followClock()
    if (this.#followedSince === Number.POSITIVE_INFINITY) this.#followedSince = Date.now()
    return this.#rounds.everything()
  }

  /** The change stream spoke. */
  #onPulse(): void {
    const { number } = this.#run
    for (const key of this.#run.pulse())
      if (number !== null) this.#apply(key, { kind: 'runKnown', run: number })
  }

  #onStreamLost(key: string, error: unknown): boolean {
    if (this.#link.isStopped) return false
    this.#asked.note(key, { wantedAt: Date.now() })
    const job = this.#store.get(key)
    if (job !== undefined) this.#replan([job])
    const { kind } = this.#link.failureOf(error)
    // A new change stream opens all job streams again; what was refused is refused again.
    return (
      this.#link.hasChangeStream && (kind === 'unreachable' || kind === 'timedOut' || kind === 'serverError')
    )
  }

  /** Another change stream lives. Job streams that still do go on: to open them anew would miss the ends that they carry. */
  #onStream(): void {
    this.#run.begin()
    this.#reads.onStream()
    for (const job of this.#jobs.unresolved()) this.#streams.open(job)
  }

  #onChange(run: string | null): void {
    this.#followClock()
    this.#onPulse()
    if (run !== null && this.#run.tell(run)) this.#onRun(run)
    this.#rounds.onChange()
  }

  /**
   * An entry that is gone proves a restart, which this app has not seen: it was before the app followed the server as it
   * does now, and concerns all that was taken before.
   */
  #onRestartProven(): void {
    for (const job of this.#jobs.unresolved()) {
      const since = answeredAt(job)
      const isOlder = since !== null && since < this.#followedSince
      if (isOlder && !this.#run.isMember(job.key)) this.#apply(job.key, { kind: 'serverRestarted' })
    }
  }

  /** Another number of the server's run than a job was seen in proves that the server has restarted. */
  #onRun(run: string): void {
    for (const key of this.#run.members) this.#apply(key, { kind: 'runKnown', run })
    for (const job of this.#jobs.unresolved())
      if (job.serverRun !== null && job.serverRun !== run) this.#apply(job.key, { kind: 'serverRestarted' })
  }
}

/** The job with what was concluded of it. */
function withConclusion(job: Job, conclusion: Conclusion, now: number): Job {
  if (conclusion.kind === 'notBegun')
    return job.run === null ? job : { ...job, run: { ...job.run, notBegunSince: conclusion.since } }
  const { end } = conclusion
  if (job.end !== null) return corrected({ ...job, end: job.end }, end, now)
  const isRefused = job.start.answer.kind === 'refused'
  const isConcluded = end.from === 'inferred' && !isRefused
  const missing = isConcluded && job.search !== null ? note(job, now, 'historyMissing') : job
  return { ...(isConcluded ? note(missing, now, 'concluded') : job), end }
}

/** A record says otherwise than what was told, or the same, which then is certain. */
function corrected(job: EndedJob, end: EndedJob['end'], now: number): Job {
  if (job.end.outcome === end.outcome) return { ...job, end }
  // What the log says is asked for anew: the end was another one.
  const isFailure = end.outcome === 'failed' || end.outcome === 'warning'
  const isLogRead = job.end.isLogRead && !(isFailure && job.end.errorLine === null)
  return { ...note(job, now, 'corrected', job.end.outcome), end: { ...end, isLogRead } }
}
