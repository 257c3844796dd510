import type { App, Session, WebContents, WebPreferences } from 'electron'
import type { Log } from '../platform/log.ts'
import { isAppUrl } from './protocol.ts'

/**
 * What any page of this app may do. Some are Electron's defaults: they are written out because they are the border.
 * @param preload the absolute path of the built preload
 * @param isPackaged a packaged app has no developer tools
 */
export const webPreferences = (preload: string, isPackaged: boolean): WebPreferences => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  spellcheck: false,
  devTools: !isPackaged,
})

/** Closes what pages could do beyond being shown: leaving, opening windows, embedding. Before the app's `ready`. */
export function restrictPages(app: App, log: Log): void {
  // It would overrule the switch that root (a container, a build machine) can't run without.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => restrictContents(contents, log))
}

function restrictContents(contents: WebContents, log: Log): void {
  const refuse = (what: string, event: { preventDefault(): void }): void => {
    event.preventDefault()
    log.warn(`refused: ${what}`)
  }
  contents.on('will-attach-webview', (event) => refuse('webview', event))
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isAppUrl(event.url)) refuse('navigation', event)
  })
  contents.on('will-redirect', (event) => refuse('redirect', event))
  contents.setWindowOpenHandler(() => {
    log.warn('refused: new window')
    return { action: 'deny' }
  })
}

/**
 * Denies every permission and every request that leaves this machine's app folder: all calls to servers are made by
 * main over Node's network stack, so a page has none to make. After the app's `ready`.
 */
export function restrictSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false)
  const urls = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*']
  session.webRequest.onBeforeRequest({ urls }, (_details, answer) => answer({ cancel: true }))
}
