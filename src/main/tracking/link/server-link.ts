import type { Failure } from '../../../shared/failure.ts'
import { WexflowError } from '../../wexflow/errors.ts'
import { isServersWord, isSignInOver, isStrangers } from '../../wexflow/failures.ts'
import type { WexflowServer } from '../../wexflow/server.ts'
import { CallWatch } from './call-watch.ts'
import { ChangeFeed } from './change-feed.ts'
import type { LinkedJobs } from './linked-jobs.ts'
import { type LinkListener, LinkStatus } from './link-status.ts'
import { Poll } from './poll.ts'
import { link as policy } from './policy.ts'

export interface ServerLinkOptions {
  readonly server: Pick<WexflowServer, 'openChangeStream' | 'workflows' | 'hello' | 'answeredAt'>
  readonly networkFingerprint: () => string
  readonly listener: LinkListener
  readonly jobs: LinkedJobs
}

/**
 * How the app stands with one server: whether its change stream lives, or it answers without one, or is away; when to
 * catch up; and which workflows it has.
 */
export class ServerLink {
  readonly #server: ServerLinkOptions['server']
  readonly #listener: LinkListener
  readonly #jobs: LinkedJobs
  readonly #feed: ChangeFeed
  readonly #calls: CallWatch
  readonly #status: LinkStatus
  readonly #poll: Poll

  #isStopped = true
  #isCatchingUp = true
  /** What happened out of sight is being read. */
  #isReading = false
  /** Its answer says that the server is there, without a stream. */
  #hasAnswered = false
  /** Milliseconds of `performance.now()`. */
  #workflowsReadAt = Number.NEGATIVE_INFINITY

