import type { RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { WexflowClient } from '../../../src/main/wexflow/client.ts'
import { connect, kindOf } from './local-client.ts'

const jobId = '2850d5ae-64d6-4d24-8e9d-5c1737f46809'

interface Proxied {
  readonly client: WexflowClient
  /** `METHOD path` of the requests that were carried out. */
  readonly done: string[]
}

/** A client behind something that treats connections so; what reaches the server is answered. */
async function behind(
  treat: (serve: () => void, socket: Socket, requestsBefore: number) => void,
): Promise<Proxied> {
  const done: string[] = []
  const requests = new WeakMap<Socket, number>()
  const answer: RequestListener = (request, response) => {
    const { socket, url = '', method } = request
    const before = requests.get(socket) ?? 0
    requests.set(socket, before + 1)
    const serve = (): void => {
      const path = url.replace('/api/v1/', '').replace(/\?.*/u, '')
      done.push(`${method} ${path}`)
      // Says that the connection may be used again, whatever becomes of it.
      response.writeHead(200, { Connection: 'keep-alive', 'Keep-Alive': 'timeout=60' })
      response.end(path === 'start' ? `"${jobId}"` : path === 'jobs' ? '[]' : '')
    }
    treat(serve, socket, before)
  }
  const { client } = await connect(answer)
  return { client, done }
}

const ways: readonly [string, Parameters<typeof behind>[0]][] = [
  [
    'closes each connection right after its answer',
    (serve, socket) => {
      serve()
      socket.end()
    },
  ],
  [
    'resets a connection that is used again',
    (serve, socket, requestsBefore) => (requestsBefore === 0 ? serve() : socket.resetAndDestroy()),
  ],
  [
    'closes a connection that is used again',
    (serve, socket, requestsBefore) => (requestsBefore === 0 ? serve() : socket.destroy()),
  ],
]

describe.each(ways)('behind a proxy that %s', (_what, treat) => {
  test('20 starts one after the other, each after its reads, are started once each', async () => {
    const { client, done } = await behind(treat)
    for (let round = 0; round < 20; round += 1) {
      await Promise.all([client.workflow(1), client.runningJobs(1)])
      expect(await client.start(1)).toEqual({ kind: 'started', jobId })
    }
    expect(done.filter((one) => one === 'POST start')).toHaveLength(20)
  })

  test('20 starts at once are started once each', async () => {
    const { client, done } = await behind(treat)
    const start = async (): Promise<unknown> => {
      await Promise.all([client.workflow(1), client.runningJobs(1)])
      return client.start(1)
    }
    await Promise.all(Array.from({ length: 20 }, start))
    expect(done.filter((one) => one === 'POST start')).toHaveLength(20)
  })
})

test('a read whose connection is closed each time is told, after two of them', async () => {
  let requests = 0
  const { client, done } = await behind((_serve, socket) => {
    requests += 1
    socket.resetAndDestroy()
  })
  expect(await kindOf(client.runningJobs(1))).toBe('unreachable')
  expect([requests, done]).toEqual([2, []])
})

test('a read whose answer breaks off is asked for again', async () => {
  let requests = 0
  const { client } = await behind((serve, socket) => {
    requests += 1
    if (requests > 1) serve()
    else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[', () => socket.destroy())
  })
  expect(await client.runningJobs(1)).toEqual([])
})

test.each<[string, (client: WexflowClient) => Promise<unknown>]>([
  ['start', (client) => client.start(1)],
  ['stop', (client) => client.stop(1, jobId)],
  ['suspend', (client) => client.suspend(1, jobId)],
  ['resume', (client) => client.resume(1, jobId)],
  ['approve', (client) => client.approve(1, jobId)],
  ['reject', (client) => client.reject(1, jobId)],
])('a %s whose connection breaks is not sent again', async (_what, send) => {
  let requests = 0
  const { client } = await behind((_serve, socket) => {
    requests += 1
    socket.destroy()
  })
  expect(await kindOf(send(client))).toBe('unreachable')
  expect(requests).toBe(1)
})
