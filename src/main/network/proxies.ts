import { WexflowError } from '../wexflow/errors.ts'

/** A way to a server: straight to it, or over a proxy. */
export type Route = { readonly kind: 'direct' } | ProxyRoute

export interface ProxyRoute {
  readonly kind: 'proxy'
  /** What is spoken with the proxy itself. */
  readonly scheme: 'http' | 'https'
  /** Without the brackets of an IPv6 address. */
  readonly host: string
  readonly port: number
}

export const direct: Route = { kind: 'direct' }

/** A text that is the same for the same route. */
export const routeKey = (route: Route): string =>
  route.kind === 'direct' ? 'direct' : `${route.scheme}://${route.host}:${route.port}`

/** Schemes that a list of proxies may name, by what is spoken with the proxy; SOCKS and QUIC are none of ours. */
const schemeOfEntry: Readonly<Record<string, 'http' | 'https'>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
}

/**
 * The routes that a list of proxies names, in its order: what a PAC script returns and Electron's `resolveProxy`
 * answers, such as `PROXY cache:3128; DIRECT`. Entries that we can't speak are left out. Throws a `WexflowError`
 * (`proxyUnsupported`) where no other is left.
 */
export function routesOfList(list: string): Route[] {
  const entries = list
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  const routes = entries.flatMap(routesOfEntry)
  if (routes.length > 0) return routes
  if (entries.length === 0) return [direct]
  throw new WexflowError('proxyUnsupported', (entries[0] ?? '').split(/\s/u)[0] ?? '', false)
}

function routesOfEntry(entry: string): Route[] {
  const [word = '', authority = ''] = entry.split(/\s+/u)
  if (word.toUpperCase() === 'DIRECT') return [direct]
  const scheme = schemeOfEntry[word.toUpperCase()]
  const route = scheme === undefined ? null : routeOfUrl(`${scheme}://${authority}`)
  return route === null ? [] : [route]
}

/**
 * The route over the proxy that a person typed: `host:port`, or a URL of http or https. Throws a `WexflowError`:
 * `proxyUnsupported` for another scheme, such as socks5, and `badProxyAddress` for what is no address, or holds a
 * password, which would be stored in clear text.
 */
export function routeOfAddress(typed: string): ProxyRoute {
  const text = typed.trim()
  const [, scheme] = /^([a-z][\w+.-]*):\/\//iu.exec(text) ?? []
  if (scheme !== undefined && !/^https?$/iu.test(scheme))
    throw new WexflowError('proxyUnsupported', scheme.slice(0, 20), false)
  const route = routeOfUrl(scheme === undefined ? `http://${text}` : text)
  if (route === null) throw new WexflowError('badProxyAddress', 'no address', false)
  return route
}

function routeOfUrl(text: string): ProxyRoute | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (url.hostname === '' || url.username !== '' || url.password !== '') return null
  const scheme = url.protocol === 'https:' ? 'https' : 'http'
  const port = url.port === '' ? { http: 80, https: 443 }[scheme] : Number(url.port)
  return { kind: 'proxy', scheme, host: bareHost(url.hostname), port }
}

/** A URL's host without the brackets of an IPv6 address. */
export const bareHost = (hostname: string): string => hostname.replace(/^\[(.*)\]$/u, '$1')
