import { readFileSync } from 'node:fs'
import { createServer, type ServerOptions } from 'node:https'
import { createServer as createTcpServer } from 'node:net'
import { Agent, fetch } from 'undici'
import { expect, onTestFinished, test } from 'vitest'
import { networkFailure } from '../../../src/main/wexflow/failures.ts'

/** For `localhost` and 127.0.0.1; trusted by these tests where they say so. */
const pem = readFileSync(new URL('self-signed.pem', import.meta.url), 'utf8')

/** What comes of asking a server with such an encryption on this host. */
async function failureOf(options: ServerOptions, host: string, trusted: boolean): Promise<unknown> {
  const server = createServer({ key: pem, cert: pem, ...options }, (_request, response) => response.end())
  await new Promise<void>((resolve) => {
    server.listen(0, '0.0.0.0', resolve)
  })
  const dispatcher = new Agent({ connect: trusted ? { ca: pem } : {} })
  onTestFinished(async () => {
    await dispatcher.destroy()
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : ''
  const error: unknown = await fetch(`https://${host}:${port}/`, { dispatcher }).catch(
    (reason: unknown) => reason,
  )
  const { failure, mayHaveReached } = networkFailure(error)
  return [failure.kind, mayHaveReached]
}

const old: ServerOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' }

test.each<[string, string, ServerOptions, string, boolean]>([
  ['nobody has signed', 'tlsUntrusted', {}, '127.0.0.1', false],
  ['is for another name', 'tlsOtherName', {}, '127.0.0.2', true],
  ['comes over too old a protocol', 'tlsTooOld', old, '127.0.0.1', true],
])('a certificate that %s: %s', async (_what, kind, options, host, trusted) => {
  expect(await failureOf(options, host, trusted)).toEqual([kind, false])
})

test('a connection that breaks before its encryption stands has carried no request', async () => {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.destroy())
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.close()
  })
  const address = server.address()
  const url = `https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`
  const { failure, mayHaveReached } = networkFailure(await fetch(url).catch((reason: unknown) => reason))
  expect([failure, mayHaveReached]).toEqual([{ kind: 'unreachable', detail: 'ECONNRESET' }, false])
})

test.each([
  ['CERT_HAS_EXPIRED', 'tlsExpired'],
  ['CERT_NOT_YET_VALID', 'tlsExpired'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tlsUntrusted'],
])('%s: %s', (code, kind) => {
  const cause = Object.assign(new Error('of TLS'), { code })
  expect(networkFailure(new TypeError('fetch failed', { cause })).failure).toEqual({ kind, detail: code })
})
