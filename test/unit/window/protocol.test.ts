import type { Protocol } from 'electron'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  contentSecurityPolicy,
  indexUrl,
  isAppUrl,
  resolveAppFile,
  servePages,
} from '../../../src/main/window/protocol.ts'

const folder = join('/', 'app', 'out', 'renderer')
const base = 'wexflow-tray://app'

describe('resolveAppFile', () => {
  test.each([
    ['/index.html', 'index.html', 'text/html; charset=utf-8'],
    ['/assets/index-B3x.js?v=1#top', 'assets/index-B3x.js', 'text/javascript; charset=utf-8'],
    ['/assets/a%20b.css', 'assets/a b.css', 'text/css; charset=utf-8'],
    ['/a/../index.html', 'index.html', 'text/html; charset=utf-8'],
    ['/../../index.html', 'index.html', 'text/html; charset=utf-8'],
    ['/..%252fsecret.html', '..%2fsecret.html', 'text/html; charset=utf-8'],
    ['/..%2findex.html/%2e%2e/index.html', 'index.html', 'text/html; charset=utf-8'],
  ])('%s', (path, name, contentType) => {
    expect(resolveAppFile(folder, base + path)).toEqual({ path: join(folder, name), contentType })
  })

  test.each([
    ['the folder itself', `${base}/`],
    ['an encoded way out', `${base}/..%2f..%2fsecret.html`],
    ['a way out with backslashes', `${base}/..%5c..%5csecret.html`],
    ['a sibling whose name starts alike', `${base}/..%2frenderer-other%2fx.html`],
    ['a NUL byte', `${base}/index.html%00.js`],
    ['broken encoding', `${base}/%zz.html`],
    ['a kind of file that is not served', `${base}/index.js.map`],
    ['a file without a kind', `${base}/LICENSE`],
    ['another host', 'wexflow-tray://other/index.html'],
    ['another scheme', 'file:///index.html'],
    ['a user in the address', 'wexflow-tray://me@app/index.html'],
    ['no address', 'index.html'],
  ])('%s is nothing', (_name, address) => {
    expect(resolveAppFile(folder, address)).toBeNull()
  })
})

test.each([
  [indexUrl, true],
  ['wexflow-tray://app/x#jobs', true],
  ['wexflow-tray://app.evil.example/index.html', false],
  ['wexflow-tray://app:80/index.html', false],
  ['wexflow-tray-x://app/index.html', false],
  ['https://app/index.html', false],
  ['about:blank', false],
  ['', false],
])('isAppUrl(%j) is %s', (address, expected) => {
  expect(isAppUrl(address)).toBe(expected)
})

describe('the policy', () => {
  const directives = new Map(
    contentSecurityPolicy.split('; ').map((text) => {
      const [name = '', ...sources] = text.split(' ')
      return [name, sources]
    }),
  )

  test('falls back to nothing, and nothing falls back to a default of the browser', () => {
    expect(directives.get('default-src')).toEqual(["'none'"])
    // These three don't fall back to default-src.
    for (const name of ['base-uri', 'form-action', 'frame-ancestors']) {
      expect(directives.get(name)).toEqual(["'none'"])
    }
  })

  test('allows nothing inline, nothing evaluated, and no other host', () => {
    const sources = new Set([...directives.values()].flat())
    expect([...sources].sort()).toEqual(["'none'", "'self'", 'data:'])
    expect(directives.get('script-src')).toEqual(["'self'"])
    expect(directives.get('style-src')).toEqual(["'self'"])
  })
})

describe('servePages', () => {
  let pages: string
  let answer: (request: Request) => Promise<Response>

  beforeAll(() => {
    const root = mkdtempSync(join(tmpdir(), 'wexflow-tray-pages-'))
    pages = join(root, 'renderer')
    mkdirSync(pages)
    writeFileSync(join(pages, 'index.html'), '<h1>Jobs</h1>')
    writeFileSync(join(root, 'secret.html'), 'secret')
    const protocol: Pick<Protocol, 'handle'> = {
      handle(_scheme, handler) {
        answer = async (request) => handler(request)
      },
    }
    servePages(protocol, pages)
  })

  afterAll(() => rmSync(join(pages, '..'), { recursive: true }))

  test('a page comes with its type and the policy', async () => {
    const response = await answer(new Request(`${base}/index.html`))
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('<h1>Jobs</h1>')
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('Content-Security-Policy')).toBe(contentSecurityPolicy)
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
  })

  test.each([
    ['outside the folder', new Request(`${base}/..%2fsecret.html`)],
    ['a file that is not there', new Request(`${base}/other.html`)],
    ['anything but GET', new Request(`${base}/index.html`, { method: 'POST' })],
  ])('%s is a 404 with the policy', async (_name, request) => {
    const response = await answer(request)
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('')
    expect(response.headers.get('Content-Security-Policy')).toBe(contentSecurityPolicy)
  })
})
