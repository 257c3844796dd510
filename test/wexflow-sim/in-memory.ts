import type { Fetch, FetchAnswer, FetchOptions, Transport } from '../../src/main/wexflow/transport.ts'
import { type PlainAnswer, type Sink, startNameHeader, type StreamAnswer } from './requests.ts'
import type { WexflowSim } from './sim.ts'

const prefix = '/api/v1'

/** The app's way to a simulated server without a network: every delay is on the global clock, which tests replace. */
export function inMemoryTransport(sim: WexflowSim): Transport {
  const fetch = inMemoryFetch(sim)
  return { call: fetch, stream: fetch, close: () => undefined }
}

/** A `fetch` that asks a simulated server, and fails as undici's does. The host of the address does not matter. */
export function inMemoryFetch(sim: WexflowSim): Fetch {
  return (url, options) =>
    new Promise((resolve, reject) => {
      if (options.signal.aborted) {
        reject(abortReason(options.signal))
        return
      }
      const exchange = new Exchange(sim, options.signal, resolve, reject)
      const answer = sim.handle(requestOf(url, options))
      if (answer.kind === 'refused') exchange.fail(networkError('ECONNREFUSED', 'connect'))
      else if (answer.kind === 'answer') exchange.answerLater(answer)
      else if (answer.kind === 'reset') exchange.resetLater(answer.delayMs)
      else exchange.open(answer)
    })
}

/** One request under way, until its answer is there, its stream has ended, it was aborted, or the server is gone. */
class Exchange {
  readonly #resolve: (answer: FetchAnswer) => void
  readonly #reject: (error: Error) => void
  readonly #release: () => void
  #body: ReadableStreamDefaultController<Uint8Array> | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #abandon: (() => void) | undefined
  #isOver = false

  constructor(
    sim: WexflowSim,
    signal: AbortSignal,
    resolve: (answer: FetchAnswer) => void,
    reject: (error: Error) => void,
  ) {
    this.#resolve = resolve
    this.#reject = reject
    const onAbort = (): void => this.fail(abortReason(signal))
    signal.addEventListener('abort', onAbort)
    const unfollow = sim.onPower((power) => {
      if (power === 'down') this.fail(networkError('ECONNRESET', 'read'))
    })
    this.#release = () => {
      signal.removeEventListener('abort', onAbort)
      unfollow()
    }
  }

  answerLater({ delayMs, status, headers, body }: PlainAnswer): void {
    this.#timer = setTimeout(() => {
      const bytes = new TextEncoder().encode(body)
      this.#begin(status, headers)
      if (bytes.length > 0) this.#body?.enqueue(bytes)
      this.#end()
    }, delayMs)
  }

  resetLater(delayMs: number): void {
    this.#timer = setTimeout(() => this.fail(networkError('ECONNRESET', 'read')), delayMs)
  }

  open(answer: StreamAnswer): void {
    const sink: Sink = {
      headers: (status, headers) => this.#begin(status, headers),
      write: (bytes) => this.#body?.enqueue(bytes),
      end: () => this.#end(),
      reset: () => this.fail(networkError('ECONNRESET', 'read')),
    }
    const abandon = answer.open(sink)
    if (this.#isOver) abandon()
    else this.#abandon = abandon
  }

  /** Breaks the exchange, where it has not come to its end. */
  fail(error: Error): void {
    if (this.#isOver) return
    this.#over()
    if (this.#body) this.#body.error(error)
    else this.#reject(error)
  }

  #begin(status: number, headers: Readonly<Record<string, string>>): void {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#body = controller
      },
      cancel: () => this.#over(),
    })
    this.#resolve({
      status,
      headers: new Headers(headers),
      body: { getReader: () => body.getReader() },
      text: () => new Response(body).text(),
    })
  }

  #end(): void {
    if (this.#isOver) return
    this.#over()
    this.#body?.close()
  }

  #over(): void {
    if (this.#isOver) return
    this.#isOver = true
    clearTimeout(this.#timer)
    this.#release()
    this.#abandon?.()
  }
}

function requestOf(url: string, { method, headers, body = '' }: FetchOptions) {
  const { pathname, searchParams } = new URL(url)
  const sent = new Headers(headers)
  const [, token = null] = /^Bearer (.+)$/i.exec(sent.get('authorization') ?? '') ?? []
  const path = pathname.startsWith(prefix) ? pathname.slice(prefix.length) : '/-'
  return { method, path, query: searchParams, token, body, startName: sent.get(startNameHeader) }
}

function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError')
}

/** What undici's fetch rejects with when the network fails. */
function networkError(code: string, syscall: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, syscall }) })
}
