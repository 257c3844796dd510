import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import type { Dispatcher } from 'undici'
import type { Certificate } from '../../shared/certificate.ts'
import { Dialer } from '../network/dialer.ts'
import { direct, type Route, routeKey } from '../network/proxies.ts'
import { proxyRefusal } from '../network/sockets.ts'
import { type Agents, closeIdle, closeOnceIdle, newAgents, Tally, type Undici } from './agents.ts'
import { networkFailure } from './failures.ts'
import { NarrowWays, type Sender, type SingleConnection } from './narrow-way.ts'

/** What is sent. The signal ends the request at whatever point it is. */
export interface FetchOptions {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal: AbortSignal
  /**
   * Whether to send it over a connection that carries nothing else. The other end may close a connection that was used
   * before at any moment, and whether a request that meets this was carried out can't be told. Not for streams.
   */
  readonly isAlone?: boolean
  /**
   * Of a POST: the address of a GET that changes nothing. Where a connection may be refused for the number of those that
   * are open, it is sent before, over the connection that the POST takes then.
   */
  readonly knock?: string
  /**
   * Whether to leave out the person's sign-in to what stands in front of the server: the address may not be the server's.
   */
  readonly isWithoutFront?: boolean
}

/** An answer whose body is still to be read. */
export interface FetchAnswer {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  /** The bytes as they come; null where there can be none. */
  readonly body: { getReader(): ByteReader } | null
  text(): Promise<string>
}

/** Reads bytes as they come. */
export interface ByteReader {
  read(): Promise<{ done: false; value: Uint8Array } | { done: true; value?: Uint8Array | undefined }>
  cancel(): Promise<void>
}

export type Fetch = (url: string, options: FetchOptions) => Promise<FetchAnswer>

/**
 * The two ways to a server, with connections of their own: calls, whose answer may take seconds (a start on a busy server
 * tens of them), and streams, which may stay silent for hours before even their headers come.
 */
export interface Transport {
  readonly call: Fetch
  readonly stream: Fetch
  /** Whom to tell of each connection that was refused while others were in use; absent where none ever is. */
  onRefused?: (listener: () => void) => void
  /** The certificate that a server shows, trusted or not. Rejects with a `WexflowError`. Absent where there is none. */
  certificate?: (url: string) => Promise<Certificate>
  /** Breaks every connection. */
  close(): void
}

/** What every request says of itself, as `fetch` does: some that stand in front of servers look for it. */
const usualHeaders = { Accept: '*/*', 'User-Agent': 'undici' } as const

/**
 * Speaks to servers over Node's network stack: Chromium's lets only six connections reach one host, which is six job
 * streams. undici takes its time to load, so it is loaded by the first request.
 *
 * Connections are opened by a dialer of ours. undici's own ProxyAgent can neither keep a request to itself nor wait for
 * hours where a proxy is spoken to in clear text, and its errors don't tell the proxy from the server.
 *
 * Requests go without `fetch`: what it does to a body's bytes until they can be read takes as long as all that follows
 * until a job's end is told.
 */
export class UndiciTransport implements Transport {
  readonly #dialer: Dialer
  #undici: Promise<Undici> | null = null
  readonly #agents = new Map<string, Agents>()
  readonly #listeners: (() => void)[] = []
  readonly #ways: NarrowWays
  /** Connections that are open or being opened, and requests that may open one in a moment. */
  readonly #connections = new Tally()
  readonly #sender: Sender = {
    call: (url, options) => this.#call(url, options),
    stream: (url, options) => this.#stream(url, options),
    single: () => this.#single(),
    connections: () => this.#connections.count,
    onRefused: () => {
      for (const agents of this.#agents.values()) closeIdle(agents)
      for (const listener of this.#listeners) listener()
    },
  }

  /**
   * @param dialer opens its connections; by default straight to the server
   * @param ways shared with all that may speak to the same servers; by default with nobody
   */
  constructor(dialer = new Dialer(), ways = new NarrowWays()) {
    this.#dialer = dialer
    this.#ways = ways
  }

  readonly call: Fetch = (url, options) => this.#ways.to(url).call(this.#sender, url, options)

  readonly stream: Fetch = (url, options) => this.#ways.to(url).stream(this.#sender, url, options)

  readonly certificate = (url: string): Promise<Certificate> => this.#dialer.certificate(url)

  readonly #call: Fetch = (url, options) =>
    this.#send(url, options, ({ alone, call }) => (options.isAlone === true ? alone : call))

  readonly #stream: Fetch = (url, options) => this.#send(url, options, ({ stream }) => stream)

  #single(): SingleConnection {
    const agents = new Map<Agents, Dispatcher>()
    const agentOf = (ofRoute: Agents): Dispatcher => {
      const agent = agents.get(ofRoute) ?? ofRoute.newSingle()
      agents.set(ofRoute, agent)
      ofRoute.others.add(agent)
      return agent
    }
    return {
      call: (url, options) => this.#send(url, options, agentOf),
      close: () => {
        for (const [{ others }, agent] of agents) closeOnceIdle(agent, others)
      },
    }
  }

