import { z } from 'zod'
import type { Wish } from '../../shared/wish.ts'
import { ask, parseBody } from './ask.ts'
import { answerWithinMs, type Call, Calls, type CallsOptions } from './calls.ts'
import { definitionSchema, type WorkflowDefinition } from './definition.ts'
import { WexflowError } from './errors.ts'
import { openEventStream } from './event-stream.ts'
import { shapeFailure } from './failures.ts'
import { tellingLines } from './log.ts'
import { bothEnds, type LogLines } from './log-lines.ts'
import { isPage, pageFailure, refusal } from './refusal.ts'
import {
  entryOrNothingSchema,
  entrySchema,
  frameSchema,
  helloSchema,
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
  EntryPage,
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
import type { Transport } from './transport.ts'

/** A server under load took tens of seconds to answer a start, and a start that is given up may still happen. */
const startWithinMs = 120_000

/**
 * Pages are asked from the beginning to the far future, as the server's clock is not known: the second day of 1970 and
 * the last but one of 2037, which MySQL's TIMESTAMP can hold in every zone.
 */
const allTimes: ServerTimeRange = { from: 86_400_000, to: 2_145_744_000_000 }

/** Speaks to one Wexflow server as one signed-in user. */
export class WexflowClient implements WexflowServer, ServerHistory, ServerMessages, WorkflowDefinitions {
  readonly #transport: Transport
  readonly #signIn: SignIn
  readonly #api: string
  readonly #calls: Calls

  constructor(baseUrl: string, transport: Transport, signIn: SignIn, options: CallsOptions = {}) {
    this.#transport = transport
    this.#signIn = signIn
    this.#api = `${baseUrl}/api/v1`
    this.#calls = new Calls(this.#api, transport.call, signIn, options)
  }

  get answeredAt(): number {
    return this.#calls.answeredAt
  }

  async workflows(): Promise<WorkflowInfo[]> {
    const all = await this.#calls.list({ path: 'search', query: { s: '' } }, workflowSchema)
    // A workflow can be stored in two versions under one id: the server lists both and runs the first of them.
    const byId = new Map<number, WorkflowInfo>()
    for (const workflow of all) if (!byId.has(workflow.id)) byId.set(workflow.id, workflow)
    return [...byId.values()]
  }

  async workflow(workflowId: number): Promise<WorkflowInfo | null> {
    const call = { path: 'workflow', query: { w: workflowId } }
    return (await this.#calls.get(call, workflowSchema.optional())) ?? null
  }

  /** A job that can't be read is not one that is gone. */
  runningJobs(workflowId: number): Promise<WorkflowInfo[] | null> {
    return this.#calls.wholeList({ path: 'jobs', query: { w: workflowId } }, workflowSchema)
  }

  async job(workflowId: number, jobId: string): Promise<WorkflowInfo | null> {
    const call = { path: 'job', query: { w: workflowId, i: jobId } }
    return (await this.#calls.get(call, workflowSchema.nullish())) ?? null
  }

  async entry(workflowId: number, jobId: string): Promise<Entry | null> {
    const call = { path: 'entry', query: { w: workflowId, i: jobId } }
    return (await this.#calls.get(call, entryOrNothingSchema.optional())) ?? null
  }

  async statusCounts(): Promise<string> {
    return JSON.stringify(await this.#calls.get({ path: 'status-count' }, statusCountsSchema))
  }

  entryLog(entryId: string): Promise<string[]> {
    return tellingLines(this.#calls.log({ kind: 'entry', id: entryId }))
  }

  entries(page: number, count: number): Promise<EntryPage> {
    return this.#page('search-entries-by-page-order-by', '', page, count)
  }

  history(search: string, page: number, count: number): Promise<EntryPage> {
    return this.historyBetween({ search, range: null, page, count })
  }

  historyBetween({ search, range, page, count }: HistoryQuestion): Promise<EntryPage> {
    return this.#page('search-history-entries-by-page-order-by', search, page, count, range ?? allTimes)
  }

  historyCount(search: string, { from, to }: ServerTimeRange): Promise<number> {
    return this.#calls.get(
      { path: 'history-entries-count-by-date', query: { s: search, from, to } },
      z.number(),
    )
  }

  historyNewestAt(): Promise<number> {
    return this.#calls.get({ path: 'history-entry-status-date-max' }, z.number())
  }

  historyLog(historyId: string): Promise<string[]> {
    return tellingLines(this.#calls.log({ kind: 'history', id: historyId }))
  }

  wholeLog(place: LogPlace): LogLines {
    return bothEnds(this.#calls.log(place))
  }

  hasUnreadMessages(username: string): Promise<boolean> {
    return this.#calls.get({ path: 'has-notifications', query: { a: username } }, z.boolean())
  }

  messages(username: string): Promise<ServerMessage[]> {
    return this.#calls.list({ path: 'search-notifications', query: { a: username, s: '' } }, messageSchema)
  }

  markMessagesRead(ids: readonly string[]): Promise<boolean> {
    return this.#calls.post({ path: 'mark-notifications-as-read', json: ids }, z.boolean())
  }

  async definition(workflowId: number): Promise<WorkflowDefinition | null> {
    return (await this.#calls.get({ path: `json/${workflowId}` }, definitionSchema.optional())) ?? null
  }

  async start(
    workflowId: number,
    variables: readonly StartVariable[] = [],
    onSend: () => void = () => {},
  ): Promise<StartAnswer> {
    const Variables = variables.map(({ name, value }) => ({ Name: name, Value: value }))
    const call: Pick<Call, 'path' | 'query' | 'json'> =
      variables.length === 0
        ? { path: 'start', query: { w: workflowId } }
        : { path: 'start-with-variables', json: { WorkflowId: workflowId, Variables } }
    const jobId = await this.#calls.post({ ...call, withinMs: startWithinMs, onSend }, startSchema)
    return jobId === null ? { kind: 'noJobId' } : { kind: 'started', jobId }
  }

  stop(workflowId: number, jobId: string): Promise<boolean> {
    return this.#wish('stop', workflowId, jobId)
  }

  suspend(workflowId: number, jobId: string): Promise<boolean> {
    return this.#wish('suspend', workflowId, jobId)
  }

  async resume(workflowId: number, jobId: string): Promise<true> {
    await this.#calls.post({ path: 'resume', query: { w: workflowId, i: jobId } }, nothingSchema)
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
  ): Promise<EntryPage> {
    const query = { s: search, from, to, page, entriesCount: count, heo: 1 }
    return this.#calls.page({ path, query }, entrySchema, count)
  }

  #wish(path: Exclude<Wish, 'resume'>, workflowId: number, jobId: string): Promise<boolean> {
    return this.#calls.post({ path, query: { w: workflowId, i: jobId } }, z.boolean())
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
