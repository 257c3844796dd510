import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { WexflowClient } from '../../../src/main/wexflow/client.ts'
import { isServersWord, isSignInOver } from '../../../src/main/wexflow/failures.ts'
import type { Failure } from '../../../src/shared/failure.ts'
import { connect, errorOf } from './local-client.ts'
import { readLines } from './read-lines.ts'

/** Answers that no Wexflow server gives, to whatever was asked. */

const jobId = '2850d5ae-64d6-4d24-8e9d-5c1737f46809'

const endOf = (open: (onClosed: (error: unknown) => void) => void): Promise<never> =>
  new Promise((_, reject) => {
    open(reject)
  })

const calls: readonly (readonly [string, (client: WexflowClient) => Promise<unknown>])[] = [
  ['workflows', (client) => client.workflows()],
  ['workflow', (client) => client.workflow(1)],
  ['runningJobs', (client) => client.runningJobs(1)],
  ['job', (client) => client.job(1, jobId)],
  ['entry', (client) => client.entry(1, jobId)],
  ['entryLog', (client) => client.entryLog('1')],
  ['entries', (client) => client.entries(1, 10)],
  ['history', (client) => client.history('', 1, 10)],
  ['historyLog', (client) => client.historyLog('1')],
  ['wholeLog', (client) => readLines(client.wholeLog({ kind: 'entry', id: '1' }))],
  ['start', (client) => client.start(1)],
  ['stop', (client) => client.stop(1, jobId)],
  ['suspend', (client) => client.suspend(1, jobId)],
  ['resume', (client) => client.resume(1, jobId)],
  ['approve', (client) => client.approve(1, jobId)],
  ['reject', (client) => client.reject(1, jobId)],
  [
    'job stream',
    (client) =>
      endOf((onClosed) => client.openJobStream(1, jobId, { onFrame: () => onClosed('a frame'), onClosed })),
  ],
  [
    'change stream',
    (client) =>
      endOf((onClosed) =>
        client.openChangeStream({ onAlive: () => {}, onKeepAlive: () => {}, onChange: () => {}, onClosed }),
      ),
  ],
]

type Stranger = readonly [what: string, kind: Failure['kind'], answer: RequestListener]

const strangers: readonly Stranger[] = [
  [
    'a sign-in page',
    'portal',
    (_request, response) => response.setHeader('Content-Type', 'text/html').end('\r\n<!DOCTYPE html><html>'),
  ],
  ['an empty page', 'portal', (_request, response) => response.setHeader('Content-Type', 'text/html').end()],
  [
    'a redirect to another host',
    'portal',
    (_request, response) => response.writeHead(302, { Location: 'https://login.example/' }).end(),
  ],
  ['a sign-in of somebody else', 'portal', (_request, response) => response.writeHead(401).end('<html>')],
  [
    'a sign-in for a service in front',
    'frontSignIn',
    (_request, response) => response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end(),
  ],
  ['a firewall', 'portal', (_request, response) => response.writeHead(403).end('Forbidden')],
  ['a network that wants a sign-in', 'portal', (_request, response) => response.writeHead(511).end()],
  ['a page not found', 'portal', (_request, response) => response.writeHead(404).end('<html>')],
  [
    'a proxy that asks for a sign-in',
    'proxySignIn',
    (_request, response) =>
      response.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="x"' }).end('<html>'),
  ],
  [
    'a web server that misses a certificate',
    'clientCertificateNeeded',
    (_request, response) =>
      response.writeHead(400).end('<html><center>No required SSL certificate was sent</center></html>'),
  ],
  ['a gateway', 'gateway', (_request, response) => response.writeHead(502).end('<html>502</html>')],
  ['a service away', 'gateway', (_request, response) => response.writeHead(503).end('no backend')],
  ['a gateway that waited', 'gateway', (_request, response) => response.writeHead(504).end()],
  ['a web server that failed', 'gateway', (_request, response) => response.writeHead(500).end('<html>')],
  ['somebody who asks to wait', 'busy', (_request, response) => response.writeHead(429).end()],
  [
    'another service',
    'notWexflow',
    (_request, response) => response.setHeader('Content-Type', 'application/json').end('{"error":"sign in"}'),
  ],
  ['some text', 'notWexflow', (_request, response) => response.end('It works!')],
]

