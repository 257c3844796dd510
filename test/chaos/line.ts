import type { ByteReader, Fetch, FetchAnswer, FetchOptions } from '../../src/main/wexflow/transport.ts'
import type { Draw } from './draw.ts'
import type { NetworkState } from './network.ts'
import { after } from './virtual-clock.ts'

/** A new connection over a dead network is given up by undici after this time, in milliseconds. */
const connectWithinMs = 10_000

/** What a line goes over. */
interface Way {
  /** How far requests and answers are slowed down at most, in milliseconds. */
  readonly slowestMs: number
  /** Resolves when the server, which is frozen, goes on; null while it is not. */
  readonly thawed: () => Promise<void> | null
}

/** One request and its answer on their way. */
export class Line {
  readonly #fetch: Fetch
  readonly #draw: Draw
  readonly #way: Way
  readonly #server = new AbortController()
  #isDead = false
  #isOver = false
  #fail: ((error: Error) => void) | null = null
  #whenOver: () => void = () => {}

  /** @param fetch who answers at the other end */
  constructor(fetch: Fetch, draw: Draw, way: Way) {
    this.#fetch = fetch
    this.#draw = draw
    this.#way = way
  }

  onOver(whenOver: () => void): void {
    this.#whenOver = whenOver
  }

  send(url: string, options: FetchOptions, state: NetworkState): Promise<FetchAnswer> {
    const { signal } = options
    const onAbort = (): void => this.break(abortReason(signal))
    if (signal.aborted) {
      // No connection was made for it.
      this.#end()
      return Promise.reject(abortReason(signal))
    }
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
      const answer = await this.#fetch(url, { ...options, signal: await this.#arrival(options) })
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

  /**
   * When the request is read at the other end. What was sent to a server that is frozen lies there until it goes on,
   * also where it was given up here meanwhile.
   */
  async #arrival({ method }: FetchOptions): Promise<AbortSignal> {
    await this.#way.thawed()
    const isGivenUp = this.#server.signal.aborted
    return isGivenUp && method === 'POST' && this.#draw.chance(0.5)
      ? new AbortController().signal
      : this.#server.signal
  }

  #end(): void {
    this.#isOver = true
    this.#whenOver()
  }

  async #delay(): Promise<void> {
    if (this.#draw.chance(0.5)) await after(this.#draw.between(0, this.#way.slowestMs))
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
      await this.#way.thawed()
      if (!this.#isDead) resolve(value)
    } catch (error) {
      await this.#way.thawed()
      if (this.#isDead) return
      if (!this.#isOver) this.#end()
      reject(error)
    }
  }
}

function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError')
}

/** What undici's fetch rejects with when the network fails. */
export const networkError = (code: string, syscall: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, syscall }) })

const connectTimeout = (): TypeError => networkError('UND_ERR_CONNECT_TIMEOUT', 'connect')
