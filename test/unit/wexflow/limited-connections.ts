import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** What becomes of a connection beyond the limit. */
export type Excess = 'closed' | 'reset' | 'status503'

const unavailable = 'HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'

export interface LimitedPort {
  readonly port: number
  readonly excess: () => number
}

/** A proxy on this machine, before a server's port, that allows so many connections at once; it ends with the test. */
export async function limitConnections(to: number, most: number, excess: Excess): Promise<LimitedPort> {
  const open = new Set<Socket>()
  let refused = 0
  const refuse: Readonly<Record<Excess, (socket: Socket) => void>> = {
    closed: (socket) => socket.destroy(),
    reset: (socket) => socket.resetAndDestroy(),
    status503: (socket) => socket.once('data', () => socket.end(unavailable)),
  }
  const proxy = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    if (open.size >= most) {
      refused += 1
      refuse[excess](socket)
      return
    }
    const server = connect(to, '127.0.0.1')
    open.add(socket)
    server.on('error', () => socket.destroy())
    socket.on('close', () => {
      open.delete(socket)
      server.destroy()
    })
    server.on('close', () => socket.destroy())
    socket.pipe(server).pipe(socket)
  })
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    proxy.close()
    for (const socket of open) socket.destroy()
  })
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('not listening')
  return { port: address.port, excess: () => refused }
}
