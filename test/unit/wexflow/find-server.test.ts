import type { RequestListener } from 'node:http'
import { createServer } from 'node:net'
import { Agent, fetch } from 'undici'
import { expect, onTestFinished, test } from 'vitest'
import { findServer } from '../../../src/main/wexflow/find-server.ts'
import type { Fetch } from '../../../src/main/wexflow/transport.ts'
import type { FailureKind } from '../../../src/shared/failure.ts'
import { kindOf, newTransport } from './local-client.ts'
import { closedPort, listen } from './local-server.ts'

const wexflow: RequestListener = (request, response) => {
  const isHello = request.url === '/api/v1/hello'
  response.writeHead(isHello ? 200 : 404, { 'Content-Type': 'application/json' })
  response.end(isHello ? '{"message":"Wexflow Service is running..."}' : '')
}

/** A way that trusts the certificate of these tests, as a system with its authority does. */
function trusting(): Fetch {
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } })
  onTestFinished(() => dispatcher.destroy())
  return (url, options) => fetch(url, { ...options, redirect: 'manual', dispatcher })
}

function find(typed: string): Promise<string> {
  return findServer(typed, newTransport().call)
}

test('finds a server however its address is typed', async () => {
  const address = await listen(wexflow)
  for (const typed of [address, `http://${address}`, `${address}/`, `http://${address}/api/v1/`])
    expect(await find(typed)).toBe(`http://${address}`)
})

test('finds a server by the address of its web manager', async () => {
  const address = await listen((request, response) => {
    // The web manager answers whatever is below its path.
    if (request.url?.startsWith('/admin') === true) response.end('<!doctype html>')
    else wexflow(request, response)
  })
  for (const page of ['/admin', '/admin/dashboard?lang=en', '/swagger/index.html'])
    expect(await find(`http://${address}${page}`)).toBe(`http://${address}`)
})

test('finds a server whose path has the name of a page', async () => {
  const address = await listen((request, response) => {
    if (request.url === '/admin/wexflow/api/v1/hello')
      response.end('{"message":"Wexflow Service is running..."}')
    else response.writeHead(404).end()
  })
  expect(await find(`http://${address}/admin/wexflow`)).toBe(`http://${address}/admin/wexflow`)
})

test('a redirect to the encrypted address of the same host is followed, and that address is the found one', async () => {
  const secure = await listen(wexflow, 'https')
  const address = await listen((request, response) =>
    response.writeHead(301, { Location: `https://${secure}${request.url}` }).end(),
  )
  expect(await findServer(`http://${address}`, trusting())).toBe(`https://${secure}`)
})

test('a redirect to an encrypted address that is not trusted says so', async () => {
  const secure = await listen(wexflow, 'https')
  const address = await listen((request, response) =>
    response.writeHead(301, { Location: `https://${secure}${request.url}` }).end(),
  )
  expect(await kindOf(find(`http://${address}`))).toBe('tlsUntrusted')
})

test('one that redirects in a circle is given up', async () => {
  const secure: string = await listen(
    (request, response) => response.writeHead(302, { Location: `https://${secure}${request.url}` }).end(),
    'https',
  )
  const address = await listen((request, response) =>
    response.writeHead(302, { Location: `https://${secure}${request.url}` }).end(),
  )
  await expect(findServer(`http://${address}`, trusting())).rejects.toMatchObject({
    failure: { kind: 'portal', host: secure },
  })
})

test('a refused connection', async () => {
  expect(await kindOf(find(`127.0.0.1:${await closedPort()}`))).toBe('refused')
})

test('a host that there is not', async () => {
  expect(await kindOf(find('no-such-host.invalid'))).toBe('noSuchHost')
})

test.each<[string, RequestListener]>([
  ['another web page', (_request, response) => response.end('<html></html>')],
  ['JSON of another service', (_request, response) => response.end('{"message":"hello"}')],
  ['a page that is not there', (_request, response) => response.writeHead(404).end()],
  ['a broken service', (_request, response) => response.writeHead(500).end('oops')],
  ['a redirect', (_request, response) => response.writeHead(302, { Location: '/login' }).end()],
])('not a Wexflow server: %s', async (_what, answer) => {
  expect(await kindOf(find(await listen(answer)))).toBe('notWexflow')
})

test.each<[FailureKind, string, RequestListener]>([
  [
    'gateway',
    'a gateway whose server is away',
    (_request, response) => response.writeHead(502).end('Bad Gateway'),
  ],
  ['busy', 'somebody who asks to wait', (_request, response) => response.writeHead(429).end()],
  [
    'portal',
    'the sign-in page of another host',
    (_request, response) => response.writeHead(302, { Location: 'https://login.example/?next=1' }).end(),
  ],
])('%s: %s', async (kind, _what, answer) => {
  expect(await kindOf(find(await listen(answer)))).toBe(kind)
})

test('something that does not speak HTTP', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end('220 mail.example.org ESMTP\r\n'))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.close()
  })
  const address = server.address()
  expect(await kindOf(find(`127.0.0.1:${typeof address === 'object' ? address?.port : ''}`))).toBe(
    'notWexflow',
  )
})

test('a certificate that is not trusted, with and without its scheme', async () => {
  const address = await listen(wexflow, 'https')
  expect(await kindOf(find(`https://${address}`))).toBe('tlsUntrusted')
  expect(await kindOf(find(address))).toBe('tlsUntrusted')
})

test('https where the server speaks http is told, and not tried in clear text', async () => {
  let requests = 0
  const address = await listen((request, response) => {
    requests += 1
    wexflow(request, response)
  })
  expect(await kindOf(find(`https://${address}`))).toBe('notHttps')
  expect(requests).toBe(0)
})

test('http where the server speaks https finds it encrypted', async () => {
  const address = await listen(wexflow, 'https')
  expect(await findServer(`http://${address}`, trusting())).toBe(`https://${address}`)
  expect(await kindOf(find(`http://${address}`))).toBe('tlsUntrusted')
})

test('text that is no address', async () => {
  expect(await kindOf(find('two words'))).toBe('badAddress')
})
