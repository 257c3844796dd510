/** Wexflow's own port; most servers keep it. */
const wexflowPort = '8000'

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }

/**
 * The addresses that a typed one may mean, the most probable first: scheme, host, port and path without `/api/v1` and
 * without a trailing slash. Empty for what is no address. A host alone may mean Wexflow's own port or a web server in
 * front of it; without a scheme both are possible.
 */
export function possibleAddresses(typed: string): string[] {
  const text = typed.trim()
  const [, givenScheme] = /^(https?):\/\//iu.exec(text) ?? []
  if (givenScheme === undefined && text.includes('://')) return []
  const url = parseUrl(givenScheme === undefined ? `http://${text}` : text)
  // A password in an address would end up wherever addresses do.
  if (url === null || url.username !== '' || url.password !== '') return []
  const path = url.pathname.replace(/\/+$/u, '').replace(/\/api\/v1$/iu, '')
  const typedPort = givenPort(text) ?? (url.port === '' ? undefined : url.port)
  const schemes = givenScheme === undefined ? ['http:', 'https:'] : [url.protocol]
  const addresses = schemes.flatMap((scheme) => {
    const ownPort = defaultPorts[scheme] ?? ''
    const ports = typedPort === undefined ? portsOf(givenScheme, ownPort) : [typedPort]
    return ports.map((port) => `${scheme}//${url.hostname}${port === ownPort ? '' : `:${port}`}${path}`)
  })
  return [...new Set(addresses)]
}

/** Whether an address leads to this machine, so that nothing said to it can be overheard on a network. */
export function isThisMachine(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/u.test(hostname)
}

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