  constructor({ server, networkFingerprint, listener, jobs }: ServerLinkOptions) {
    this.#server = server
    this.#listener = listener
    this.#jobs = jobs
    this.#status = new LinkStatus((link, failure) => listener.onLink(link, failure))
    this.#poll = new Poll(
      () => this.#onPoll(),
      () => (jobs.hasOpen() ? policy.pollBusy : policy.pollIdle),
    )
    this.#calls = new CallWatch({
      hello: (withinMs) => server.hello(withinMs),
      prove: () => this.readWorkflows(),
      answeredAt: () => server.answeredAt,
      listener: {
        onStranger: (failure) => {
          if (this.isThere) this.#leave(failure)
        },
        // What was announced in that moment was not read.
        onProved: () => {
          if (!this.isThere) return
          if (this.#isCatchingUp) void this.#catchUp()
          else jobs.onKeepAlive()
        },
      },
    })
    this.#feed = new ChangeFeed({
      open: (streamListener) => server.openChangeStream(streamListener),
      networkFingerprint,
      failureOf: (error) => this.failureOf(error),
      listener: {
        onUp: () => this.#onUp(),
        onLate: () => this.#onLate(),
        onKeepAlive: () => {
          if (!this.#calls.isTrusted) return
          jobs.onSpoken()
          this.#onKeepAlive()
        },
        onOverdue: () => void this.#calls.askWhetherThere(),
        onChange: (serverRun) => {
          if (this.#calls.isTrusted) jobs.onChange(serverRun)
        },
        onNetworkChange: () => jobs.onNetworkChange(),
        onDown: (failure, failures, hasLived) => this.#onDown(failure, failures, hasLived),
      },
    })
  }

  get isStopped(): boolean {
    return this.#isStopped
  }

  /** Whether a change stream tells of every change. */
  get hasChangeStream(): boolean {
    return this.#feed.isUp
  }

  /** Whether the server answers, as far as is known: by its change stream, or when asked by the clock. */
  get isThere(): boolean {
    return this.#feed.isUp || this.#poll.isOn
  }

  /** Whether the server can be asked about its jobs: while it answers, and during a catch-up. */
  get mayAsk(): boolean {
    return !this.#isStopped && this.#calls.isTrusted && (this.isThere || this.#hasAnswered)
  }

  /** Whether what is learnt now happened while the app, the network or the server was away. */
  get isCatchingUp(): boolean {
    return this.#isCatchingUp
  }

  /** Connects. */
  start(): void {
    this.#isStopped = false
    this.#isCatchingUp = true
    this.#calls.start()
    this.#status.set('connecting', null)
    this.#feed.start()
  }

  stop(): void {
    this.#isStopped = true
    this.#calls.stop()
    this.#feed.stop()
    this.#poll.stop()
  }

  /** Connects anew at once, and catches up. */
  wake(): void {
    this.#isCatchingUp = true
    this.#jobs.onAway()
    this.#feed.reconnect()
  }

  /** The first open job is there: where the server is asked by the clock, the next time is far away. */
  pollSooner(): void {
    this.#poll.sooner()
  }

  /**
   * The failure behind an error of a call or a stream, which counts for the link; anything else is a fault of this app
   * and is thrown on.
   */
  failureOf(error: unknown): Failure {
    if (!(error instanceof WexflowError)) throw error
    this.#noteFailure(error.failure)
    return error.failure
  }

  /** The same for a call, which tells besides who answers in the server's place. */
  callFailed(error: unknown): Failure {
    const failure = this.failureOf(error)
    this.#noteIfStrangers(failure)
    return failure
  }

  /** The server has taken a start: where it counted as away, nobody shall wait for the next attempt to reach it. */
  noteTaken(): void {
    if (this.#status.link === 'offline') this.#feed.retryNow()
  }

  /** A job's stream has brought its message. */
  noteFrame(): void {
    this.#calls.noteAnswer()
  }

  /** Streams that are open go on telling: only what needs a new token has to wait for the person. */
  #noteFailure(failure: Failure): void {
    if (isSignInOver(failure) && !this.#isStopped && this.#status.link !== 'signInNeeded')
      this.#status.set('signInNeeded', failure)
  }

  /** Resolves to the failure where they can't be read; then the next keep-alive reads them again. */
  async readWorkflows(): Promise<Failure | null> {
    this.#workflowsReadAt = performance.now()
    try {
      const workflows = await this.#server.workflows()
      if (this.#isStopped) return null
      this.#listener.onWorkflows(workflows)
      // Whoever answers has taken the token: the password could be read again, or a new one was signed in with.
      if (this.#status.link === 'signInNeeded' && this.#feed.isUp) this.#status.set('online', null)
      return null
    } catch (error) {
      this.#workflowsReadAt = Number.NEGATIVE_INFINITY
      return this.failureOf(error)
    }
  }

  /** Reads the workflows because somebody looks at them, or it is time to; who answers in the server's place is not asked. */
  async refreshWorkflows(): Promise<void> {
    if (!this.#calls.isTrusted) return
    const failure = await this.readWorkflows()
    if (failure !== null) this.#noteIfStrangers(failure)
  }

  #noteIfStrangers(failure: Failure): void {
    if (isStrangers(failure) && this.isThere) this.#calls.noteStranger(failure)
  }

  #onUp(): void {
    this.#poll.stop()
    if (this.#calls.isDistrusted) {
      void this.#proveReturn()
      return
    }
    this.#status.set('online', null)
    this.#jobs.onStream()
    void this.#catchUp()
  }

  /** Streams can be had again; whether calls can be is to be seen. */
  async #proveReturn(): Promise<void> {
    const failure = await this.readWorkflows()
    if (this.#isStopped || !this.#feed.isUp || !this.#calls.isDistrusted) return
    if (failure !== null && !isServersWord(failure) && !isSignInOver(failure)) {
      this.#leave(failure)
      return
    }
    this.#calls.trust()
    if (this.#status.link !== 'signInNeeded') this.#status.set('online', null)
    this.#jobs.onStream()
    void this.#catchUp()
  }

  /** Calls are answered by somebody else: the change stream, if there is one, is no longer a sign of the server. */
  #leave(failure: Failure): void {
    this.#calls.distrust()
    this.#feed.giveUp()
    this.#goAway(failure)
  }

  #goAway(failure: Failure): void {
    this.#poll.stop()
    this.#isCatchingUp = true
    this.#jobs.onAway()
    if (failure.retryAfterMs !== undefined) this.#feed.holdBack(failure.retryAfterMs)
    this.#status.set('offline', failure)
  }

  /** Nobody should have to wait for a stream that a proxy holds back to see what the server answers at once. */
  #onLate(): void {
    if (!this.#isReading) void this.#catchUp()
  }

  #onDown(failure: Failure, failures: number, hasLived: boolean): void {
    if (isSignInOver(failure)) {
      this.#jobs.onSignInOver()
      return
    }
    if (failure.kind === 'timedOut' && failures === 1 && this.#calls.isSilent) {
      this.#goAway(failure)
      return
    }
    // A stream that lived and broke gets one quiet try: some proxies cut every stream after a minute. One that never spoke,
    // as after a sleep, gets none: a server that froze meanwhile would show too late.
    const isQuietTry =
      hasLived && failures === 1 && this.#status.link === 'online' && failure.kind !== 'noStream'
    if (!isQuietTry) void this.#goWithoutStream(failure)
  }

  /** The stream can't be had: if the server answers otherwise, it is asked by the clock; if not, it is away. */
  async #goWithoutStream(streamFailure: Failure): Promise<void> {
    const failure = await this.#catchUp()
    if (this.#isStopped || this.#feed.isUp || this.#status.link === 'signInNeeded') return
    if (failure !== null) {
      if (isStrangers(failure)) this.#calls.distrust()
      this.#goAway(failure)
    } else if (this.#status.link === 'offline' && streamFailure.kind !== 'noStream') {
      // The server is back, and the attempt that failed had begun while it was away.
      this.#status.set('connecting', null)
      this.#feed.reconnect()
    } else {
      this.#status.set('slow', streamFailure)
      this.#poll.start()
    }
  }

  /** The stream's keep-alive, every 15 s, or the poll in its place. */
  #onKeepAlive(): void {
    // The stream's first keep-alive comes as soon as the stream does.
    if (this.#isReading || !this.#calls.isTrusted) return
    if (performance.now() - this.#workflowsReadAt >= policy.workflows) void this.refreshWorkflows()
    this.#jobs.onKeepAlive()
  }

  /**
   * A server without a stream that says nothing any more fails no attempt to open one: the next may be a minute away.
   * While nothing runs it is asked for nothing else that would show it in time.
   */
  #onPoll(): void {
    const isOverdue = !this.#calls.hasAnsweredSince(performance.now() - policy.overdue)
    if (isOverdue || !this.#jobs.hasOpen()) void this.#leaveIfSilent()
    this.#onKeepAlive()
  }

  async #leaveIfSilent(): Promise<void> {
    await this.#calls.askWhetherThere()
    if (this.#poll.isOn && this.#calls.isSilent)
      this.#goAway({ kind: 'timedOut', detail: 'nothing was answered' })
  }

  /** Reads what happened out of sight. Resolves to the failure where the server does not answer. */
  async #catchUp(): Promise<Failure | null> {
    this.#isReading = true
    try {
      const question = this.readWorkflows()
      // Without a stream nothing but this answer says that the server is there to be asked.
      const failure = this.#feed.isUp ? null : await this.#calls.answered(question)
      if (failure !== null && !isServersWord(failure)) return failure
      if (this.#calls.isDistrusted) {
        // A stream that has come meanwhile waits for an answer of its own.
        if (this.#feed.isUp) return null
        this.#calls.trust()
      }
      this.#hasAnswered = true
      await this.#jobs.catchUp().finally(() => this.#tellCaughtUp())
      return null
    } finally {
      this.#isReading = false
      this.#hasAnswered = false
    }
  }

  #tellCaughtUp(): void {
    if (!this.#isCatchingUp || this.#isStopped || !this.#calls.isTrusted) return
    this.#isCatchingUp = false
    this.#listener.onCaughtUp()
  }
}
