import { z } from 'zod'
import type { Wish } from '../../shared/wish.ts'
import { type Answer, ask, askForLong, parseBody, parseRows, type Request } from './ask.ts'
import { definitionSchema, type WorkflowDefinition } from './definition.ts'
import { WexflowError } from './errors.ts'
import { openEventStream } from './event-stream.ts'
import { shapeFailure } from './failures.ts'
import { tellingLines } from './log.ts'
import { beginOf, bothEnds, isJsonString, jsonStringText, linesOf, type LogLines } from './log-lines.ts'
import { isPage, pageFailure, refusal, secondRefusal } from './refusal.ts'
import {
  entryOrNothingSchema,
  entrySchema,
  frameSchema,
  helloSchema,
  noLogSchema,
  nothingSchema,
  messageSchema,
  startSchema,
  statusCountSchema,
  statusCountsSchema,
  workflowSchema,
} from './schemas.ts'
import type {
  ChangeStreamListener,
  CloseStream,
  Entry,
  HistoryQuestion,
  JobStreamListener,
  LogPlace,
  ServerHistory,
  ServerMessage,
  ServerMessages,
  ServerTimeRange,
  StartAnswer,
  StartVariable,
  WexflowServer,
  WorkflowDefinitions,
  WorkflowInfo,
} from './server.ts'
import type { SignIn } from './sign-in.ts'
import type { Fetch, Transport } from './transport.ts'

const answerWithinMs = 30_000
/** A server under load took tens of seconds to answer a start, and a start that is given up may still happen. */
const startWithinMs = 120_000

/**
 * Pages are asked from the beginning to the far future, as the server's clock is not known: the second day of 1970 and
 * the last but one of 2037, which MySQL's TIMESTAMP can hold in every zone.
 */
const allTimes: ServerTimeRange = { from: 86_400_000, to: 2_145_744_000_000 }

/** What a list may hold, in bytes: 50,000 workflows of a kilobyte each. */
const mostOfList = 48 * 1024 * 1024
/** A log that is longer than this, in bytes, is not read to its end. */
const mostOfLog = 256 * 1024 * 1024
/** What is answered instead of one is read so far, in UTF-16 units. */
const mostOfNoLog = 64 * 1024

const logPaths: Readonly<Record<LogPlace['kind'], string>> = {
  entry: 'entry-logs',
  history: 'history-entry-logs',
}

/** A call: its path after `/api/v1/`, its query, how long it is waited for, and how many bytes of its answer are read. */
interface Call {
  readonly path: string
  readonly query?: Readonly<Record<string, string | number>>
  /** What is sent along, as JSON. */
  readonly json?: unknown
  readonly withinMs?: number
  readonly limit?: number
}

export interface WexflowClientOptions {
  /**
   * Called where rows of a list could not be read and are left out, with the call's path and their number; not again
   * while that number stays the same.
   */
  readonly onDroppedRows?: (path: string, count: number) => void
}

/** Speaks to one Wexflow server as one signed-in user. */
export class WexflowClient implements WexflowServer, ServerHistory, ServerMessages, WorkflowDefinitions {
  readonly #transport: Transport
  readonly #signIn: SignIn
  readonly #api: string
  readonly #onDroppedRows: (path: string, count: number) => void
  /** By path, how many rows of the last list could not be read. */
  readonly #dropped = new Map<string, number>()

  constructor(
    baseUrl: string,
    transport: Transport,
    signIn: SignIn,
    { onDroppedRows = () => {} }: WexflowClientOptions = {},
  ) {
    this.#transport = transport
    this.#signIn = signIn
    this.#api = `${baseUrl}/api/v1`
    this.#onDroppedRows = onDroppedRows
  }

  async workflows(): Promise<WorkflowInfo[]> {
    const all = await this.#list({ path: 'search', query: { s: '' } }, workflowSchema)
    // A workflow can be stored in two versions under one id: the server lists both and runs the first of them.
    const byId = new Map<number, WorkflowInfo>()
    for (const workflow of all) if (!byId.has(workflow.id)) byId.set(workflow.id, workflow)
    return [...byId.values()]
  }

