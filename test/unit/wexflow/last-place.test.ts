import type { RequestListener, ServerResponse } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { Dialer } from '../../../src/main/network/dialer.ts'
import { ask } from '../../../src/main/wexflow/ask.ts'
import { NarrowWays } from '../../../src/main/wexflow/narrow-way.ts'
import { type FetchOptions, UndiciTransport } from '../../../src/main/wexflow/transport.ts'
import { type Excess, limitConnections } from './limited-connections.ts'
import { errorOf } from './local-client.ts'
import { listen } from './local-server.ts'

const most = 10

const options = (method: 'GET' | 'POST'): FetchOptions => ({
  method,
  headers: {},
  signal: new AbortController().signal,
})

/** A server behind something that allows ten connections, and transports to it that know of each other. */
async function behind(excess: Excess) {
  const done: string[] = []
  const reads: ServerResponse[] = []
  const answer: RequestListener = ({ method, url }, response) => {
    if (url === '/read') {
      // Each of them has a connection of its own.
      reads.push(response)
      if (reads.length === most) for (const one of reads) one.end('{}')
    } else if (url === '/stream')
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders()
    else {
      done.push(`${method} ${url}`)
      response.end('{}')
    }
  }
  const host = await listen(answer)
  const limited = await limitConnections(Number(host.split(':')[1]), most, excess)
  const base = `http://127.0.0.1:${limited.port}`
  const ways = new NarrowWays()
  const newTransport = (): UndiciTransport => {
    const transport = new UndiciTransport(new Dialer(), ways)
    onTestFinished(() => transport.close())
    return transport
  }
  const follow = async (transport: UndiciTransport): Promise<void> => {
    await transport.stream(`${base}/stream`, { ...options('GET'), headers: { Accept: 'text/event-stream' } })
  }
  const read = async (transport: UndiciTransport): Promise<void> => {
    await (await transport.call(`${base}/read`, options('GET'))).text()
  }
  const post = async (transport: UndiciTransport): Promise<number> => {
    const start = { ...options('POST'), isAlone: true, knock: `${base}/hello` }
    const answered = await transport.call(`${base}/start`, start)
    await answered.text()
    return answered.status
  }
  return { base, done, limited, newTransport, follow, read, post }
}

const excesses = ['closed', 'reset', 'status503'] as const

it.each(excesses)(
  'a POST waits for a place that others have, and is not lost where it is refused one (%s)',
  async (excess) => {
    const { done, limited, newTransport, follow, post } = await behind(excess)
    const transport = newTransport()
    await Promise.all(Array.from({ length: 6 }, () => follow(transport)))
    const giveBack = await limited.occupy(4)
    const refused = limited.nextExcess()
    const posted = post(transport)
    await refused
    giveBack()
    expect(await posted).toBe(200)
    expect(done).toEqual(['GET /hello', 'GET /hello', 'POST /start'])
  },
)

it.each(excesses)('a POST where another transport has all places is not lost (%s)', async (excess) => {
  const { done, limited, newTransport, follow, post } = await behind(excess)
  const other = newTransport()
  await Promise.all(Array.from({ length: most }, () => follow(other)))
  const refused = limited.nextExcess()
  const posted = post(newTransport())
  await refused
  other.close()
  expect(await posted).toBe(200)
  expect(done.filter((one) => one === 'POST /start')).toHaveLength(1)
})

it.each(excesses)(
  'connections that are kept for further calls count too, and are given up for a POST (%s)',
  async (excess) => {
    const { done, limited, newTransport, read, post } = await behind(excess)
    const transport = newTransport()
    await Promise.all(Array.from({ length: most }, () => read(transport)))
    expect(limited.excess()).toBe(0)
    expect(await post(transport)).toBe(200)
    expect(done.filter((one) => one === 'POST /start')).toHaveLength(1)
  },
)

it('a POST is sent alone where few connections are open', async () => {
  const { done, newTransport, follow, post } = await behind('closed')
  const transport = newTransport()
  await Promise.all(Array.from({ length: 5 }, () => follow(transport)))
  expect(await post(transport)).toBe(200)
  expect(done).toEqual(['POST /start'])
})

it('a POST whose time is over before there was an answer to its knock was certainly not sent', async () => {
  const { base, done, newTransport, follow } = await behind('closed')
  const transport = newTransport()
  await Promise.all(Array.from({ length: 6 }, () => follow(transport)))
  const start = { method: 'POST', headers: {}, knock: `${base}/stream`, withinMs: 200 } as const
  expect(await errorOf(ask(transport.call, `${base}/start`, start))).toMatchObject({
    failure: { kind: 'timedOut' },
    mayHaveReached: false,
  })
  expect(done).toEqual([])
})
