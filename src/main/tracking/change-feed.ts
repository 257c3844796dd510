import type { Failure } from '../../shared/failure.ts'
import { isSignInOver } from '../wexflow/failures.ts'
import { link } from './policy.ts'
import type { ChangeStreamListener, CloseStream } from '../wexflow/server.ts'

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
    onChange(run: string | null): void
    /** The machine's addresses are others than when the stream was lost. */
    onNetworkChange(): void
    /**
     * The stream broke or could not be had; the feed tries again by itself unless `failure` is final. `failures`: how
     * many times in a row, this one included, since a stream last lived for a while.
     */
    onDown(failure: Failure, failures: number): void
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
    clearTimeout(this.#retry)
    clearInterval(this.#addressCheck)
  }

  /** Connects anew at once: after sleep or a change of network the old connection can't be trusted. */
  reconnect(): void {
    if (this.#isStopped) return
    this.#failures = 0
    this.#connect()
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
    clearTimeout(this.#retry)
    this.#watch(link.open)
    this.#late = setTimeout(() => this.#options.listener.onLate(), link.late)
    this.#close = this.#options.open({
      onAlive: () => this.#alive(),
      onKeepAlive: () => this.#options.listener.onKeepAlive(),
      onChange: (run) => this.#options.listener.onChange(run),
      onClosed: (error) => this.#down(this.#options.failureOf(error)),
    })
  }

  #alive(): void {
    if (this.#isUp) {
      this.#watch(link.silence)
      return
    }
    clearTimeout(this.#late)
    this.#isUp = true
    this.#upSince = performance.now()
    clearInterval(this.#addressCheck)
    this.#watch(link.silence)
    this.#options.listener.onUp()
  }

  #watch(ms: number): void {
    clearTimeout(this.#watchdog)
    this.#watchdog = setTimeout(
      () => this.#down({ kind: 'timedOut', detail: `change stream silent for ${ms} ms` }),
      ms,
    )
  }

  #down(failure: Failure): void {
    const wasSteady = this.#isUp && performance.now() - this.#upSince >= link.steady
    this.#failures = wasSteady ? 1 : this.#failures + 1
    this.#drop()
    // A sign-in that is over does not come back by trying: a new one starts the feed again.
    if (isSignInOver(failure)) this.stop()
    else this.#scheduleRetry(failure.retryAfterMs ?? 0)
    this.#options.listener.onDown(failure, this.#failures)
  }

  /** @param leastMs what the server, or somebody in front of it, asked to wait */
  #scheduleRetry(leastMs: number): void {
    const ceiling = Math.min(link.lastRetry, link.firstRetry * 2 ** (this.#failures - 1))
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => this.#connect(), Math.max(leastMs, ceiling * (0.5 + Math.random() / 2)))

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
}