describe.each(strangers)('%s is %s and not the word of the server:', (_what, kind, answer) => {
  test.each(calls)('%s', async (_call, ask) => {
    const { failure } = await errorOf(ask((await connect(answer)).client))
    expect(failure.kind).toBe(kind)
    expect([isServersWord(failure), isSignInOver(failure)]).toEqual([false, false])
  })
})

test.each([
  [500, 'serverError'],
  [404, 'badAnswer'],
])('a %i of a server on .NET Framework is its own word, though it is a page', async (status, kind) => {
  const { client } = await connect((_request, response) =>
    response.writeHead(status, { Server: 'Microsoft-HTTPAPI/2.0' }).end('<html>'),
  )
  const { failure } = await errorOf(client.entry(1, jobId))
  expect([failure.kind, isServersWord(failure)]).toEqual([kind, true])
})

test('a list of other things is of another service', async () => {
  const { client } = await connect((_request, response) => response.end('[{"id":1,"title":"a"}]'))
  expect((await errorOf(client.workflows())).failure.kind).toBe('notWexflow')
})

test('the host that a call was sent to is told, and nothing more of the address', async () => {
  const { client } = await connect((_request, response) =>
    response.writeHead(302, { Location: 'https://login.example:8443/x?secret=1' }).end(),
  )
  const { failure } = await errorOf(client.workflows())
  expect(failure).toEqual({ kind: 'portal', detail: '302 to login.example:8443', host: 'login.example:8443' })
})

describe('when to ask again', () => {
  test.each<
    [status: number, headers: Record<string, string>, kind: string, retryAfterMs: number | undefined]
  >([
    [429, { 'Retry-After': '7' }, 'busy', 7000],
    [503, { 'Retry-After': '0' }, 'busy', 0],
    [503, {}, 'gateway', undefined],
    [502, { 'Retry-After': '90' }, 'gateway', 90_000],
    [429, { 'Retry-After': '86400' }, 'busy', 600_000],
    [
      429,
      { 'Retry-After': 'Wed, 25 Nov 2026 20:00:30 GMT', Date: 'Wed, 25 Nov 2026 20:00:00 GMT' },
      'busy',
      30_000,
    ],
    [429, { 'Retry-After': 'Wed, 25 Nov 2015 20:00:30 GMT' }, 'busy', 0],
    [429, { 'Retry-After': 'soon' }, 'busy', undefined],
  ])('%i %j: %s, %s ms', async (status, headers, kind, retryAfterMs) => {
    const { client } = await connect((_request, response) => response.writeHead(status, headers).end())
    const { failure } = await errorOf(client.workflows())
    expect([failure.kind, failure.retryAfterMs]).toEqual([kind, retryAfterMs])
  })
})

describe('whether a start may have been carried out', () => {
  test.each<[boolean, string, RequestListener]>([
    [false, 'redirected', (_request, response) => response.writeHead(302, { Location: '/x' }).end()],
    [false, 'asked to wait', (_request, response) => response.writeHead(429).end()],
    [false, 'refused', (_request, response) => response.writeHead(403).end()],
    [true, 'a gateway', (_request, response) => response.writeHead(502).end()],
    [
      true,
      'a service away, which may have gone in between',
      (_request, response) => response.writeHead(503).end(),
    ],
    [true, 'a page in the place of an answer', (_request, response) => response.end('<html>')],
    [true, 'text that is no job id', (_request, response) => response.end('"started"')],
  ])('%s: %s', async (mayHaveReached, _what, answer) => {
    expect((await errorOf((await connect(answer)).client.start(1))).mayHaveReached).toBe(mayHaveReached)
  })
})
