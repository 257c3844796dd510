import type { ByteReader, Fetch, FetchAnswer, Transport } from '../../src/main/wexflow/transport.ts'
import type { Draw } from './draw.ts'
import { after } from './virtual-clock.ts'

/**
 * `gone`: connections break and new ones fail at once. `dead`: nothing arrives and nothing breaks, and what was open
 * then stays silent for ever, even when the network is back.
 */
type NetworkState = 'up' | 'gone' | 'dead'

/** A new connection over a dead network is given up by undici after this time, in milliseconds. */
const connectWithinMs = 10_000

/** The way between the app and the server. */
export class Network {
  readonly #draw: Draw
  readonly #fetch: Fetch
  readonly #lines = new Set<Line>()
  #state: NetworkState = 'up'
  /** How far requests and answers are slowed down at most, in milliseconds. */
  slowestMs = 20
  /** What the machine's addresses look like. */
  fingerprint = 'a'

  constructor(draw: Draw, fetch: Fetch) {
    this.#draw = draw
    this.#fetch = fetch
  }

  /** The network as one process of the app sees it; `crash` closes all that it holds open. */
  transport(): Transport & { readonly crash: () => void } {
    const own = new Set<Line>()
    let isGone = false
    const fetch: Fetch = (url, options) => {
      if (isGone) return new Promise(() => {})
      const line = new Line(this.#fetch, this.#draw, this.slowestMs)
      own.add(line)
      this.#lines.add(line)
      line.onOver(() => {
        own.delete(line)
        this.#lines.delete(line)
      })
      return line.send(url, options, this.#state)
    }
    const crash = (): void => {
      isGone = true
      for (const line of own) line.goDead('closed')
    }
    return { call: fetch, stream: fetch, close: crash, crash }
  }

  set(state: NetworkState): void {
    this.#state = state
    if (state === 'gone') for (const line of this.#lines) line.break(networkError('ECONNRESET', 'read'))
    if (state === 'dead') for (const line of this.#lines) line.goDead('silent')
  }
}

/** One request and its answer on their way. */
class Line {
  readonly #fetch: Fetch
  readonly #draw: Draw
  readonly #slowestMs: number
  readonly #server = new AbortController()
  #isDead = false
  #isOver = false
  #fail: ((error: Error) => void) | null = null
  #whenOver: () => void = () => {}

  constructor(fetch: Fetch, draw: Draw, slowestMs: number) {
    this.#fetch = fetch
    this.#draw = draw
    this.#slowestMs = slowestMs
  }

  onOver(whenOver: () => void): void {
    this.#whenOver = whenOver
  }

  send(url: string, options: Parameters<Fetch>[1], state: NetworkState): Promise<FetchAnswer> {
    const { signal } = options
    const onAbort = (): void => this.break(abortReason(signal))
    if (signal.aborted) return Promise.reject(abortReason(signal))
    signal.addEventListener('abort', onAbort)
    const whenOver = this.#whenOver
    this.#whenOver = () => {
      signal.removeEventListener('abort', onAbort)
      whenOver()
    }
    return this.#waiting(async () => {
      if (state === 'gone') {
        await this.#delay()
        throw this.#draw.pick([
          networkError('ENOTFOUND', 'getaddrinfo'),
          networkError('ENETUNREACH', 'connect'),
        ])
      }
      if (state === 'dead') {
        this.#isDead = true
        // Over a connection of the pool nothing is noticed before the request's own deadline.
        if (this.#draw.chance(0.5)) setTimeout(() => this.break(connectTimeout()), connectWithinMs)
        return new Promise(() => {})
      }
      await this.#delay()
      const answer = await this.#fetch(url, { ...options, signal: this.#server.signal })
      await this.#delay()
      return { ...answer, text: () => this.#text(answer), body: this.#body(answer.body) }
    })
  }

  /** The connection breaks, and both ends notice. */
  break(error: Error): void {
    if (this.#isOver) return
    this.#end()
    this.#server.abort(error)
    this.#fail?.(error)
  }

  /** Nothing arrives here any more; `closed`: and the server notices that nobody is here. */
  goDead(how: 'silent' | 'closed'): void {
    this.#isDead = true
    if (how === 'closed') this.#server.abort(networkError('ECONNRESET', 'read'))
  }

  #end(): void {
    this.#isOver = true
    this.#whenOver()
  }

  async #delay(): Promise<void> {
    if (this.#draw.chance(0.5)) await after(this.#draw.between(0, this.#slowestMs))
  }

  async #text(answer: FetchAnswer): Promise<string> {
    const text = await this.#waiting(() => answer.text())
    if (!this.#isOver) this.#end()
    return text
  }

  #body(body: FetchAnswer['body']): FetchAnswer['body'] {
    if (body === null) return null
    return {
      getReader: (): ByteReader => {
        const reader = body.getReader()
        return {
          cancel: async () => {
            if (!this.#isOver) this.#end()
            await reader.cancel()
          },
          read: async () => {
            const chunk = await this.#waiting(() => reader.read())
            if (chunk.done && !this.#isOver) this.#end()
            return chunk
          },
        }
      },
    }
  }

  /** Waits for something from the server, as long as the connection carries anything. */
  #waiting<Value>(work: () => Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#fail = reject
      void this.#pass(work, resolve, reject)
    })
  }

  async #pass<Value>(
    work: () => Promise<Value>,
    resolve: (value: Value) => void,
    reject: (error: unknown) => void,
  ): Promise<void> {
    try {
      const value = await work()
      if (!this.#isDead) resolve(value)
    } catch (error) {
      if (this.#isDead) return
      if (!this.#isOver) this.#end()
      reject(error)
    }
  }
}

function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError')
}

const networkError = (code: string, syscall: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, syscall }) })

const connectTimeout = (): TypeError => networkError('UND_ERR_CONNECT_TIMEOUT', 'connect')
