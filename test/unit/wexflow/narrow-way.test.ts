import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { NarrowWay } from '../../../src/main/wexflow/narrow-way.ts'
import type { FetchAnswer, FetchOptions } from '../../../src/main/wexflow/transport.ts'
import { useFakeClock } from '../tracking/followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

type Refusal = 'status503' | 'status429' | 'refused' | 'closed'
const codeOf = { refused: 'ECONNREFUSED', closed: 'UND_ERR_SOCKET' } as const

const answer = (status: number): FetchAnswer => ({
  status,
  headers: new Headers(),
  body: null,
  text: () => Promise.resolve(''),
})

const options = (method: 'GET' | 'POST', headers: FetchOptions['headers'] = {}): FetchOptions => ({
  method,
  headers,
  signal: new AbortController().signal,
})

const noConnections = { onRefused: () => undefined, closeIdle: () => undefined }

/** A way that takes so many calls at once, each for 50 ms, and refuses others. */
function wayOf(most: number, refusal: Refusal) {
  let underWay = 0
  const made = { sent: 0, refusals: 0, spared: 0, most: 0, mostAllowed: most }
  const call = async (): Promise<FetchAnswer> => {
    made.sent += 1
    if (underWay >= made.mostAllowed) {
      if (refusal === 'status503' || refusal === 'status429')
        return answer(refusal === 'status503' ? 503 : 429)
      const code = codeOf[refusal]
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
    }
    underWay += 1
    made.most = Math.max(made.most, underWay)
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
    underWay -= 1
    return answer(200)
  }
  const way = new NarrowWay(
    { call, stream: call },
    {
      onRefused: () => {
        made.refusals += 1
      },
      closeIdle: () => {
        made.spared += 1
      },
    },
  )
  return Object.assign(made, { way })
}

const statuses = (results: readonly PromiseSettledResult<FetchAnswer>[]): number[] =>
  results.map((result) => (result.status === 'fulfilled' ? result.value.status : 0))

async function all(calls: readonly Promise<FetchAnswer>[]): Promise<number[]> {
  const results = Promise.allSettled(calls)
  await vi.advanceTimersByTimeAsync(30_000)
  return statuses(await results)
}

it.each(['status503', 'status429', 'refused', 'closed'] as const)(
  'sends reads again that were refused (%s) while others were under way, a few at a time',
  async (refusal) => {
    const made = wayOf(6, refusal)
    const reads = Array.from({ length: 40 }, () => made.way.call('http://sim', options('GET')))
    expect(await all(reads)).toEqual(Array.from({ length: 40 }, () => 200))
    expect(made.refusals).toBeGreaterThan(0)
  },
)

it.each([
  ['status503', 503, 1],
  ['closed', 0, 1],
  ['status429', 200, 2],
  ['refused', 200, 2],
] as const)(
  'sends a POST again only where it was certainly not carried out (%s)',
  async (refusal, status, sent) => {
    const made = wayOf(4, refusal)
    const reads = Array.from({ length: 4 }, () => made.way.call('http://sim', options('GET')))
    const post = made.way.call('http://sim', options('POST'))
    expect((await all([...reads, post])).at(-1)).toBe(status)
    expect(made.sent).toBe(4 + sent)
  },
)

it.each(['status503', 'closed'] as const)(
  'sends a POST only where others have shown that so many connections are borne (%s)',
  async (refusal) => {
    const made = wayOf(8, refusal)
    const calls = Array.from({ length: 40 }, async (_, place) => {
      await new Promise((resolve) => {
        setTimeout(resolve, place * 4)
      })
      return made.way.call('http://sim', options(place % 3 === 2 ? 'POST' : 'GET'))
    })
    expect(await all(calls)).toEqual(Array.from({ length: 40 }, () => 200))
    expect(made.refusals).toBeGreaterThan(0)
  },
)

it('takes the answer to one read for no proof that the others are borne, which may be refused yet', async () => {
  const posts: number[] = []
  const answers: ((status: number) => void)[] = []
  const call = async (_: string, { method }: FetchOptions): Promise<FetchAnswer> => {
    if (method === 'POST') posts.push(Date.now())
    return answer(method === 'POST' ? 200 : await new Promise<number>((resolve) => answers.push(resolve)))
  }
  const way = new NarrowWay({ call, stream: call }, noConnections)
  const reads = Array.from({ length: 12 }, () => way.call('http://sim', options('GET')))
  const post = way.call('http://sim', options('POST'))
  await vi.advanceTimersByTimeAsync(10)
  answers[0]?.(200)
  await reads[0]
  await vi.advanceTimersByTimeAsync(100)
  expect(posts).toEqual([])
  for (const each of answers) each(200)
  await vi.advanceTimersByTimeAsync(100)
  await Promise.all([...reads, post])
  expect(posts).toHaveLength(1)
})

it('holds a POST back no longer than a second where the others are not answered', async () => {
  const posts: number[] = []
  const call = async (_: string, { method }: FetchOptions): Promise<FetchAnswer> => {
    if (method === 'GET') return new Promise(() => {})
    posts.push(Date.now())
    return answer(200)
  }
  const way = new NarrowWay({ call, stream: call }, noConnections)
  for (let count = 0; count < 6; count += 1) void way.call('http://sim', options('GET'))
  const since = Date.now()
  const post = way.call('http://sim', options('POST'))
  await vi.advanceTimersByTimeAsync(2000)
  expect((await post).status).toBe(200)
  expect(posts.map((at) => at - since)).toEqual([1000])
})

