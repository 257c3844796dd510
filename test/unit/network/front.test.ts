import type { IncomingMessage, RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import { findServer } from '../../../src/main/wexflow/find-server.ts'
import { Authority } from './certificates.ts'
import { serveClear, serveTls, startProxy } from './servers.ts'
import { failureOf, get, textOf, transportWith, ways } from './transports.ts'

const authority = new Authority('Test authority')
const local = authority.issue({ name: 'localhost', names: ['localhost'] })
const authorities = [authority.cert]
const front = { frontUsername: 'ann', frontPassword: 'pass:word', authorities }
const basic = `Basic ${Buffer.from('ann:pass:word').toString('base64')}`
const bearer = { Authorization: 'Bearer token' }

/** A server with a sign-in in front of it, and what it was told. */
function guarded(): { readonly answer: RequestListener; readonly told: (string | undefined)[][] } {
  const told: (string | undefined)[][] = []
  const answer: RequestListener = ({ headers, url }, response) => {
    told.push([url, headers.authorization, headers.cookie])
    if (headers.authorization === basic) response.end('{"message":"Wexflow Service is running..."}')
    else response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="front"' }).end()
  }
  return { answer, told }
}

describe.each(ways)('a %s', (way) => {
  test('signs in in front of the server, which finds its token in the cookie', async () => {
    const { answer, told } = guarded()
    const fetch = transportWith(front)[way]
    const url = `https://localhost:${await serveTls(local, answer)}/a`
    expect((await get(fetch, url, bearer)).status).toBe(200)
    expect(told).toEqual([['/a', basic, 'wf-auth=token']])
  })

  test('without a sign-in there has its token in the header, as Wexflow likes it best', async () => {
    const { answer, told } = guarded()
    const url = `https://localhost:${await serveTls(local, answer)}/a`
    expect((await get(transportWith({ authorities })[way], url, bearer)).status).toBe(401)
    expect(told).toEqual([['/a', 'Bearer token', undefined]])
  })

  test('tells nothing of it to a proxy, nor to where it is redirected', async () => {
    const elsewhere: IncomingMessage[] = []
    const other = await serveClear((request, response) => {
      elsewhere.push(request)
      response.end()
    })
    const port = await serveTls(local, (_request, response) =>
      response.writeHead(302, { Location: `http://localhost:${other}/` }).end(),
    )
    const proxy = await startProxy()
    const fetch = transportWith({ ...front, system: `PROXY 127.0.0.1:${proxy.port}` })[way]
    expect((await get(fetch, `https://localhost:${port}/`, bearer)).status).toBe(302)
    expect(elsewhere).toEqual([])
    expect(proxy.seen).toEqual([undefined, undefined])
  })
})

describe('looking for a server behind a sign-in', () => {
  test('says that there is one', async () => {
    const port = await serveTls(local, guarded().answer)
    const { call } = transportWith({ authorities })
    expect(await failureOf(findServer(`localhost:${port}`, call))).toMatchObject({ kind: 'frontSignIn' })
  })

  test('sends the sign-in only where it is asked for', async () => {
    const { answer, told } = guarded()
    const port = await serveTls(local, answer)
    expect(await findServer(`localhost:${port}`, transportWith(front).call, true)).toBe(
      `https://localhost:${port}`,
    )
    expect(told.map(([, authorization]) => authorization)).toEqual([undefined, basic])

    const open: (string | undefined)[] = []
    const clear = await serveClear(({ headers }, response) => {
      open.push(headers.authorization)
      response.end('{"message":"Wexflow Service is running..."}')
    })
    expect(await findServer(`localhost:${clear}`, transportWith(front).call, true)).toBe(
      `http://localhost:${clear}`,
    )
    expect(open).toEqual([undefined])
  })

  test('says that the sign-in is a wrong one, or that something else is behind it', async () => {
    const port = await serveTls(local, guarded().answer)
    const wrong = transportWith({ ...front, frontPassword: 'wrong' }).call
    expect(await failureOf(findServer(`localhost:${port}`, wrong, true))).toMatchObject({
      kind: 'frontSignIn',
    })
    const other = await serveTls(local, ({ headers }, response) => {
      if (headers.authorization === undefined)
        response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="other"' }).end()
      else response.end('<!doctype html>')
    })
    expect(await failureOf(findServer(`localhost:${other}`, transportWith(front).call, true))).toMatchObject({
      kind: 'portal',
    })
  })

  test('tells the address whose certificate was refused', async () => {
    const port = await serveTls(local, guarded().answer)
    expect(await failureOf(findServer(`localhost:${port}/wexflow`, transportWith({}).call))).toMatchObject({
      kind: 'tlsUntrusted',
      address: `https://localhost:${port}/wexflow`,
    })
  })

  test('finds a server below a path of a host that it shares', async () => {
    const port = await serveTls(local, ({ url }, response) => {
      if (url === '/apps/wexflow/api/v1/hello') response.end('{"message":"Wexflow Service is running..."}')
      else response.writeHead(404).end('<html>')
    })
    const address = `https://localhost:${port}/apps/wexflow`
    const { call } = transportWith({ authorities })
    for (const typed of [address, `localhost:${port}/apps/wexflow/`, `${address}/admin/index.html?a=b#c`])
      expect(await findServer(typed, call)).toBe(address)
    expect(await textOf(call, `${address}/api/v1/hello`)).toContain('Wexflow')
  })
})
