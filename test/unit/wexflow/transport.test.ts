import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { networkFailure } from '../../../src/main/wexflow/failures.ts'
import { type Fetch, UndiciTransport } from '../../../src/main/wexflow/transport.ts'
import { closedPort, listen } from './local-server.ts'

const newTransport = (): UndiciTransport => {
  const transport = new UndiciTransport()
  onTestFinished(() => transport.close())
  return transport
}

const get = (fetch: Fetch, url: string): ReturnType<Fetch> =>
  fetch(url, { method: 'GET', headers: {}, signal: new AbortController().signal })

const ways = ['call', 'stream'] as const

test.each(ways)('a %s gives status, headers and body as they come', async (way) => {
  const host = await listen((_request, response) => response.writeHead(418, { 'X-Is': 'tea' }).end('pot'))
  const answer = await get(newTransport()[way], `http://${host}/`)
  expect([answer.status, answer.headers.get('x-is'), await answer.text()]).toEqual([418, 'tea', 'pot'])
})

test.each(ways)('a %s does not follow a redirect, which could take the token elsewhere', async (way) => {
  const visited: string[] = []
  const host = await listen((request, response) => {
    visited.push(request.url ?? '')
    response.writeHead(302, { Location: '/elsewhere' }).end()
  })
  expect((await get(newTransport()[way], `http://${host}/`)).status).toBe(302)
  expect(visited).toEqual(['/'])
})

test('a call asks for a packed answer, and gives it unpacked', async () => {
  const host = await listen((request, response) => {
    const asked = String(request.headers['accept-encoding'])
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(`asked for ${asked}`))
  })
  const answer = await get(newTransport().call, `http://${host}/`)
  expect(await answer.text()).toBe('asked for gzip')
})

test('a packed answer that is cut off fails, and is not taken for a whole one', async () => {
  const host = await listen((_request, response) => {
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('x'.repeat(1000)).subarray(0, -9))
  })
  const answer = await get(newTransport().call, `http://${host}/`)
  await expect(answer.text()).rejects.toThrow('unexpected end of file')
})

test('calls one after the other go over one connection', async () => {
  const connections = new Set<Socket>()
  const host = await listen((request, response) => {
    connections.add(request.socket)
    response.end('answer')
  })
  const { call } = newTransport()
  for (let time = 0; time < 5; time += 1) await (await get(call, `http://${host}/`)).text()
  expect(connections.size).toBe(1)
})

test('a call that is alone has a connection to itself, which is closed after its answer, and not by the server', async () => {
  const connections = new Set<Socket>()
  const asked = new Set<string | undefined>()
  const host = await listen((request, response) => {
    connections.add(request.socket)
    asked.add(request.headers.connection)
    response.writeHead(200, { 'Keep-Alive': 'timeout=60' }).end('answer')
  })
  const { call } = newTransport()
  const post = { method: 'POST', headers: {}, signal: new AbortController().signal, isAlone: true } as const
  const posts = Array.from({ length: 3 }, async () => (await call(`http://${host}/`, post)).text())
  expect(await Promise.all(posts)).toEqual(['answer', 'answer', 'answer'])
  expect(await (await call(`http://${host}/`, post)).text()).toBe('answer')
  expect([connections.size, [...asked]]).toEqual([4, ['keep-alive']])
  await expect.poll(() => [...connections].every(({ destroyed }) => destroyed)).toBe(true)
})

test('closing breaks a call that is alone', async () => {
  const host = await listen(() => {})
  const transport = newTransport()
  const post = { method: 'POST', headers: {}, signal: new AbortController().signal, isAlone: true } as const
  const asked = transport.call(`http://${host}/`, post)
  setTimeout(() => transport.close(), 50)
  await expect(asked).rejects.toThrow('destroyed')
})

test('fifty streams to one host are open at once, and calls go on beside them', async () => {
  const open: ServerResponse[] = []
  const host = await listen((request, response) => {
    if (request.url === '/call') response.end('answer')
    else open.push(response.writeHead(200, { 'Content-Type': 'text/event-stream' }))
    response.flushHeaders()
  })
  const transport = newTransport()
  await Promise.all(Array.from({ length: 50 }, () => get(transport.stream, `http://${host}/stream`)))
  expect(open).toHaveLength(50)
  expect(await (await get(transport.call, `http://${host}/call`)).text()).toBe('answer')
})

test.each(ways)('a %s can be given up before it is answered', async (way) => {
  const controller = new AbortController()
  const host = await listen(() => controller.abort(new Error('given up')))
  const options = { method: 'GET', headers: {}, signal: controller.signal } as const
  await expect(newTransport()[way](`http://${host}/`, options)).rejects.toThrow('given up')
})

test.each(ways)('a %s can be given up while its answer comes', async (way) => {
  const controller = new AbortController()
  const host = await listen((_request, response) => response.writeHead(200).write('part'))
  const options = { method: 'GET', headers: {}, signal: controller.signal } as const
  const read = (await newTransport()[way](`http://${host}/`, options)).text()
  controller.abort(new Error('given up'))
  await expect(read).rejects.toThrow('given up')
})

test('closing breaks what is open, and what is asked later is asked anew', async () => {
  let count = 0
  const host = await listen((_request, response) => {
    count += 1
    if (count > 1) response.end('again')
  })
  const transport = newTransport()
  const asked = get(transport.stream, `http://${host}/`)
  asked.catch(() => {})
  await expect.poll(() => count).toBe(1)
  transport.close()
  await expect(asked).rejects.toThrow('destroyed')
  expect(await (await get(transport.call, `http://${host}/`)).text()).toBe('again')
})

test('closing before anything was asked does nothing', () => {
  expect(() => new UndiciTransport().close()).not.toThrow()
})

test('where nothing listens the failure names the system’s code', async () => {
  const error: unknown = await get(newTransport().call, `http://127.0.0.1:${await closedPort()}/`).catch(
    (reason: unknown) => reason,
  )
  expect(networkFailure(error)).toMatchObject({
    failure: { kind: 'refused', detail: 'ECONNREFUSED' },
    mayHaveReached: false,
  })
})

test('a certificate that nobody has signed is not trusted', async () => {
  const host = await listen((_request, response) => response.end('secret'), 'https')
  const error: unknown = await get(newTransport().call, `https://${host}/`).catch((reason: unknown) => reason)
  expect(networkFailure(error).failure).toEqual({
    kind: 'tlsUntrusted',
    detail: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  })
})