it('sends nothing again once it has answered nothing for a second, as where a gateway says 503 to everything', async () => {
  const made = wayOf(0, 'status503')
  const callsOf = (count: number) => Array.from({ length: count }, () => made.way.call('', options('GET')))
  const burst = Promise.allSettled(callsOf(20))
  await vi.advanceTimersByTimeAsync(2000)
  expect(statuses(await burst)).toEqual(Array.from({ length: 20 }, () => 503))
  const sent = made.sent
  await all(callsOf(10))
  expect(made.sent - sent).toBe(10)
})

it('takes what fails with nothing else under way for what it is', async () => {
  const made = wayOf(0, 'status503')
  expect(await all([made.way.call('http://sim', options('GET'))])).toEqual([503])
  expect([made.sent, made.refusals]).toEqual([1, 0])
})

it('is narrow for some seconds, and opens no connection in advance meanwhile', async () => {
  const made = wayOf(5, 'status503')
  await all([])
  const burst = Array.from({ length: 12 }, () => made.way.call('http://sim', options('GET')))
  await vi.advanceTimersByTimeAsync(3000)
  await Promise.all(burst)
  await expect(made.way.stream('http://sim', options('GET'))).rejects.toThrow('no connection to spare')
  made.mostAllowed = 100
  made.most = 0
  const second = Array.from({ length: 12 }, () => made.way.call('http://sim', options('GET')))
  await vi.advanceTimersByTimeAsync(2000)
  await Promise.all(second)
  expect(made.most).toBe(2)
  await vi.advanceTimersByTimeAsync(15_000)
  const third = Array.from({ length: 12 }, () => made.way.call('http://sim', options('GET')))
  await vi.advanceTimersByTimeAsync(100)
  await Promise.all(third)
  expect(made.most).toBe(12)
})

it('does not wait for calls that are never answered, as after a moment in which the network was dark', async () => {
  let isDark = false
  let sent = 0
  const call = async (): Promise<FetchAnswer> => {
    sent += 1
    if (isDark) await new Promise(() => {})
    return answer(sent > 5 && sent <= 7 ? 503 : 200)
  }
  const way = new NarrowWay({ call, stream: call }, noConnections)
  const read = (): Promise<FetchAnswer> => way.call('http://sim', options('GET'))
  const burst = Promise.all(Array.from({ length: 7 }, read))
  await vi.advanceTimersByTimeAsync(1000)
  await burst
  isDark = true
  void read()
  void read()
  await vi.advanceTimersByTimeAsync(0)
  isDark = false
  const since = Date.now()
  const answeredAfter: number[] = []
  for (let count = 0; count < 4; count += 1) void read().then(() => answeredAfter.push(Date.now() - since))
  await vi.advanceTimersByTimeAsync(5000)
  expect(answeredAfter).toEqual([3000, 3000, 3000, 3000])
})

it('counts a stream as a connection for as long as it is followed', async () => {
  const made = wayOf(100, 'status503')
  const controllers = Array.from({ length: 5 }, () => new AbortController())
  const headers = { Accept: 'text/event-stream' }
  for (const { signal } of controllers) void made.way.stream('http://sim', { method: 'GET', headers, signal })
  await vi.advanceTimersByTimeAsync(100)
  made.mostAllowed = 0
  await all([made.way.call('http://sim', options('GET'))])
  const { refusals } = made
  expect(refusals).toBeGreaterThan(0)
  for (const controller of controllers) controller.abort()
  await vi.advanceTimersByTimeAsync(30_000)
  await all([made.way.call('http://sim', options('GET'))])
  expect(made.refusals).toBe(refusals)
})

it('says when a request goes out that had to wait', async () => {
  const made = wayOf(5, 'status429')
  await all(Array.from({ length: 12 }, () => made.way.call('http://sim', options('GET'))))
  expect(made.refusals).toBeGreaterThan(0)
  const wentOut: number[] = []
  const askedAt = performance.now()
  const onSend = (): void => void wentOut.push(performance.now() - askedAt)
  await all([made.way.call('http://sim', { ...options('POST'), onSend })])
  expect(wentOut).toHaveLength(1)
  expect(wentOut[0]).toBeGreaterThan(0)
})

it('closes the connections that carry nothing before a POST, where it was narrow not long ago', async () => {
  const made = wayOf(20, 'status503')
  await all(Array.from({ length: 18 }, (_, at) => made.way.call('', options(at % 3 === 2 ? 'POST' : 'GET'))))
  expect(made.spared).toBe(0)
  made.mostAllowed = 8
  await all(Array.from({ length: 12 }, () => made.way.call('http://sim', options('GET'))))
  expect(made.refusals).toBeGreaterThan(0)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await all([made.way.call('http://sim', options('POST'))])).toEqual([200])
  expect(made.spared).toBe(1)
  await vi.advanceTimersByTimeAsync(600_000)
  await all([made.way.call('http://sim', options('POST'))])
  expect(made.spared).toBe(1)
})
