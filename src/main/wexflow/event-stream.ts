import { EventSource, type FetchLikeResponse } from 'eventsource'
import { networkFailure, renewedFailure, statusFailure } from './failures.ts'
import { WexflowError } from './errors.ts'
import type { SignIn } from './sign-in.ts'
import type { ByteReader, Fetch, FetchAnswer } from './transport.ts'
import type { CloseStream } from './server.ts'

export interface EventStreamOptions {
  readonly fetch: Fetch
  readonly signIn: SignIn
  readonly url: string
  /** The name of the events that are listened to; `message` for those without a name. */
  readonly event: string
  readonly onData: (data: string) => void
  /** Called once at the end, by whatever it came; not after the stream was closed here. */
  readonly onEnd: (error: WexflowError) => void
  /** Bytes came. */
  readonly onBytes?: () => void
  /** A comment began, which is how Wexflow keeps a stream alive. */
  readonly onComment?: () => void
}

/**
 * Opens one stream of server-sent events, once: a spec-conforming `EventSource` reconnects by itself, but when and
 * whether to do that is for the caller to decide, and a job stream that is opened again after its end stays silent
 * for ever. Nothing is called before this function has returned.
 */
export function openEventStream(options: EventStreamOptions): CloseStream {
  const { url, event, onData, onEnd } = options
  let failure: WexflowError | null = null
  const source = new EventSource(url, {
    fetch: async (_url, { signal, headers }) => {
      try {
        const answer = await fetchSignedIn(options, headers, signal)
        if (answer.status !== 200) failure = streamFailure(answer.status, await answer.text())
        return response(url, answer, options)
      } catch (error) {
        failure = networkFailure(error)
        throw error
      }
    },
  })
  const onError = (): void => {
    source.close()
    onEnd(failure ?? new WexflowError('unreachable', 'the stream ended', true))
  }
  source.addEventListener('error', onError)
  source.addEventListener(event, (message: MessageEvent) => onData(String(message.data)))
  return () => {
    source.removeEventListener('error', onError)
    source.close()
  }
}

/** A token that the server refuses is renewed once; a second refusal is an answer. */
async function fetchSignedIn(
  { fetch, signIn, url }: EventStreamOptions,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<FetchAnswer> {
  const send = (token: string): Promise<FetchAnswer> =>
    fetch(url, { method: 'GET', headers: { ...headers, Authorization: `Bearer ${token}` }, signal })
  const token = await signIn.token()
  const answer = await send(token)
  if (answer.status !== 401) return answer
  const failure = statusFailure(401, await answer.text())
  if (failure.failure.kind === 'forbidden') throw failure
  const second = await send(await signIn.renewed(token))
  if (second.status === 401) throw renewedFailure(await second.text())
  return second
}

/** Servers on .NET Framework have no streams: they answer 404. */
const streamFailure = (status: number, body: string): WexflowError =>
  status === 404 ? new WexflowError('noStream', '404', false) : statusFailure(status, body)

/** The answer as the eventsource package wants it, its bytes watched: the package tells nothing of comments. */
function response(url: string, answer: FetchAnswer, options: EventStreamOptions): FetchLikeResponse {
  const { status, headers, body } = answer
  return {
    url,
    redirected: false,
    status,
    headers,
    body: body === null ? null : { getReader: () => watched(body.getReader(), options) },
  }
}

const lineFeed = 0x0a
const carriageReturn = 0x0d
const colon = 0x3a

function watched(
  reader: ByteReader,
  { onBytes, onComment }: Pick<EventStreamOptions, 'onBytes' | 'onComment'>,
): ByteReader {
  let isLineStart = true
  const watch = (bytes: Uint8Array): void => {
    onBytes?.()
    for (const byte of bytes) {
      if (isLineStart && byte === colon) onComment?.()
      isLineStart = byte === lineFeed || byte === carriageReturn
    }
  }
  return {
    cancel: async () => reader.cancel(),
    read: async () => {
      const result = await reader.read()
      if (!result.done) watch(result.value)
      return result
    },
  }
}