  onRefused(listener: () => void): void {
    this.#listeners.push(listener)
  }

  close(): void {
    const all = [...this.#agents.values()]
    this.#agents.clear()
    for (const { call, alone, stream, others } of all)
      for (const agent of [call, alone, stream, ...others]) void agent.destroy()
    this.#ways.leave(this.#sender)
  }

  /** Sends a request over the first route whose proxy can be reached: what did not get further has reached nobody. */
  async #send(url: string, options: FetchOptions, agentOf: AgentOf): Promise<FetchAnswer> {
    const onSent = this.#connections.enter()
    try {
      this.#undici ??= import('./undici-parts.ts')
      const loaded = await this.#undici
      const request = { url, options: { ...options, headers: await this.#headers(options) }, agentOf, onSent }
      const routes = await this.#dialer.routes(url)
      for (const route of routes.slice(0, -1)) {
        try {
          return await this.#sendOver(route, loaded, request)
        } catch (error) {
          if (networkFailure(error).failure.kind !== 'proxyUnreachable') throw error
          this.#dialer.avoid(route)
        }
      }
      return await this.#sendOver(routes.at(-1) ?? direct, loaded, request)
    } finally {
      onSent()
    }
  }

  /** A proxy is spoken to in the clear for `http`, and takes its sign-in with each request; a tunnel has its own. */
  async #sendOver(route: Route, loaded: Undici, request: Request): Promise<FetchAnswer> {
    const agents = this.#agentsOf(route, loaded)
    if (route.kind === 'direct' || !request.url.startsWith('http:')) return sendWith(loaded, agents, request)
    const authorization = await this.#dialer.proxyAuthorization()
    const ownHeaders = authorization === null ? {} : { 'Proxy-Authorization': authorization }
    try {
      const answer = await sendWith(loaded, agents, request, ownHeaders)
      if (answer.status !== 407) return answer
      answer.text().catch(() => {})
      throw proxyRefusal(407, answer.headers.get('proxy-authenticate') ?? '')
    } catch (error) {
      const failure = networkFailure(error)
      if (failure.failure.kind === 'proxySignIn') this.#dialer.refuseAuthorization(authorization, failure)
      throw error
    }
  }

  /** Wexflow takes its token from a cookie where another sign-in has the header to itself (docs/connection.md). */
  async #headers({ headers, isWithoutFront = false }: FetchOptions): Promise<Headers> {
    const front = isWithoutFront ? null : await this.#dialer.frontAuthorization()
    if (front === null) return { ...usualHeaders, ...headers }
    const { Authorization: bearer, ...others } = headers
    const cookie = bearer === undefined ? {} : { Cookie: `wf-auth=${bearer.replace(/^Bearer /u, '')}` }
    return { ...usualHeaders, ...others, ...cookie, Authorization: front }
  }

  #agentsOf(route: Route, loaded: Undici): Agents {
    const key = routeKey(route)
    const known = this.#agents.get(key)
    if (known !== undefined) return known
    const agents = newAgents(loaded, this.#dialer, route, this.#connections)
    this.#agents.set(key, agents)
    return agents
  }
}

type Headers = FetchOptions['headers']
type AgentOf = (agents: Agents) => Dispatcher

/** A request on its way to a connection. */
interface Request {
  readonly url: string
  readonly options: FetchOptions
  readonly agentOf: AgentOf
  /** The connection for it is being opened, or there was one. */
  readonly onSent: () => void
}

async function sendWith(
  { request, unpacked }: Undici,
  agents: Agents,
  { url, options, agentOf, onSent }: Request,
  ownHeaders: Headers = {},
): Promise<FetchAnswer> {
  // Only in the next turn can a connection be used again whose answer was read in this one.
  await setImmediate()
  const agent = agentOf(agents)
  const isStream = agent === agents.stream
  const encoding = isStream ? {} : { 'Accept-Encoding': 'gzip' }
  const asked = request(url, agent, {
    ...options,
    headers: { ...options.headers, ...ownHeaders, ...encoding },
  })
  onSent()
  const answer = await asked
  return answerOf(answer, isStream ? answer.body : unpacked(answer))
}

/** A header's field as `fetch` has it; null where there is none. */
const oneField = (field: string | string[] | undefined): string | null =>
  typeof field === 'string' ? field : (field?.join(', ') ?? null)

/** @param body the answer's, as it came or unpacked */
function answerOf({ statusCode, headers }: Dispatcher.ResponseData, body: Readable): FetchAnswer {
  // Whoever reads it is told; nobody else need be.
  body.on('error', () => {})
  return {
    status: statusCode,
    headers: { get: (name) => oneField(headers[name.toLowerCase()]) },
    body: { getReader: () => readerOf(body) },
    text: () => text(body),
  }
}

function readerOf(body: Readable): ByteReader {
  const chunks: AsyncIterator<Buffer, undefined> = body[Symbol.asyncIterator]()
  return {
    read: async () => {
      const { done, value } = await chunks.next()
      return done === true ? { done } : { done: false, value }
    },
    cancel: async () => {
      body.destroy()
    },
  }
}
