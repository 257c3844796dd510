/** The header in which a test names a start. */
export const startNameHeader = 'X-Sim-Start'

/** A request as the simulated server sees it, whatever brought it. */
export interface SimRequest {
  readonly method: string
  /** The path after `/api/v1`. */
  readonly path: string
  readonly query: URLSearchParams
  /** The bearer token; null without one. */
  readonly token: string | null
  readonly body: string
  /** What a test calls this start, so that the truth can tell whose job it became; no real client says it. */
  readonly startName?: string | null
}

export type Headers = Readonly<Record<string, string>>

/** Where a stream's bytes go. After `end` or `reset` nothing more is called. */
export interface Sink {
  headers(status: number, headers: Headers): void
  write(bytes: Uint8Array): void
  end(): void
  /** Breaks the connection without an end. */
  reset(): void
}

/** A complete answer, to be given after a delay in milliseconds. */
export interface PlainAnswer {
  readonly kind: 'answer'
  readonly delayMs: number
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** A stream; `open` is called once and answers what to call when the client goes away. */
export interface StreamAnswer {
  readonly kind: 'jobStream' | 'changeStream'
  open(sink: Sink): () => void
}

/** The connection breaks after a delay in milliseconds, without an answer. */
interface BrokenAnswer {
  readonly kind: 'reset'
  readonly delayMs: number
}

/** Nobody listens: the connection cannot be made. */
interface RefusedAnswer {
  readonly kind: 'refused'
}

export type SimAnswer = PlainAnswer | StreamAnswer | BrokenAnswer | RefusedAnswer

/** How long an ordinary call takes, in milliseconds, as recorded. */
const usualDelayMs = 3

const contentType = { 'Content-Type': 'application/json' }

/** Text under the content type that nearly every answer has, whatever it carries. */
export function textAnswer(body: string, status = 200, delayMs = usualDelayMs): PlainAnswer {
  const headers = body === '' && status !== 204 ? { ...contentType, 'Content-Length': '0' } : contentType
  return { kind: 'answer', delayMs, status, headers, body }
}

/** An empty body sent as if there were one: chunked, without a length. */
export const noBody: PlainAnswer = {
  kind: 'answer',
  delayMs: usualDelayMs,
  status: 200,
  headers: contentType,
  body: '',
}

export function jsonAnswer(value: unknown, status = 200, delayMs = usualDelayMs): PlainAnswer {
  return textAnswer(JSON.stringify(value), status, delayMs)
}

/** The server broke: no body, not even a content type. */
export const serverError: PlainAnswer = {
  kind: 'answer',
  delayMs: usualDelayMs,
  status: 500,
  headers: { 'Content-Length': '0' },
  body: '',
}

/** No token, or one that is not good (any more). */
export const notSignedIn = textAnswer('Unauthorized', 401)

/** Signed in, but this user may not do that: the same status as above. */
export const notPermitted = jsonAnswer({ error: 'Unauthorized!' }, 401)
