import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, join, relative, sep } from 'node:path'
import type { WindowShape } from '../../shared/view.ts'
import type { CustomScheme, Protocol } from 'electron'

/** The window's pages live at this one address; nothing else is ever loaded. */
const scheme = 'wexflow-tray'
const host = 'app'
export const indexUrl = `${scheme}://${host}/index.html`

/** The window's page in a language, the one that the rest of the app speaks, for a window of this shape. */
export const indexUrlIn = (locale: string, shape: WindowShape): string =>
  `${indexUrl}?${new URLSearchParams({ locale, shape }).toString()}`

/** Give it to `protocol.registerSchemesAsPrivileged` before the app's `ready`. */
export const appScheme: CustomScheme = {
  scheme,
  // An origin of its own with relative addresses and module scripts, and none of the other powers. The scripts are kept
  // compiled in the app's folder of caches: the second window and all that follow need not compile them.
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
}

/** What a page may load: its own scripts, styles, fonts and pictures. Nothing from elsewhere, nothing inline. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
}

/**
 * Whether an address belongs to the window's own pages. Parsed: a prefix test takes `wexflow-tray://app.evil/` for
 * ours.
 */
export function isAppUrl(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return (
    url.protocol === `${scheme}:` &&
    url.host === host &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  )
}

/** A file of the window and how it is served. */
export interface AppFile {
  readonly path: string
  readonly contentType: string
}

/**
 * The file that an address asks for; null for anything outside the folder, another host, or a kind of file that the
 * window does not use.
 * @param folder the absolute folder of the built pages
 */
export function resolveAppFile(folder: string, address: string): AppFile | null {
  if (!isAppUrl(address)) return null
  const name = decoded(new URL(address).pathname)
  if (name === null || name.includes('\0') || name.includes('\\')) return null
  const path = join(folder, name)
  const inside = relative(folder, path)
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return null
  const contentType = contentTypes[extname(path)]
  return contentType === undefined ? null : { path, contentType }
}

/** Serves the window's pages from a folder, with the policy on every answer. After the app's `ready`. */
export function servePages(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle(scheme, async (request) => {
    const file = request.method === 'GET' ? resolveAppFile(folder, request.url) : null
    const body = file === null ? null : await readFile(file.path).catch(() => null)
    if (file === null || body === null) return new Response(null, { status: 404, headers })
    return new Response(new Uint8Array(body), { headers: { ...headers, 'Content-Type': file.contentType } })
  })
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}
