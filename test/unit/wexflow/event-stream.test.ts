import { EventEmitter, once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { openEventStream } from '../../../src/main/wexflow/event-stream.ts'
import { login, SignIn } from '../../../src/main/wexflow/sign-in.ts'
import { faultsOfThisTest } from '../faults.ts'
import { newTransport } from './local-client.ts'
import { listen } from './local-server.ts'

type Heard = string[]

interface Setup {
  /** What was heard so far, in order. */
  readonly heard: Heard
  readonly close: () => void
  /** Resolves once this was heard. */
  readonly hears: (what: string) => Promise<void>
  /** The tokens that the server was sent. */
  readonly tokens: string[]
  /** Goes to the server and back a few times, so that whatever was about to happen has happened. */
  readonly settle: () => Promise<void>
}

/** Listens to events named `tick` on a server that answers so. */
async function open(
  answer: (response: ServerResponse, token: string) => void,
  onHeard: (what: string) => void = () => {},
): Promise<Setup> {
  const tokens: string[] = []
  const host = await listen((request, response) => {
    if (request.url === '/api/v1/login') {
      response.end('{"access_token":"new"}')
      return
    }
    const token = (request.headers.authorization ?? '').replace('Bearer ', '')
    tokens.push(token)
    answer(response, token)
  })
  const transport = newTransport()
  const signIn = new SignIn({
    fetch: transport.call,
    baseUrl: `http://${host}`,
    username: 'u',
    password: async () => 'p',
    token: 'old',
    onToken: () => {},
  })
  const heard: Heard = []
  const waiting = new Map<string, () => void>()
  const hear = (what: string): void => {
    heard.push(what)
    waiting.get(what)?.()
    onHeard(what)
  }
  const close = openEventStream({
    fetch: transport.stream,
    signIn,
    url: `http://${host}/stream`,
    event: 'tick',
    onData: (data) => hear(`data ${data}`),
    onEnd: ({ failure }) => hear(`end ${failure.kind}`),
    onComment: () => hear('comment'),
  })
  const hears = (what: string): Promise<void> =>
    heard.includes(what) ? Promise.resolve() : new Promise((resolve) => waiting.set(what, resolve))
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 20; round += 1) await login(transport.call, `http://${host}`, 'u', 'p')
  }
  expect(heard).toEqual([])
  return { heard, close, hears, tokens, settle }
}

const start = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })

describe('what is heard', () => {
  test.each([
    ['\n', ': keep-alive\n\nevent: tick\ndata: 1\n\nevent: tick\ndata: 2\n\n'],
    ['\r\n', ': keep-alive\r\n\r\nevent: tick\r\ndata: 1\r\n\r\nevent: tick\r\ndata: 2\r\n\r\n'],
    ['\r', ': keep-alive\r\revent: tick\rdata: 1\r\revent: tick\rdata: 2\r\r'],
  ])('events and comments, with %j at the end of a line', async (_end, body) => {
    const { heard, hears } = await open((response) => start(response).end(`${body}\n`))
    await hears('end unreachable')
    expect(heard).toEqual(['comment', 'data 1', 'data 2', 'end unreachable'])
  })

  test('a colon within a line is no comment, whatever chunks it comes in', async () => {
    const { heard, hears } = await open((response) => {
      start(response)
      for (const chunk of ['event: tick\ndata', ': a', ':', 'b: c\n', '\n', ':', ' yes\n\n'])
        response.write(chunk)
      response.end()
    })
    await hears('end unreachable')
    expect(heard.filter((one) => one === 'comment')).toHaveLength(1)
    expect(heard).toContain('data a:b: c')
  })

  test('events of another name are not', async () => {
    const { heard, hears } = await open((response) =>
      start(response).end('data: unnamed\n\nevent: other\ndata: x\n\nevent: tick\ndata: 1\n\n'),
    )
    await hears('end unreachable')
    expect(heard.filter((one) => one.startsWith('data'))).toEqual(['data 1'])
  })

  test('an event without an end is not', async () => {
    const { heard, hears } = await open((response) => start(response).end('event: tick\ndata: half'))
    await hears('end unreachable')
    expect(heard.filter((one) => one.startsWith('data'))).toEqual([])
  })
})

