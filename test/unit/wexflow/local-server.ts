import { readFileSync } from 'node:fs'
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { onTestFinished } from 'vitest'

/** A real server on this machine that ends with the test. Returns `host:port`. */
export async function listen(answer: RequestListener, scheme: 'http' | 'https' = 'http'): Promise<string> {
  const server = scheme === 'http' ? createHttpServer(answer) : createHttpsServer(selfSigned(), answer)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `127.0.0.1:${portOf(server)}`
}

/** A port of this machine on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createHttpServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const port = portOf(server)
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return port
}

/** A key and a certificate made for these tests; no authority has signed it. */
function selfSigned(): { key: string; cert: string } {
  const pem = readFileSync(new URL('self-signed.pem', import.meta.url), 'utf8')
  return { key: pem, cert: pem }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening')
  return address.port
}
