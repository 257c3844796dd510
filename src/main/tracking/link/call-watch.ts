import type { Failure } from '../../../shared/failure.ts'
import { WexflowError } from '../../wexflow/errors.ts'
import { isServersWord, isStrangers } from '../../wexflow/failures.ts'
import { link as policy } from './policy.ts'

export interface CallWatchOptions {
  /** Asks the server whether it is there. Rejects with a `WexflowError`. */
  readonly hello: (withinMs: number) => Promise<void>
  /** Asks the server something that only it can answer; resolves to the failure, null where it answered. */
  readonly prove: () => Promise<Failure | null>
  /** When the server last answered any other call; milliseconds of `performance.now()`. */
  readonly answeredAt: () => number
  readonly listener: {
    /** Somebody else answers in the server's place, or has asked to be left alone for a while. */
    onStranger(failure: Failure): void
    /** The server itself answers again, after a moment in which nothing was asked. */
    onProved(): void
  }
}

/**
 * Who answers the calls: the server, nobody, or somebody in its place (a proxy, a gateway, the sign-in page of a
 * network). While that is in doubt no call is made but the one that settles it.
 */
export class CallWatch {
  readonly #options: CallWatchOptions
  /** When it last said something that is no answer to another call; milliseconds of `performance.now()`. */
  #answeredAt = Number.NEGATIVE_INFINITY
  #provedAt = Number.NEGATIVE_INFINITY
  #proof: NodeJS.Timeout | undefined
  #isProving = false
  #isDistrusted = false
  /** Since when the server has been asked whether it is there, without an answer; null while it is not in question. */
  #silentSince: number | null = null
  #isStopped = false

  constructor(options: CallWatchOptions) {
    this.#options = options
  }

  /** Whether calls can be made: it is not in doubt that the server answers them. */
  get isTrusted(): boolean {
    return !this.#isDistrusted && !this.#isProving
  }

  /** Whether somebody else answered in the server's place, and the server itself has not answered since. */
  get isDistrusted(): boolean {
    return this.#isDistrusted
  }

  /** Whether the server was asked whether it is there and has not answered that, nor anything else meanwhile. */
  get isSilent(): boolean {
    return this.#silentSince !== null && !this.hasAnsweredSince(this.#silentSince)
  }

  /** @param at milliseconds of `performance.now()` */
  hasAnsweredSince(at: number): boolean {
    return Math.max(this.#answeredAt, this.#options.answeredAt()) >= at
  }

  /** The server itself said something: that it is there, or a job's message. */
  noteAnswer(): void {
    this.#answeredAt = performance.now()
  }

  start(): void {
    this.#isStopped = false
  }

  stop(): void {
    this.#isStopped = true
    this.#endProof()
  }

  /** From now on calls count as answered by somebody else. */
  distrust(): void {
    this.#endProof()
    this.#isDistrusted = true
  }

  /** The server has answered. */
  trust(): void {
    this.#isDistrusted = false
    this.#provedAt = performance.now()
  }

  /** A call was answered by somebody else. One such answer may be a stumble of a proxy: the server is asked itself. */
  noteStranger(failure: Failure): void {
    if (this.#isStopped || this.#isDistrusted) return
    const restMs = failure.retryAfterMs ?? 0
    if (restMs > policy.quietRest) {
      this.#options.listener.onStranger(failure)
      return
    }
    if (this.#isProving) return
    if (restMs === 0 && performance.now() - this.#provedAt < policy.provedFor) return
    this.#isProving = true
    this.#proof = setTimeout(() => void this.#prove(), restMs)
  }

  /** The change stream’s keep-alive is overdue: asks the server whether it is there, twice. */
  async askWhetherThere(): Promise<void> {
    const since = performance.now()
    this.#silentSince = null
    for (let times = 0; times < 2; times += 1) {
      const failure = await this.#hello()
      if (failure !== null && isStrangers(failure)) this.noteStranger(failure)
      if (failure === null || isServersWord(failure)) this.noteAnswer()
      if (this.#isStopped || this.hasAnsweredSince(since)) return
      this.#silentSince = since
    }
  }

  /** The question's failure; also where a frozen server lets it wait while nothing else is answered either. */
  async answered(question: Promise<Failure | null>): Promise<Failure | null> {
    const since = performance.now()
    let timer: NodeJS.Timeout | undefined
    const silence = new Promise<Failure | null>((resolve) => {
      timer = setTimeout(() => {
        const detail = `no answer within ${policy.answerWithin} ms`
        resolve(this.hasAnsweredSince(since) ? null : { kind: 'timedOut', detail })
      }, policy.answerWithin)
    })
    return Promise.race([question, silence]).finally(() => clearTimeout(timer))
  }

  /** Resolves to the failure, and not before so long, lest two questions in a row meet the same moment. */
  async #hello(): Promise<Failure | null> {
    const pause = new Promise((resolve) => {
      setTimeout(resolve, policy.helloWithin).unref()
    })
    try {
      await this.#options.hello(policy.helloWithin)
      return null
    } catch (error) {
      if (!(error instanceof WexflowError)) throw error
      await pause
      return error.failure
    }
  }

  async #prove(): Promise<void> {
    const failure = await this.#options.prove()
    if (!this.#isProving) return
    this.#endProof()
    if (failure !== null && isStrangers(failure)) {
      this.#options.listener.onStranger(failure)
      return
    }
    this.#provedAt = performance.now()
    this.#options.listener.onProved()
  }

  #endProof(): void {
    clearTimeout(this.#proof)
    this.#proof = undefined
    this.#isProving = false
  }
}
