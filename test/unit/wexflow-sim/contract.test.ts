import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { faultSources } from '../../wexflow-sim/faults.ts'
import type { Headers, SimAnswer, SimRequest } from '../../wexflow-sim/requests.ts'
import { routes } from '../../wexflow-sim/routes.ts'
import { seededRandom } from '../../wexflow-sim/random.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import type { JobFate, SimWorkflow } from '../../wexflow-sim/workflows.ts'
import type { Circumstances } from './circumstances.ts'
import { circumstancesOf } from './recorded-world.ts'
import { comparable, matchIds, parsed } from './same.ts'
import {
  type RecordedCall,
  type RecordedStream,
  readTranscript,
  recordedHead,
  recordedPayloads,
  transcriptNames,
} from './transcript.ts'

/** Calls that were recorded and that nothing here needs. */
const notSimulated = new Set([
  'entries-count-by-date',
  'entry-status-date-max',
  'entry-status-date-min',
  'graph/9009',
  'history-entry-status-date-min',
  'logout',
  'user-workflows',
])

const reached = new Set<string>()

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 10, 24) })
})

afterEach(() => {
  vi.useRealTimers()
})

/** What came over one stream so far. */
interface Received {
  head: { status: number; headers: Headers } | null
  readonly messages: { atMs: number; text: string }[]
  end: 'open' | 'ended' | 'reset'
}

/** One transcript, sent again to a simulated server on a clock of its own. */
class Replay {
  readonly sim: WexflowSim
  readonly circumstances: Circumstances
  readonly #ids: Map<string, string>
  readonly #historyIds = new Map<string, string>()
  readonly #token: string
  readonly #startedAt: number
  #badTokens: (string | null)[] = [null, 'bad']

  constructor(name: string) {
    this.circumstances = circumstancesOf(name)
    const { username, faults, workflows, database, durations, before, begins, meanwhile } = this.circumstances
    const left = new Map(Object.entries(durations).map(([id, times]) => [id, [...times]]))
    const fateOf = ({ id, outcome, durationMs }: SimWorkflow): JobFate => ({
      outcome,
      durationMs: left.get(String(id))?.shift() ?? durationMs,
    })
    this.sim = new WexflowSim({ workflows, random: seededRandom(1), faults, database, fateOf })
    this.#token = this.sim.tokens.issue(username, null)
    vi.advanceTimersByTime(100)
    this.#ids = new Map(Object.entries(before(this.sim, (ms) => vi.advanceTimersByTime(ms))))
    if (begins !== null) vi.setSystemTime(begins)
    this.#startedAt = Date.now()
    for (const { at, act } of meanwhile) setTimeout(() => act(this.sim), at * 1000)
  }

  nowMs(): number {
    return Date.now() - this.#startedAt
  }

  advanceTo(seconds: number): void {
    vi.advanceTimersByTime(Math.max(0, Math.round(seconds * 1000) - this.nowMs()))
  }

