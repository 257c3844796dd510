import type { Failure } from '../../shared/failure.ts'
import { isInDoubt, isUnresolved, type Job } from '../../shared/job.ts'
import { WexflowError } from '../wexflow/errors.ts'
import { isServersWord, isSignInOver } from '../wexflow/failures.ts'
import type { WexflowServer, WorkflowInfo } from '../wexflow/server.ts'
import { ChangeFeed } from './change-feed.ts'
import { decide } from './decide/decide.ts'
import type { QuestionKind } from './decide/decision.ts'
import type { Fact } from './decide/facts.ts'
import { HistorySearch } from './history-search.ts'
import { JobReads } from './job-reads.ts'
import { JobStreams } from './job-streams.ts'
import { newJob } from './new-job.ts'
import { Questions } from './questions.ts'
import { type RoundSink, Rounds } from './rounds.ts'
import { ServerRun } from './server-run.ts'
import { movedBack, SetClock } from './set-clock.ts'
import { startWorkflow } from './start-workflow.ts'
import type { JobStore } from './store.ts'

/** How the tracker stands with its server. */
export type TrackerLink = 'connecting' | 'online' | 'slow' | 'offline' | 'signInNeeded'

/** What the tracker tells the rest of the app. Called synchronously, at the moment it is known. */
export interface TrackerListener {
  onLink(link: TrackerLink, failure: Failure | null): void
  /** The server's workflows changed (or were read for the first time). */
  onWorkflows(workflows: readonly WorkflowInfo[]): void
  /**
   * A job ended, or its outcome was corrected. `away`: it was learnt while catching up after the app, the network or
   * the server had been away; tell such ends as one summary once `onCaughtUp` is called.
   */
  onEnded(job: Job, circumstance: 'live' | 'away'): void
  /** The first look at everything after having been away is complete. */
  onCaughtUp(): void
}

export interface TrackerOptions {
  readonly serverId: string
  readonly server: WexflowServer
  readonly store: JobStore
  readonly listener: TrackerListener
  /** A text that changes when the machine's network does; read only while reconnecting. */
  readonly networkFingerprint: () => string
}

/** Where streams can't be had, the server is asked this often while jobs run, and otherwise only for its workflows. */
const pollBusyMs = 5000
const pollIdleMs = 60_000
/** A little under the minute in which a change of the workflows shall be seen, as beats come every 15 s. */
const workflowsEveryMs = 44_000
/** A job notices up to this long after the answer that it was approved or rejected. */
const decisionNoticedMs = 1000
/** A question that the server failed to answer is asked again after this time. */
const askAgainMs = 5000

/** Follows every job of one server profile until its end is known. */
export class JobTracker {
  readonly #options: TrackerOptions
  readonly #server: WexflowServer
  readonly #store: JobStore
  readonly #feed: ChangeFeed
  readonly #streams: JobStreams
  readonly #history: HistorySearch
  readonly #reads: JobReads
  readonly #questions: Questions
  readonly #rounds: Rounds
  readonly #run = new ServerRun()
  readonly #clock = new SetClock()

  #isStopped = true
  #link: TrackerLink | null = null
  #linkFailure: Failure['kind'] | null = null
  #isCatchingUp = true
  /** A look at everything is under way. */
  #isLooking = false
  #poll: NodeJS.Timeout | undefined
  /** Milliseconds of `performance.now()`. */
  #workflowsReadAt = Number.NEGATIVE_INFINITY

