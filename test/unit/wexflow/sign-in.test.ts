import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { login, SignIn } from '../../../src/main/wexflow/sign-in.ts'
import { kindOf, newTransport } from './local-client.ts'
import { closedPort, listen } from './local-server.ts'

const answer =
  (status: number, body: string) =>
  (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(body)
  }

describe('login', () => {
  test('sends name and password, and never asks for a token that does not expire', async () => {
    const requests: unknown[] = []
    const answerLogin = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const body: unknown = JSON.parse(await text(request))
      requests.push([request.method, request.url, request.headers['content-type'], body])
      response.end('{"access_token":"t"}')
    }
    const host = await listen((request, response) => void answerLogin(request, response))
    const { call } = newTransport()
    expect(await login(call, `http://${host}/wexflow`, 'Jürgen "J"', 'p\\w "ü')).toBe('t')
    expect(requests).toEqual([
      [
        'POST',
        '/wexflow/api/v1/login',
        'application/json',
        { username: 'Jürgen "J"', password: 'p\\w "ü', stayConnected: false },
      ],
    ])
  })

  test.each<[what: string, status: number, body: string, kind: string]>([
    ['a wrong password', 401, '', 'badCredentials'],
    ['a server error', 500, '', 'serverError'],
    ['a redirect', 302, '', 'portal'],
    ['a web page', 200, '<html>', 'portal'],
    ['a web page that wants a sign-in of its own', 401, '<html>', 'portal'],
    ['another service that wants a sign-in of its own', 401, '{"message":"Unauthorized"}', 'portal'],
    ['a gateway', 503, '<html>', 'gateway'],
    ['a server that has had enough', 429, '', 'busy'],
    ['nothing', 200, '', 'badAnswer'],
    ['an empty token', 200, '{"access_token":""}', 'badAnswer'],
    ['another service', 200, '{}', 'notWexflow'],
  ])('%s: %i %j is %s', async (_what, status, body, kind) => {
    const host = await listen(answer(status, body))
    expect(await kindOf(login(newTransport().call, `http://${host}`, 'u', 'p'))).toBe(kind)
  })

  test('where nothing listens', async () => {
    const address = `http://127.0.0.1:${await closedPort()}`
    expect(await kindOf(login(newTransport().call, address, 'u', 'p'))).toBe('refused')
  })
})

describe('SignIn', () => {
  interface Setup {
    readonly signIn: SignIn
    /** The passwords that the server was sent. */
    readonly sent: string[]
    readonly tokens: string[]
    /** The password that is remembered. */
    remembered: string | null
    /** What the server answers. */
    answer: (password: string, response: ServerResponse) => void
  }

  async function setUp(token: string | null): Promise<Setup> {
    const sent: string[] = []
    const tokens: string[] = []
    const answerLogin = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const { password } = z.object({ password: z.string() }).parse(JSON.parse(await text(request)))
      sent.push(password)
      setup.answer(password, response)
    }
    const host = await listen((request, response) => void answerLogin(request, response))
    const signIn = new SignIn({
      fetch: newTransport().call,
      baseUrl: `http://${host}`,
      username: 'u',
      password: async () => setup.remembered,
      token,
      onToken: (one) => tokens.push(one),
    })
    const setup: Setup = {
      signIn,
      sent,
      tokens,
      remembered: 'secret',
      answer: (password, response) => {
        if (password === 'secret') response.end(`{"access_token":"token-${sent.length}"}`)
        else response.writeHead(401).end()
      },
    }
    return setup
  }

  test('a token that is there is used without asking', async () => {
    const { signIn, sent } = await setUp('given')
    expect(await signIn.token()).toBe('given')
    expect(sent).toEqual([])
  })

  test('requests that come together sign in once, and each new token is told', async () => {
    const { signIn, sent, tokens } = await setUp(null)
    const together = await Promise.all([signIn.token(), signIn.token(), signIn.token()])
    expect(together).toEqual(['token-1', 'token-1', 'token-1'])
    expect(sent).toHaveLength(1)
    expect(tokens).toEqual(['token-1'])
  })

  test('a token that was refused late, when there is a newer one, is not renewed again', async () => {
    const { signIn, sent } = await setUp('old')
    expect(await signIn.renewed('old')).toBe('token-1')
    expect(await signIn.renewed('old')).toBe('token-1')
    expect(sent).toHaveLength(1)
    expect(await signIn.renewed('token-1')).toBe('token-2')
  })

  test('without a remembered password the sign-in is over; with one that comes later it goes on', async () => {
    const setup = await setUp('old')
    setup.remembered = null
    expect(await kindOf(setup.signIn.renewed('old'))).toBe('signInExpired')
    setup.remembered = 'secret'
    expect(await setup.signIn.token()).toBe('token-1')
  })

  test('a password that was refused is not sent again, which could lock the account; another one is', async () => {
    const setup = await setUp(null)
    setup.remembered = 'changed on the server'
    expect(await kindOf(setup.signIn.token())).toBe('badCredentials')
    expect(await kindOf(setup.signIn.token())).toBe('badCredentials')
    expect(setup.sent).toHaveLength(1)
    setup.remembered = 'secret'
    expect(await setup.signIn.token()).toBe('token-2')
  })

  test.each<[string, string, (response: ServerResponse) => void]>([
    ['a server that fails', 'serverError', (response) => response.writeHead(500).end()],
    ['a sign-in page', 'portal', (response) => response.writeHead(401).end('<html>')],
    [
      'a sign-in in front of the server',
      'frontSignIn',
      (response) => response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end(),
    ],
  ])('%s does not make the password a wrong one', async (_what, kind, refuse) => {
    const setup = await setUp(null)
    const usual = setup.answer
    setup.answer = (_password, response) => refuse(response)
    expect(await kindOf(setup.signIn.token())).toBe(kind)
    setup.answer = usual
    expect(await setup.signIn.token()).toBe('token-2')
  })

  test('what is in front of a server may say when to come again', async () => {
    const setup = await setUp(null)
    setup.answer = (_password, response) => response.writeHead(429, { 'Retry-After': '7' }).end()
    await expect(setup.signIn.token()).rejects.toMatchObject({ failure: { retryAfterMs: 7000 } })
  })

  test('who asks again in the same moment is told the same, and nothing is sent', async () => {
    const setup = await setUp(null)
    let attempts = 0
    setup.answer = (_password, response) => {
      attempts += 1
      response.writeHead(429, { 'Retry-After': '7' }).end()
    }
    for (let count = 0; count < 2; count += 1)
      await expect(setup.signIn.token()).rejects.toMatchObject({ failure: { retryAfterMs: 7000 } })
    expect(attempts).toBe(1)
  })
})