  send(event: RecordedCall | RecordedStream): SimAnswer {
    return this.sim.handle(this.#request(event))
  }

  match({ request }: RecordedCall, recorded: unknown, simulated: unknown): void {
    matchIds(recorded, simulated, this.#idsOf(request))
  }

  /** Opens a stream as recorded and notes what comes. */
  receive(answer: SimAnswer): Received {
    const received: Received = { head: null, messages: [], end: 'open' }
    if (answer.kind === 'answer') {
      received.head = { status: answer.status, headers: answer.headers }
      if (answer.body !== '') received.messages.push({ atMs: this.nowMs(), text: answer.body })
      received.end = 'ended'
    } else if (answer.kind === 'jobStream' || answer.kind === 'changeStream') {
      const decoder = new TextDecoder()
      answer.open({
        headers: (status, headers) => {
          received.head = { status, headers }
        },
        write: (bytes) => received.messages.push({ atMs: this.nowMs(), text: decoder.decode(bytes) }),
        end: () => {
          received.end = 'ended'
        },
        reset: () => {
          received.end = 'reset'
        },
      })
    }
    return received
  }

  /** Entries and history have ids of their own. */
  #idsOf(request: string): Map<string, string> {
    return request.includes('history') ? this.#historyIds : this.#ids
  }

  #request(event: RecordedCall | RecordedStream): SimRequest {
    const [method = '', target = ''] = event.request.split(' ')
    const ids = this.#idsOf(event.request)
    const url = new URL(target, 'http://recorded.invalid')
    for (const [name, value] of url.searchParams) url.searchParams.set(name, ids.get(value) ?? value)
    const parts = url.pathname.replace('/api/v1', '').split('/')
    const path = parts.map((part) => ids.get(part) ?? part).join('/')
    const body =
      'body' in event && event.body !== undefined ? JSON.stringify(withOwnIds(event.body, ids)) : ''
    return { method, path, query: url.searchParams, token: this.#tokenFor(event), body }
  }

  #tokenFor(event: RecordedCall | RecordedStream): string | null {
    const isRefused = 'response' in event ? event.response === 'Unauthorized' : event.stream === 'bad token'
    return isRefused ? (this.#badTokens.shift() ?? 'bad') : this.#token
  }
}

/** A body that is a list of ids, with those that the simulation gave. */
const withOwnIds = (body: unknown, ids: ReadonlyMap<string, string>): unknown =>
  Array.isArray(body) ? body.map((item) => ids.get(String(item)) ?? item) : body

function expectSameCall(replay: Replay, event: RecordedCall): void {
  const answer = replay.send(event)
  if (answer.kind !== 'answer') throw new Error(`${event.request}: ${answer.kind}`)
  const simulated = parsed(answer.body)
  const recorded = parsed(event.response)
  replay.match(event, recorded, simulated)
  const [body, recordedBody] =
    event.note === undefined
      ? [comparable(simulated), comparable(recorded)]
      : [foundNote(simulated), event.note]
  expect({ request: event.request, status: answer.status, body }).toEqual({
    request: event.request,
    status: event.status,
    body: recordedBody,
  })
  const tellsLength = 'Content-Length' in event.headers || 'Transfer-Encoding' in event.headers
  for (const name of tellsLength ? ['Content-Type', 'Content-Length'] : ['Content-Type']) {
    expect(`${name}: ${answer.headers[name]}`).toBe(`${name}: ${event.headers[name]}`)
  }
  expect('Set-Cookie' in answer.headers).toBe('Set-Cookie' in event.headers)
}

const rowsSchema = z.array(z.object({ WorkflowId: z.number() }))

/** What the recorder noted of a search whose long answer it did not keep. */
function foundNote(rows: unknown): string {
  const ids = rowsSchema.parse(rows).map(({ WorkflowId }) => WorkflowId)
  return `workflows found: ${ids.length > 0 ? ids.join('+') : 'none'}`
}

function expectSameStream(event: RecordedStream, received: Received, { circumstances }: Replay): void {
  const messages = event.chunks.flatMap(({ at, bytes }) =>
    recordedPayloads(bytes).map((text) => ({ atMs: at * 1000, text })),
  )
  const [first] = event.chunks
  const head = first ? recordedHead(first.bytes) : null
  const end = endOf(event, head?.status ?? 200)
  const isShared = circumstances.changes === 'kinds' && event.request.endsWith('/status-count')
  const formOf = isShared ? kindsForm : streamForm
  expect({ request: event.request, ...formOf(received) }).toEqual({
    request: event.request,
    ...formOf({ head, messages, end }),
  })
  if (isShared) return
  const gapsMs = messages.map(({ atMs }, place) => Math.abs((received.messages[place]?.atMs ?? 0) - atMs))
  expect(Math.max(0, ...gapsMs)).toBeLessThan(circumstances.toleranceMs)
}

/** A stream in which others' jobs speak as well: only what kinds of messages came. */
function kindsForm({ messages, end }: Received): object {
  return { kinds: new Set(messages.map(({ text }) => JSON.stringify(messageForm(text)))), end }
}

/** A stream without what no two servers share. */
function streamForm({ head, messages, end }: Received): object {
  const names = ['Content-Type', 'Content-Length', 'Cache-Control']
  return {
    status: head?.status,
    headers: names.map((name) => head?.headers[name]),
    messages: messages.map(({ text }) => messageForm(text)),
    end,
  }
}

/** How a recorded stream ended; a refusal is a complete answer, whatever becomes of its connection. */
function endOf(event: RecordedStream, status: number): Received['end'] {
  if (status !== 200 || event.end.startsWith('terminating chunk')) return 'ended'
  return event.end === 'closed by server' || event.end.includes('ECONNRESET') ? 'reset' : 'open'
}

/** The lines of a message, their data comparable. */
function messageForm(text: string): unknown[] {
  return text.split('\n').map((line) => {
    if (!line.startsWith('data: ')) return comparable(parsed(line))
    return comparable(parsed(line.slice('data: '.length)))
  })
}

function isSimulated(request: string): boolean {
  const path = new URL(request.split(' ')[1] ?? '', 'http://recorded.invalid').pathname.replace(
    '/api/v1/',
    '',
  )
  return !notSimulated.has(path)
}

function routePath(request: string): string {
  const path = new URL(request.split(' ')[1] ?? '', 'http://recorded.invalid').pathname.replace(
    '/api/v1/',
    '',
  )
  if (path.startsWith('sse/') && path !== 'sse/status-count') return 'sse/:workflow/:job'
  return path.replace(/^(xml|json|tasks)\/\d+$/, '$1/:workflow')
}

const hourMs = 3_600_000

const notes: readonly { readonly begins: string; act(sim: WexflowSim): void }[] = [
  { begins: 'killed', act: (sim) => sim.shutDown('killed') },
  { begins: 'graceful stop', act: (sim) => sim.shutDown('polite') },
  { begins: 'server started again', act: (sim) => sim.startUp() },
  { begins: 'the database is stopped', act: (sim) => sim.faults.set({ databaseAway: 1 }) },
  { begins: 'the database is back', act: (sim) => sim.faults.set({ databaseAway: 0 }) },
  { begins: 'SIGTERM', act: (sim) => sim.shutDown('polite') },
  { begins: 'SIGKILL', act: (sim) => sim.shutDown('killed') },
  {
    begins: 'started again with TZ=Europe/Berlin',
    act: (sim) => {
      sim.moveClock(hourMs)
      sim.startUp()
    },
  },
  {
    begins: 'started again with TZ=UTC',
    act: (sim) => {
      sim.moveClock(-hourMs)
      sim.startUp()
    },
  },
  {
    begins: 'hello while it goes down',
    act: (sim) => {
      const hello = { method: 'GET', path: '/hello', query: new URLSearchParams(), token: null, body: '' }
      expect(sim.handle(hello)).toEqual({ kind: 'refused' })
    },
  },
]

describe('the simulated server answers as the recorded one', () => {
  test.each(transcriptNames)('%s', (name) => {
    expect.hasAssertions()
    const replay = new Replay(name)
    const streams: { event: RecordedStream; received: Received }[] = []
    const settled = (one: (typeof streams)[number]) =>
      one.event.ended + replay.circumstances.toleranceMs / 1000
    const close = ({ event, received }: (typeof streams)[number]) => expectSameStream(event, received, replay)
    for (const event of readTranscript(name)) {
      for (const open of streams.filter((one) => settled(one) < event.at)) {
        replay.advanceTo(settled(open))
        close(open)
        streams.splice(streams.indexOf(open), 1)
      }
      replay.advanceTo(event.at)
      if (!('request' in event)) notes.find(({ begins }) => event.note.startsWith(begins))?.act(replay.sim)
      else if (isSimulated(event.request)) {
        reached.add(routePath(event.request))
        if ('response' in event) expectSameCall(replay, event)
        else streams.push({ event, received: replay.receive(replay.send(event)) })
      }
    }
    for (const open of streams.sort((a, b) => a.event.ended - b.event.ended)) {
      replay.advanceTo(settled(open))
      close(open)
    }
  })

  test('every call of the simulation is in a transcript', () => {
    expect(routes.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual([])
  })

  test('these faults are described and not recorded', () => {
    const described = Object.entries(faultSources).filter(([, source]) => source === 'described')
    expect(described.map(([name]) => name)).toEqual([
      'frameDropped',
      'frameDuplicated',
      'frameSplit',
      'streamHalfOpen',
      'restStatus500',
      'startAnswerLost',
      'startNotReceived',
      'pagesRefused',
      'noSse',
      'noMessages',
      'streamsBuffered',
      'unknownStatusNumber',
      'extraFields',
      'stopHitsNext',
      'entrySaysFalse',
      'historyLogEmpty',
      'stopCascades',
      'cascadeKeepsLine',
      'queuedUnderId',
      'stopSaidOfNext',
      'stopKeepsSuspended',
      'scheduleSkipped',
      'keepAliveSkipped',
      'frameSaysDone',
      'runRepeatsNumbers',
      'stopMeetsEnd',
      'queueStandsStill',
      'standstillIsDead',
      'cascadeGoesOn',
      'cascadeShiftsRecords',
      'lateEntryMs',
      'frameDelayedMs',
      'slowStartMs',
      'slowCallMs',
      'newStreamSilentMs',
      'streamsCutAfterMs',
    ])
  })
})
