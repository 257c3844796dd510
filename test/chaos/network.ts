import { NarrowWay } from '../../src/main/wexflow/narrow-way.ts'
import type { Fetch, Transport } from '../../src/main/wexflow/transport.ts'
import type { Draw } from './draw.ts'
import { Line, networkError } from './line.ts'
import { type StrangerKind, strangersAnswer, wholeAnswer } from './strangers.ts'

/**
 * `gone`: connections break and new ones fail at once. `dead`: nothing arrives and nothing breaks, and what was open
 * then stays silent for ever, even when the network is back.
 */
export type NetworkState = 'up' | 'gone' | 'dead'

/** The way of one process of the app to a server; `crash` closes all that it holds open. */
export type ProcessTransport = Transport & { readonly crash: () => void }

/** What becomes of a connection beyond the limit. */
const excesses = ['refused', 'reset', 'status503'] as const
type Excess = (typeof excesses)[number]

/** Who is asked to stay away for a time stays away a little longer, so that not all come back together. */
const mostSpread = 1.1

/** The way between the app and one server. */
export class Network {
  readonly #draw: Draw
  readonly #fetch: Fetch
  readonly #lines = new Set<Line>()
  /** When each request came that was answered by somebody else than the server, in milliseconds since 1970. */
  readonly strangersMet: number[] = []
  /** Until when those who answered in the server's place have asked to be left alone, in milliseconds since 1970. */
  restUntil = 0
  #state: NetworkState = 'up'
  #stranger: StrangerKind | null = null
  #mostLines = Number.POSITIVE_INFINITY
  #excess: Excess = 'refused'
  #thawed: Promise<void> | null = null
  #thaw: () => void = () => {}
  /** How far requests and answers are slowed down at most, in milliseconds. */
  slowestMs = 20

  constructor(draw: Draw, fetch: Fetch) {
    this.#draw = draw
    this.#fetch = fetch
  }

  /** The network as one process of the app sees it. */
  transport(): ProcessTransport {
    const own = new Set<Line>()
    const listeners: (() => void)[] = []
    let isGone = false
    const fetch: Fetch = (url, options) => {
      if (isGone) return new Promise(() => {})
      const isTooMany = own.size >= this.#mostLines
      const line = new Line(isTooMany ? () => this.#refuse() : this.#answerer(), this.#draw, {
        slowestMs: this.slowestMs,
        thawed: () => this.#thawed,
      })
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
    const onRefused = (): void => {
      for (const listener of listeners) listener()
    }
    // Each line carries one request here, and none is kept for another.
    const way = new NarrowWay({ call: fetch, stream: fetch }, { onRefused, closeIdle: () => {} })
    return {
      call: way.call,
      stream: way.stream,
      onRefused: (listener) => listeners.push(listener),
      close: crash,
      crash,
    }
  }

  set(state: NetworkState): void {
    this.#state = state
    if (state === 'gone') this.breakAll()
    if (state === 'dead') for (const line of this.#lines) line.goDead('silent')
  }

  /** Whether requests reach the server, and its answers the app. */
  get isOpen(): boolean {
    return this.#state === 'up' && this.#stranger === null && this.#thawed === null
  }

  /** Who answers everything new in the server's place; null: nobody. */
  setStranger(stranger: StrangerKind | null): void {
    this.#stranger = stranger
  }

  /** Everything that is open breaks, and both ends notice. */
  breakAll(): void {
    for (const line of this.#lines) line.break(networkError('ECONNRESET', 'read'))
  }

  /** How many connections a client may have at once. */
  limit(most: number): void {
    if (most === this.#mostLines) return
    this.#mostLines = most
    this.#excess = this.#draw.pick(excesses)
  }

  /** The server accepts connections and says nothing more, until it goes on where it was. */
  freeze(isFrozen: boolean): void {
    if (isFrozen) {
      this.#thawed ??= new Promise((resolve) => {
        this.#thaw = resolve
      })
      return
    }
    this.#thaw()
    this.#thawed = null
  }

  #answerer(): Fetch {
    const stranger = this.#stranger
    if (stranger === null) return this.#fetch
    return () => {
      const answer = strangersAnswer(stranger, this.#draw)
      this.strangersMet.push(Date.now())
      this.restUntil = Math.max(this.restUntil, Date.now() + answer.restMs * mostSpread)
      return Promise.resolve(wholeAnswer(answer))
    }
  }

  #refuse(): ReturnType<Fetch> {
    switch (this.#excess) {
      case 'refused':
        return Promise.reject(networkError('ECONNREFUSED', 'connect'))
      case 'reset':
        return Promise.reject(networkError('ECONNRESET', 'read'))
      case 'status503':
        return Promise.resolve(wholeAnswer({ status: 503, headers: {}, body: '' }))
    }
  }
}
