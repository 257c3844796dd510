import type { Failure } from '../../../shared/failure.ts'
import { isSignInOver } from '../../wexflow/failures.ts'
import { link } from './policy.ts'
import { restOf } from '../../wexflow/rest.ts'
import type { ChangeStreamListener, CloseStream } from '../../wexflow/server.ts'

export interface ChangeFeedOptions {
  readonly open: (listener: ChangeStreamListener) => CloseStream
  /** Tells whether the machine's network changed since the last call's answer; a fingerprint of its addresses. */
  readonly networkFingerprint: () => string
  readonly listener: {
    /** The stream lives: it has sent its first bytes. */
    onUp(): void
    /** The stream is waited for, and may yet come. */
    onLate(): void
    onKeepAlive(): void
    /** No keep-alive has come for so long that the server may be gone. */
    onOverdue(): void
    onChange(serverRun: string | null): void
    /** The machine's addresses are others than when the stream was lost. */
    onNetworkChange(): void
    /**
     * The stream broke or could not be had; the feed tries again by itself unless `failure` is final. `failures`: how
     * many times in a row, this one included, since a stream last lived for a while. `hasLived`: whether it was one that
     * spoke.
     */
    onDown(failure: Failure, failures: number, hasLived: boolean): void
  }
  readonly failureOf: (error: unknown) => Failure
}

/**
 * The one stream that tells that something changed on the server, kept alive: it reconnects with jittered back-off,
 * and at once when asked to or when the machine's addresses change. A half-open connection, on which nothing arrives
 * and nothing breaks, is noticed by its missing keep-alive.
 */
export class ChangeFeed {
  readonly #options: ChangeFeedOptions
  #close: CloseStream | null = null
  #watchdog: NodeJS.Timeout | undefined
  #late: NodeJS.Timeout | undefined
  #retry: NodeJS.Timeout | undefined
  #addressCheck: NodeJS.Timeout | undefined
  #failures = 0
  /** No attempt is made before this; milliseconds of `performance.now()`. */
  #notBefore = Number.NEGATIVE_INFINITY
  #retryAt = Number.POSITIVE_INFINITY
  #isUp = false
  /** Milliseconds of `performance.now()`, which no setting of the clock moves. */
  #upSince = 0
  #isStopped = true

  constructor(options: ChangeFeedOptions) {
    this.#options = options
  }

  get isUp(): boolean {
    return this.#isUp
  }

  start(): void {
    this.#isStopped = false
    this.#connect()
  }

  stop(): void {
    this.#isStopped = true
    this.#drop()
    this.#endRetry()
    clearInterval(this.#addressCheck)
  }

  /** Connects anew at once: after sleep or a change of network the old connection can't be trusted. */
  reconnect(): void {
    if (this.#isStopped) return
    this.#failures = 0
    this.#notBefore = Number.NEGATIVE_INFINITY
    this.#connect()
  }

  /** The server has just answered: the next attempt is made at once. One that is under way goes on. */
  retryNow(): void {
    if (this.#close === null) this.reconnect()
  }

  /** Closes the stream, since what is asked beside it shows that the server is away. It is tried again by itself. */
  giveUp(): void {
    if (this.#isStopped) return
    this.#countFailure()
    this.#drop()
    this.#scheduleRetry(0)
  }

  /** Whoever answers in the server's place asked to be left alone for so many milliseconds. */
  holdBack(ms: number): void {
    this.#notBefore = Math.max(this.#notBefore, performance.now() + restOf(ms))
    if (this.#retryAt < this.#notBefore) this.#retryAtTime(this.#notBefore)
  }

  #drop(): void {
    clearTimeout(this.#watchdog)
    clearTimeout(this.#late)
    this.#close?.()
    this.#close = null
    this.#isUp = false
  }

  #connect(): void {
    this.#drop()
    this.#endRetry()
    this.#watch(link.open)
    this.#late = setTimeout(() => this.#options.listener.onLate(), link.late)
    this.#close = this.#options.open({
      onAlive: () => this.#alive(),
      onKeepAlive: () => this.#options.listener.onKeepAlive(),
      onChange: (serverRun) => this.#options.listener.onChange(serverRun),
      onClosed: (error) => this.#down(this.#options.failureOf(error)),
    })
  }

  #alive(): void {
    if (this.#isUp) {
      this.#watchSilence()
      return
    }
    clearTimeout(this.#late)
    this.#isUp = true
    this.#upSince = performance.now()
    clearInterval(this.#addressCheck)
    this.#watchSilence()
    this.#options.listener.onUp()
  }

  #watchSilence(): void {
    clearTimeout(this.#watchdog)
    this.#watchdog = setTimeout(() => {
      this.#watch(link.silence - link.overdue)
      this.#options.listener.onOverdue()
    }, link.overdue)
  }

  #watch(ms: number): void {
    clearTimeout(this.#watchdog)
    this.#watchdog = setTimeout(
      () => this.#down({ kind: 'timedOut', detail: 'the change stream is silent' }),
      ms,
    )
  }

  #down(failure: Failure): void {
    const hasLived = this.#isUp
    this.#countFailure()
    this.#drop()
    // A sign-in that is over does not come back by trying: a new one starts the feed again.
    if (isSignInOver(failure)) this.stop()
    else this.#scheduleRetry(failure.retryAfterMs ?? 0)
    this.#options.listener.onDown(failure, this.#failures, hasLived)
  }

  #countFailure(): void {
    const wasSteady = this.#isUp && performance.now() - this.#upSince >= link.steady
    this.#failures = wasSteady ? 1 : this.#failures + 1
  }

  /** @param leastMs what the server, or somebody in front of it, asked to wait */
  #scheduleRetry(leastMs: number): void {
    const ceiling = Math.min(link.lastRetry, link.firstRetry * 2 ** (this.#failures - 1))
    const now = performance.now()
    const backOff = ceiling * (0.5 + Math.random() / 2)
    this.#retryAtTime(Math.max(now + backOff, now + restOf(leastMs), this.#notBefore))

    clearInterval(this.#addressCheck)
    let known = this.#options.networkFingerprint()
    this.#addressCheck = setInterval(() => {
      const present = this.#options.networkFingerprint()
      if (present === known) return
      known = present
      this.#options.listener.onNetworkChange()
      this.reconnect()
    }, link.addressCheck)
  }

  /** @param at milliseconds of `performance.now()` */
  #retryAtTime(at: number): void {
    clearTimeout(this.#retry)
    this.#retryAt = at
    this.#retry = setTimeout(() => this.#connect(), at - performance.now())
  }

  #endRetry(): void {
    clearTimeout(this.#retry)
    this.#retryAt = Number.POSITIVE_INFINITY
  }
}
