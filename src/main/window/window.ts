import { join } from 'node:path'
import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Menu,
  NativeTheme,
  Protocol,
  Rectangle,
  Screen,
  Session,
} from 'electron'
import type { EventName, EventPayload, WindowHandlers } from '../../shared/ipc.ts'
import type { Settings } from '../../shared/settings.ts'
import type { View, WindowShape } from '../../shared/view.ts'
import type { Log } from '../platform/log.ts'
import type { WindowBounds } from '../settings/document.ts'
import type { Speech } from '../state/speech.ts'
import { clickedIcon, compactBounds, minimumSize, type OpeningBounds, openingBounds } from './bounds.ts'
import { answerRequests, type RequestRegistry } from './ipc.ts'
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
  readonly screen: Pick<
    Screen,
    | 'getAllDisplays'
    | 'getPrimaryDisplay'
    | 'getDisplayMatching'
    | 'getDisplayNearestPoint'
    | 'getCursorScreenPoint'
  >
  readonly nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors' | 'themeSource'>
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => BrowserWindow
  readonly Menu: Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>
  readonly ipcMain: RequestRegistry
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
  /** Whether this desktop lets a window be where the tray icon is. */
  readonly canBeByIcon: boolean
  /** Whether a box of the system's own asks the person something just now. */
  readonly isAsked: () => boolean
  /** The absolute folder of what was built: the preload and the pages. */
  readonly built: string
  /** The absolute path of the icon that Windows and Linux show for the window. */
  readonly icon: string
}

/** The page's own background, so that it does not flash white before its style sheet is there. */
const backgrounds = { dark: '#1b1e23', light: '#ffffff' }

/** A page that never paints (a broken graphics driver) is shown all the same. */
const showAtLatestMs = 2000

/** What differs between the window and the small one, which is like a menu of the icon. */
const shapeOptions = {
  full: { autoHideMenuBar: true },
  compact: {
    frame: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
  },
} as const satisfies Record<WindowShape, BrowserWindowConstructorOptions>

/** Milliseconds within which a click on the icon is the one by which the small window lost the focus, and closed. */
const sameClickMs = 300

/**
 * The one window: made when somebody wants to see it, destroyed when it is closed. The tray goes on without it. It is the
 * window or, after a click on the icon, the small one.
 */
export class AppWindow {
  readonly #options: AppWindowOptions
  readonly #focusListeners = new Set<() => void>()
  #window: BrowserWindow | null = null
  #shape: WindowShape = 'full'
  #hasMenu = false
  /** Whether the window's page listens. */
  #isLoaded = false
  /** When the small window was closed last: milliseconds of `performance.now()`. */
  #compactClosedAt = Number.NEGATIVE_INFINITY

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
  serve(handlers: WindowHandlers): void {
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
   * Opens the window or brings it to the front. What is asked for in the small window is shown in that one.
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
    if (this.#shape === 'compact' && !this.isFocused) this.#leave()
    if (this.#window === null) {
      this.#window = this.#open('full')
      return
    }
    if (this.#window.isMinimized()) this.#window.restore()
    this.#window.show()
    this.#window.focus()
  }

  /**
   * The tray icon was clicked: opens what the settings say, or closes the small window.
   * @param icon where the icon is; where that is not known it counts as being where the mouse is
   */
  onIconClick(icon: Rectangle | null): void {
    const { memory, canBeByIcon } = this.#options
    const { iconClick } = memory.settings
    const isFull = iconClick === 'full' || (iconClick === 'auto' && !canBeByIcon)
    if (isFull || (this.#window !== null && this.#shape === 'full')) {
      this.show()
      return
    }
    if (this.#window !== null) {
      this.close()
      return
    }
    if (performance.now() - this.#compactClosedAt < sameClickMs) return
    // It is for a look at the jobs, whatever was looked at before.
    const { view } = memory
    if (view.page !== 'connect') memory.saveView({ ...view, page: 'jobs' })
    this.#window = this.#open('compact', icon)
  }

  /** Opens the window in the place of the small one. */
  expand(): void {
    if (this.#shape === 'compact') this.#leave()
    this.show()
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

  /** Closes the window, and counts it as gone: another takes its place at once. */
  #leave(): void {
    this.close()
    this.#window = null
  }

  #open(shape: WindowShape, icon: Rectangle | null = null): BrowserWindow {
    const { electron, memory, log, speech, built, isAsked, icon: iconFile } = this.#options
    const { app } = electron
    const { t, locale } = speech.texts
    if (!this.#hasMenu) this.#setMenu()
    this.#shape = shape
    const isFull = shape === 'full'
    if (isFull) void app.dock?.show()
    const window = new electron.BrowserWindow({
      ...(isFull ? this.#fullBounds() : this.#compactBounds(icon)),
      ...shapeOptions[shape],
      minWidth: minimumSize.width,
      minHeight: minimumSize.height,
      title: t('app.name'),
      icon: iconFile,
      show: false,
      backgroundColor: this.#background,
      webPreferences: webPreferences(join(built, 'preload/index.cjs'), app.isPackaged),
    })
    showWhenPainted(window, isFull && memory.windowBounds?.isMaximized === true)
    this.#isLoaded = false
    window.webContents.once('did-finish-load', () => {
      this.#isLoaded = true
    })
    window.on('page-title-updated', (event) => event.preventDefault())
    window.on('focus', () => {
      for (const listener of this.#focusListeners) listener()
    })
    // Who asked for that box waits for its answer in this window.
    if (!isFull) window.on('blur', () => isAsked() || window.webContents.send('focusLost'))
    // One that breaks is not closed by anybody.
    let isClosed = false
    window.on('close', () => {
      isClosed = true
      if (isFull) memory.saveWindowBounds({ ...window.getNormalBounds(), isMaximized: window.isMaximized() })
    })
    window.on('closed', () => {
      if (this.#window === window) this.#window = null
      if (!isFull) {
        this.#compactClosedAt = performance.now()
        return
      }
      app.dock?.hide()
      if (isClosed && memory.settings.whenClosed === 'quit') app.quit()
    })
    window.webContents.on('render-process-gone', (_event, details) => {
      log.error('the window broke', details)
      window.destroy()
    })
    window.webContents.on('preload-error', (_event, _path, error) => log.error('preload failed', error))
    window
      .loadURL(indexUrlIn(locale, shape))
      .catch((error: unknown) => log.error('the page did not load', error))
    return window
  }

  #fullBounds(): OpeningBounds {
    const { electron, memory } = this.#options
    const { screen } = electron
    const workAreas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((one) => one.workArea)
    return openingBounds(memory.windowBounds, workAreas)
  }

  #compactBounds(icon: Rectangle | null): Rectangle {
    const { screen } = this.#options.electron
    if (icon !== null) return compactBounds(icon, screen.getDisplayMatching(icon).workArea)
    const pointer = screen.getCursorScreenPoint()
    const display = screen.getDisplayNearestPoint(pointer)
    return compactBounds(clickedIcon(pointer, display), display.workArea)
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

function showWhenPainted(window: BrowserWindow, isMaximized: boolean): void {
  const show = (): void => {
    clearTimeout(timer)
    if (window.isDestroyed()) return
    const isHidden = !window.isVisible()
    // It shows the window as well, but does not give it the focus.
    if (isMaximized) window.maximize()
    if (isHidden) window.show()
  }
  const timer = setTimeout(show, showAtLatestMs)
  window.once('ready-to-show', show)
  window.once('closed', () => clearTimeout(timer))
}
