import { isIPv6 } from 'node:net'
import type { WebManagerPage } from '../../shared/web-manager.ts'

/** Wexflow's own port; most servers keep it. */
const wexflowPort = '8000'

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }

/** Pages of a Wexflow server, whose address is what people copy: the web manager, the API's description, a call. */
const ownPages = /\/(?:admin|swagger|api\/v1)(?:\/.*)?$/iu

/**
 * The addresses that a typed one may mean, the most probable first: scheme, host, port and path without the path of the
 * server's own pages and without a trailing slash. Empty for what is no address. A host alone may mean Wexflow's own
 * port or a web server in front of it; without a scheme both are possible.
 */
export function possibleAddresses(typed: string): string[] {
  const text = withBrackets(typed.trim())
  const [, givenScheme] = /^(https?):\/\//iu.exec(text) ?? []
  if (givenScheme === undefined && text.includes('://')) return []
  const url = parseUrl(givenScheme === undefined ? `http://${text}` : text)
  // A password in an address would end up wherever addresses do.
  if (url === null || url.username !== '' || url.password !== '') return []
  const typedPath = url.pathname.replace(/\/+$/u, '')
  // A server may also live below a path of such a name.
  const paths = [typedPath.replace(ownPages, ''), typedPath.replace(/\/api\/v1$/iu, '')]
  const typedPort = givenPort(text) ?? (url.port === '' ? undefined : url.port)
  const schemes = givenScheme === undefined ? ['http:', 'https:'] : [url.protocol]
  const origins = schemes.flatMap((scheme) => {
    const ownPort = defaultPorts[scheme] ?? ''
    const ports = typedPort === undefined ? portsOf(givenScheme, ownPort) : [typedPort]
    return ports.map((port) => `${scheme}//${url.hostname}${port === ownPort ? '' : `:${port}`}`)
  })
  return [...new Set(paths.flatMap((path) => origins.map((origin) => `${origin}${path}`)))]
}

/**
 * The address to which a server that wants encryption redirects the call of another: of the same host, so that nothing
 * is taken elsewhere. Null for any other redirect.
 * @param call the path after the address that was redirected, such as `/api/v1/hello`
 */
export function encryptedAddress(address: string, call: string, location: string): string | null {
  const from = new URL(address)
  if (from.protocol !== 'http:' || !URL.canParse(location)) return null
  const to = new URL(location)
  if (to.protocol !== 'https:' || to.hostname !== from.hostname) return null
  const path = to.pathname.endsWith(call) ? to.pathname.slice(0, -call.length) : from.pathname
  return `${to.origin}${path.replace(/\/+$/u, '')}`
}

/** Where a server's own web manager has this page. It holds nothing that signs anybody in. */
export const webManagerAddress = (baseUrl: string, page: WebManagerPage): string =>
  `${baseUrl}/admin/${page}.html`

/** Whether an address leads to this machine, so that nothing said to it can be overheard on a network. */
export function isThisMachine(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/u.test(hostname)
}

/** An IPv6 address as people copy it, which URLs want in brackets. */
const withBrackets = (text: string): string => (isIPv6(text) ? `[${text}]` : text)

/** Whoever types a scheme means its port first; a host alone means Wexflow's. */
const portsOf = (givenScheme: string | undefined, ownPort: string): string[] =>
  givenScheme === undefined ? [wexflowPort, ownPort] : [ownPort, wexflowPort]

/** The port as it was typed: `URL` drops one that is its scheme's own. */
const givenPort = (text: string): string | undefined =>
  /^(?:https?:\/\/)?(?:\[[^\]]*\]|[^:/?#]*):(\d+)(?:[/?#]|$)/iu.exec(text)?.[1]

function parseUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  return url.hostname === '' ? null : url
}
