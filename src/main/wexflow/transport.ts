import tls from 'node:tls'
import type { Agent, Dispatcher, fetch, request } from 'undici'
import { NarrowWay } from './narrow-way.ts'

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
}

/** The part of a fetch's answer that is used. */
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
  /** Breaks every connection. */
  close(): void
}

interface Agents {
  readonly fetch: typeof fetch
  readonly request: typeof request
  readonly newAgent: (options: Agent.Options) => Agent
  call: Agent
  readonly alone: Agent
  stream: Agent
  /** Those whose last requests are under way. */
  readonly closing: Set<Agent>
}

const connectWithinMs = 10_000

/** What undici's `fetch` calls itself. */
const userAgent = 'undici'

/**
 * Speaks to servers over Node's network stack: Chromium's lets only six connections reach one host, which is six job
 * streams. undici takes its time to load, so it is loaded by the first request.
 *
 * Streams go without `fetch`: what it does to a body's bytes until they can be read takes as long as all that follows
 * until a job's end is told.
 */
export class UndiciTransport implements Transport {
  #agents: Promise<Agents> | null = null
  readonly #listeners: (() => void)[] = []
  readonly #way = new NarrowWay(
    {
      call: (url, options) => this.#call(url, options),
      stream: (url, options) => this.#stream(url, options),
    },
    () => {
      void this.#agents?.then(closeIdle)
      for (const listener of this.#listeners) listener()
    },
  )

  readonly call: Fetch = (url, options) => this.#way.call(url, options)

  readonly stream: Fetch = (url, options) => this.#way.stream(url, options)

  readonly #call: Fetch = async (url, { isAlone = false, ...options }) => {
    const { fetch: send, call, alone } = await this.#load()
    return send(url, { ...options, redirect: 'manual', dispatcher: isAlone ? alone : call })
  }

  readonly #stream: Fetch = async (url, options) => {
    const { request: send, stream } = await this.#load()
    const { method, headers, signal } = options
    const {
      statusCode,
      headers: fields,
      body,
    } = await send(url, {
      method,
      headers: { 'User-Agent': userAgent, ...headers },
      signal,
      dispatcher: stream,
    })
    // Whoever reads it is told; nobody else need be.
    body.on('error', () => {})
    return {
      status: statusCode,
      headers: { get: (name) => oneField(fields[name.toLowerCase()]) },
      body: { getReader: () => readerOf(body) },
      text: () => body.text(),
    }
  }

  onRefused(listener: () => void): void {
    this.#listeners.push(listener)
  }

  close(): void {
    const agents = this.#agents
    this.#agents = null
    void agents?.then(async ({ call, alone, stream, closing }) =>
      Promise.all([call, alone, stream, ...closing].map((agent) => agent.destroy())),
    )
  }

  #load(): Promise<Agents> {
    this.#agents ??= import('undici').then((undici) => {
      const connect = { timeout: connectWithinMs, ...systemCertificates() }
      // Every request has a deadline of its own (client.ts); undici's limits would break a slow start before it.
      const unlimited = { headersTimeout: 0, bodyTimeout: 0 }
      const newAgent = (options: Agent.Options): Agent =>
        new undici.Agent({ connect, ...unlimited, ...options })
      return {
        fetch: undici.fetch,
        request: undici.request,
        newAgent,
        call: newAgent({}),
        // Without pipelining undici keeps no connection for another request.
        alone: newAgent({ pipelining: 0 }),
        stream: newAgent({}),
        closing: new Set<Agent>(),
      }
    })
    return this.#agents
  }
}

/** A header's field as `fetch` has it; null where there is none. */
const oneField = (field: string | string[] | undefined): string | null =>
  typeof field === 'string' ? field : (field?.join(', ') ?? null)

function readerOf(body: Dispatcher.ResponseData['body']): ByteReader {
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

/** Companies sign their servers with an authority that only their machines' own stores know. Node 22.15 and later. */
function systemCertificates(): { ca?: string[] } {
  if (typeof tls.getCACertificates !== 'function') return {}
  return { ca: [...tls.getCACertificates('default'), ...tls.getCACertificates('system')] }
}
