import { z } from 'zod'
import { ask, parseBody } from './ask.ts'
import { WexflowError } from './errors.ts'
import { openEventStream } from './event-stream.ts'
import { shapeFailure } from './failures.ts'
import { isPage, pageFailure, refusal, secondRefusal } from './refusal.ts'
import {
  entryOrNothingSchema,
  entrySchema,
  frameSchema,
  logSchema,
  startSchema,
  statusCountSchema,
  workflowSchema,
} from './schemas.ts'
import type {
  ChangeStreamListener,
  CloseStream,
  Entry,
  JobStreamListener,
  StartAnswer,
  WexflowServer,
  WorkflowInfo,
} from './server.ts'
import type { SignIn } from './sign-in.ts'
import type { Transport } from './transport.ts'

const answerWithinMs = 30_000
/** A server under load took tens of seconds to answer a start, and a start that is given up may still happen. */
const startWithinMs = 120_000

/**
 * Pages are asked from the beginning to the far future, as the server's clock is not known: the second day of 1970 and
 * the last but one of 2037, which MySQL's TIMESTAMP can hold in every zone.
 */
const beginning = '86400000'
const farFuture = '2145744000000'

/** A call: its path after `/api/v1/`, its query, and what is waited for. */
interface Call<Schema extends z.ZodType> {
  readonly path: string
  readonly query?: Readonly<Record<string, string | number>>
  readonly schema: Schema
}

/** Speaks to one Wexflow server as one signed-in user. */
export class WexflowClient implements WexflowServer {
  readonly #transport: Transport
  readonly #signIn: SignIn
  readonly #api: string

  constructor(baseUrl: string, transport: Transport, signIn: SignIn) {
    this.#transport = transport
    this.#signIn = signIn
    this.#api = `${baseUrl}/api/v1`
  }

  async workflows(): Promise<WorkflowInfo[]> {
    const all = await this.#get({ path: 'search', query: { s: '' }, schema: z.array(workflowSchema) })
    // A workflow can be stored in two versions under one id: the server lists both and runs the first of them.
    const byId = new Map<number, WorkflowInfo>()
    for (const workflow of all) if (!byId.has(workflow.id)) byId.set(workflow.id, workflow)
    return [...byId.values()]
  }

  async workflow(workflowId: number): Promise<WorkflowInfo | null> {
    const schema = workflowSchema.optional()
    return (await this.#get({ path: 'workflow', query: { w: workflowId }, schema })) ?? null
  }

  async runningJobs(workflowId: number): Promise<WorkflowInfo[] | null> {
    const schema = z.array(workflowSchema).optional()
    return (await this.#get({ path: 'jobs', query: { w: workflowId }, schema })) ?? null
  }

  async job(workflowId: number, jobId: string): Promise<WorkflowInfo | null> {
    const schema = workflowSchema.nullish()
    return (await this.#get({ path: 'job', query: { w: workflowId, i: jobId }, schema })) ?? null
  }

  async entry(workflowId: number, jobId: string): Promise<Entry | null> {
    const schema = entryOrNothingSchema.optional()
    return (await this.#get({ path: 'entry', query: { w: workflowId, i: jobId }, schema })) ?? null
  }

  async entryLog(entryId: string): Promise<string[]> {
    const schema = logSchema.optional()
    return (await this.#get({ path: 'entry-logs', query: { id: entryId }, schema })) ?? []
  }

  entries(page: number, count: number): Promise<Entry[]> {
    return this.#page('search-entries-by-page-order-by', '', page, count)
  }

  history(search: string, page: number, count: number): Promise<Entry[]> {
    return this.#page('search-history-entries-by-page-order-by', search, page, count)
  }

  async historyLog(historyId: string): Promise<string[]> {
    const schema = logSchema.optional()
    return (await this.#get({ path: 'history-entry-logs', query: { id: historyId }, schema })) ?? []
  }

  async start(workflowId: number): Promise<StartAnswer> {
    const call = { path: 'start', query: { w: workflowId }, schema: startSchema }
    const jobId = await this.#call('POST', call, startWithinMs)
    return jobId === null ? { kind: 'noJobId' } : { kind: 'started', jobId }
  }

  stop(workflowId: number, jobId: string): Promise<boolean> {
    return this.#wish('stop', workflowId, jobId)
  }

  approve(workflowId: number, jobId: string): Promise<boolean> {
    return this.#wish('approve', workflowId, jobId)
  }

  reject(workflowId: number, jobId: string): Promise<boolean> {
    return this.#wish('reject', workflowId, jobId)
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
        try {
          const frame = parsed(data, frameSchema)
          if (frame === null || frame.jobId.toLowerCase() !== jobId.toLowerCase())
            listener.onClosed(shapeFailure('job stream'))
          else listener.onFrame({ status: frame.status, rawStatus: frame.rawStatus })
        } finally {
          // Not before: to abort a request takes longer than to tell the end.
          close()
        }
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
      onComment: () => listener.onBeat(),
      onData: (data) => {
        listener.onChange(parsed(data, statusCountSchema)?.Id ?? null)
      },
      onEnd: (error) => listener.onClosed(error),
    })
  }

  #stream(path: string): { fetch: Transport['stream']; signIn: SignIn; url: string } {
    return { fetch: this.#transport.stream, signIn: this.#signIn, url: `${this.#api}/${path}` }
  }

  #page(path: string, search: string, page: number, count: number): Promise<Entry[]> {
    const query = { s: search, from: beginning, to: farFuture, page, entriesCount: count, heo: 1 }
    return this.#get({ path, query, schema: z.array(entrySchema) })
  }

  #wish(path: 'stop' | 'approve' | 'reject', workflowId: number, jobId: string): Promise<boolean> {
    return this.#call('POST', { path, query: { w: workflowId, i: jobId }, schema: z.boolean() })
  }

  #get<Schema extends z.ZodType>(call: Call<Schema>): Promise<z.infer<Schema>> {
    return this.#call('GET', call)
  }

  async #call<Schema extends z.ZodType>(
    method: 'GET' | 'POST',
    { path, query = {}, schema }: Call<Schema>,
    withinMs = answerWithinMs,
  ): Promise<z.infer<Schema>> {
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
    const url = `${this.#api}/${path}?${search.toString()}`
    const send = (token: string): ReturnType<typeof ask> =>
      ask(this.#transport.call, url, { method, headers: { Authorization: `Bearer ${token}` }, withinMs })
    const token = await this.#signIn.token()
    let answer = await send(token)
    if (answer.status === 401) {
      const error = refusal(answer)
      if (error.failure.kind !== 'signInExpired') throw error
      // The server has refused before it did anything, so even a start may be sent again; once.
      answer = await send(await this.#signIn.renewed(token))
      if (answer.status === 401) throw secondRefusal(answer)
    }
    const { status, body } = answer
    if (status === 204) return parseBody(path, '', schema)
    if (status !== 200) throw refusal(answer)
    if (isPage(answer)) throw pageFailure(status)
    return parseBody(path, body, schema)
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
