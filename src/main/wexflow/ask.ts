import { z } from 'zod'
import {
  deadlineFailure,
  isClosedConnection,
  networkFailure,
  shapeFailure,
  strangerFailure,
} from './failures.ts'
import { bodyText, readBody, readRefusal } from './body.ts'
import type { WexflowError } from './errors.ts'
import type { Fetch, FetchAnswer, FetchOptions } from './transport.ts'

/** An answer that was read to its end. */
export interface Answer {
  readonly status: number
  readonly headers: FetchAnswer['headers']
  readonly body: string
}

/** A refusal, or a success of which `body` is the beginning. */
export interface LongAnswer extends Answer {
  /**
   * All of a success, in pieces as they come, within the time that the request has; null for a refusal. Rejects with a
   * `WexflowError`. Whoever stops before its end breaks the connection.
   */
  readonly text: AsyncIterable<string> | null
}

export interface Request extends Omit<FetchOptions, 'signal' | 'isAlone'> {
  /** Milliseconds until the request is given up. */
  readonly withinMs: number
  /** How many bytes are read of a success; where it says nothing, what one object can need. */
  readonly limit?: number
}

/** One object, with a description of its own. */
const mostOfOne = 8 * 1024 * 1024

/** Sends one request and reads its answer. Rejects with a `WexflowError`, and only for what the network did. */
export async function ask(
  fetch: Fetch,
  url: string,
  { withinMs, limit = mostOfOne, ...options }: Request,
): Promise<Answer> {
  const deadline = new Deadline(withinMs)
  try {
    return await send(fetch, url, options, deadline, async (answer) => ({
      status: answer.status,
      headers: answer.headers,
      body: await readBody(answer, limit),
    }))
  } finally {
    deadline.end()
  }
}

/** As `ask`, for an answer that is read as it comes. One that nobody reads is broken off when the request's time is over. */
export async function askForLong(
  fetch: Fetch,
  url: string,
  { withinMs, limit = mostOfOne, ...options }: Request,
): Promise<LongAnswer> {
  const deadline = new Deadline(withinMs)
  try {
    return await send(fetch, url, options, deadline, async (answer) => {
      const { status, headers } = answer
      if (status !== 200) {
        const body = await readRefusal(answer)
        deadline.end()
        return { status, headers, body, text: null }
      }
      const pieces = bodyText(answer, limit)
      const first = await pieces.next()
      const body = first.done === true ? '' : first.value
      return { status, headers, body, text: deadline.over(following(body, pieces)) }
    })
  } catch (error) {
    deadline.end()
    throw error
  }
}

/**
 * Sends a request. A GET that meets a connection which is just being closed is sent once more, over a new one: it changes
 * nothing on the server, and proxies close connections after every answer. A POST is sent once, whatever happens, and for
 * that reason never over a connection that was used before.
 */
async function send<Read>(
  fetch: Fetch,
  url: string,
  options: Omit<FetchOptions, 'signal' | 'isAlone'>,
  deadline: Deadline,
  read: (answer: FetchAnswer) => Promise<Read>,
): Promise<Read> {
  const sendOnce = async (isAlone: boolean): Promise<Read> => {
    try {
      return await read(await fetch(url, { ...options, signal: deadline.signal, isAlone }))
    } catch (error) {
      throw deadline.failure(error)
    }
  }
  if (options.method === 'POST') return sendOnce(true)
  return sendOnce(false).catch((error: unknown) => {
    if (!isClosedConnection(error)) throw error
    return sendOnce(true)
  })
}

/** What was taken of `pieces`, and the others. */
async function* following(
  first: string,
  pieces: AsyncGenerator<string, void, void>,
): AsyncGenerator<string, void, void> {
  try {
    yield first
    yield* pieces
  } finally {
    await pieces.return()
  }
}

/** The time that a request has, until it is ended. */
class Deadline {
  readonly #controller = new AbortController()
  readonly signal = this.#controller.signal
  readonly #timer: ReturnType<typeof setTimeout>

  constructor(withinMs: number) {
    this.#timer = setTimeout(() => this.#controller.abort(deadlineFailure(withinMs)), withinMs)
  }

  end(): void {
    clearTimeout(this.#timer)
  }

  /** What an error of the request means. */
  failure(error: unknown): WexflowError {
    return networkFailure(this.signal.aborted ? this.signal.reason : error)
  }

  /** Hands on what comes, and ends with it. */
  async *over<Piece>(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece, void, void> {
    try {
      yield* pieces
    } catch (error) {
      throw this.failure(error)
    } finally {
      this.end()
    }
  }
}

/**
 * Reads a body. An empty one is `undefined` to the schema: Wexflow says "nothing" or "not permitted" so. Throws a
 * `WexflowError` for what can't be read. The content type is no help: it is JSON for all answers.
 */
export function parseBody<Schema extends z.ZodType>(
  what: string,
  body: string,
  schema: Schema,
): z.infer<Schema> {
  const value = jsonOf(what, body)
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw misfit(what, value, result.error)
}

/** So many rows are read at once, in some ten milliseconds; then whatever else waits has its turn, such as the menu. */
const rowsAtOnce = 2000

/**
 * Reads a list whose rows have this shape. One that can't be read costs only itself, unless none can. Rejects with a
 * `WexflowError` for what `parseBody` throws one.
 */
export async function parseRows<Schema extends z.ZodType>(
  what: string,
  body: string,
  schema: Schema,
): Promise<{ rows: z.infer<Schema>[]; dropped: number }> {
  const value = jsonOf(what, body)
  const list = listSchema.safeParse(value)
  if (!list.success) throw misfit(what, value, list.error)
  const rows: z.infer<Schema>[] = []
  let error: z.ZodError | null = null
  for (const [index, row] of list.data.entries()) {
    if (index > 0 && index % rowsAtOnce === 0) await new Promise((resolve) => setImmediate(resolve))
    const result = schema.safeParse(row)
    if (result.success) rows.push(result.data)
    else error ??= result.error
  }
  if (error !== null && rows.length === 0) throw misfit(what, value, error)
  return { rows, dropped: list.data.length - rows.length }
}

const listSchema = z.array(z.unknown())

function jsonOf(what: string, body: string): unknown {
  try {
    const value: unknown = body === '' ? undefined : JSON.parse(body)
    return value
  } catch {
    throw /^\s*[[{"]/u.test(body) ? shapeFailure(`${what}: broken JSON`) : strangerFailure(`${what}: no JSON`)
  }
}

function misfit(what: string, value: unknown, error: z.ZodError): WexflowError {
  const issue = error.issues[0]
  const where = `${what}: ${issue?.code ?? 'shape'} at ${issue?.path.join('.') ?? ''}`
  return isLikeWexflow(value) ? shapeFailure(where) : strangerFailure(where)
}

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && ('Id' in value || 'access_token' in value)

/**
 * Whether a Wexflow server may have sent this, though it is not what was asked for: nothing at all, `false`, which it
 * says of any trouble (source), or something that it keeps.
 */
const isLikeWexflow = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  typeof value === 'boolean' ||
  isRecord(value) ||
  (Array.isArray(value) && value.some(isRecord))
