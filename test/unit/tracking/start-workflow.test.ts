import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { EntryMark } from '../../../src/main/tracking/entry-mark.ts'
import { HistorySearch } from '../../../src/main/tracking/reads/history-search.ts'
import type { Fact } from '../../../src/main/tracking/facts.ts'
import {
  type BeforeStart,
  type StartOptions,
  startWorkflow,
} from '../../../src/main/tracking/start-workflow.ts'
import { WexflowClient } from '../../../src/main/wexflow/client.ts'
import { SignIn } from '../../../src/main/wexflow/sign-in.ts'
import type { FaultSettings } from '../../wexflow-sim/faults.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { off, queueing, second, unknown, useFakeClock } from './followed.ts'
import { Wire } from './wire.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

type Remember = StartOptions['remember']

/** One start over the simulated server. */
class OneStart {
  readonly sim: WexflowSim
  readonly wire: Wire
  readonly client: WexflowClient

  constructor(faults: Partial<FaultSettings> = {}, username = 'admin') {
    this.sim = new WexflowSim({ workflows: [second, off, queueing], faults })
    this.wire = new Wire(this.sim)
    const transport = this.wire.transport()
    const signIn = new SignIn({
      fetch: transport.call,
      baseUrl: 'http://sim',
      username,
      password: () => Promise.resolve('wexflow2018'),
      token: this.sim.tokens.issue(username, null),
      onToken: () => undefined,
    })
    this.client = new WexflowClient('http://sim', transport, signIn)
  }

  begin(
    workflow = second,
    remember: Remember = () => Promise.resolve(),
    entryMark = new EntryMark(this.client),
  ): Promise<Fact> {
    const server = this.client
    return startWorkflow(workflow, {
      server,
      history: new HistorySearch(server),
      entryMark,
      remember,
    })
  }

  /** What the start came to within a while. */
  async fact(workflow = second, withinMs = 130_000): Promise<Fact> {
    const fact = this.begin(workflow)
    await vi.advanceTimersByTimeAsync(withinMs)
    return fact
  }
}

it('sends the request only when the intent, with what ran and had run before, is on the disk', async () => {
  const one = new OneStart()
  one.sim.startElsewhere(second.id)
  await vi.advanceTimersByTimeAsync(2000)
  const running = one.sim.startElsewhere(second.id)
  await vi.advanceTimersByTimeAsync(100)
  const remembered: BeforeStart[] = []
  const fact = one.begin(second, (before) => {
    remembered.push(before)
    return new Promise((resolve) => setTimeout(resolve, 5000))
  })
  await vi.advanceTimersByTimeAsync(4900)
  expect(remembered).toEqual([
    {
      runningBefore: [running],
      historyMark: '101',
      entryMark: '2',
      markedAt: expect.any(Number),
      isParallel: true,
      isThere: true,
    },
  ])
  expect(one.wire.count('start')).toBe(0)
  await vi.advanceTimersByTimeAsync(200)
  expect(await fact).toMatchObject({ kind: 'startAnswered', jobId: expect.any(String) })
})

it('knows of an idle server that had no entry yet that every entry will be newer', async () => {
  const one = new OneStart()
  const remembered: BeforeStart[] = []
  void one.begin(second, (before) => {
    remembered.push(before)
    return Promise.resolve()
  })
  await vi.advanceTimersByTimeAsync(1000)
  expect(remembered).toMatchObject([{ entryMark: '0', historyMark: '' }])
})

it('does not know when the greatest entry was read where the last page has to do', async () => {
  const one = new OneStart()
  one.sim.startElsewhere(second.id)
  await vi.advanceTimersByTimeAsync(500)
  const entryMark = new EntryMark(one.client)
  void entryMark.read()
  await vi.advanceTimersByTimeAsync(100)
  one.wire.disturb((path) => (path === 'search-entries-by-page-order-by' ? 'status500' : null))
  const remembered: BeforeStart[] = []
  void one.begin(
    second,
    (before) => {
      remembered.push(before)
      return Promise.resolve()
    },
    entryMark,
  )
  await vi.advanceTimersByTimeAsync(3000)
  expect(remembered).toMatchObject([{ entryMark: '1', markedAt: null }])
})

it('knows the greatest entry, not the one that changed last', async () => {
  const one = new OneStart()
  one.sim.startElsewhere(second.id)
  await vi.advanceTimersByTimeAsync(500)
  one.sim.startElsewhere(queueing.id)
  await vi.advanceTimersByTimeAsync(1000)
  // The first job has ended since the second began.
  const remembered: BeforeStart[] = []
  void one.begin(second, (before) => {
    remembered.push(before)
    return Promise.resolve()
  })
  await vi.advanceTimersByTimeAsync(1000)
  expect(remembered).toMatchObject([{ entryMark: '2' }])
})

