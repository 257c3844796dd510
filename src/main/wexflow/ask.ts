import type { z } from 'zod'
import { deadlineFailure, networkFailure, shapeFailure } from './failures.ts'
import type { Fetch, FetchOptions } from './transport.ts'

/** An answer that was read to its end. */
export interface Answer {
  readonly status: number
  readonly body: string
}

export interface Request extends Omit<FetchOptions, 'signal'> {
  /** Milliseconds until the request is given up. */
  readonly withinMs: number
}

/** Sends one request and reads its answer. Rejects with a `WexflowError`, and only for what the network did. */
export async function ask(fetch: Fetch, url: string, { withinMs, ...options }: Request): Promise<Answer> {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(deadlineFailure(withinMs)), withinMs)
  try {
    const answer = await fetch(url, { ...options, signal: controller.signal })
    return { status: answer.status, body: await answer.text() }
  } catch (error) {
    throw networkFailure(controller.signal.aborted ? controller.signal.reason : error)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Reads a body. An empty one is `undefined` to the schema: Wexflow says "nothing" or "not permitted" so. Throws a
 * `WexflowError` for what is no JSON or of another shape. The content type is no help: it is JSON for all answers.
 */
export function parseBody<Schema extends z.ZodType>(
  what: string,
  body: string,
  schema: Schema,
): z.infer<Schema> {
  let value: unknown
  try {
    value = body === '' ? undefined : JSON.parse(body)
  } catch {
    throw shapeFailure(`${what}: no JSON`)
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw shapeFailure(`${what}: ${issue?.code ?? 'shape'} at ${issue?.path.join('.') ?? ''}`)
}
