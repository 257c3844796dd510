import {
  type App,
  BrowserWindow,
  Menu,
  type MenuItemConstructorOptions,
  type NativeTheme,
  type Screen,
} from 'electron'
import type { EventName, EventPayload, View } from '../../shared/ipc.ts'
import type { Log } from '../platform/log.ts'
import type { WindowBounds } from '../settings/document.ts'
import { minimumSize, openingBounds } from './bounds.ts'
import { indexUrl } from './protocol.ts'
import { webPreferences } from './security.ts'

/** What the window remembers while it is destroyed; `AppStore` is one. */
interface WindowMemory {
  readonly windowBounds: WindowBounds | null
  saveWindowBounds(bounds: WindowBounds): void
  readonly view: View
  saveView(view: View): void
}

export interface AppWindowOptions {
  readonly app: App
  readonly screen: Screen
  readonly nativeTheme: NativeTheme
  readonly memory: WindowMemory
  readonly log: Log
  readonly title: string
  /** Absolute paths of the built preload and of the icon that Windows and Linux show for the window. */
  readonly preload: string
  readonly icon: string
  /** The application's menu, built when the first window opens. */
  readonly menu: () => MenuItemConstructorOptions[]
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

  constructor(options: AppWindowOptions) {
    this.#options = options
  }

  get isOpen(): boolean {
    return this.#window !== null
  }

  get isFocused(): boolean {
    return this.#window?.isFocused() ?? false
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

  /** Tells the window's page something. Without a window nobody needs to know. */
  send<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    this.#window?.webContents.send(name, payload)
  }

  close(): void {
    this.#window?.close()
  }

  #open(): BrowserWindow {
    const { app, screen, nativeTheme, memory, log, title, preload, icon } = this.#options
    this.#setMenu()
    void app.dock?.show()
    const workAreas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((one) => one.workArea)
    const window = new BrowserWindow({
      ...openingBounds(memory.windowBounds, workAreas),
      minWidth: minimumSize.width,
      minHeight: minimumSize.height,
      title,
      icon,
      show: false,
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
      webPreferences: webPreferences(preload, app.isPackaged),
    })
    showWhenPainted(window)
    window.on('page-title-updated', (event) => event.preventDefault())
    window.on('focus', () => {
      for (const listener of this.#focusListeners) listener()
    })
    window.on('close', () => memory.saveWindowBounds(window.getNormalBounds()))
    window.on('closed', () => {
      this.#window = null
      app.dock?.hide()
    })
    window.webContents.on('render-process-gone', (_event, details) => {
      log.error('the window broke', details)
      window.destroy()
    })
    window.webContents.on('preload-error', (_event, _path, error) => log.error('preload failed', error))
    window.loadURL(indexUrl).catch((error: unknown) => log.error('the page did not load', error))
    return window
  }

  #setMenu(): void {
    if (this.#hasMenu) return
    this.#hasMenu = true
    Menu.setApplicationMenu(Menu.buildFromTemplate(this.#options.menu()))
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
