/**
 * What requests are made with, loaded by the first of them: the parts of undici that the app uses, each from its own
 * file, and what unpacks answers. undici's index loads all others as well (mocks, caches,
 * WebSockets) and, by asking for the global `Headers`, Node's own copy of undici besides: 1.8 MB that would stay, and
 * twice the time. undici closes none of its files to others; an update that moves one of these does not build.
 */
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Dispatcher } from 'undici'
import requestOf from 'undici/lib/api/api-request.js'

export { default as Agent } from 'undici/lib/dispatcher/agent.js'

/** Sends a request; one that is redirected is not followed. */
export function request(
  url: string,
  dispatcher: Dispatcher,
  options: Pick<Dispatcher.RequestOptions, 'method' | 'headers' | 'body' | 'signal'>,
): Promise<Dispatcher.ResponseData> {
  const { origin, pathname, search } = new URL(url)
  return requestOf.call(dispatcher, { ...options, origin, path: `${pathname}${search}` })
}

/** An answer's body as it was before it was packed. */
export function unpacked({ headers, body }: Dispatcher.ResponseData): Readable {
  if (!/^gzip$/iu.test(String(headers['content-encoding']))) return body
  // A failure of either ends the other, and is told to whoever reads what was unpacked.
  return pipeline(body, createGunzip(), () => {})
}
