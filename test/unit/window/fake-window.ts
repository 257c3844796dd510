import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions } from 'electron'
import type { Theme } from '../../../src/shared/choices.ts'
import type { WindowBounds } from '../../../src/main/settings/document.ts'
import type { WindowElectron } from '../../../src/main/window/window.ts'

/** A window as the desktop has it. */
class FakeWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions
  readonly webContents = new FakeContents()
  isThere = true
  isSeen = false
  isSmall = false
  isLarge = false
  hasFocus = false
  url = ''
  background = ''
  bounds: WindowBounds = { x: 10, y: 20, width: 640, height: 480 }

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
  }

  async loadURL(url: string): Promise<void> {
    this.url = url
  }

  show(): void {
    this.isSeen = true
  }

  focus(): void {
    this.hasFocus = true
    this.emit('focus')
  }

  restore(): void {
    this.isSmall = false
  }

  isFocused(): boolean {
    return this.hasFocus
  }

  maximize(): void {
    this.isLarge = true
    this.isSeen = true
  }

  isMaximized(): boolean {
    return this.isLarge
  }

  isMinimized(): boolean {
    return this.isSmall
  }

  isVisible(): boolean {
    return this.isSeen
  }

  isDestroyed(): boolean {
    return !this.isThere
  }

  setBackgroundColor(color: string): void {
    this.background = color
  }

  getNormalBounds(): WindowBounds {
    return this.bounds
  }

  /** Closes it as a person does. */
  close(): void {
    this.emit('close')
    this.destroy()
  }

  destroy(): void {
    this.isThere = false
    this.emit('closed')
  }
}

/** The page in it. */
class FakeContents extends EventEmitter {
  readonly sent: unknown[][] = []

  send(...message: unknown[]): void {
    this.sent.push(message)
  }
}

/** Light and dark, as the system and the app want them. */
class FakeTheme {
  readonly #isSystemDark: boolean
  themeSource: Theme = 'system'

  constructor(isSystemDark: boolean) {
    this.#isSystemDark = isSystemDark
  }

  get shouldUseDarkColors(): boolean {
    return this.themeSource === 'system' ? this.#isSystemDark : this.themeSource === 'dark'
  }
}

/** A desktop with one screen: what windows were opened on it, and what of them can be seen. */
export class FakeScreen {
  readonly windows: FakeWindow[] = []
  /** The application's menus, in the order in which they were set. */
  readonly menus: (readonly MenuItemConstructorOptions[])[] = []
  /** Where the mouse is. */
  cursor = { x: 1900, y: 10 }
  /** Whether the system is dark. */
  isDark = false
  hasQuit = false
  isPackaged = true
  /** Whether macOS shows the app in its dock. */
  isInDock = false

  /** Electron, as far as the window uses it. */
  get electron(): WindowElectron {
    const { windows, menus } = this
    const bounds = { x: 0, y: 0, width: 1920, height: 1080 }
    const display = { bounds, workArea: bounds }
    class BrowserWindow extends FakeWindow {
      constructor(options: BrowserWindowConstructorOptions) {
        super(options)
        windows.push(this)
      }
    }
    const fake = {
      app: {
        isPackaged: this.isPackaged,
        quit: (): void => void (this.hasQuit = true),
        dock: {
          show: async (): Promise<void> => void (this.isInDock = true),
          hide: (): void => void (this.isInDock = false),
        },
      },
      screen: {
        getPrimaryDisplay: () => display,
        getAllDisplays: () => [display],
        getDisplayMatching: () => display,
        getDisplayNearestPoint: () => display,
        getCursorScreenPoint: () => this.cursor,
      },
      nativeTheme: new FakeTheme(this.isDark),
      BrowserWindow,
      Menu: {
        buildFromTemplate: (items: readonly MenuItemConstructorOptions[]) => items,
        setApplicationMenu: (items: readonly MenuItemConstructorOptions[]) => void menus.push(items),
      },
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of the hundreds of members of these classes the window uses those above
    return fake as unknown as WindowElectron
  }

  /** The window that is open. */
  get window(): FakeWindow {
    const window = this.windows.findLast(({ isThere }) => isThere)
    if (window === undefined) throw new Error('there is no window')
    return window
  }
}