  async workflow(workflowId: number): Promise<WorkflowInfo | null> {
    const call = { path: 'workflow', query: { w: workflowId } }
    return (await this.#get(call, workflowSchema.optional())) ?? null
  }

  async runningJobs(workflowId: number): Promise<WorkflowInfo[] | null> {
    const path = 'jobs'
    const body = await this.#body('GET', { path, query: { w: workflowId }, limit: mostOfList })
    if (body === '') return null
    const { rows, dropped } = await parseRows(path, body, workflowSchema)
    // A job that can't be read is not one that is gone.
    if (dropped > 0) throw shapeFailure(`${path}: ${dropped} rows`)
    return rows
  }

  async job(workflowId: number, jobId: string): Promise<WorkflowInfo | null> {
    const call = { path: 'job', query: { w: workflowId, i: jobId } }
    return (await this.#get(call, workflowSchema.nullish())) ?? null
  }

  async entry(workflowId: number, jobId: string): Promise<Entry | null> {
    const call = { path: 'entry', query: { w: workflowId, i: jobId } }
    return (await this.#get(call, entryOrNothingSchema.optional())) ?? null
  }

  async statusCounts(): Promise<string> {
    return JSON.stringify(await this.#get({ path: 'status-count' }, statusCountsSchema))
  }

  entryLog(entryId: string): Promise<string[]> {
    return tellingLines(this.#log({ kind: 'entry', id: entryId }))
  }

  entries(page: number, count: number): Promise<Entry[]> {
    return this.#page('search-entries-by-page-order-by', '', page, count)
  }

  history(search: string, page: number, count: number): Promise<Entry[]> {
    return this.historyBetween({ search, range: null, page, count })
  }

  historyBetween({ search, range, page, count }: HistoryQuestion): Promise<Entry[]> {
    return this.#page('search-history-entries-by-page-order-by', search, page, count, range ?? allTimes)
  }

  historyCount(search: string, { from, to }: ServerTimeRange): Promise<number> {
    return this.#get({ path: 'history-entries-count-by-date', query: { s: search, from, to } }, z.number())
  }

  historyNewestAt(): Promise<number> {
    return this.#get({ path: 'history-entry-status-date-max' }, z.number())
  }

  historyLog(historyId: string): Promise<string[]> {
    return tellingLines(this.#log({ kind: 'history', id: historyId }))
  }

  wholeLog(place: LogPlace): LogLines {
    return bothEnds(this.#log(place))
  }

  hasUnreadMessages(username: string): Promise<boolean> {
    return this.#get({ path: 'has-notifications', query: { a: username } }, z.boolean())
  }

  messages(username: string): Promise<ServerMessage[]> {
    return this.#list({ path: 'search-notifications', query: { a: username, s: '' } }, messageSchema)
  }

  markMessagesRead(ids: readonly string[]): Promise<boolean> {
    return this.#post({ path: 'mark-notifications-as-read', json: ids }, z.boolean())
  }

  async definition(workflowId: number): Promise<WorkflowDefinition | null> {
    return (await this.#get({ path: `json/${workflowId}` }, definitionSchema.optional())) ?? null
  }

  async start(workflowId: number, variables: readonly StartVariable[] = []): Promise<StartAnswer> {
    const Variables = variables.map(({ name, value }) => ({ Name: name, Value: value }))
    const call: Call =
      variables.length === 0
        ? { path: 'start', query: { w: workflowId }, withinMs: startWithinMs }
        : {
            path: 'start-with-variables',
            json: { WorkflowId: workflowId, Variables },
            withinMs: startWithinMs,
          }
    const jobId = await this.#post(call, startSchema)
    return jobId === null ? { kind: 'noJobId' } : { kind: 'started', jobId }
  }

  stop(workflowId: number, jobId: string): Promise<boolean> {
    return this.#wish('stop', workflowId, jobId)
  }

  suspend(workflowId: number, jobId: string): Promise<boolean> {
    return this.#wish('suspend', workflowId, jobId)
  }

  async resume(workflowId: number, jobId: string): Promise<true> {
    await this.#post({ path: 'resume', query: { w: workflowId, i: jobId } }, nothingSchema)
    return true
  }

  approve(workflowId: number, jobId: string): Promise<boolean> {
    return this.#wish('approve', workflowId, jobId)
  }

  reject(workflowId: number, jobId: string): Promise<boolean> {
    return this.#wish('reject', workflowId, jobId)
  }

  async hello(withinMs: number): Promise<void> {
    const fetch: Transport['call'] = (url, options) =>
      this.#transport.call(url, { ...options, isAlone: true })
    const answer = await ask(fetch, `${this.#api}/hello`, { method: 'GET', headers: {}, withinMs })
    if (answer.status !== 200) throw refusal(answer)
    if (isPage(answer)) throw pageFailure(answer.status)
    parseBody('hello', answer.body, helloSchema)
  }

  onRefused(listener: () => void): void {
    this.#transport.onRefused?.(listener)
  }

  async warmUp(): Promise<void> {
    const request = { method: 'GET', headers: {}, withinMs: answerWithinMs } as const
    await ask(this.#transport.stream, `${this.#api}/hello`, request).catch(() => {})
  }

  openJobStream(workflowId: number, jobId: string, listener: JobStreamListener): CloseStream {
    const close = openEventStream({
      ...this.#stream(`sse/${workflowId}/${encodeURIComponent(jobId)}`),
      event: 'message',
      onData: (data) => {
        close()
        const frame = parsed(data, frameSchema)
        if (frame === null || frame.jobId.toLowerCase() !== jobId.toLowerCase())
          listener.onClosed(shapeFailure('job stream'))
        else listener.onFrame({ status: frame.status, rawStatus: frame.rawStatus })
      },
      onEnd: (error) => listener.onClosed(error),
    })
    return close
  }

  openChangeStream(listener: ChangeStreamListener): CloseStream {
    return openEventStream({
      ...this.#stream('sse/status-count'),
      event: 'statusCount',
      onBytes: () => listener.onAlive(),
      onComment: () => listener.onKeepAlive(),
      onData: (data) => {
        listener.onChange(parsed(data, statusCountSchema)?.Id ?? null)
      },
      onEnd: (error) => listener.onClosed(error),
    })
  }

  #stream(path: string): { fetch: Transport['stream']; signIn: SignIn; url: string } {
    return { fetch: this.#transport.stream, signIn: this.#signIn, url: `${this.#api}/${path}` }
  }

  #page(
    path: string,
    search: string,
    page: number,
    count: number,
    { from, to }: ServerTimeRange = allTimes,
  ): Promise<Entry[]> {
    const query = { s: search, from, to, page, entriesCount: count, heo: 1 }
    return this.#list({ path, query }, entrySchema)
  }

  async #list<Schema extends z.ZodType>(call: Call, schema: Schema): Promise<z.infer<Schema>[]> {
    const { path } = call
    const body = await this.#body('GET', { ...call, limit: mostOfList })
    const { rows, dropped } = await parseRows(path, body, schema)
    if (dropped > 0 && dropped !== this.#dropped.get(path)) this.#onDroppedRows(path, dropped)
    this.#dropped.set(path, dropped)
    return rows
  }

  /** A log is one JSON string; null or nothing at all where there is none. */
  async *#log({ kind, id }: LogPlace): AsyncGenerator<readonly string[], void, void> {
    const path = logPaths[kind]
    const answer = await this.#answer(askForLong, 'GET', { path, query: { id }, limit: mostOfLog })
    const { body, text } = answer
    if (text === null) return
    if (isJsonString(body)) yield* linesOf(jsonStringText(path, text))
    else parseBody(path, await beginOf(text, mostOfNoLog), noLogSchema)
  }

  #wish(path: Exclude<Wish, 'resume'>, workflowId: number, jobId: string): Promise<boolean> {
    return this.#post({ path, query: { w: workflowId, i: jobId } }, z.boolean())
  }

  async #get<Schema extends z.ZodType>(call: Call, schema: Schema): Promise<z.infer<Schema>> {
    return parseBody(call.path, await this.#body('GET', call), schema)
  }

  async #post<Schema extends z.ZodType>(call: Call, schema: Schema): Promise<z.infer<Schema>> {
    return parseBody(call.path, await this.#body('POST', call), schema)
  }

  /** The body of a success, which may be empty. */
  async #body(method: 'GET' | 'POST', call: Call): Promise<string> {
    const { status, body } = await this.#answer(ask, method, call)
    return status === 204 ? '' : body
  }

  /** A success. Rejects with a `WexflowError` for all else. */
  async #answer<Read extends Answer>(
    send: (fetch: Fetch, url: string, request: Request) => Promise<Read>,
    method: 'GET' | 'POST',
    { path, query = {}, json, withinMs = answerWithinMs, ...limit }: Call,
  ): Promise<Read> {
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
    const url = `${this.#api}/${path}?${search.toString()}`
    const sendWith = (token: string): Promise<Read> =>
      send(this.#transport.call, url, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        withinMs,
        ...limit,
      })
    const token = await this.#signIn.token()
    let answer = await sendWith(token)
    if (answer.status === 401) {
      const error = refusal(answer)
      if (error.failure.kind !== 'signInExpired') throw error
      // The server has refused before it did anything, so even a start may be sent again; once.
      answer = await sendWith(await this.#signIn.renewed(token))
      if (answer.status === 401) throw secondRefusal(answer)
    }
    if (answer.status === 204) return answer
    if (answer.status !== 200) throw refusal(answer)
    if (isPage(answer)) throw pageFailure(answer.status)
    return answer
  }
}

/** An event's data; null for what is no JSON or of another shape. */
function parsed<Schema extends z.ZodType>(data: string, schema: Schema): z.infer<Schema> | null {
  try {
    return parseBody('stream', data, schema)
  } catch (error) {
    if (error instanceof WexflowError) return null
    throw error
  }
}
