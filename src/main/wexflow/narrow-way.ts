import { readRefusal } from './body.ts'
import { unsent, type WexflowError } from './errors.ts'
import { isRefusedConnection, networkFailure } from './failures.ts'
import { refusal } from './refusal.ts'
import type { Fetch, FetchAnswer, FetchOptions } from './transport.ts'

/** Whoever refuses a connection does so at once; what fails later was taken. Milliseconds. */
const refusesWithinMs = 2000
/** Browsers open six connections to a host: who refuses one where fewer are open does so for other reasons. */
const crowd = 6
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
/** A POST lets reads go first for so long, in milliseconds: a start can do without some of what is read before it. */
const readsFirstForMs = 3000
/** So often it is seen whether a call is overdue while others wait for their turn. */
const lookForOverdueMs = 1000
/** After the last refusal the way counts as narrow for so long, in milliseconds. */
const narrowForMs = 15_000
/** A call that was refused and can't have been carried out is sent again so often, after ever longer pauses. */
const mostRepeats = 4
const firstPauseMs = 150
/**
 * Where a narrow way has answered nothing for so long, in milliseconds, it is not for the number of connections: nobody
 * is there, and nothing is sent again.
 */
const hopelessAfterMs = 1000

interface CallUnderWay {
  /** Milliseconds of `performance.now()`. */
  readonly sentAt: number
}

interface WaitingCall {
  /** Milliseconds of `performance.now()`. */
  readonly goesFirstFrom: number
  readonly go: () => void
}

/** One connection: what is sent over it goes over it, or certainly nowhere. */
export interface SingleConnection {
  readonly call: Fetch
  /** Closes it once what was sent is answered. */
  close(): void
}

/** What sends requests to a server, over connections of its own. */
export interface Sender {
  readonly call: Fetch
  readonly stream: Fetch
  /** A connection that is opened with the first request over it. */
  readonly single: () => SingleConnection
  /** How many connections are open, or about to be. */
  readonly connections: () => number
  /** Called with each connection that was refused while others were open, whoever had sent it. */
  readonly onRefused: () => void
}

/** The ways to servers, by scheme, host and port: who limits connections counts those of the whole app together. */
export class NarrowWays {
  readonly #ways = new Map<string, NarrowWay>()

  to(url: string): NarrowWay {
    const { origin } = new URL(url)
    const known = this.#ways.get(origin)
    if (known !== undefined) return known
    const way = new NarrowWay()
    this.#ways.set(origin, way)
    return way
  }

  /** Its connections are closed; what it sends later brings it back. */
  leave(sender: Sender): void {
    for (const way of this.#ways.values()) way.leave(sender)
  }
}

/**
 * A way to a server on which some proxies and servers allow only so many connections at once, and refuse others: with
 * 503 or 429, or by closing them. Once that was met, calls are made a few at a time, and those that were refused are sent
 * again where it is certain that they were not carried out, or that it would do no harm. Where a connection may be
 * refused, a POST is sent only over one on which something else was answered.
 */
export class NarrowWay {
  readonly #senders = new Set<Sender>()
  /** Milliseconds of `performance.now()`. */
  #refusedAt = Number.NEGATIVE_INFINITY
  /** Since when the narrow way has answered nothing; null where it has. Milliseconds of `performance.now()`. */
  #refusedSince: number | null = null
  readonly #calls = new Set<CallUnderWay>()
  #waiting: WaitingCall[] = []
  #looking: NodeJS.Timeout | undefined

  async call(sender: Sender, url: string, options: FetchOptions): Promise<FetchAnswer> {
    this.#senders.add(sender)
    for (let repeats = 0; ; repeats += 1) {
      const call = await this.#turn(options)
      const result = await this.#sendCall(sender, url, options)
      this.#calls.delete(call)
      this.#letGo()
      const isRepeated =
        result.isRefused && repeats < mostRepeats && !this.#isHopeless && mayRepeat(result, options)
      if (!isRepeated || options.signal.aborted) return answerOf(result)
      if (result.kind === 'answer') await beginning(result.answer)
      await pause(firstPauseMs * 2 ** repeats)
    }
  }