  constructor(options: TrackerOptions) {
    const { server, store, serverId } = options
    this.#options = options
    this.#server = server
    this.#store = store
    this.#history = new HistorySearch(server)
    const sink: RoundSink = {
      unresolved: () => store.unresolved(serverId),
      get: (key) => store.get(key),
      jobsOf: (workflowId) => this.#ownJobs().filter((job) => job.workflowId === workflowId),
      inDoubt: () => this.#ownJobs().filter(isInDoubt),
      knownJobIds: () => new Set(store.list().map((job) => job.jobId)),
      apply: (key, fact) => this.#apply(key, fact),
      confirm: (key) => this.#confirm(key),
      isOfThisRun: (key) => this.#feed.isUp && this.#run.members.has(key),
      wasSeen: (key) => this.#run.members.has(key),
      hasChangeStream: () => this.#feed.isUp,
      isCatchingUp: () => this.#isCatchingUp,
      isStopped: () => this.#isStopped,
      fail: (error) => this.#failureOf(error),
    }
    this.#reads = new JobReads(server, this.#history, sink)
    this.#questions = new Questions((key, kind) => this.#answer(key, kind))
    this.#rounds = new Rounds({ server, reads: this.#reads, questions: this.#questions, sink })
    this.#streams = new JobStreams(
      server,
      (key, frame) => this.#apply(key, { kind: 'frame', frame }),
      (key, error) => this.#onStreamLost(key, error),
    )
    this.#feed = new ChangeFeed({
      open: (listener) => server.openChangeStream(listener),
      networkFingerprint: options.networkFingerprint,
      failureOf: (error) => this.#failureOf(error),
      listener: {
        onUp: () => this.#onFeedUp(),
        onLate: () => this.#onFeedLate(),
        onBeat: () => {
          this.#onPulse()
          this.#beat()
        },
        onChange: (run) => this.#onChange(run),
        onDown: (failure, failures) => this.#onFeedDown(failure, failures),
      },
    })
  }

  /** Connects and goes on following what the store holds. */
  start(): void {
    this.#isStopped = false
    this.#isCatchingUp = true
    this.#setLink('connecting', null)
    for (const job of this.#unresolved()) {
      if (job.jobId !== null || job.phase !== 'starting' || job.answerLost) continue
      // The app died between the wish and the answer.
      if (job.sentAt === null) this.#apply(job.key, { kind: 'startRefused', reason: 'notSent', detail: '' })
      else this.#apply(job.key, { kind: 'startAnswerLost', detail: 'restart' })
    }
    this.#feed.start()
  }

  /** Closes every stream and timer; the jobs stay in the store as they are. */
  stop(): void {
    this.#isStopped = true
    this.#feed.stop()
    this.#streams.closeAll()
    this.#questions.clear()
    this.#rounds.stop()
    clearTimeout(this.#poll)
    this.#poll = undefined
  }

  /** Asks the server to start a workflow and follows the job. Never rejects: what goes wrong is the job's outcome. */
  async startWorkflow(workflow: Pick<WorkflowInfo, 'id' | 'name' | 'isApproval'>): Promise<void> {
    this.#followClock()
    const job = newJob(this.#options.serverId, workflow, Date.now())
    this.#store.put(job)
    // Where nothing was in flight before, the next poll is far away.
    if (this.#poll !== undefined && this.#unresolved().length === 1) this.#schedulePoll()
    const fact = await startWorkflow(workflow, {
      server: this.#server,
      history: this.#history,
      remember: async (before) => {
        // Whoever follows the jobs now has said already that this one was not sent.
        if (this.#isStopped) throw new WexflowError('unreachable', 'stopped', false)
        this.#store.put({ ...(this.#store.get(job.key) ?? job), ...before, sentAt: Date.now() })
        await this.#store.flush()
      },
    })
    this.#apply(job.key, fact)
    if (fact.kind !== 'startRefused') this.#confirm(job.key)
    else if (fact.reason === 'signInExpired')
      this.#noteFailure({ kind: 'signInExpired', detail: fact.detail })
  }

  /** Asks the server to stop a job. Rejects with a `WexflowError`. */
  async stopJob(key: string): Promise<void> {
    const job = this.#store.get(key)
    if (job === undefined || job.jobId === null) return
    this.#apply(key, { kind: 'stopAsked' })
    try {
      await this.#heard(this.#server.stop(job.workflowId, job.jobId))
    } catch (error) {
      if (error instanceof WexflowError && !error.mayHaveReached) this.#apply(key, { kind: 'stopNotSent' })
      throw error
    }
    this.#apply(key, { kind: 'stopAnswered' })
  }

  /** Approves a job that waits. Rejects with a `WexflowError`. */
  async approveJob(key: string): Promise<void> {
    const job = this.#store.get(key)
    if (job === undefined || job.jobId === null) return
    await this.#heard(this.#server.approve(job.workflowId, job.jobId))
    this.#questions.ask(key, { kind: 'jobs', inMs: decisionNoticedMs })
  }

  /** Rejects a job that waits. Rejects with a `WexflowError`. */
  async rejectJob(key: string): Promise<void> {
    const job = this.#store.get(key)
    if (job === undefined || job.jobId === null) return
    await this.#heard(this.#server.reject(job.workflowId, job.jobId))
    this.#questions.ask(key, { kind: 'jobs', inMs: decisionNoticedMs })
  }

  /** Reads the job's log from the server; empty while it runs. Rejects with a `WexflowError`. */
  jobLog(key: string): Promise<string[]> {
    return this.#heard(this.#readLog(key))
  }

  async #readLog(key: string): Promise<string[]> {
    const job = this.#store.get(key)
    if (job === undefined || job.jobId === null) return []
    if (job.historyId !== null) return this.#server.historyLog(job.historyId)
    const entry = await this.#server.entry(job.workflowId, job.jobId)
    if (entry !== null) return this.#server.entryLog(entry.id)
    const row = await this.#history.findOne(job, job.jobId)
    if (row === null) return []
    this.#store.put({ ...(this.#store.get(key) ?? job), historyId: row.id })
    return this.#server.historyLog(row.id)
  }

  /** The machine woke up, was unlocked or changed its network: reconnects at once and looks at everything. */
  wake(): void {
    this.#isCatchingUp = true
    this.#feed.reconnect()
  }

  /** The tray menu opens: reads the workflows anew. */
  refreshWorkflows(): void {
    void this.#readWorkflows()
  }

  #unresolved(): Job[] {
    return this.#store.unresolved(this.#options.serverId)
  }

  #ownJobs(): Job[] {
    return this.#store.list().filter(({ serverId }) => serverId === this.#options.serverId)
  }

  /** Every attempt to reconnect comes here: what is known already is not said again. */
  #setLink(link: TrackerLink, failure: Failure | null): void {
    const kind = failure?.kind ?? null
    if (link === this.#link && kind === this.#linkFailure) return
    this.#link = link
    this.#linkFailure = kind
    this.#options.listener.onLink(link, failure)
  }

  /** The failure behind an error of the server's face; anything else is a fault of this app and is thrown on. */
  #failureOf(error: unknown): Failure {
    if (!(error instanceof WexflowError)) throw error
    this.#noteFailure(error.failure)
    return error.failure
  }

  /** Streams that are open go on telling: only what needs a new token has to wait for the person. */
  #noteFailure(failure: Failure): void {
    if (isSignInOver(failure) && !this.#isStopped && this.#link !== 'signInNeeded')
      this.#setLink('signInNeeded', failure)
  }

  /** What a person's wish ran into counts for the link as well; the error goes on to the person. */
  async #heard<Value>(answer: Promise<Value>): Promise<Value> {
    try {
      return await answer
    } catch (error) {
      this.#failureOf(error)
      throw error
    }
  }

  /** What is counted from before the clock was set back goes on as if nobody had set it. */
  #followClock(): void {
    const ms = this.#clock.setBackByMs()
    if (ms === 0) return
    const now = Date.now()
    for (const job of this.#ownJobs()) {
      // What seems to end only in the future ended by the wrong clock as well.
      if (job.endedAt === null || job.endedAt > now) this.#store.put(movedBack(job, ms))
    }
  }

  #apply(key: string, fact: Fact): void {
    this.#followClock()
    const before = this.#store.get(key)
    if (before === undefined || this.#isStopped) return
    const { job, ask } = decide(before, fact, Date.now())
    if (job !== before) this.#store.put(job)
    for (const question of ask) this.#questions.ask(key, question)
    if (isUnresolved(job)) {
      if (job.jobId !== before.jobId) this.#streams.open(job)
      return
    }
    if (!isInDoubt(job)) this.#run.forget(key)
    if (before.outcome === job.outcome) return
    this.#streams.close(key)
    this.#reads.forget(key)
    const isAnswer = fact.kind === 'startRefused' || fact.kind === 'frame'
    this.#options.listener.onEnded(job, this.#isCatchingUp && !isAnswer ? 'away' : 'live')
  }

  /** The job was seen alive. */
  #confirm(key: string): void {
    if (this.#feed.isUp) this.#run.see(key)
  }

  /** The change stream spoke. */
  #onPulse(): void {
    const { number } = this.#run
    for (const key of this.#run.pulse())
      if (number !== null) this.#apply(key, { kind: 'runKnown', run: number })
  }

  async #answer(key: string, kind: QuestionKind): Promise<void> {
    if (this.#isStopped) return
    try {
      await this.#reads.answer(key, kind)
    } catch (error) {
      const failure = this.#failureOf(error)
      const isWorthAgain = failure.kind !== 'forbidden' && !isSignInOver(failure)
      // While the server is away nothing is asked; being back begins with a look at everything.
      const isThere = this.#feed.isUp || this.#poll !== undefined
      if (isWorthAgain && isThere) this.#questions.ask(key, { kind, inMs: askAgainMs })
      if (kind === 'jobs' && isServersWord(failure)) this.#apply(key, { kind: 'jobsUnread' })
    }
  }

  #onStreamLost(key: string, error: unknown): boolean {
    if (this.#isStopped) return false
    this.#questions.ask(key, { kind: 'entry', inMs: 0 })
    const { kind } = this.#failureOf(error)
    // A new change stream opens all job streams again; what was refused is refused again.
    return this.#feed.isUp && (kind === 'unreachable' || kind === 'timedOut' || kind === 'serverError')
  }

  #onFeedUp(): void {
    this.#run.begin()
    clearTimeout(this.#poll)
    this.#poll = undefined
    this.#setLink('online', null)
    this.#streams.closeAll()
    for (const job of this.#unresolved()) this.#streams.open(job)
    void this.#catchUp()
  }

  /** Nobody should have to wait for a stream that a proxy holds back to see what the server answers at once. */
  #onFeedLate(): void {
    if (!this.#isLooking) void this.#catchUp()
  }

  #onFeedDown(failure: Failure, failures: number): void {
    if (isSignInOver(failure)) {
      this.stop()
      return
    }
    // A stream that lived and broke gets one quiet try: some proxies cut every stream after a minute.
    const isFirst = failures === 1 && this.#link === 'online' && failure.kind !== 'noStream'
    if (!isFirst) void this.#goWithoutStream(failure)
  }

  /** The stream can't be had: if the server answers otherwise, it is asked by the clock; if not, it is away. */
  async #goWithoutStream(streamFailure: Failure): Promise<void> {
    const failure = await this.#catchUp()
    if (this.#isStopped || this.#feed.isUp || this.#link === 'signInNeeded') return
    if (failure === null && this.#link === 'offline' && streamFailure.kind !== 'noStream') {
      // The server is back, and the attempt that failed had begun while it was away.
      this.#setLink('connecting', null)
      this.#feed.reconnect()
      return
    }
    if (failure === null) {
      this.#setLink('slow', streamFailure)
      if (this.#poll === undefined) this.#schedulePoll()
      return
    }
    clearTimeout(this.#poll)
    this.#poll = undefined
    this.#isCatchingUp = true
    this.#setLink('offline', failure)
  }

  #schedulePoll(): void {
    clearTimeout(this.#poll)
    this.#poll = setTimeout(
      () => {
        this.#schedulePoll()
        this.#beat()
      },
      this.#unresolved().length > 0 ? pollBusyMs : pollIdleMs,
    )
  }

  #onChange(run: string | null): void {
    this.#onPulse()
    if (run !== null && this.#run.tell(run)) this.#onRun(run)
    this.#rounds.wake()
  }

  /** Another number of the server's run than a job was seen in proves that the server has restarted. */
  #onRun(run: string): void {
    for (const key of this.#run.members) this.#apply(key, { kind: 'runKnown', run })
    for (const job of this.#unresolved()) {
      if (job.serverRun !== null && job.serverRun !== run) this.#apply(job.key, { kind: 'serverRestarted' })
    }
  }

  /** The keep-alive's beat, every 15 s: what has no signal of its own is looked at now. */
  #beat(): void {
    // The stream's first beat comes as soon as the stream does.
    if (this.#isLooking) return
    if (performance.now() - this.#workflowsReadAt >= workflowsEveryMs) void this.#readWorkflows()
    this.#rounds.beat()
  }

  /** Looks at everything after having been away. Resolves to the failure where the server does not answer. */
  async #catchUp(): Promise<Failure | null> {
    this.#isLooking = true
    try {
      return await this.#lookAtEverything()
    } finally {
      this.#isLooking = false
    }
  }

  async #lookAtEverything(): Promise<Failure | null> {
    const search = this.#readWorkflows()
    // Without a stream nothing but this answer says that the server is there to be asked.
    if (!this.#feed.isUp) {
      const failure = await search
      if (failure !== null && !isServersWord(failure)) return failure
    }
    try {
      await this.#rounds.everything()
    } finally {
      this.#tellCaughtUp()
    }
    return null
  }

  #tellCaughtUp(): void {
    if (!this.#isCatchingUp || this.#isStopped) return
    this.#isCatchingUp = false
    this.#options.listener.onCaughtUp()
  }

  /** Resolves to the failure where they can't be read; then the next beat reads them again. */
  async #readWorkflows(): Promise<Failure | null> {
    this.#workflowsReadAt = performance.now()
    try {
      const workflows = await this.#server.workflows()
      if (this.#isStopped) return null
      this.#options.listener.onWorkflows(workflows)
      // Whoever answers has taken the token: the password could be read again, or a new one was signed in with.
      if (this.#link === 'signInNeeded' && this.#feed.isUp) this.#setLink('online', null)
      return null
    } catch (error) {
      this.#workflowsReadAt = Number.NEGATIVE_INFINITY
      return this.#failureOf(error)
    }
  }
}
