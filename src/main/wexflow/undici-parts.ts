/**
 * The parts of undici that the app uses, each from its own file. Its index loads all others as well (mocks, caches,
 * WebSockets) and, by asking for the global `Headers`, Node's own copy of undici besides: 1.8 MB that would stay, and
 * twice the time. undici closes none of its files to others; an update that moves one of these does not build.
 */
import type { Dispatcher } from 'undici'
import requestOf from 'undici/lib/api/api-request.js'

export { default as Agent } from 'undici/lib/dispatcher/agent.js'
export { fetch } from 'undici/lib/web/fetch/index.js'

/** A request without what `fetch` does to its answer. */
export function request(
  url: string,
  dispatcher: Dispatcher,
  options: Pick<Dispatcher.RequestOptions, 'method' | 'headers' | 'signal'>,
): Promise<Dispatcher.ResponseData> {
  const { origin, pathname, search } = new URL(url)
  return requestOf.call(dispatcher, { ...options, origin, path: `${pathname}${search}` })
}
