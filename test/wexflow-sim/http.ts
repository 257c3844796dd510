import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type SimAnswer, type Sink, startNameHeader, type StreamAnswer } from './requests.ts'
import type { Power, WexflowSim } from './sim.ts'

const prefix = '/api/v1'

export interface ServedSim {
  /** The address that a user would type: without the path of the calls. */
  readonly origin: string
  /** The address below which the calls are. */
  readonly baseUrl: string
  readonly port: number
  /** Resolves when the address listens again after a restart (at once while it does). */
  listening(): Promise<void>
  close(): Promise<void>
}

/** Serves a simulated server on a real port. While it is down, connections to the port are refused. */
export async function serve(
  sim: WexflowSim,
  { port = 0, host = '127.0.0.1' }: { port?: number; host?: string } = {},
): Promise<ServedSim> {
  let server = newServer(sim)
  await listen(server, port, host)
  const bound = portOf(server)
  let settled: Promise<void> = Promise.resolve()

  const follow: Record<Power, () => void> = {
    stopping: () => {
      server.close()
      server.closeIdleConnections()
    },
    down: () => {
      server.close()
      server.closeAllConnections()
    },
    up: () => {
      server = newServer(sim)
      settled = listen(server, bound, host)
    },
  }
  const unfollow = sim.onPower((power) => follow[power]())

  return {
    origin: `http://${host}:${bound}`,
    baseUrl: `http://${host}:${bound}${prefix}`,
    port: bound,
    listening: () => settled,
    close: async () => {
      unfollow()
      await settled
      const closed = server.listening ? once(server, 'close') : Promise.resolve()
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host)
  await once(server, 'listening')
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port')
  return address.port
}

function newServer(sim: WexflowSim): Server {
  return createServer((request, response) => {
    answerRequest(sim, request, response).catch(() => request.socket.destroy())
  })
}

async function answerRequest(
  sim: WexflowSim,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://sim.invalid')
  const [, cookie = ''] = /(?:^|; )wf-auth=([^;]*)/.exec(request.headers.cookie ?? '') ?? []
  // The cookie counts only where the header is not there at all (source).
  const authorization = request.headers.authorization ?? `Bearer ${cookie}`
  const [, token = null] = /^Bearer (.+)$/i.exec(authorization) ?? []
  const body = await text(request)
  const path = url.pathname.startsWith(prefix) ? url.pathname.slice(prefix.length) : '/-'
  const { method = 'GET', headers } = request
  const named = headers[startNameHeader.toLowerCase()]
  const startName = typeof named === 'string' ? named : null
  give(sim.handle({ method, path, query: url.searchParams, token, body, startName }), request, response)
}

function give(answer: SimAnswer, request: IncomingMessage, response: ServerResponse): void {
  switch (answer.kind) {
    case 'answer':
      setTimeout(() => {
        response.writeHead(answer.status, answer.headers)
        // Written apart from the end, so that Node sends it in chunks as the real server does, not by length.
        if (answer.body !== '') response.write(answer.body)
        response.end()
      }, answer.delayMs)
      return
    case 'reset':
      setTimeout(() => request.socket.resetAndDestroy(), answer.delayMs)
      return
    case 'refused':
      request.socket.destroy()
      return
    case 'jobStream':
    case 'changeStream':
      openStream(answer, request, response)
  }
}

function openStream(answer: StreamAnswer, request: IncomingMessage, response: ServerResponse): void {
  const sink: Sink = {
    headers: (status, headers) => response.writeHead(status, { ...headers, 'Transfer-Encoding': 'chunked' }),
    write: (bytes) => response.write(bytes),
    end: () => response.end(),
    reset: () => request.socket.resetAndDestroy(),
  }
  const abandon = answer.open(sink)
  response.once('close', abandon)
}
