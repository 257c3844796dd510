import { isInDoubt, isUnresolved, type Job } from './job.ts'
import { WexflowError } from '../wexflow/errors.ts'
import { isServersWord, isSignInOver } from '../wexflow/failures.ts'
import type { WexflowServer, WorkflowInfo } from '../wexflow/server.ts'
import { decide } from './decide/decide.ts'
import type { QuestionKind } from './decide/decision.ts'
import type { Fact } from './decide/facts.ts'
import { HistorySearch } from './history-search.ts'
import { JobReads } from './job-reads.ts'
import { JobStreams } from './job-streams.ts'
import { newJob } from './new-job.ts'
import { ProfileJobs } from './profile-jobs.ts'
import { Questions } from './questions.ts'
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
  onEnded(job: Job, circumstance: 'live' | 'away'): void
}

export interface TrackerOptions {
  readonly serverId: string
  readonly server: WexflowServer
  readonly store: JobStore
  readonly listener: TrackerListener
  /** A text that changes when the machine's network does; read only while reconnecting. */
  readonly networkFingerprint: () => string
}

/** A job notices up to this long after the answer that it was approved or rejected. */
const decisionNoticedMs = 1000
/** A question that the server failed to answer is asked again after this time. */
const askAgainMs = 5000

/** Follows every job of one server profile until its end is known. */
export class JobTracker {
  readonly #options: TrackerOptions
  readonly #server: WexflowServer
  readonly #store: JobStore
  readonly #jobs: ProfileJobs
  readonly #link: ServerLink
  readonly #streams: JobStreams
  readonly #history: HistorySearch
  readonly #reads: JobReads
  readonly #questions: Questions
  readonly #rounds: Rounds
  readonly #run = new ServerRun(() => this.#link.hasChangeStream)
  readonly #clock = new SetClock()

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
      apply: (key, fact) => this.#apply(key, fact),
      isCatchingUp: () => this.#link.isCatchingUp,
      isStopped: () => this.#link.isStopped,
      fail: (error) => this.#link.failureOf(error),
    }
    this.#reads = new JobReads(server, this.#history, sink)
    this.#questions = new Questions((key, kind) => this.#answer(key, kind))
    this.#rounds = new Rounds({ server, reads: this.#reads, questions: this.#questions, sink })
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
        onPulse: () => this.#onPulse(),
        onChange: (run) => this.#onChange(run),
        onBeat: () => this.#rounds.beat(),
        lookAtEverything: () => this.#rounds.everything(),
        onSignInOver: () => this.stop(),
      },
    })
  }

  /** Connects and goes on following what the store holds. */
  start(): void {
    this.#link.start()
    for (const job of this.#jobs.unresolved()) {
      if (job.jobId !== null || job.phase !== 'starting' || job.answerLost) continue
      // The app died between the wish and the answer.
      if (job.sentAt === null) this.#apply(job.key, { kind: 'startRefused', reason: 'notSent', detail: '' })
      else this.#apply(job.key, { kind: 'startAnswerLost', detail: 'restart' })
    }
  }

  /** Closes every stream and timer; the jobs stay in the store as they are. */
  stop(): void {
    this.#link.stop()
    this.#streams.closeAll()
    this.#questions.clear()
    this.#rounds.stop()
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
      remember: async (before) => {
        // Whoever follows the jobs now has said already that this one was not sent.
        if (this.#link.isStopped) throw new WexflowError('unreachable', 'stopped', false)
        // The app's own jobs are known anyway: each record would grow with the jobs that run beside it.
        const own = new Set(this.#jobs.ofWorkflow(workflow.id).map(({ jobId }) => jobId))
        const runningBefore = before.runningBefore.filter((jobId) => !own.has(jobId))
        const intent = { ...(this.#store.get(job.key) ?? job), ...before, runningBefore, sentAt: Date.now() }
        this.#store.put(intent)
        await this.#store.flush()
      },
    })
    const sent = this.#store.get(job.key)
    // The sign-in may be over meanwhile: whoever follows the jobs next must not guess what the server has said.
    if (
      this.#link.isStopped &&
      fact.kind !== 'startRefused' &&
      sent?.jobId === null &&
      sent.phase === 'starting'
    )
      this.#store.put(decide(sent, fact, Date.now()).job)
    this.#apply(job.key, fact)
    if (fact.kind !== 'startRefused') this.#run.seenAlive(job.key)
    else if (fact.reason === 'signInExpired')
      this.#link.noteFailure({ kind: 'signInExpired', detail: fact.detail })
  }

  /** Asks the server to stop a job. Rejects with a `WexflowError`. */
  async stopJob(key: string): Promise<void> {
    const job = this.#store.get(key)
    if (job === undefined || job.jobId === null) return
    this.#apply(key, { kind: 'stopAsked' })
    try {
      const isStopped = await this.#heard(this.#server.stop(job.workflowId, job.jobId))
      this.#apply(key, { kind: 'stopAnswered', isStopped })
    } catch (error) {
      if (error instanceof WexflowError && !error.mayHaveReached) this.#apply(key, { kind: 'stopNotSent' })
      throw error
    }
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
    this.#link.wake()
  }

  /** The tray menu opens: reads the workflows anew. */
  refreshWorkflows(): void {
    void this.#link.readWorkflows()
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
    for (const job of this.#jobs.all()) {
      // What seems to end only in the future ended by the wrong clock as well.
      if (job.endedAt === null || job.endedAt > now) this.#store.put(movedBack(job, ms))
    }
  }

  #apply(key: string, fact: Fact): void {
    this.#followClock()
    const before = this.#store.get(key)
    if (before === undefined || this.#link.isStopped) return
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
    this.#options.listener.onEnded(job, this.#link.isCatchingUp && !isAnswer ? 'away' : 'live')
  }

  /** The change stream spoke. */
  #onPulse(): void {
    const { number } = this.#run
    for (const key of this.#run.pulse())
      if (number !== null) this.#apply(key, { kind: 'runKnown', run: number })
  }

  async #answer(key: string, kind: QuestionKind): Promise<void> {
    if (this.#link.isStopped) return
    try {
      await this.#reads.answer(key, kind)
    } catch (error) {
      const failure = this.#link.failureOf(error)
      const isWorthAgain = failure.kind !== 'forbidden' && !isSignInOver(failure)
      // While the server is away nothing is asked; being back begins with a look at everything.
      if (isWorthAgain && this.#link.isThere) this.#questions.ask(key, { kind, inMs: askAgainMs })
      if (kind === 'jobs' && isServersWord(failure)) this.#apply(key, { kind: 'jobsUnread' })
    }
  }

  #onStreamLost(key: string, error: unknown): boolean {
    if (this.#link.isStopped) return false
    this.#questions.ask(key, { kind: 'entry', inMs: 0 })
    const { kind } = this.#link.failureOf(error)
    // A new change stream opens all job streams again; what was refused is refused again.
    return (
      this.#link.hasChangeStream && (kind === 'unreachable' || kind === 'timedOut' || kind === 'serverError')
    )
  }

  #onStream(): void {
    this.#run.begin()
    this.#streams.closeAll()
    for (const job of this.#jobs.unresolved()) this.#streams.open(job)
  }

  #onChange(run: string | null): void {
    this.#onPulse()
    if (run !== null && this.#run.tell(run)) this.#onRun(run)
    this.#rounds.wake()
  }

  /** Another number of the server's run than a job was seen in proves that the server has restarted. */
  #onRun(run: string): void {
    for (const key of this.#run.members) this.#apply(key, { kind: 'runKnown', run })
    for (const job of this.#jobs.unresolved()) {
      if (job.serverRun !== null && job.serverRun !== run) this.#apply(job.key, { kind: 'serverRestarted' })
    }
  }
}