describe('the end', () => {
  test('comes once and there is no second connection', async () => {
    const { heard, hears, tokens, settle } = await open((response) => start(response).end('retry: 1\n\n'))
    await hears('end unreachable')
    await settle()
    expect(heard.filter((one) => one.startsWith('end'))).toHaveLength(1)
    expect(tokens).toHaveLength(1)
  })

  test.each<[what: string, kind: string, answer: (response: ServerResponse) => void]>([
    ['a server without streams', 'noStream', (response) => response.writeHead(404).end()],
    ['a server error', 'serverError', (response) => response.writeHead(500).end()],
    ['an unknown workflow', 'badAnswer', (response) => response.writeHead(400).end()],
    ['nothing', 'badAnswer', (response) => response.writeHead(204).end()],
    ['no permission', 'forbidden', (response) => response.writeHead(401).end('{"error":"Unauthorized!"}')],
    [
      'a token that is refused twice',
      'serverError',
      (response) => response.writeHead(401).end('Unauthorized'),
    ],
    [
      'a redirect, which could take the token elsewhere',
      'portal',
      (response) => response.writeHead(302, { Location: '/elsewhere' }).end(),
    ],
    [
      'a web page',
      'portal',
      (response) => response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).write('<html>'),
    ],
    [
      'a server on .NET Framework without streams',
      'noStream',
      (response) => response.writeHead(404, { Server: 'Microsoft-HTTPAPI/2.0' }).end('<html>'),
    ],
    ['a web page that says 404', 'portal', (response) => response.writeHead(404).end(' <!doctype html>')],
    ['a sign-in in front of the server', 'portal', (response) => response.writeHead(401).end('<html>')],
    ['another service', 'notWexflow', (response) => response.writeHead(200).write('{}')],
    ['a gateway', 'gateway', (response) => response.writeHead(502).end('<html>')],
    ['somebody who asks to wait', 'busy', (response) => response.writeHead(429).end()],
    [
      'a connection that is cut',
      'unreachable',
      (response) => start(response).write(':', () => response.destroy()),
    ],
    ['a connection that is cut before the answer', 'unreachable', (response) => response.destroy()],
  ])('by %s: %s', async (_what, kind, answer) => {
    const { heard, hears } = await open(answer)
    await hears(`end ${kind}`)
    expect(heard.filter((one) => one.startsWith('end'))).toEqual([`end ${kind}`])
  })

  test('does not come for a token that expired: it is renewed once', async () => {
    const { hears, tokens } = await open((response, token) => {
      if (token === 'new') start(response).end('event: tick\ndata: 1\n\n')
      else response.writeHead(401).end('Unauthorized')
    })
    await hears('data 1')
    expect(tokens).toEqual(['old', 'new'])
  })
})

test('what a listener throws is a fault of the app, and the stream goes on', async () => {
  const faults = faultsOfThisTest()
  const { heard, hears } = await open(
    (response) => start(response).end('event: tick\ndata: throw\n\nevent: tick\ndata: 2\n\n'),
    (what) => {
      if (what === 'data throw') throw new Error('a fault')
    },
  )
  await hears('end unreachable')
  expect(heard).toEqual(['data throw', 'data 2', 'end unreachable'])
  expect(faults).toMatchObject([{ message: 'a fault' }])
})

describe('closing', () => {
  test('by the listener of an event leaves those after it untold', async () => {
    const { heard, close, settle, hears } = await open(
      (response) => start(response).end(': a\n\nevent: tick\ndata: 1\n\n: b\n\nevent: tick\ndata: 2\n\n'),
      (what) => {
        if (what === 'data 1') close()
      },
    )
    await hears('data 1')
    await settle()
    expect(heard).toEqual(['comment', 'data 1'])
  })

  test('before the server has answered breaks the connection, and nothing is heard', async () => {
    const requests = new EventEmitter<{ request: [ServerResponse] }>()
    const requested = once(requests, 'request')
    const { heard, close } = await open((response) => void requests.emit('request', response))
    const [response] = await requested
    close()
    await once(response, 'close')
    expect(heard).toEqual([])
  })

  test('while it is open breaks the connection, and nothing more is heard', async () => {
    const requests = new EventEmitter<{ request: [ServerResponse] }>()
    const requested = once(requests, 'request')
    const { heard, close, hears } = await open((response) => {
      start(response).write('event: tick\ndata: 1\n\n')
      requests.emit('request', response)
    })
    const [response] = await requested
    await hears('data 1')
    close()
    await once(response, 'close')
    expect(heard).toEqual(['data 1'])
  })

  test('at once, before anything was sent, sends nothing that anybody hears of', async () => {
    const { heard, close, settle } = await open((response) => start(response).end('event: tick\ndata: 1\n\n'))
    close()
    await settle()
    expect(heard).toEqual([])
  })
})
