import { join } from 'node:path'
import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  IpcMain,
  Menu,
  NativeTheme,
  Protocol,
  Screen,
  Session,
} from 'electron'
import type { EventName, EventPayload, RequestHandlers } from '../../shared/ipc.ts'
import type { Settings } from '../../shared/settings.ts'
import type { View } from '../../shared/view.ts'
import type { Log } from '../platform/log.ts'
import type { WindowBounds } from '../settings/document.ts'
import type { Speech } from '../state/speech.ts'
import { minimumSize, openingBounds } from './bounds.ts'
import { answerRequests } from './ipc.ts'
import { applicationMenu } from './menu.ts'
import { indexUrlIn, servePages } from './protocol.ts'
import { restrictSession, webPreferences } from './security.ts'

/** What the window remembers while it is destroyed; `AppStore` is one. */
interface WindowMemory {
  readonly windowBounds: WindowBounds | null
  saveWindowBounds(bounds: WindowBounds): void
  readonly view: View
  saveView(view: View): void
  readonly settings: Settings
  onSettings(listener: (settings: Settings) => void): void
}

/** The part of Electron that makes the window and serves its page; `electron` itself is one. */
export interface WindowElectron {
  readonly app: Pick<App, 'dock' | 'isPackaged' | 'quit'>
  readonly screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>
  readonly nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors' | 'themeSource'>
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => BrowserWindow
  readonly Menu: Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>
  readonly ipcMain: Pick<IpcMain, 'handle'>
  readonly protocol: Pick<Protocol, 'handle'>
  readonly session: { readonly defaultSession: Session }
}

export interface AppWindowOptions {
  readonly electron: WindowElectron
  readonly platform: NodeJS.Platform
  readonly memory: WindowMemory
  readonly log: Log
  /** The language of the menu and of the page. */
  readonly speech: Pick<Speech, 'texts' | 'onChange'>
  /** The absolute folder of what was built: the preload and the pages. */
  readonly built: string
  /** The absolute path of the icon that Windows and Linux show for the window. */
  readonly icon: string
}

/** The page's own background, so that it does not flash white before its style sheet is there. */
const backgrounds = { dark: '#1b1e23', light: '#ffffff' }

/** A page that never paints (a broken graphics driver) is shown all the same. */
const showAtLatestMs = 2000

/** The one window: made when somebody wants to see it, destroyed when it is closed. The tray goes on without it. */
export class AppWindow {
  readonly #options: AppWindowOptions
  readonly #focusListeners = new Set<() => void>()
  #window: BrowserWindow | null = null
  #hasMenu = false
  /** Whether the window's page listens. */
  #isLoaded = false

  constructor(options: AppWindowOptions) {
    this.#options = options
    const { memory, speech } = options
    this.#setTheme(memory.settings)
    memory.onSettings((settings) => this.#setTheme(settings))
    speech.onChange(() => {
      if (this.#hasMenu) this.#setMenu()
      this.send('languageChanged', { locale: speech.texts.locale })
    })
  }

  get isOpen(): boolean {
    return this.#window !== null
  }

  get isFocused(): boolean {
    return this.#window?.isFocused() ?? false
  }

  /** Makes ready what every window's page needs: its files, its limits, and the answers to what it asks. */
  serve(handlers: RequestHandlers): void {
    const { electron, built, log } = this.#options
    const { session, protocol, ipcMain } = electron
    restrictSession(session.defaultSession)
    servePages(protocol, join(built, 'renderer'))
    answerRequests(ipcMain, handlers, log)
  }

  /** Listens to the window coming before the person, whichever window it is by then. */
  onFocus(listener: () => void): void {
    this.#focusListeners.add(listener)
  }

  /**
   * Opens the window or brings it to the front.
   * @param page the page to turn to; without it the one that was left
   * @param key the job to select there
   */
  show(page?: View['page'], key: string | null = null): void {
    if (page !== undefined) {
      // A new window reads its place from the snapshot; an open one is told by the event.
      const { memory } = this.#options
      memory.saveView({ ...memory.view, page, selectedKey: key ?? memory.view.selectedKey })
      this.send('show', { page, key })
    }
    if (this.#window === null) {
      this.#window = this.#open()
      return
    }
    if (this.#window.isMinimized()) this.#window.restore()
    this.#window.show()
    this.#window.focus()
  }

  /** Opens the window or brings it to the front at the jobs, and tells its page something as soon as that listens. */
  showAndTell<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    this.show('jobs')
    const tell = (): void => this.send(name, payload)
    if (this.#isLoaded) tell()
    else this.#window?.webContents.once('did-finish-load', tell)
  }

  /** Tells the window's page something. Without a window nobody needs to know. */
  send<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    this.#window?.webContents.send(name, payload)
  }

  close(): void {
    this.#window?.close()
  }

  #open(): BrowserWindow {
    const { electron, memory, log, speech, built, icon } = this.#options
    const { app, screen } = electron
    const { t, locale } = speech.texts
    if (!this.#hasMenu) this.#setMenu()
    void app.dock?.show()
    const workAreas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((one) => one.workArea)
    const window = new electron.BrowserWindow({
      ...openingBounds(memory.windowBounds, workAreas),
      minWidth: minimumSize.width,
      minHeight: minimumSize.height,
      title: t('app.name'),
      icon,
      show: false,
      autoHideMenuBar: true,
      backgroundColor: this.#background,
      webPreferences: webPreferences(join(built, 'preload/index.cjs'), app.isPackaged),
    })
    showWhenPainted(window)
    this.#isLoaded = false
    window.webContents.once('did-finish-load', () => {
      this.#isLoaded = true
    })
    window.on('page-title-updated', (event) => event.preventDefault())
    window.on('focus', () => {
      for (const listener of this.#focusListeners) listener()
    })
    let isClosed = false
    window.on('close', () => {
      isClosed = true
      memory.saveWindowBounds(window.getNormalBounds())
    })
    window.on('closed', () => {
      this.#window = null
      app.dock?.hide()
      // One that broke was not closed by anybody.
      if (isClosed && memory.settings.whenClosed === 'quit') app.quit()
    })
    window.webContents.on('render-process-gone', (_event, details) => {
      log.error('the window broke', details)
      window.destroy()
    })
    window.webContents.on('preload-error', (_event, _path, error) => log.error('preload failed', error))
    window.loadURL(indexUrlIn(locale)).catch((error: unknown) => log.error('the page did not load', error))
    return window
  }

  get #background(): string {
    return this.#options.electron.nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light
  }

  /** Electron hands it on to the page, to menus and to dialogs. */
  #setTheme({ theme }: Settings): void {
    this.#options.electron.nativeTheme.themeSource = theme
    this.#window?.setBackgroundColor(this.#background)
  }

  #setMenu(): void {
    this.#hasMenu = true
    const { electron, platform, speech } = this.#options
    const { t } = speech.texts
    const menu = electron.Menu.buildFromTemplate(applicationMenu(platform, t('app.name'), t))
    electron.Menu.setApplicationMenu(menu)
  }
}

function showWhenPainted(window: BrowserWindow): void {
  const show = (): void => {
    clearTimeout(timer)
    if (!window.isDestroyed() && !window.isVisible()) window.show()
  }
  const timer = setTimeout(show, showAtLatestMs)
  window.once('ready-to-show', show)
  window.once('closed', () => clearTimeout(timer))
}
