import type { Failure } from '../../shared/failure.ts'
import { WexflowError } from '../wexflow/errors.ts'
import { isServersWord, isSignInOver } from '../wexflow/failures.ts'
import type { WexflowServer, WorkflowInfo } from '../wexflow/server.ts'
import { ChangeFeed } from './change-feed.ts'
import { link as policy } from './policy.ts'

/** How the tracker stands with its server. */
export type TrackerLink = 'connecting' | 'online' | 'slow' | 'offline' | 'signInNeeded'

/** What is told of the server. Called synchronously, at the moment it is known. */
export interface LinkListener {
  onLink(link: TrackerLink, failure: Failure | null): void
  /** The server's workflows changed (or were read for the first time). */
  onWorkflows(workflows: readonly WorkflowInfo[]): void
  /** What ended while the server was out of sight is known, as far as it can be. */
  onCaughtUp(): void
}

/** What the link sets going among the jobs. */
interface LinkedJobs {
  /** Whether any is in flight: a server without streams is then asked more often. */
  areInFlight(): boolean
  /** A change stream lives, another one than before. */
  onStream(): void
  /** The machine's network is another one: connections of before can't be trusted. */
  onNetworkChange(): void
  /** The server can't be followed for now: what it does is not watched. */
  onAway(): void
  /** The change stream spoke. */
  onSpoken(): void
  /** Something changed on the server, in the run of this number. */
  onChange(run: string | null): void
  /** What has no signal of its own is looked at now. */
  onKeepAlive(): void
  /** Reads what happened out of sight; resolves once the answers are there, or are waited for no longer. */
  catchUp(): Promise<void>
  /** The sign-in is over: nothing can be asked before a person signs in again. */
  onSignInOver(): void
}

export interface ServerLinkOptions {
  readonly server: Pick<WexflowServer, 'openChangeStream' | 'workflows'>
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

  #isStopped = true
  #link: TrackerLink | null = null
  #failure: Failure['kind'] | null = null
  #isCatchingUp = true
  /** What happened out of sight is being read. */
  #isReading = false
  #poll: NodeJS.Timeout | undefined
  /** Milliseconds of `performance.now()`. */
  #workflowsReadAt = Number.NEGATIVE_INFINITY

