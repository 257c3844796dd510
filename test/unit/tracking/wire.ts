import type { ByteReader, Fetch, FetchAnswer, Transport } from '../../../src/main/wexflow/transport.ts'
import { inMemoryTransport } from '../../wexflow-sim/in-memory.ts'
import type { WexflowSim } from '../../wexflow-sim/sim.ts'

/** A request that left the app. */
export interface Sent {
  /** Milliseconds since 1970. */
  readonly at: number
  /** The path below `/api/v1/`, ids of job streams as they are. */
  readonly path: string
  readonly query: URLSearchParams
}

/** What becomes of a request in place of reaching the server. */
type Trouble = 'hangs' | 'noHost' | 'status500' | 'notSignedIn' | Stranger

/** What somebody answers in the server's place. */
export interface Stranger {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** The network between the app and a simulated server: writes down what is sent, and can be broken. */
export class Wire {
  readonly sent: Sent[] = []
  readonly #sim: WexflowSim
  readonly #underWay = new Map<string, number>()
  readonly #most = new Map<string, number>()
  #isCut = false
  /** Connections that were opened before this many others are frozen. */
  #frozenBelow = 0
  #opened = 0
  #trouble: (path: string) => Trouble | null = () => null
  #bodyOf: (path: string) => string | null = () => null
  #delayMs: (path: string) => number = () => 0
  #answerDelayMs: (path: string) => number = () => 0

  constructor(sim: WexflowSim) {
    this.#sim = sim
  }

  /** Decides for every request from now on, by its path, whether and how it fails. */
  disturb(trouble: (path: string) => Trouble | null): void {
    this.#trouble = trouble
  }

  /** Answers requests in the server's place, without its knowledge: the body of a 200, null for the server's own. */
  answer(bodyOf: (path: string) => string | null): void {
    this.#bodyOf = bodyOf
  }

  /** Makes requests take longer on their way, in milliseconds; how many are under way at once is counted from now on. */
  slow(delayMs: (path: string) => number): void {
    this.#delayMs = delayMs
    this.#most.clear()
  }

  /** Makes answers take longer on their way back, in milliseconds: they tell of the time when they were given. */
  slowAnswers(delayMs: (path: string) => number): void {
    this.#answerDelayMs = delayMs
  }

  repair(): void {
    this.#delayMs = () => 0
    this.#answerDelayMs = () => 0
    this.#trouble = () => null
    this.#bodyOf = () => null
  }

  /** Packets vanish from now on, as behind a laptop's lid or a firewall: nothing breaks, nothing arrives. */
  goDark(): void {
    this.disturb(() => 'hangs')
    this.#sim.breakStreams('jobStream', 'silent')
    this.#sim.breakStreams('changeStream', 'silent')
  }

  /**
   * Nothing comes any more on the connections that are open, not even the news that they broke: the other end may
   * have gone, and new connections reach whoever is there now.
   */
  freeze(): void {
    this.#frozenBelow = this.#opened
  }

  /** The way of one run of the app. */
  transport(): Transport {
    const direct = inMemoryTransport(this.#sim)
    return {
      call: this.#through(direct.call),
      stream: this.#through(direct.stream),
      close: () => direct.close(),
    }
  }

  /** How many requests of a path were under way at once, at most, since they were made slow. */
  mostAtOnce(path: string): number {
    return this.#most.get(path) ?? 0
  }

  /** How many requests of a path went out since a time; without a path, of all. */
  count(path: string | null = null, since = 0): number {
    return this.sent.filter((one) => one.at >= since && (path === null || one.path === path)).length
  }

  /** Nothing of the app's present run gets out any more: its process is gone. */
  cut(): void {
    this.#isCut = true
  }

  reconnect(): void {
    this.#isCut = false
  }

  #through(fetch: Fetch): Fetch {
    return (url, options) => {
      const { pathname, searchParams } = new URL(url)
      const path = pathname.replace('/api/v1/', '')
      if (this.#isCut) throw new Error(`a request after the end of the app: ${path}`)
      this.sent.push({ at: Date.now(), path, query: searchParams })
      const trouble = this.#trouble(path)
      if (trouble !== null) return fail(trouble, options.signal)
      const body = this.#bodyOf(path)
      if (body !== null) return Promise.resolve(plainAnswer(200, body))
      const number = this.#opened
      this.#opened += 1
      return this.#counted(
        path,
        this.#later(path, async () => this.#freezable(number, await fetch(url, options))),
      )
    }
  }

  #freezable(number: number, answer: FetchAnswer): FetchAnswer {
    const { body } = answer
    if (body === null) return answer
    const getReader = (): ByteReader => {
      const reader = body.getReader()
      const read = async (): ReturnType<ByteReader['read']> => {
        try {
          return await reader.read()
        } finally {
          if (number < this.#frozenBelow) await new Promise(() => {})
        }
      }
      return { cancel: () => reader.cancel(), read }
    }
    const { status, headers } = answer
    return { status, headers, text: () => answer.text(), body: { getReader } }
  }

  async #later(path: string, send: () => ReturnType<Fetch>): ReturnType<Fetch> {
    const delayMs = this.#delayMs(path)
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
    const answer = await send()
    const answerDelayMs = this.#answerDelayMs(path)
    if (answerDelayMs === 0) return answer
    const body = await answer.text()
    await new Promise((resolve) => setTimeout(resolve, answerDelayMs))
    return plainAnswer(answer.status, body)
  }

  #counted(path: string, answer: ReturnType<Fetch>): ReturnType<Fetch> {
    const underWay = (this.#underWay.get(path) ?? 0) + 1
    this.#underWay.set(path, underWay)
    this.#most.set(path, Math.max(this.mostAtOnce(path), underWay))
    return answer.finally(() => this.#underWay.set(path, (this.#underWay.get(path) ?? 1) - 1))
  }
}

function fail(trouble: Trouble, signal: AbortSignal): ReturnType<Fetch> {
  if (typeof trouble === 'object')
    return Promise.resolve(plainAnswer(trouble.status, trouble.body ?? '', trouble.headers))
  switch (trouble) {
    case 'hangs':
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(asError(signal.reason)))
      })
    case 'noHost':
      return Promise.reject(
        new TypeError('fetch failed', {
          cause: Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' }),
        }),
      )
    case 'status500':
      return Promise.resolve(plainAnswer(500, ''))
    case 'notSignedIn':
      return Promise.resolve(plainAnswer(401, 'Unauthorized'))
  }
}

const plainAnswer = (status: number, body: string, headers: Stranger['headers'] = {}): FetchAnswer => ({
  status,
  headers: new Headers(headers),
  body: null,
  text: () => Promise.resolve(body),
})

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error('aborted'))
