import { once } from 'node:events'
import { createServer as createHttpServer, request, type RequestListener } from 'node:http'
import { createServer as createHttpsServer, type ServerOptions } from 'node:https'
import { type AddressInfo, connect, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A server in TLS that ends with the test. Returns its port; it listens for IPv4 and IPv6 of this machine. */
export function serveTls(options: ServerOptions, answer: RequestListener): Promise<number> {
  return listenOn(createHttpsServer(options, answer), '::')
}

/** The same in clear text. */
export const serveClear = (answer: RequestListener): Promise<number> =>
  listenOn(createHttpServer(answer), '::')

interface ProxyOptions {
  /** What Proxy-Authorization has to say. */
  readonly authorization?: string
  /** The sign-in that it asks for where that is missing. */
  readonly challenge?: string
  /** Answers every CONNECT so in place of a connection. */
  readonly refuse?: number
  /** Closes each connection right after an answer, of which it has said nothing. */
  readonly isHasty?: true
  /** Speaks TLS itself, with this key and certificate. */
  readonly tls?: ServerOptions
}

/** A proxy that ends with the test. */
export interface TestProxy {
  readonly port: number
  /** What it was asked for: `CONNECT host:port` or `GET http://…`. */
  readonly asked: string[]
  /** What it was told in Proxy-Authorization. */
  readonly authorizations: (string | undefined)[]
  /** What it was told in Authorization and Cookie: of a request in a tunnel it sees nothing. */
  readonly seen: (string | undefined)[]
}

/** Every host is this machine. */
export async function startProxy(options: ProxyOptions = {}): Promise<TestProxy> {
  const asked: string[] = []
  const authorizations: (string | undefined)[] = []
  const seen: (string | undefined)[] = []
  const isRefused = (authorization: string | undefined): boolean => {
    authorizations.push(authorization)
    return options.authorization !== undefined && authorization !== options.authorization
  }
  const challenge = options.challenge ?? 'Basic realm="proxy"'
  const forward: RequestListener = (incoming, response) => {
    const { method, url = '', headers } = incoming
    asked.push(`${method} ${url}`)
    seen.push(headers.authorization, headers.cookie)
    if (isRefused(headers['proxy-authorization'])) {
      response.writeHead(407, { 'Proxy-Authenticate': challenge }).end('<html>')
      return
    }
    const { port, pathname, search } = new URL(url)
    const onward = request(
      { host: '127.0.0.1', port, path: pathname + search, method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
        if (options.isHasty === true) response.on('finish', () => incoming.socket.end())
      },
    )
    onward.on('error', () => response.writeHead(503).end('<html>'))
    incoming.pipe(onward)
  }
  const server =
    options.tls === undefined ? createHttpServer(forward) : createHttpsServer(options.tls, forward)
  server.on('connect', ({ url = '', headers }, socket: Socket, head: Buffer) => {
    asked.push(`CONNECT ${url}`)
    seen.push(headers.authorization, headers.cookie)
    socket.on('error', () => {})
    if (isRefused(headers['proxy-authorization'])) {
      socket.end(`HTTP/1.1 407 Sign in\r\nProxy-Authenticate: ${challenge}\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    if (options.refuse !== undefined) {
      socket.end(`HTTP/1.1 ${options.refuse} No\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    const onward = connect(Number(url.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n')
      onward.write(head)
      onward.pipe(socket)
      socket.pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    socket.on('close', () => onward.destroy())
  })
  return { port: await listenOn(server, '127.0.0.1'), asked, authorizations, seen }
}

async function listenOn(server: Server, host: string): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, host)
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening')
  return address.port
}
