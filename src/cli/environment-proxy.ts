import type { Terminal } from './terminal.ts'

/** What a PAC script calls the proxies of these schemes. */
const pacWords: Readonly<Record<string, string>> = { http: 'PROXY', https: 'HTTPS' }

/** Whether an entry of `no_proxy` (`host`, `.domain`, `host:port`, `*`) is about this address. */
function isExcepted(entry: string, { hostname, port, protocol }: URL): boolean {
  const [, host = '', entryPort] = /^\*?\.?(.*?)(?::(\d+))?$/u.exec(entry.toLowerCase()) ?? []
  const usualPort = protocol === 'https:' ? '443' : '80'
  if (entryPort !== undefined && entryPort !== (port || usualPort)) return false
  return entry === '*' || (host !== '' && (hostname === host || hostname.endsWith(`.${host}`)))
}

/**
 * The proxy that the environment names for an address, as a PAC script says it: by `http_proxy`, `https_proxy`, `all_proxy` and
 * `no_proxy`, or the same in capitals. As curl does, `HTTP_PROXY` is left out: where a web server runs a script, whoever
 * calls that can set it.
 */
export function environmentProxy(env: Terminal['env'], address: string): string {
  const url = new URL(address)
  const own = url.protocol === 'https:' ? env['https_proxy'] || env['HTTPS_PROXY'] : env['http_proxy']
  const named = own || env['all_proxy'] || env['ALL_PROXY'] || ''
  const exceptions = (env['no_proxy'] || env['NO_PROXY'] || '')
    .split(/[\s,]+/u)
    .filter((entry) => entry !== '')
  if (named === '' || exceptions.some((entry) => isExcepted(entry, url))) return 'DIRECT'
  const [, scheme = 'http', authority = ''] = /^(?:([a-z][\w+.-]*):\/\/)?([^/]*)/iu.exec(named) ?? []
  // Any other scheme is refused, with a sentence of its own.
  return `${pacWords[scheme.toLowerCase()] ?? scheme.toUpperCase()} ${authority}`
}
