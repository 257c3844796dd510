import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { WexflowClient } from '../../../src/main/wexflow/client.ts'
import { WexflowError } from '../../../src/main/wexflow/errors.ts'
import type { FailureKind } from '../../../src/shared/failure.ts'
import { connect as connectTo, errorOf, kindOf } from './local-client.ts'

type Answer = (response: ServerResponse, request: IncomingMessage) => void
type Routes = Readonly<Record<string, Answer>>

const jobId = '2850d5ae-64d6-4d24-8e9d-5c1737f46809'
const json =
  (body: string, status = 200): Answer =>
  (response) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(body)
const eventStream = { 'Content-Type': 'text/event-stream' }

/** A message as the server sends it. */
const messageRow = (Id: string): object => ({
  Id,
  AssignedBy: null,
  AssignedOn: 'x',
  AssignedTo: 'me',
  Message: 'a\n\u202Eb',
  IsRead: false,
})

interface Setup {
  readonly client: WexflowClient
  /** `METHOD path` of every request, in order. */
  readonly requests: string[]
}

/** A client whose server has these routes after `/api/v1/`. Each sign-in gives another token: token-1, token-2, … */
async function connect(routes: Routes, password: string | null = 'secret'): Promise<Setup> {
  const requests: string[] = []
  let logins = 0
  const answer: RequestListener = (request, response) => {
    const path = new URL(request.url ?? '', 'http://server').pathname.replace('/api/v1/', '')
    requests.push(`${request.method} ${path}`)
    if (path === 'login' && routes['login'] === undefined) {
      logins += 1
      response.end(JSON.stringify({ access_token: `token-${logins}` }))
      return
    }
    const route = routes[path]
    if (route === undefined) response.writeHead(404).end()
    else route(response, request)
  }
  const { client } = await connectTo(answer, password)
  return { client, requests }
}

async function failureOf(call: Promise<unknown>): Promise<{ kind: FailureKind; mayHaveReached: boolean }> {
  const { failure, mayHaveReached } = await errorOf(call)
  return { kind: failure.kind, mayHaveReached }
}

/** Answers only to this token, with the server's words for all others. */
const onlyFor =
  (token: string, answer: Answer): Answer =>
  (response, request) => {
    if (request.headers.authorization === `Bearer ${token}`) answer(response, request)
    else json('Unauthorized', 401)(response, request)
  }

describe('the two kinds of 401', () => {
  test('a token that expired is renewed, once for all requests that it fails together', async () => {
    const { client, requests } = await connect({ search: onlyFor('token-1', json('[]')) })
    await Promise.all([client.workflows(), client.workflows(), client.workflows()])
    expect(requests.filter((request) => request === 'POST login')).toHaveLength(1)
  })

  test('"not permitted" does not sign in again', async () => {
    const { client, requests } = await connect({ start: json('{"error":"Unauthorized!"}', 401) })
    expect(await failureOf(client.start(1))).toEqual({ kind: 'forbidden', mayHaveReached: false })
    expect(requests).toEqual(['POST start'])
  })

  test('a token that is refused again right after a renewal is the server’s fault: no person can help', async () => {
    const { client, requests } = await connect({ search: json('Unauthorized', 401) })
    expect(await failureOf(client.workflows())).toEqual({ kind: 'serverError', mayHaveReached: false })
    expect(requests).toEqual(['GET search', 'POST login', 'GET search'])
  })

  test('without a remembered password the person is asked', async () => {
    const { client, requests } = await connect({ search: json('Unauthorized', 401) }, null)
    expect(await kindOf(client.workflows())).toBe('signInExpired')
    expect(requests).toEqual(['GET search'])
  })

  test('a password that was changed on the server is not tried again and again', async () => {
    const { client, requests } = await connect({ search: json('Unauthorized', 401), login: json('', 401) })
    expect(await kindOf(client.workflows())).toBe('badCredentials')
    expect(await kindOf(client.workflows())).toBe('badCredentials')
    expect(requests.filter((request) => request === 'POST login')).toHaveLength(1)
  })
})

describe('answers', () => {
  test('empty bodies mean "nothing"', async () => {
    const { client } = await connect({
      workflow: (response) => response.writeHead(204).end(),
      jobs: json(''),
      job: json(''),
      entry: json('null'),
      'entry-logs': json('""'),
    })
    expect(await client.workflow(1)).toBeNull()
    expect(await client.runningJobs(1)).toBeNull()
    expect(await client.job(1, jobId)).toBeNull()
    expect(await client.entry(1, jobId)).toBeNull()
    expect(await client.entryLog('1')).toEqual([])
  })

  test('messages are cleaned, and one whose id could say more to the server is left out', async () => {
    const rows = ['7', '8) OR (1 = 1', 'Notifications/9-A'].map(messageRow)
    const { client } = await connect({ 'search-notifications': json(JSON.stringify(rows)) })
    expect(await client.messages('me')).toEqual([
      { id: '7', from: '', text: 'a b', sentText: 'x', isRead: false },
      { id: 'Notifications/9-A', from: '', text: 'a b', sentText: 'x', isRead: false },
    ])
  })

  test('an entry that the server could not read is not one that is missing', async () => {
    const { client } = await connect({ entry: json('false') })
    await expect(client.entry(1, jobId)).rejects.toMatchObject({ failure: { kind: 'badAnswer' } })
  })

  test('fields and statuses that this version does not know', async () => {
    const entry = { Id: 7, WorkflowId: 1, Name: 'A', Status: 42, StatusDate: 'x', Later: {} }
    const { client } = await connect({ entry: json(JSON.stringify(entry)) })
    expect(await client.entry(1, jobId)).toMatchObject({ id: '7', status: null, rawStatus: '42' })
  })

  test('of a workflow that is stored in two versions the first stays, which is the one that the server runs', async () => {
    const rows = ['first', 'second'].map((name) => ({ Id: 41, Name: name }))
    const { client } = await connect({ search: json(JSON.stringify(rows)) })
    expect((await client.workflows()).map(({ name }) => name)).toEqual(['first'])
  })

  test('an answer of another shape is a failure that does not repeat what it held', async () => {
    const { client } = await connect({ search: json('{"secret":"tell-nobody"}') })
    const error: unknown = await client.workflows().catch((reason: unknown) => reason)
    expect(String(error)).toContain('notWexflow')
    expect(String(error)).not.toContain('tell-nobody')
  })
})

