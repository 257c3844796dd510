import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from '@playwright/test'
import { requests } from '../../src/shared/ipc.ts'
import { contentSecurityPolicy, indexUrl } from '../../src/main/window/protocol.ts'
import { expect, test } from './fixture.ts'
import type { WexflowTray } from './wexflow-tray.ts'

/** The page of the window once it is drawn. */
async function drawnPage(app: WexflowTray): Promise<Page> {
  const page = await app.window()
  await page.getByLabel('Server address').waitFor()
  return page
}

/** A server that a page has no business with, and how often it was asked. */
async function stranger(): Promise<{
  readonly origin: string
  readonly visits: () => number
  readonly close: () => void
}> {
  let visits = 0
  const server = createServer((_request, response) => {
    visits += 1
    response.setHeader('Access-Control-Allow-Origin', '*').end('<title>stranger</title>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address: AddressInfo | string | null = server.address()
  const port = address === null || typeof address === 'string' ? 0 : address.port
  return { origin: `http://127.0.0.1:${port}/`, visits: () => visits, close: () => server.close() }
}

test('the page is no more than a web page: no Node, no Electron, only the bridge of the contract', async ({
  launch,
}) => {
  const page = await drawnPage(await launch())
  expect(await page.evaluate(() => [typeof require, typeof process, typeof module, typeof Buffer])).toEqual(
    Array(4).fill('undefined'),
  )
  const offered = await page.evaluate(() => Object.keys(window.wexflowTray).sort())
  expect(offered).toEqual([...Object.keys(requests), 'freeMemory', 'on', 'snapshot'].sort())
  // A page that changes what it shares with the preload reaches only its own world.
  const isIsolated = await page.evaluate(() => {
    Reflect.set(Array.prototype, 'map', () => {
      throw new Error('reached')
    })
    return window.wexflowTray.hasSounds().then(
      () => true,
      () => false,
    )
  })
  expect(isIsolated).toBe(true)
})

test('the renderer runs in a sandbox, with Electron’s borders up', async ({ launch }) => {
  const app = await launch()
  await drawnPage(app)
  const preferences = await app.electron.evaluate(({ webContents }) => {
    const [contents] = webContents.getAllWebContents()
    // Not in the type definitions, but what the renderer was started with.
    const read: unknown = contents === undefined ? null : Reflect.get(contents, 'getLastWebPreferences')
    return typeof read === 'function' ? read.call(contents) : null
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
  })
})

test('a message from a page that asks for what is not in the contract, or in a wrong shape, is refused', async ({
  launch,
}) => {
  const app = await launch()
  const page = await drawnPage(app)
  const answers = await page.evaluate(async () => {
    const { run } = window.wexflowTray
    const results = await Promise.allSettled([
      run({ kind: 'saveView', view: { page: 'jobs', selectedKey: null, scrollTop: -1 } }),
      run({ kind: 'jobLog', key: 'x'.repeat(101) }),
    ])
    return results.map((result) => (result.status === 'rejected' ? String(result.reason) : 'taken'))
  })
  for (const answer of answers) expect(answer).toContain('refused: wrong shape')
  await expect.poll(() => app.log()).toContain('refused: request run of a wrong shape')
  const isOpen = await page.evaluate(() => {
    const bridge: { on(name: string, listener: () => void): unknown } = window.wexflowTray
    try {
      bridge.on('no-such-event', () => {})
      return true
    } catch {
      return false
    }
  })
  expect(isOpen).toBe(false)
})

test('the page’s policy is sent with it, and no script of another’s runs', async ({ launch }) => {
  const page = await drawnPage(await launch())
  const reloaded = page.waitForResponse((response) => response.url().startsWith(indexUrl))
  await page.reload()
  expect((await reloaded).headers()['content-security-policy']).toBe(contentSecurityPolicy)
  await page.getByLabel('Server address').waitFor()
  const hasRun = await page.evaluate(async () => {
    const blocked = new Promise((resolve) =>
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        resolve(effectiveDirective),
      ),
    )
    const script = document.createElement('script')
    script.textContent = 'document.title = "taken over"'
    document.body.append(script)
    return { blockedBy: await blocked, title: document.title }
  })
  expect(hasRun.blockedBy).toBe('script-src-elem')
  expect(hasRun.title).not.toBe('taken over')
})

test('the window can’t be led away, opens no other, embeds nothing and asks no server', async ({
  launch,
  userData,
}) => {
  const server = await stranger()
  const file = path.join(userData, 'stranger.html')
  await writeFile(file, '<title>stranger</title>')
  const app = await launch()
  const page = await drawnPage(app)

  for (const url of [server.origin, pathToFileURL(file).href]) {
    await page.evaluate((target) => {
      location.href = target
    }, url)
    await expect.poll(() => app.log()).toContain('refused: navigation')
    const reached = await page.evaluate(async (target) => {
      const frame = document.createElement('iframe')
      frame.src = target
      document.body.append(frame)
      const picture = new Image()
      picture.src = target
      return {
        opened: window.open(target) !== null,
        fetched: await fetch(target).then(
          () => true,
          () => false,
        ),
        drawn: await picture.decode().then(
          () => true,
          () => false,
        ),
        webview: 'getURL' in document.createElement('webview'),
      }
    }, url)
    expect(reached).toEqual({ opened: false, fetched: false, drawn: false, webview: false })
  }
  await expect.poll(() => app.log()).toContain('refused: new window')
  expect(page.url()).toMatch(new RegExp(`^${indexUrl}\\?locale=[\\w-]+&shape=full$`))
  expect(app.windows).toHaveLength(1)
  expect(page.frames().map((frame) => frame.url())).not.toContain(server.origin)
  expect(server.visits()).toBe(0)
  server.close()
})

test('even a page without its policy can ask nobody', async ({ launch, userData }) => {
  const server = await stranger()
  const file = path.join(userData, 'secret.txt')
  await writeFile(file, 'a secret')
  const app = await launch()
  const page = await drawnPage(app)
  const debuggerOfPage = await app.electron.context().newCDPSession(page)
  await debuggerOfPage.send('Page.setBypassCSP', { enabled: true })
  await page.reload()
  await page.getByLabel('Server address').waitFor()
  const answers = await page.evaluate(
    (urls) =>
      Promise.all(
        urls.map((url) =>
          fetch(url).then(
            () => 'answered',
            () => 'refused',
          ),
        ),
      ),
    [server.origin, pathToFileURL(file).href, indexUrl],
  )
  // Its own file, which the policy would refuse too, shows that the policy is off.
  expect(answers).toEqual(['refused', 'refused', 'answered'])
  expect(server.visits()).toBe(0)
  server.close()
})

test('no permission is given to the page', async ({ launch }) => {
  const page = await drawnPage(await launch())
  const answers = await page.evaluate(async () => ({
    notifications: await Notification.requestPermission(),
    location: await new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('given'),
        ({ code, PERMISSION_DENIED: denied }) => resolve(code === denied ? 'denied' : 'failed'),
      )
    }),
    clipboard: await navigator.clipboard.readText().then(
      () => 'given',
      ({ name }: Error) => name,
    ),
  }))
  expect(answers).toEqual({
    notifications: 'denied',
    location: 'denied',
    clipboard: 'NotAllowedError',
  })
})
