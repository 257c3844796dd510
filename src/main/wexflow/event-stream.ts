import { createParser } from 'eventsource-parser'
import { apart } from '../platform/apart.ts'
import type { Answer } from './ask.ts'
import { readRefusal } from './body.ts'
import { networkFailure, strangerFailure } from './failures.ts'
import { isOfNetFramework, isPage, pageFailure, refusal, secondRefusal } from './refusal.ts'
import { WexflowError } from './errors.ts'
import type { SignIn } from './sign-in.ts'
import type { Fetch, FetchAnswer } from './transport.ts'
import type { CloseStream } from './server.ts'

/** What one event may hold, in UTF-16 units: Wexflow's have some hundred, and a workflow's description. */
const mostOfEvent = 1024 * 1024

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
  /** A comment came, which is how Wexflow keeps a stream alive. */
  readonly onComment?: () => void
}

/**
 * Opens one stream of server-sent events, once. An `EventSource` would reconnect by itself, but when and whether to do
 * that is for the caller to decide, and a job stream that is opened again after its end stays silent for ever. Nothing
 * is called before this function has returned, and what bytes bring is told before the next ones are read.
 *
 * Once it is closed nothing more is called. Its connection is closed in the event loop's next phase, since that takes
 * longer than to tell a job's end: what the last event leads to goes out first.
 */
export function openEventStream(options: EventStreamOptions): CloseStream {
  const following: Following = { options, controller: new AbortController(), isClosed: false }
  const close = (): void => {
    if (following.isClosed) return
    following.isClosed = true
    setImmediate(() => following.controller.abort())
  }
  const end = (error: WexflowError): void => {
    if (following.isClosed) return
    close()
    apart(() => options.onEnd(error))
  }
  void follow(following).then(
    () => end(new WexflowError('unreachable', 'the stream ended', true)),
    (error: unknown) => end(networkFailure(error)),
  )
  return close
}

interface Following {
  readonly options: EventStreamOptions
  readonly controller: AbortController
  /** Nothing is told any more. */
  isClosed: boolean
}

/** Asks for the stream and tells what it brings, until it ends or is given up. */
async function follow(following: Following): Promise<void> {
  const { options, controller } = following
  const answer = await fetchSignedIn(options, controller.signal)
  if (answer.status !== 200) throw streamRefusal(await whole(answer))
  const contentType = answer.headers.get('content-type') ?? ''
  if (!/^\s*text\/event-stream\s*(?:;|$)/iu.test(contentType)) throw noEventStream(contentType)
  const reader = answer.body?.getReader()
  if (reader === undefined) return
  const feed = newFeed(following)
  const decoder = new TextDecoder()
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    if (following.isClosed) return
    feed(decoder.decode(chunk.value, { stream: true }))
  }
}

/** What a listener throws is a fault of the app, and no news of the stream. */
function newFeed(following: Following): (text: string) => void {
  const { event, onData, onBytes, onComment } = following.options
  let failure: WexflowError | null = null
  const parser = createParser({
    maxBufferSize: mostOfEvent,
    onError: ({ type, message }) => {
      if (type === 'max-buffer-size-exceeded') failure = new WexflowError('tooLarge', message, true)
    },
    onEvent: (message) => {
      if (!following.isClosed && (message.event ?? 'message') === event) apart(() => onData(message.data))
    },
    onComment: () => {
      if (!following.isClosed) apart(() => onComment?.())
    },
  })
  return (text) => {
    apart(() => onBytes?.())
    parser.feed(text)
    if (failure !== null) throw failure
  }
}

/** Of something that is no stream the body is not waited for. */
const noEventStream = (contentType: string): WexflowError =>
  /^\s*text\/html\b/iu.test(contentType) ? pageFailure(200) : strangerFailure('no event stream')

const whole = async (answer: FetchAnswer): Promise<Answer> => ({
  status: answer.status,
  headers: answer.headers,
  body: await readRefusal(answer),
})

/** A token that the server refuses is renewed once; a second refusal is an answer. */
async function fetchSignedIn(
  { fetch, signIn, url }: EventStreamOptions,
  signal: AbortSignal,
): Promise<FetchAnswer> {
  const send = (token: string): Promise<FetchAnswer> =>
    fetch(url, {
      method: 'GET',
      headers: { Accept: 'text/event-stream', Authorization: `Bearer ${token}` },
      signal,
    })
  const token = await signIn.token()
  const answer = await send(token)
  if (answer.status !== 401) return answer
  const error = refusal(await whole(answer))
  if (error.failure.kind !== 'signInExpired') throw error
  const second = await send(await signIn.renewed(token))
  if (second.status === 401) throw secondRefusal(await whole(second))
  return second
}

/** Servers on .NET Framework have no streams: they answer 404. */
function streamRefusal(answer: Answer): WexflowError {
  const isNotThere = answer.status === 404 && (!isPage(answer) || isOfNetFramework(answer))
  return isNotThere ? new WexflowError('noStream', '404', false) : refusal(answer)
}