describe('start', () => {
  test('the all-zero id is no job id', async () => {
    const { client } = await connect({ start: json('"00000000-0000-0000-0000-000000000000"') })
    expect(await client.start(1)).toEqual({ kind: 'noJobId' })
  })

  test('an answer that is lost may have started it, and is not asked for again', async () => {
    const { client, requests } = await connect({ start: (response) => response.socket?.destroy() })
    expect((await errorOf(client.start(1))).mayHaveReached).toBe(true)
    expect(requests).toEqual(['POST start'])
  })

  test('a server error may have started it', async () => {
    const { client } = await connect({ start: json('', 500) })
    expect(await failureOf(client.start(1))).toEqual({ kind: 'serverError', mayHaveReached: true })
  })
})

describe('the job stream', () => {
  const path = `sse/1/${jobId}`
  const frame = (status: string, id = jobId): string =>
    `data: ${JSON.stringify({ workflowId: 1, jobId: id, status, name: 'A', description: 'é 日本' })}\n\n`

  /** What a listener hears until its stream is over. */
  const listenTo = (client: WexflowClient): Promise<string> =>
    new Promise((resolve) => {
      client.openJobStream(1, jobId, {
        onFrame: ({ rawStatus }) => resolve(`frame ${rawStatus}`),
        onClosed: (error) => resolve(error instanceof WexflowError ? error.failure.kind : 'another error'),
      })
    })

  test.each<[string, string, Answer]>([
    ['a frame', 'frame Done', (response) => response.writeHead(200, eventStream).end(frame('Done'))],
    [
      'split at every byte',
      'frame Failed',
      (response) => {
        response.writeHead(200, eventStream)
        for (const byte of Buffer.from(frame('Failed'))) response.write(Buffer.from([byte]))
      },
    ],
    [
      'sent twice',
      'frame Stopped',
      (response) => response.writeHead(200, eventStream).end(frame('Stopped') + frame('Done')),
    ],
    ['without the frame', 'unreachable', (response) => response.writeHead(200, eventStream).end()],
    [
      'cut',
      'unreachable',
      (response) => response.writeHead(200, eventStream).write('data: {', () => response.destroy()),
    ],
    [
      'of another job',
      'badAnswer',
      (response) => response.writeHead(200, eventStream).end(frame('Done', 'another')),
    ],
    ['garbage', 'badAnswer', (response) => response.writeHead(200, eventStream).end('data: {"status":\n\n')],
    ['not there (.NET Framework)', 'noStream', json('', 404)],
    ['unknown workflow', 'badAnswer', (response) => response.writeHead(400).end()],
    ['not permitted', 'forbidden', json('{"error":"Unauthorized!"}', 401)],
    [
      'a web page',
      'portal',
      (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('hi'),
    ],
    [
      'with an expired token',
      'frame Done',
      onlyFor('token-1', (response) => response.writeHead(200, eventStream).end(frame('Done'))),
    ],
  ])('%s: %s', async (_what, expected, answer) => {
    const { client } = await connect({ [path]: answer })
    expect(await listenTo(client)).toBe(expected)
  })
})

test('the change stream tells bytes, keep-alives and the number of the run', async () => {
  const counts = 'event: statusCount\ndata: {"Id":2,"PendingCount":0,"Note":": no comment"}\n\n'
  const { client } = await connect({
    'sse/status-count': (response) => {
      response.writeHead(200, eventStream)
      for (const byte of Buffer.from(`: keep-alive\n\n${counts}: keep-alive\n\n`))
        response.write(Buffer.from([byte]))
      response.end()
    },
  })
  const heard: string[] = []
  await new Promise<void>((resolve) => {
    client.openChangeStream({
      onAlive: () => {
        if (heard.at(-1) !== 'alive') heard.push('alive')
      },
      onKeepAlive: () => heard.push('keep-alive'),
      onChange: (run) => heard.push(`run ${run}`),
      onClosed: () => resolve(),
    })
  })
  expect(heard[0]).toBe('alive')
  expect(heard.filter((one) => one !== 'alive')).toEqual(['keep-alive', 'run 2', 'keep-alive'])
})
