import { EventEmitter } from 'node:events'
import type { App, Session } from 'electron'
import { describe, expect, test, vi } from 'vitest'
import { restrictPages, restrictSession, webPreferences } from '../../../src/main/window/security.ts'

describe('what a page may do', () => {
  test('no Node, no bridge of its own, a sandbox around it', () => {
    expect(webPreferences('/app/preload.cjs', true)).toMatchObject({
      preload: '/app/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    })
  })

  test('developer tools are for developers', () => {
    expect(webPreferences('/p', true).devTools).toBe(false)
    expect(webPreferences('/p', false).devTools).toBe(true)
  })
})

/** A page, as far as it is restricted. */
class Contents extends EventEmitter {
  openWindow: () => unknown = () => 'nobody decides'

  setWindowOpenHandler(handler: () => unknown): void {
    this.openWindow = handler
  }
}

interface Setup {
  readonly enableSandbox: ReturnType<typeof vi.fn<() => void>>
  readonly contents: Contents
  readonly logged: string[]
}

/** A page in an app whose pages are restricted. */
function open(switches: readonly string[] = []): Setup {
  const enableSandbox = vi.fn<() => void>()
  const logged: string[] = []
  const log = (message: string): void => void logged.push(message)
  const app = Object.assign(new EventEmitter(), {
    enableSandbox,
    commandLine: { hasSwitch: (name: string) => switches.includes(name) },
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of Electron's app three members are used
  restrictPages(app as unknown as App, { error: log, warn: log, info: log, debug: log })
  const contents = new Contents()
  app.emit('web-contents-created', {}, contents)
  return { enableSandbox, contents, logged }
}

describe('restrictPages', () => {
  test('puts every page into a sandbox', () => {
    expect(open().enableSandbox).toHaveBeenCalledTimes(1)
  })

  test('but where somebody starts the app without one, as root has to', () => {
    expect(open(['no-sandbox']).enableSandbox).not.toHaveBeenCalled()
  })

  test.each([
    ['its own page', true, { url: 'wexflow-tray://app/index.html#jobs', isMainFrame: true }],
    ['a web page', false, { url: 'https://example.org/', isMainFrame: true }],
    ['a look-alike', false, { url: 'wexflow-tray://app.evil/index.html', isMainFrame: true }],
    ['a file', false, { url: 'file:///etc/passwd', isMainFrame: true }],
    ['a script', false, { url: 'javascript:alert(1)', isMainFrame: true }],
    ['its own page in a frame', false, { url: 'wexflow-tray://app/index.html', isMainFrame: false }],
  ])('a page may go to %s: %s', (_name, isAllowed, details) => {
    const { contents, logged } = open()
    const preventDefault = vi.fn<() => void>()
    contents.emit('will-frame-navigate', { ...details, preventDefault })
    expect(preventDefault).toHaveBeenCalledTimes(isAllowed ? 0 : 1)
    expect(logged).toEqual(isAllowed ? [] : ['refused: navigation'])
  })

  test.each([
    ['will-attach-webview', 'refused: webview'],
    ['will-redirect', 'refused: redirect'],
  ])('%s is refused', (event, message) => {
    const { contents, logged } = open()
    const preventDefault = vi.fn<() => void>()
    contents.emit(event, { preventDefault })
    expect(preventDefault).toHaveBeenCalledTimes(1)
    expect(logged).toEqual([message])
  })

  test('no page opens a window', () => {
    const { contents, logged } = open()
    expect(contents.openWindow()).toEqual({ action: 'deny' })
    expect(logged).toEqual(['refused: new window'])
  })
})

type Answer = (response: unknown) => void

/** Electron's session, as far as it is restricted. */
class PageSession {
  askPermission: (contents: unknown, permission: string, answer: Answer) => void = () => {}
  checkPermission: () => unknown = () => true
  checkDevice: () => unknown = () => true
  beforeRequest: (details: unknown, answer: Answer) => void = () => {}
  urls: readonly string[] = []
  isSpellChecked = true
  webRequest = {
    onBeforeRequest: ({ urls }: { urls: string[] }, listener: PageSession['beforeRequest']): void => {
      this.urls = urls
      this.beforeRequest = listener
    },
  }

  setSpellCheckerEnabled(isEnabled: boolean): void {
    this.isSpellChecked = isEnabled
  }

  setPermissionRequestHandler(handler: PageSession['askPermission']): void {
    this.askPermission = handler
  }

  setPermissionCheckHandler(handler: PageSession['checkPermission']): void {
    this.checkPermission = handler
  }

  setDevicePermissionHandler(handler: PageSession['checkDevice']): void {
    this.checkDevice = handler
  }
}

describe('restrictSession', () => {
  const session = new PageSession()
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of a session's 60 members five are used
  restrictSession(session as unknown as Session)

  test.each(['notifications', 'clipboard-read', 'media', 'geolocation', 'openExternal'])(
    'the permission %s is denied, when asked for and when looked up',
    (permission) => {
      const answers: unknown[] = []
      session.askPermission({}, permission, (answer) => answers.push(answer))
      expect(answers).toEqual([false])
      expect(session.checkPermission()).toBe(false)
      expect(session.checkDevice()).toBe(false)
    },
  )

  test('nothing is spell-checked, which would send words to a server', () => {
    expect(session.isSpellChecked).toBe(false)
  })

  test.each(['http', 'https', 'ws', 'wss', 'ftp', 'file'])('no page asks for anything by %s', (scheme) => {
    expect(session.urls).toContain(`${scheme}://*/*`)
    const answers: unknown[] = []
    session.beforeRequest({ url: `${scheme}://host/x` }, (answer) => answers.push(answer))
    expect(answers).toEqual([{ cancel: true }])
  })
})