  async stream(sender: Sender, url: string, options: FetchOptions): Promise<FetchAnswer> {
    this.#senders.add(sender)
    // A connection that is opened in advance only takes the place of one that is needed.
    if (this.#isNarrow && !isEventStream(options)) throw new Error('no connection to spare')
    return answerOf(await this.#send(sender.stream, url, options))
  }

  leave(sender: Sender): void {
    this.#senders.delete(sender)
  }

  get #isNarrow(): boolean {
    return performance.now() - this.#refusedAt < narrowForMs
  }

  /** Whether one more connection may be refused for the number of those that are open. */
  get #isCrowded(): boolean {
    if (this.#isNarrow) return true
    let connections = 0
    for (const sender of this.#senders) connections += sender.connections()
    return connections >= crowd
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
    const goesFirstFrom = performance.now() + (method === 'POST' ? readsFirstForMs : 0)
    while (this.#isNarrow && this.#isFull && !signal.aborted) await this.#anotherIsOver(goesFirstFrom)
    const call = { sentAt: performance.now() }
    this.#calls.add(call)
    return call
  }

  /** Resolves when it is this one's turn to see whether there is room. */
  #anotherIsOver(goesFirstFrom: number): Promise<void> {
    this.#looking ??= setInterval(() => this.#letGo(), lookForOverdueMs).unref()
    return new Promise((go) => {
      this.#waiting.push({ goesFirstFrom, go })
    })
  }

  /** Lets waiting calls go on: one at a time on a narrow way. */
  #letGo(): void {
    const next = this.#isNarrow ? [this.#nextWaiting()] : this.#waiting.splice(0)
    for (const waiting of next) waiting?.go()
    if (this.#waiting.length > 0) return
    clearInterval(this.#looking)
    this.#looking = undefined
  }

  #nextWaiting(): WaitingCall | undefined {
    const now = performance.now()
    const first = this.#waiting.findIndex(({ goesFirstFrom }) => goesFirstFrom <= now)
    return this.#waiting.splice(Math.max(0, first), 1)[0]
  }

  /** Where a connection may be refused, a POST that allows it goes over one on which something was answered before. */
  async #sendCall(sender: Sender, url: string, options: FetchOptions): Promise<Result> {
    const { knock, signal } = options
    if (knock === undefined || !this.#isCrowded) return this.#send(sender.call, url, options)
    const get = { method: 'GET', headers: {}, signal } as const
    const single = sender.single()
    try {
      const first = await this.#send(single.call, knock, get)
      const failure = await failureOf(first)
      if (failure !== null) return { kind: 'error', error: unsent(failure), isRefused: first.isRefused }
      // Some close a connection after each answer, or as it is used again, and don't say so before.
      const second = await resultOf(single.call(knock, get))
      if (second.kind === 'answer') await beginning(second.answer)
      return await this.#send(second.kind === 'answer' ? single.call : sender.call, url, options)
    } finally {
      single.close()
    }
  }

  async #send(fetch: Fetch, url: string, options: FetchOptions): Promise<Result> {
    const { signal } = options
    if (signal.aborted)
      return { kind: 'error', error: unsent(networkFailure(signal.reason)), isRefused: false }
    const isCrowded = this.#isCrowded
    const sentAt = performance.now()
    const result = await resultOf(fetch(url, options))
    if (result.kind === 'answer' && !isRefusal(result)) this.#refusedSince = null
    const isRefused = isCrowded && isRefusal(result) && performance.now() - sentAt < refusesWithinMs
    if (isRefused && !signal.aborted) {
      const now = performance.now()
      if (!this.#isNarrow) this.#refusedSince = null
      this.#refusedSince ??= now
      this.#refusedAt = now
      for (const sender of this.#senders) sender.onRefused()
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

/** Why a GET has shown no room; null where it was answered, with whatever that was. */
async function failureOf(result: Outcome): Promise<WexflowError | null> {
  if (result.kind === 'error') return networkFailure(result.error)
  const { status, headers } = result.answer
  const body = await beginning(result.answer)
  return isRefusal(result) ? refusal({ status, headers, body }) : null
}

/** The beginning of an answer whose connection is free then; whatever breaks it off shows with the next request. */
const beginning = (answer: FetchAnswer): Promise<string> => readRefusal(answer).catch(() => '')

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
