import type { RequestListener } from 'node:http'
import { describe, expect, test, vi } from 'vitest'
import { WexflowClient } from '../../../src/main/wexflow/client.ts'
import { SignIn } from '../../../src/main/wexflow/sign-in.ts'
import { closedPort } from '../wexflow/local-server.ts'
import { Authority } from './certificates.ts'
import { serveClear, serveTls, startProxy } from './servers.ts'
import { failureOf, get, textOf, transportWith, ways } from './transports.ts'

const authority = new Authority('Test authority')
const local = authority.issue({ name: 'localhost', names: ['localhost', '127.0.0.1'] })
const authorities = [authority.cert]
const hello: RequestListener = (_request, response) => response.end('hello')
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

describe.each(ways)('a %s', (way) => {
  test('in clear text goes to the proxy as it is, in TLS through a tunnel', async () => {
    const proxy = await startProxy()
    const clear = await serveClear(hello)
    const encrypted = await serveTls(local, hello)
    const fetch = transportWith({ system: `PROXY 127.0.0.1:${proxy.port}`, authorities })[way]
    expect(await textOf(fetch, `http://wexflow.test:${clear}/api?a=b`)).toBe('hello')
    expect(await textOf(fetch, `https://localhost:${encrypted}/api`)).toBe('hello')
    expect(proxy.asked).toEqual([
      `GET http://wexflow.test:${clear}/api?a=b`,
      `CONNECT localhost:${encrypted}`,
    ])
  })

  test('goes over a proxy that is spoken to in TLS', async () => {
    const proxy = await startProxy({ tls: local })
    const clear = await serveClear(hello)
    const encrypted = await serveTls(local, hello)
    const fetch = transportWith({
      proxy: 'own',
      proxyAddress: `https://localhost:${proxy.port}`,
      authorities,
    })[way]
    expect(await textOf(fetch, `http://wexflow.test:${clear}/`)).toBe('hello')
    expect(await textOf(fetch, `https://localhost:${encrypted}/`)).toBe('hello')
    expect(proxy.asked).toHaveLength(2)
  })

  test('gives the proxy its name and password, and nobody else', async () => {
    const proxy = await startProxy({ authorization: basic('ann:pass') })
    const told: (string | undefined)[] = []
    const answer: RequestListener = ({ headers }, response) => {
      told.push(headers['proxy-authorization'])
      response.end('hello')
    }
    const clear = await serveClear(answer)
    const encrypted = await serveTls(local, answer)
    const own = { proxyUsername: 'ann', proxyPassword: 'pass', authorities }
    const fetch = transportWith({ system: `PROXY 127.0.0.1:${proxy.port}`, ...own })[way]
    expect(await textOf(fetch, `http://127.0.0.1:${clear}/`)).toBe('hello')
    expect(await textOf(fetch, `https://127.0.0.1:${encrypted}/`)).toBe('hello')
    // What this proxy of the tests hands on is its own affair.
    expect(told).toEqual([basic('ann:pass'), undefined])
    await textOf(transportWith({ ...own, proxy: 'none' })[way], `https://127.0.0.1:${encrypted}/`)
    expect(told.at(-1)).toBeUndefined()
  })

  test.each(['http', 'https'])(
    'over %s says that the proxy asks for a sign-in, and asks once with a wrong one',
    async (scheme) => {
      const proxy = await startProxy({ authorization: basic('ann:pass') })
      const port = scheme === 'http' ? await serveClear(hello) : await serveTls(local, hello)
      const url = `${scheme}://127.0.0.1:${port}/`
      const system = `PROXY 127.0.0.1:${proxy.port}`
      expect(await failureOf(get(transportWith({ system })[way], url))).toMatchObject({ kind: 'proxySignIn' })
      const wrong = transportWith({ system, proxyUsername: 'ann', proxyPassword: 'wrong' })[way]
      for (let time = 0; time < 3; time += 1)
        expect(await failureOf(get(wrong, url))).toMatchObject({ kind: 'proxySignIn' })
      expect(proxy.authorizations).toEqual([undefined, basic('ann:wrong')])
    },
  )

  test('says that a proxy wants a sign-in that the app can’t give', async () => {
    const proxy = await startProxy({ authorization: 'x', challenge: 'Negotiate' })
    const fetch = transportWith({ system: `PROXY 127.0.0.1:${proxy.port}` })[way]
    expect(await failureOf(get(fetch, 'https://localhost/'))).toEqual({
      kind: 'proxyUnsupported',
      detail: 'Negotiate',
    })
  })

  test.each([403, 502, 504])('says that the proxy leads nowhere: %i', async (refuse) => {
    const proxy = await startProxy({ refuse })
    const fetch = transportWith({ system: `PROXY 127.0.0.1:${proxy.port}` })[way]
    expect(await failureOf(get(fetch, 'https://localhost/'))).toEqual({
      kind: 'proxyRefused',
      detail: String(refuse),
    })
  })

  test('says that the proxy can’t be reached, and not the server', async () => {
    const fetch = transportWith({ proxy: 'own', proxyAddress: `127.0.0.1:${await closedPort()}` })[way]
    for (const scheme of ['http', 'https'])
      expect(await failureOf(get(fetch, `${scheme}://localhost/`))).toEqual({
        kind: 'proxyUnreachable',
        detail: 'ECONNREFUSED',
      })
  })

  test('takes the next route where a proxy can’t be reached, and that one first from then on', async () => {
    const proxy = await startProxy()
    const clear = await serveClear(hello)
    const resolveProxy = vi.fn<() => Promise<string>>(async () =>
      Promise.resolve(`PROXY 127.0.0.1:${await closedPort()}; PROXY 127.0.0.1:${proxy.port}; DIRECT`),
    )
    const fetch = transportWith({ system: resolveProxy })[way]
    expect(await textOf(fetch, `http://wexflow.test:${clear}/`)).toBe('hello')
    expect(await textOf(fetch, `http://wexflow.test:${clear}/`)).toBe('hello')
    expect(proxy.asked).toHaveLength(2)
    expect(resolveProxy).toHaveBeenCalledTimes(1)
    expect(resolveProxy).toHaveBeenCalledWith(`http://wexflow.test:${clear}/`)
  })
})

