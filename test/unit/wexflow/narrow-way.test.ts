import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { WexflowError } from '../../../src/main/wexflow/errors.ts'
import { deadlineFailure } from '../../../src/main/wexflow/failures.ts'
import { NarrowWay, type Sender } from '../../../src/main/wexflow/narrow-way.ts'
import type { Fetch, FetchAnswer, FetchOptions } from '../../../src/main/wexflow/transport.ts'
import { useFakeClock } from '../tracking/followed.ts'
import { errorOf } from './local-client.ts'

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

const knock = 'http://sim/knock'

const options = (method: 'GET' | 'POST', more: Partial<FetchOptions> = {}): FetchOptions => ({
  method,
  headers: {},
  signal: new AbortController().signal,
  ...more,
})

/** What sends over `call`; each request has a connection of its own, for as long as it is under way. */
function senderOver(call: Fetch): Sender {
  let connections = 0
  const counted: Fetch = async (url, sent) => {
    connections += 1
    try {
      return await call(url, sent)
    } finally {
      connections -= 1
    }
  }
  return {
    call: counted,
    stream: counted,
    single: () => ({ call: counted, close: () => {} }),
    connections: () => connections,
    onRefused: () => {},
  }
}

/** `call` and `stream` of a way that nobody else uses. */
function over(sender: Sender, way = new NarrowWay()): { readonly call: Fetch; readonly stream: Fetch } {
  return {
    call: (url, sent) => way.call(sender, url, sent),
    stream: (url, sent) => way.stream(sender, url, sent),
  }
}

/** A way that takes so many calls at once, each for 50 ms, and refuses others. */
function wayOf(most: number, refusal: Refusal, way = new NarrowWay()) {
  let underWay = 0
  const made = { sent: 0, posted: 0, refusals: 0, most: 0, mostAllowed: most, isKept: true }
  const refuse = (): FetchAnswer => {
    if (refusal === 'status503' || refusal === 'status429') return answer(refusal === 'status503' ? 503 : 429)
    const code = codeOf[refusal]
    throw new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
  }
  const send = async ({ method }: FetchOptions, isOpen: boolean): Promise<FetchAnswer> => {
    made.sent += 1
    if (method === 'POST') made.posted += 1
    if (!isOpen && underWay >= made.mostAllowed) return refuse()
    if (!isOpen) underWay += 1
    made.most = Math.max(made.most, underWay)
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
    if (!isOpen) underWay -= 1
    return answer(200)
  }
  const sender: Sender = {
    ...senderOver((_, sent) => send(sent, false)),
    single: () => {
      let isOpen = false
      return {
        call: async (_, sent) => {
          if (isOpen && !made.isKept) throw new WexflowError('unreachable', 'ECONNRESET', false)
          const result = await send(sent, isOpen)
          if (!isOpen && result.status === 200) underWay += 1
          isOpen = result.status === 200
          return result
        },
        close: () => {
          if (isOpen) underWay -= 1
          isOpen = false
        },
      }
    },
    connections: () => underWay,
    onRefused: () => {
      made.refusals += 1
    },
  }
  return Object.assign(made, { way: over(sender, way), leave: () => way.leave(sender) })
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
    const made = wayOf(6, refusal)
    const reads = Array.from({ length: 6 }, () => made.way.call('http://sim', options('GET')))
    const post = made.way.call('http://sim', options('POST'))
    expect((await all([...reads, post])).at(-1)).toBe(status)
    expect(made.sent).toBe(6 + sent)
  },
)

it.each(['status503', 'status429', 'refused', 'closed'] as const)(
  'a POST is never the one that shows that there is no room (%s)',
  async (refusal) => {
    const made = wayOf(10, refusal)
    const others = Array.from({ length: 10 }, () => made.way.call('http://sim', options('GET')))
    const posts = Array.from({ length: 25 }, () => made.way.call('http://sim', options('POST', { knock })))
    expect(await all([...others, ...posts])).toEqual(Array.from({ length: 35 }, () => 200))
    expect(made.refusals).toBeGreaterThan(0)
    expect(made.posted).toBe(25)
  },
)

it('a POST is sent without a knock where there is room', async () => {
  const made = wayOf(10, 'status503')
  const others = Array.from({ length: 5 }, () => made.way.call('http://sim', options('GET')))
  expect(await all([...others, made.way.call('http://sim', options('POST', { knock }))])).toHaveLength(6)
  expect(made.sent).toBe(6)
})