  constructor({ server, networkFingerprint, listener, jobs }: ServerLinkOptions) {
    this.#server = server
    this.#listener = listener
    this.#jobs = jobs
    this.#feed = new ChangeFeed({
      open: (streamListener) => server.openChangeStream(streamListener),
      networkFingerprint,
      failureOf: (error) => this.failureOf(error),
      listener: {
        onUp: () => this.#onUp(),
        onLate: () => this.#onLate(),
        onKeepAlive: () => {
          jobs.onSpoken()
          this.#onKeepAlive()
        },
        onChange: (run) => jobs.onChange(run),
        onNetworkChange: () => jobs.onNetworkChange(),
        onDown: (failure, failures) => this.#onDown(failure, failures),
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
    return this.#feed.isUp || this.#poll !== undefined
  }

  /** Whether the server can be asked about its jobs: while it answers, and while a return is being looked into. */
  get mayAsk(): boolean {
    return !this.#isStopped && (this.isThere || this.#isReading)
  }

  /** Whether what is learnt now happened while the app, the network or the server was away. */
  get isCatchingUp(): boolean {
    return this.#isCatchingUp
  }

  /** Connects. */
  start(): void {
    this.#isStopped = false
    this.#isCatchingUp = true
    this.#setLink('connecting', null)
    this.#feed.start()
  }

  stop(): void {
    this.#isStopped = true
    this.#feed.stop()
    this.#stopPoll()
  }

  /** Connects anew at once, and catches up. */
  wake(): void {
    this.#isCatchingUp = true
    this.#jobs.onAway()
    this.#feed.reconnect()
  }

  /** The first job is in flight: where the server is asked by the clock, the next time is far away. */
  pollSooner(): void {
    if (this.#poll !== undefined) this.#schedulePoll()
  }

  /**
   * The failure behind an error of the server's face, which counts for the link; anything else is a fault of this app
   * and is thrown on.
   */
  failureOf(error: unknown): Failure {
    if (!(error instanceof WexflowError)) throw error
    this.noteFailure(error.failure)
    return error.failure
  }

  /** Streams that are open go on telling: only what needs a new token has to wait for the person. */
  noteFailure(failure: Failure): void {
    if (isSignInOver(failure) && !this.#isStopped && this.#link !== 'signInNeeded')
      this.#setLink('signInNeeded', failure)
  }

  /** Resolves to the failure where they can't be read; then the next keep-alive reads them again. */
  async readWorkflows(): Promise<Failure | null> {
    this.#workflowsReadAt = performance.now()
    try {
      const workflows = await this.#server.workflows()
      if (this.#isStopped) return null
      this.#listener.onWorkflows(workflows)
      // Whoever answers has taken the token: the password could be read again, or a new one was signed in with.
      if (this.#link === 'signInNeeded' && this.#feed.isUp) this.#setLink('online', null)
      return null
    } catch (error) {
      this.#workflowsReadAt = Number.NEGATIVE_INFINITY
      return this.failureOf(error)
    }
  }

  /** Every attempt to reconnect comes here: what is known already is not said again. */
  #setLink(link: TrackerLink, failure: Failure | null): void {
    const kind = failure?.kind ?? null
    if (link === this.#link && kind === this.#failure) return
    this.#link = link
    this.#failure = kind
    this.#listener.onLink(link, failure)
  }

  #onUp(): void {
    this.#stopPoll()
    this.#setLink('online', null)
    this.#jobs.onStream()
    void this.#catchUp()
  }

  /** Nobody should have to wait for a stream that a proxy holds back to see what the server answers at once. */
  #onLate(): void {
    if (!this.#isReading) void this.#catchUp()
  }

  #onDown(failure: Failure, failures: number): void {
    if (isSignInOver(failure)) {
      this.#jobs.onSignInOver()
      return
    }
    // A stream that lived and broke gets one quiet try: some proxies cut every stream after a minute.
    const isQuietTry = failures === 1 && this.#link === 'online' && failure.kind !== 'noStream'
    if (!isQuietTry) void this.#goWithoutStream(failure)
  }

  /** The stream can't be had: if the server answers otherwise, it is asked by the clock; if not, it is away. */
  async #goWithoutStream(streamFailure: Failure): Promise<void> {
    const failure = await this.#catchUp()
    if (this.#isStopped || this.#feed.isUp || this.#link === 'signInNeeded') return
    if (failure !== null) {
      this.#stopPoll()
      this.#isCatchingUp = true
      this.#jobs.onAway()
      this.#setLink('offline', failure)
    } else if (this.#link === 'offline' && streamFailure.kind !== 'noStream') {
      // The server is back, and the attempt that failed had begun while it was away.
      this.#setLink('connecting', null)
      this.#feed.reconnect()
    } else {
      this.#setLink('slow', streamFailure)
      if (this.#poll === undefined) this.#schedulePoll()
    }
  }

  #schedulePoll(): void {
    clearTimeout(this.#poll)
    this.#poll = setTimeout(
      () => {
        this.#schedulePoll()
        this.#onKeepAlive()
      },
      this.#jobs.areInFlight() ? policy.pollBusy : policy.pollIdle,
    )
  }

  #stopPoll(): void {
    clearTimeout(this.#poll)
    this.#poll = undefined
  }

  /** The stream's keep-alive, every 15 s, or the poll in its place. */
  #onKeepAlive(): void {
    // The stream's first keep-alive comes as soon as the stream does.
    if (this.#isReading) return
    if (performance.now() - this.#workflowsReadAt >= policy.workflows) void this.readWorkflows()
    this.#jobs.onKeepAlive()
  }

  /** Reads what happened out of sight. Resolves to the failure where the server does not answer. */
  async #catchUp(): Promise<Failure | null> {
    this.#isReading = true
    try {
      const search = this.readWorkflows()
      // Without a stream nothing but this answer says that the server is there to be asked.
      const failure = this.#feed.isUp ? null : await search
      if (failure !== null && !isServersWord(failure)) return failure
      await this.#jobs.catchUp().finally(() => this.#tellCaughtUp())
      return null
    } finally {
      this.#isReading = false
    }
  }

  #tellCaughtUp(): void {
    if (!this.#isCatchingUp || this.#isStopped) return
    this.#isCatchingUp = false
    this.#listener.onCaughtUp()
  }
}
