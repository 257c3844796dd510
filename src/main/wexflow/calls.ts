import type { z } from 'zod'
import { type Answer, ask, askForLong, parseBody, parseRows, type Request } from './ask.ts'
import { WexflowError } from './errors.ts'
import { isServersWord, shapeFailure } from './failures.ts'
import { beginOf, isJsonString, jsonStringText, linesOf } from './log-lines.ts'
import { isPage, pageFailure, refusal, secondRefusal } from './refusal.ts'
import { noLogSchema } from './schemas.ts'
import type { LogPlace } from './server.ts'
import type { SignIn } from './sign-in.ts'
import type { Fetch } from './transport.ts'

/** Milliseconds that an answer is waited for. */
export const answerWithinMs = 30_000

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
export interface Call {
  readonly path: string
  readonly query?: Readonly<Record<string, string | number>>
  /** What is sent along, as JSON. */
  readonly json?: unknown
  readonly withinMs?: number
  readonly limit?: number
  /** Called each time that it goes out: before that it may wait for a connection. */
  readonly onSend?: () => void
}

export interface CallsOptions {
  /**
   * Called where rows of a list could not be read and are left out, with the call's path and their number; not again
   * while that number stays the same.
   */
  readonly onDroppedRows?: (path: string, count: number) => void
}

/** Calls of one signed-in user, whose answers are checked. All of them reject with a `WexflowError`. */
export class Calls {
  readonly #api: string
  readonly #fetch: Fetch
  readonly #signIn: SignIn
  readonly #onDroppedRows: (path: string, count: number) => void
  /** By path, how many rows of the last list could not be read. */
  readonly #dropped = new Map<string, number>()
  #answeredAt = Number.NEGATIVE_INFINITY

  /** @param api the address before a call's path, without a slash at its end */
  constructor(api: string, fetch: Fetch, signIn: SignIn, { onDroppedRows = () => {} }: CallsOptions) {
    this.#api = api
    this.#fetch = fetch
    this.#signIn = signIn
    this.#onDroppedRows = onDroppedRows
  }

  /** When the server itself last answered a call, be it with a refusal; milliseconds of `performance.now()`. */
  get answeredAt(): number {
    return this.#answeredAt
  }

  async get<Schema extends z.ZodType>(call: Call, schema: Schema): Promise<z.infer<Schema>> {
    return parseBody(call.path, await this.#body('GET', call), schema)
  }

  async post<Schema extends z.ZodType>(call: Call, schema: Schema): Promise<z.infer<Schema>> {
    return parseBody(call.path, await this.#body('POST', call), schema)
  }

  /** The rows of a list that can be read. */
  async list<Schema extends z.ZodType>(call: Call, schema: Schema): Promise<z.infer<Schema>[]> {
    return (await this.#readable(call, schema)).rows
  }

  /** The rows that can be read of a page of so many rows, and whether it is the last one. */
  async page<Schema extends z.ZodType>(
    call: Call,
    schema: Schema,
    count: number,
  ): Promise<{ rows: z.infer<Schema>[]; isLast: boolean }> {
    const { rows, dropped } = await this.#readable(call, schema)
    return { rows, isLast: rows.length + dropped < count }
  }

  async #readable<Schema extends z.ZodType>(
    call: Call,
    schema: Schema,
  ): Promise<{ rows: z.infer<Schema>[]; dropped: number }> {
    const { path } = call
    const body = await this.#body('GET', { ...call, limit: mostOfList })
    const { rows, dropped } = await parseRows(path, body, schema)
    if (dropped > 0 && dropped !== this.#dropped.get(path)) this.#onDroppedRows(path, dropped)
    this.#dropped.set(path, dropped)
    return { rows, dropped }
  }

  /** A list that must be read whole; null for an empty body. */
  async wholeList<Schema extends z.ZodType>(call: Call, schema: Schema): Promise<z.infer<Schema>[] | null> {
    const { path } = call
    const body = await this.#body('GET', { ...call, limit: mostOfList })
    if (body === '') return null
    const { rows, dropped } = await parseRows(path, body, schema)
    if (dropped > 0) throw shapeFailure(`${path}: ${dropped} rows`)
    return rows
  }

  /** A log is one JSON string; null or nothing at all where there is none. */
  async *log({ kind, id }: LogPlace): AsyncGenerator<readonly string[], void, void> {
    const path = logPaths[kind]
    const answer = await this.#answer(askForLong, 'GET', { path, query: { id }, limit: mostOfLog })
    const { body, text } = answer
    if (text === null) return
    if (isJsonString(body)) yield* linesOf(jsonStringText(path, text))
    else parseBody(path, await beginOf(text, mostOfNoLog), noLogSchema)
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
    call: Call,
  ): Promise<Read> {
    try {
      const answer = await this.#success(send, method, call)
      this.#answeredAt = performance.now()
      return answer
    } catch (error) {
      if (error instanceof WexflowError && isServersWord(error.failure)) this.#answeredAt = performance.now()
      throw error
    }
  }

  async #success<Read extends Answer>(
    send: (fetch: Fetch, url: string, request: Request) => Promise<Read>,
    method: 'GET' | 'POST',
    { path, query = {}, json, withinMs = answerWithinMs, ...others }: Call,
  ): Promise<Read> {
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
    const url = `${this.#api}/${path}?${search.toString()}`
    const sendWith = (token: string): Promise<Read> =>
      send(this.#fetch, url, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        withinMs,
        ...others,
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