it.each([
  ['refused', 'status500'],
  ['waited for', 'hangs'],
] as const)('is sent without a mark where the entries are %s', async (_, trouble) => {
  const one = new OneStart()
  one.wire.disturb((path) => (path === 'search-entries-by-page-order-by' ? trouble : null))
  const remembered: BeforeStart[] = []
  const fact = one.begin(second, (before) => {
    remembered.push(before)
    return Promise.resolve()
  })
  await vi.advanceTimersByTimeAsync(5000)
  expect(remembered).toMatchObject([{ entryMark: null, historyMark: '' }])
  expect(await fact).toMatchObject({ kind: 'startAnswered' })
})

it('warms a connection for the job stream that follows', async () => {
  const one = new OneStart()
  await one.fact()
  const [hello, start] = ['hello', 'start'].map(
    (path) => one.wire.sent.find((sent) => sent.path === path)?.at,
  )
  expect(hello).toBeLessThan(start ?? 0)
})

it.each([
  ['a disabled workflow', off, 'disabled'],
  ['a workflow that nobody knows', unknown, 'unknownWorkflow'],
] as const)('is refused for %s', async (_, workflow, reason) => {
  const one = new OneStart()
  expect(await one.fact(workflow)).toMatchObject({ kind: 'startRefused', reason })
})

it('is forbidden for a restricted user', async () => {
  const one = new OneStart({}, 'restricted')
  expect(await one.fact()).toMatchObject({ kind: 'startRefused', reason: 'forbidden' })
})

it('is queued behind a running job', async () => {
  const one = new OneStart()
  one.sim.startElsewhere(queueing.id)
  await vi.advanceTimersByTimeAsync(100)
  expect(await one.fact(queueing)).toEqual({ kind: 'startQueued' })
})

it.each([
  ['nobody listens', 'noHost', { kind: 'startRefused', reason: 'unreachable' }],
  ['nothing comes', 'hangs', { kind: 'startAnswerLost', detail: 'timedOut' }],
  ['the server breaks', 'status500', { kind: 'startAnswerLost', detail: 'serverError' }],
  ['no token is taken', 'notSignedIn', { kind: 'startRefused', reason: 'serverError' }],
] as const)(
  'may have been carried out, or surely was not, where the request itself fails: %s',
  async (_, trouble, fact) => {
    const one = new OneStart()
    one.wire.disturb((path) => (path === 'start' ? trouble : null))
    expect(await one.fact()).toMatchObject(fact)
  },
)

it.each([
  ['noHost', 'unreachable'],
  ['hangs', 'unreachable'],
  ['status500', 'serverError'],
] as const)('is not sent where the questions before it fail: %s', async (trouble, reason) => {
  const one = new OneStart()
  one.wire.disturb((path) => (path === 'jobs' ? trouble : null))
  expect(await one.fact()).toMatchObject({ kind: 'startRefused', reason })
  expect(one.wire.count('start')).toBe(0)
})

it.each([
  ['a portal', { status: 511, headers: { 'content-type': 'text/html' }, body: '<html></html>' }],
  ['a gateway', { status: 503 }],
] as const)('is sent without marks where %s answers in the place of the pages', async (_, stranger) => {
  const one = new OneStart()
  one.wire.disturb((path) => (path.includes('by-page') ? stranger : null))
  const remembered: BeforeStart[] = []
  const fact = one.begin(second, (before) => {
    remembered.push(before)
    return Promise.resolve()
  })
  await vi.advanceTimersByTimeAsync(5000)
  expect(remembered).toMatchObject([{ entryMark: null, historyMark: null }])
  expect(await fact).toMatchObject({ kind: 'startAnswered' })
})

it('is sent without a mark where the history can’t be read', async () => {
  const one = new OneStart({ pagesRefused: 1 })
  expect(await one.fact()).toMatchObject({ kind: 'startAnswered' })
})

it('waits no longer than a second for a slow history', async () => {
  const one = new OneStart()
  one.wire.slow((path) => (path.includes('history') ? 20_000 : 0))
  const fact = one.begin()
  await vi.advanceTimersByTimeAsync(900)
  const isSent = (): boolean => one.wire.sent.some(({ path }) => path === 'start')
  expect(isSent()).toBe(false)
  await vi.advanceTimersByTimeAsync(300)
  expect(isSent()).toBe(true)
  await vi.advanceTimersByTimeAsync(1000)
  expect(await fact).toMatchObject({ kind: 'startAnswered' })
})
