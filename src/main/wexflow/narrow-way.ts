import { isRefusedConnection, networkFailure } from './failures.ts'
import type { Fetch, FetchAnswer, FetchOptions } from './transport.ts'

/** Whoever refuses a connection does so at once, which a busy computer may notice late; what fails later was taken. In ms. */
const refusesWithinMs = 5000
/** Browsers open six connections to a host: who refuses any with fewer requests under way does so for other reasons. */
const crowd = 5
/**
 * So many calls are made at once on a narrow way: with the change stream, the connections that are kept for further calls
 * and those that are just closing they are less than ten.
 */
const callsAtOnce = 2
/**
 * A call that has waited so long for its answer, in milliseconds, makes room for another one, as long as no more than
 * `mostCalls` are under way: after a moment in which the network was dark its answer may never come.
 */
const overdueAfterMs = 3000
const mostCalls = 6
/** So often it is seen whether a call is overdue while others wait for their turn. */
const lookForOverdueMs = 1000
/** After the last refusal the way counts as narrow for so long, in milliseconds. */
const narrowForMs = 15_000
/**
 * For so long after the last refusal, in milliseconds, connections that carry nothing are closed before a call that can't be
 * sent again: they count as well for whoever allows only so many.
 */
const sparingForMs = 600_000
/** A call that was refused and can't have been carried out is sent again so often, after ever longer pauses. */
const mostRepeats = 4
const firstPauseMs = 150
/**
 * Where a narrow way has answered nothing for so long, in milliseconds, it is not for the number of connections: nobody
 * is there, and nothing is sent again.
 */
const hopelessAfterMs = 1000
/** What can't be sent again waits so long after a refusal, in milliseconds, until connections that end are closed. */
const settleMs = 400
/** And it goes last where it is not known that so many connections are borne, as long as this, in milliseconds: */
const borneWithinMs = 1000
/** so often it is seen whether others have shown it, or are done. */
const lookEveryMs = 25

interface CallUnderWay {
  /** Milliseconds of `performance.now()`. */
  readonly sentAt: number
}

interface Ways {
  readonly call: Fetch
  readonly stream: Fetch
}

/** What is done about the connections of a way. */
export interface Connections {
  /** Called with each that was refused while others were in use. */
  readonly onRefused: () => void
  /** Closes those that carry nothing. */
  readonly closeIdle: () => void
}

/**
 * A way to a server on which some proxies and servers allow only so many connections at once, and refuse others: with
 * 503 or 429, or by closing them. Once that was met, calls are made a few at a time, and those that were refused are sent
 * again where it is certain that they were not carried out, or that it would do no harm.
 */
export class NarrowWay implements Ways {
  readonly #ways: Ways
  readonly #connections: Connections
  /** Milliseconds of `performance.now()`. */
  #refusedAt = Number.NEGATIVE_INFINITY
  /** Since when the narrow way has answered nothing; null where it has. Milliseconds of `performance.now()`. */
  #refusedSince: number | null = null
  /** So many requests under way at once were answered, as far as is known. */
  #borne = 0
  readonly #calls = new Set<CallUnderWay>()
  #streams = 0
  #waiting: (() => void)[] = []
  #looking: NodeJS.Timeout | undefined

  constructor(ways: Ways, connections: Connections) {
    this.#ways = ways
    this.#connections = connections
  }

  readonly call: Fetch = async (url, options) => {
    for (let repeats = 0; ; repeats += 1) {
      const call = await this.#turn(options)
      const result = await this.#send(this.#ways.call, url, options, call)
      this.#calls.delete(call)
      this.#letGo()
      const isRepeated =
        result.isRefused && repeats < mostRepeats && !this.#isHopeless && mayRepeat(result, options)
      if (!isRepeated || options.signal.aborted) return answerOf(result)
      if (result.kind === 'answer') await result.answer.text().catch(() => '')
      await pause(firstPauseMs * 2 ** repeats)
    }
  }

  readonly stream: Fetch = async (url, options) => {
    // A connection that is opened in advance only takes the place of one that is needed.
    if (!isEventStream(options)) {
      if (this.#isNarrow) throw new Error('no connection to spare')
      return this.#ways.stream(url, options)
    }
    this.#streams += 1
    const end = (): void => {
      this.#streams -= 1
    }
    // Whoever follows a stream aborts it at its end, whatever that was.
    if (options.signal.aborted) end()
    else options.signal.addEventListener('abort', end, { once: true })
    return answerOf(await this.#send(this.#ways.stream, url, options))
  }

  get #isNarrow(): boolean {
    return performance.now() - this.#refusedAt < narrowForMs
  }

  /** Whether idle connections are to make room: a narrow way has hardly any. */
  get #isSparing(): boolean {
    return !this.#isNarrow && performance.now() - this.#refusedAt < sparingForMs
  }