it.each([
  ['status503', 'gateway'],
  ['closed', 'unreachable'],
  ['refused', 'refused'],
] as const)('a POST whose knocks are all refused was certainly not sent (%s)', async (refusal, kind) => {
  const made = wayOf(6, refusal)
  const others = Array.from({ length: 6 }, () => made.way.call('http://sim', options('GET')))
  await vi.advanceTimersByTimeAsync(0)
  made.mostAllowed = 0
  const error = errorOf(made.way.call('http://sim', options('POST', { knock })))
  await all(others)
  expect(await error).toMatchObject({ failure: { kind }, mayHaveReached: false })
  expect(made.posted).toBe(0)
})

it('a POST that was given up before its knock was answered was certainly not sent', async () => {
  const asked: string[] = []
  const sender = senderOver((url, { signal }) => {
    asked.push(url)
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(deadlineFailure(3000)))
    })
  })
  const { call } = over(sender)
  for (let count = 0; count < 6; count += 1) void call('http://sim', options('GET'))
  const controller = new AbortController()
  const error = errorOf(call('http://sim/start', options('POST', { knock, signal: controller.signal })))
  await vi.advanceTimersByTimeAsync(3000)
  controller.abort(deadlineFailure(3000))
  expect(await error).toMatchObject({ failure: { kind: 'timedOut' }, mayHaveReached: false })
  expect(asked.slice(6)).toEqual([knock])
})

it('a POST has a connection of its own where those that have answered are not kept', async () => {
  const made = wayOf(10, 'status503')
  made.isKept = false
  const others = Array.from({ length: 6 }, () => made.way.call('http://sim', options('GET')))
  const post = made.way.call('http://sim', options('POST', { knock }))
  expect((await all([...others, post])).at(-1)).toBe(200)
  expect([made.posted, made.refusals]).toEqual([1, 0])
})

it('all who use a way count together, are told of a refusal, and take turns', async () => {
  const way = new NarrowWay()
  const one = wayOf(6, 'status503', way)
  const other = wayOf(6, 'status503', way)
  const gone = wayOf(6, 'status503', way)
  await all([gone, other].map((made) => made.way.call('http://sim', options('GET'))))
  gone.leave()
  const reads = Array.from({ length: 12 }, () => one.way.call('http://sim', options('GET')))
  await vi.advanceTimersByTimeAsync(0)
  const posts = Array.from({ length: 12 }, () => other.way.call('http://sim', options('POST', { knock })))
  expect(await all([...reads, ...posts])).toEqual(Array.from({ length: 24 }, () => 200))
  expect(one.refusals).toBeGreaterThan(0)
  expect([other.refusals, gone.refusals]).toEqual([one.refusals, 0])
  expect([other.posted, other.most]).toEqual([12, 2])
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
  const made = wayOf(6, 'status503')
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

it('lets reads go before a POST on a narrow way, for three seconds', async () => {
  const made = wayOf(6, 'status503')
  const read = (): Promise<FetchAnswer> => made.way.call('http://sim', options('GET'))
  const burst = Promise.all(Array.from({ length: 7 }, read))
  await vi.advanceTimersByTimeAsync(1000)
  await burst
  let isSent = false
  const readOn = async (): Promise<void> => {
    await read()
    if (!isSent) await readOn()
  }
  const readers = Array.from({ length: 4 }, readOn)
  const since = Date.now()
  const post = made.way.call('http://sim', options('POST')).then(() => {
    isSent = true
    return Date.now() - since
  })
  await vi.advanceTimersByTimeAsync(4000)
  await Promise.all(readers)
  const tookMs = await post
  expect(tookMs).toBeGreaterThan(3000)
  expect(tookMs).toBeLessThan(3200)
})

it('does not wait for calls that are never answered, as after a moment in which the network was dark', async () => {
  let isDark = false
  let sent = 0
  const call = async (): Promise<FetchAnswer> => {
    sent += 1
    if (isDark) await new Promise(() => {})
    return answer(sent > 6 && sent <= 8 ? 503 : 200)
  }
  const way = over(senderOver(call))
  const read = (): Promise<FetchAnswer> => way.call('http://sim', options('GET'))
  const burst = Promise.all(Array.from({ length: 8 }, read))
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
