import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { createServer } from 'node:tls'
import { type Issued, selfSigned } from '../unit/network/certificates.ts'

/** TLS in front of a server, with a certificate that nobody has signed. */
export interface TlsFront {
  readonly origin: string
  /** Shows another certificate from now on, and breaks what is open. */
  changeCertificate(): void
  close(): Promise<void>
}

const newCertificate = (): Issued => selfSigned({ name: 'Wexflow box', names: ['localhost'] })

/** @param port the server's, on this machine */
export async function startTlsFront(port: number): Promise<TlsFront> {
  const sockets = new Set<Socket>()
  const server = createServer(newCertificate(), (socket) => {
    const onward = connect(port, '127.0.0.1')
    sockets.add(socket)
    socket.on('close', () => onward.destroy()).on('error', () => {})
    onward.on('close', () => socket.destroy()).on('error', () => {})
    socket.pipe(onward).pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address: AddressInfo | string | null = server.address()
  const own = address === null || typeof address === 'string' ? 0 : address.port
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  return {
    origin: `https://localhost:${own}`,
    changeCertificate: () => {
      server.setSecureContext(newCertificate())
      breakAll()
    },
    close: async () => {
      server.close()
      breakAll()
      await once(server, 'close')
    },
  }
}