  /** Whether as many requests are under way as are known to be borne. */
  get #isCrowded(): boolean {
    return this.#calls.size + this.#streams >= Math.max(crowd, this.#borne)
  }

  get #isHopeless(): boolean {
    return this.#refusedSince !== null && performance.now() - this.#refusedSince >= hopelessAfterMs
  }

  get #isFull(): boolean {
    if (this.#calls.size >= mostCalls) return true
    const overdueIfBefore = performance.now() - overdueAfterMs
    const inTime = [...this.#calls].filter(({ sentAt }) => sentAt > overdueIfBefore)
    return inTime.length >= callsAtOnce
  }

  /** Resolves when the call can be made, and counts it as under way. */
  async #turn({ method, signal }: FetchOptions): Promise<CallUnderWay> {
    if (method === 'POST') await this.#untilBorne(signal)
    while (this.#isNarrow && !signal.aborted) {
      if (this.#isFull) await this.#anotherIsOver()
      else if (method === 'POST' && performance.now() - this.#refusedAt < settleMs) {
        // Who need not wait for that goes first.
        this.#waiting.shift()?.()
        await pause(settleMs / 4)
      } else break
    }
    const call = { sentAt: performance.now() }
    this.#calls.add(call)
    return call
  }

  /** Resolves when it is this one's turn to see whether there is room. */
  #anotherIsOver(): Promise<void> {
    this.#looking ??= setInterval(() => this.#letGo(), lookForOverdueMs).unref()
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
    })
  }

  /** The first that is refused should be one that can be sent again. */
  async #untilBorne(signal: AbortSignal): Promise<void> {
    const goesAt = performance.now() + borneWithinMs
    await this.#whileCrowded(signal, goesAt)
    if (!this.#isSparing) return
    this.#connections.closeIdle()
    await pause(lookEveryMs)
    await this.#whileCrowded(signal, goesAt)
  }

  /** Resolves at that time at the latest, in milliseconds of `performance.now()`. */
  async #whileCrowded(signal: AbortSignal, goesAt: number): Promise<void> {
    while (this.#isCrowded && !signal.aborted && performance.now() < goesAt) await pause(lookEveryMs)
  }

  /** Lets waiting calls go on: one at a time on a narrow way. */
  #letGo(): void {
    for (const resolve of this.#waiting.splice(0, this.#isNarrow ? 1 : this.#waiting.length)) resolve()
    if (this.#waiting.length > 0) return
    clearInterval(this.#looking)
    this.#looking = undefined
  }

  async #send(fetch: Fetch, url: string, options: FetchOptions, call?: CallUnderWay): Promise<Result> {
    const underWay = this.#calls.size + this.#streams
    const others = [...this.#calls].filter((one) => one !== call)
    const isCrowded = this.#isNarrow || underWay >= crowd
    const sentAt = performance.now()
    options.onSend?.()
    const result = await resultOf(fetch(url, options))
    if (result.kind === 'answer' && !isRefusal(result)) this.#refusedSince = null
    const isRefused = isCrowded && isRefusal(result) && performance.now() - sentAt < refusesWithinMs
    if (isRefused && !options.signal.aborted) {
      const now = performance.now()
      if (!this.#isNarrow) this.#refusedSince = null
      this.#refusedSince ??= now
      this.#refusedAt = now
      this.#borne = Math.min(this.#borne, underWay - 1)
      this.#connections.onRefused()
    } else if (result.kind === 'answer' && !this.#isNarrow) {
      // Which of them were taken nobody knows: those without an answer may be refused yet.
      const open = others.filter((one) => this.#calls.has(one)).length
      this.#borne = Math.max(this.#borne, underWay - open)
    }
    return { ...result, isRefused }
  }
}

type Outcome =
  | { readonly kind: 'answer'; readonly answer: FetchAnswer }
  | { readonly kind: 'error'; readonly error: unknown }
type Result = Outcome & { readonly isRefused: boolean }

const resultOf = async (answer: ReturnType<Fetch>): Promise<Outcome> => {
  try {
    return { kind: 'answer', answer: await answer }
  } catch (error) {
    return { kind: 'error', error }
  }
}

function answerOf(result: Result): FetchAnswer {
  if (result.kind === 'error') throw result.error
  return result.answer
}

/** An answer that says when to come back is about the requests of a time, not about connections. */
function isRefusal(result: Outcome): boolean {
  if (result.kind === 'error') return isRefusedConnection(networkFailure(result.error))
  const { status, headers } = result.answer
  return (status === 503 || status === 429) && headers.get('retry-after') === null
}

/** A POST is sent once, but where it has certainly not been carried out. */
function mayRepeat(result: Outcome, { method }: FetchOptions): boolean {
  if (method === 'GET') return true
  return result.kind === 'error' ? !networkFailure(result.error).mayHaveReached : result.answer.status === 429
}

const isEventStream = ({ headers }: FetchOptions): boolean => headers['Accept'] === 'text/event-stream'

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
