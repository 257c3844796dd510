import { z } from 'zod'
import {
  deadlineFailure,
  isClosedConnection,
  networkFailure,
  shapeFailure,
  strangerFailure,
} from './failures.ts'
import { type BodyLimit, readBody } from './body.ts'
import type { WexflowError } from './errors.ts'
import type { Fetch, FetchAnswer, FetchOptions } from './transport.ts'

/** An answer that was read to its end. */
export interface Answer {
  readonly status: number
  readonly headers: FetchAnswer['headers']
  readonly body: string
}

export interface Request extends Omit<FetchOptions, 'signal' | 'isAlone'> {
  /** Milliseconds until the request is given up. */
  readonly withinMs: number
  /** How much is read of an answer; where it says nothing, what one object can need. */
  readonly limit?: BodyLimit
}

/** One object, with a description of its own. */
const mostOfOne = 8 * 1024 * 1024

/**
 * Sends one request and reads its answer. Rejects with a `WexflowError`, and only for what the network did.
 *
 * A GET that meets a connection which is just being closed is sent once more, over a new one: it changes nothing on the
 * server, and proxies close connections after every answer. A POST is sent once, whatever happens, and for that reason
 * never over a connection that was used before.
 */
export async function ask(
  fetch: Fetch,
  url: string,
  { withinMs, limit = mostOfOne, ...options }: Request,
): Promise<Answer> {
  const controller = new AbortController()
  const { signal } = controller
  const timer = setTimeout(() => controller.abort(deadlineFailure(withinMs)), withinMs)
  const send = async (isAlone: boolean): Promise<Answer> => {
    try {
      const answer = await fetch(url, { ...options, signal, isAlone })
      return { status: answer.status, headers: answer.headers, body: await readBody(answer, limit) }
    } catch (error) {
      throw networkFailure(signal.aborted ? signal.reason : error)
    }
  }
  try {
    if (options.method === 'POST') return await send(true)
    return await send(false).catch((error: unknown) => {
      if (!isClosedConnection(error)) throw error
      return send(true)
    })
  } finally {
    clearTimeout(timer)
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
