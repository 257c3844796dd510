import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import type { Agent, buildConnector, Dispatcher } from 'undici'
import type { Certificate } from '../../shared/certificate.ts'
import { Dialer } from '../network/dialer.ts'
import { direct, type Route, routeKey } from '../network/proxies.ts'
import { proxyRefusal } from '../network/sockets.ts'
import { networkFailure } from './failures.ts'
import { NarrowWay } from './narrow-way.ts'
import type * as undici from './undici-parts.ts'

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
  /** Called each time that it goes out: before that it may wait for a connection. */
  readonly onSend?: () => void
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

/** undici as it was loaded. */
type Undici = typeof undici

/** The connections over one route, by what they are for. */
interface Agents {
  call: Dispatcher
  stream: Dispatcher
  /** Those whose last requests are under way. */
  readonly closing: Set<Dispatcher>
  readonly newAgent: (options: Agent.Options) => Dispatcher
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
  readonly #way = new NarrowWay(
    {
      call: (url, options) => this.#call(url, options),
      stream: (url, options) => this.#stream(url, options),
    },
    {
      onRefused: () => {
        this.#closeIdle()
        for (const listener of this.#listeners) listener()
      },
      closeIdle: () => this.#closeIdle(),
    },
  )

  /** @param dialer opens its connections; by default straight to the server */
  constructor(dialer = new Dialer()) {
    this.#dialer = dialer
  }

  readonly call: Fetch = (url, options) => this.#way.call(url, options)

  readonly stream: Fetch = (url, options) => this.#way.stream(url, options)

  readonly certificate = (url: string): Promise<Certificate> => this.#dialer.certificate(url)

  readonly #call: Fetch = (url, options) =>
    this.#send(url, options, async ({ request, unpacked }, agents, headers) => {
      const asked = { ...options, headers: { ...headers, 'Accept-Encoding': 'gzip' } }
      if (options.isAlone === true) {
        const answer = await alone(agents, (agent) => request(url, agent, asked))
        return answerOf(answer, unpacked(answer))
      }
      // Only in the next turn can a connection be used again whose answer was read in this one.
      await setImmediate()
      const answer = await request(url, agents.call, asked)
      return answerOf(answer, unpacked(answer))
    })

  readonly #stream: Fetch = (url, options) =>
    this.#send(url, options, async ({ request }, { stream }, headers) => {
      const answer = await request(url, stream, { ...options, headers })
      return answerOf(answer, answer.body)
    })

  onRefused(listener: () => void): void {
    this.#listeners.push(listener)
  }

  close(): void {
    const all = [...this.#agents.values()]
    this.#agents.clear()
    for (const { call, stream, closing } of all)
      for (const agent of [call, stream, ...closing]) void agent.destroy()
  }

  #closeIdle(): void {
    for (const agents of this.#agents.values()) closeIdle(agents)
  }

  /** Sends a request over the first route whose proxy can be reached: what did not get further has reached nobody. */
  async #send(url: string, options: FetchOptions, send: Send): Promise<FetchAnswer> {
    this.#undici ??= import('./undici-parts.ts')
    const loaded = await this.#undici
    const headers = await this.#headers(options)
    const routes = await this.#dialer.routes(url)
    for (const route of routes.slice(0, -1)) {
      try {
        return await this.#sendOver(route, loaded, url, headers, send)
      } catch (error) {
        if (networkFailure(error).failure.kind !== 'proxyUnreachable') throw error
        this.#dialer.avoid(route)
      }
    }
    return this.#sendOver(routes.at(-1) ?? direct, loaded, url, headers, send)
  }

  /** A proxy is spoken to in the clear for `http`, and takes its sign-in with each request; a tunnel has its own. */
  async #sendOver(
    route: Route,
    loaded: Undici,
    url: string,
    headers: Headers,
    send: Send,
  ): Promise<FetchAnswer> {
    const agents = this.#agentsOf(route, loaded)
    if (route.kind === 'direct' || !url.startsWith('http:')) return send(loaded, agents, headers)
    const authorization = await this.#dialer.proxyAuthorization()
    const ownHeaders = authorization === null ? {} : { 'Proxy-Authorization': authorization }
    try {
      const answer = await send(loaded, agents, { ...headers, ...ownHeaders })
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
    const agents = newAgents(loaded, this.#dialer, route)
    this.#agents.set(key, agents)
    return agents
  }
}

type Headers = FetchOptions['headers']
type Send = (loaded: Undici, agents: Agents, headers: Headers) => Promise<FetchAnswer>

function newAgents(loaded: Undici, dialer: Dialer, route: Route): Agents {
  const connect: buildConnector.connector = ({ hostname, port, protocol }, callback) => {
    const isEncrypted = protocol === 'https:'
    const target = {
      host: hostname,
      port: port === '' ? { http: 80, https: 443 }[isEncrypted ? 'https' : 'http'] : Number(port),
    }
    void handOver(dialer.connect(target, isEncrypted, route), callback)
  }
  // Calls have deadlines of their own (ask.ts) and streams none; undici's limits would break a slow start before its.
  const unlimited = { headersTimeout: 0, bodyTimeout: 0 }
  const newAgent = (options: Agent.Options): Dispatcher => {
    const agent = new loaded.Agent({ connect, ...unlimited, ...options })
    return route.kind === 'direct' ? agent : agent.compose(wholeAddresses)
  }
  return {
    newAgent,
    call: newAgent({}),
    stream: newAgent({}),
    closing: new Set(),
  }
}

async function handOver(connection: Promise<Socket>, callback: buildConnector.Callback): Promise<void> {
  let socket: Socket
  try {
    socket = await connection
  } catch (error) {
    callback(networkFailure(error), null)
    return
  }
  callback(null, socket)
}

/** A proxy that is spoken to in the clear is told the whole address. */
const wholeAddresses: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const origin = String(options.origin ?? '')
  return dispatch(
    origin.startsWith('http:') ? { ...options, path: `${origin}${options.path}` } : options,
    handler,
  )
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

/**
 * Sends a request over a connection of its own, which is closed once the answer was read. The server is not asked to close
 * it: a Wexflow server that is busy then loses the answer, here 77 of 600 to `start`, and none of 600 otherwise.
 */
async function alone(
  { newAgent, closing }: Agents,
  send: (agent: Dispatcher) => Promise<Dispatcher.ResponseData>,
): Promise<Dispatcher.ResponseData> {
  const agent = newAgent({})
  closing.add(agent)
  const close = (): void => {
    closing.delete(agent)
    void agent.destroy()
  }
  try {
    const answer = await send(agent)
    answer.body.once('close', close)
    return answer
  } catch (error) {
    close()
    throw error
  }
}

/** Closes the connections on which nothing is under way: where there are only so many, others need them. */
function closeIdle(agents: Agents): void {
  const { call, stream, closing, newAgent } = agents
  agents.call = newAgent({})
  agents.stream = newAgent({})
  for (const agent of [call, stream]) {
    closing.add(agent)
    void agent.close().finally(() => closing.delete(agent))
  }
}