test('a system that wants SOCKS is told so, and nothing is sent another way', async () => {
  const answer = vi.fn<RequestListener>(hello)
  const clear = await serveClear(answer)
  const fetch = transportWith({ system: 'SOCKS5 127.0.0.1:1080' }).call
  expect(await failureOf(get(fetch, `http://127.0.0.1:${clear}/`))).toEqual({
    kind: 'proxyUnsupported',
    detail: 'SOCKS5',
  })
  expect(answer).not.toHaveBeenCalled()
})

test('the environment’s proxies are for the system to know', async () => {
  const proxy = await startProxy()
  const clear = await serveClear(hello)
  for (const name of ['http_proxy', 'HTTP_PROXY', 'ALL_PROXY'])
    vi.stubEnv(name, `http://127.0.0.1:${proxy.port}`)
  expect(await textOf(transportWith({}).call, `http://127.0.0.1:${clear}/`)).toBe('hello')
  vi.unstubAllEnvs()
  expect(proxy.asked).toEqual([])
})

test('of 20 starts over a proxy that closes each connection right after its answer, each is made once', async () => {
  const proxy = await startProxy({ isHasty: true })
  const done: string[] = []
  const jobId = '2850d5ae-64d6-4d24-8e9d-5c1737f46809'
  const clear = await serveClear(({ method, url = '' }, response) => {
    const path = url.replace('/api/v1/', '').replace(/\?.*/u, '')
    done.push(`${method} ${path}`)
    response.end(path === 'start' ? `"${jobId}"` : path === 'jobs' ? '[]' : '')
  })
  const transport = transportWith({ system: `PROXY 127.0.0.1:${proxy.port}` })
  const baseUrl = `http://wexflow.test:${clear}`
  const signIn = new SignIn({
    fetch: transport.call,
    baseUrl,
    username: 'u',
    password: () => Promise.resolve(null),
    token: 'token',
    onToken: () => {},
  })
  const client = new WexflowClient(baseUrl, transport, signIn)
  for (let round = 0; round < 20; round += 1) {
    await Promise.all([client.workflow(1), client.runningJobs(1)])
    expect(await client.start(1)).toEqual({ kind: 'started', jobId })
  }
  expect(done.filter((one) => one === 'POST start')).toHaveLength(20)
})

test('a POST through a proxy has a connection to itself', async () => {
  const proxy = await startProxy()
  const clear = await serveClear(hello)
  const { call } = transportWith({ system: `PROXY 127.0.0.1:${proxy.port}` })
  const signal = new AbortController().signal
  const post = { method: 'POST', headers: {}, body: '{}', signal, isAlone: true } as const
  for (let time = 0; time < 2; time += 1) await (await call(`http://wexflow.test:${clear}/`, post)).text()
  expect(proxy.asked).toEqual(Array.from({ length: 2 }, () => `POST http://wexflow.test:${clear}/`))
})

test('IPv6, straight and over a proxy', async () => {
  // Its certificate is for a name only: that this is said proves that the server was reached.
  const six = authority.issue({ name: 'six', names: ['six.test'] })
  const clear = await serveClear(hello)
  const encrypted = await serveTls(six, hello)
  const proxy = await startProxy()
  for (const system of ['DIRECT', `PROXY 127.0.0.1:${proxy.port}`]) {
    const { call } = transportWith({ system, authorities })
    expect(await textOf(call, `http://[::1]:${clear}/`)).toBe('hello')
    expect(await failureOf(get(call, `https://[::1]:${encrypted}/`))).toMatchObject({ kind: 'tlsOtherName' })
  }
  expect(proxy.asked).toEqual([`GET http://[::1]:${clear}/`, `CONNECT [::1]:${encrypted}`])
})
