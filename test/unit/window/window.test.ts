import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { WindowBounds } from '../../../src/main/settings/document.ts'
import { compactBounds, defaultSize, minimumSize } from '../../../src/main/window/bounds.ts'
import { applicationMenu } from '../../../src/main/window/menu.ts'
import { indexUrlIn } from '../../../src/main/window/protocol.ts'
import { webPreferences } from '../../../src/main/window/security.ts'
import { AppWindow } from '../../../src/main/window/window.ts'
import type { IconClick } from '../../../src/shared/choices.ts'
import { createTranslator, loadTranslator, type Translator } from '../../../src/shared/i18n.ts'
import { defaultSettings, type Settings } from '../../../src/shared/settings.ts'
import type { View } from '../../../src/shared/view.ts'
import { FakeScreen } from './fake-window.ts'

/** What the window remembers while it is destroyed. */
class Memory {
  windowBounds: WindowBounds | null = null
  settings = defaultSettings
  readonly #listeners = new Set<(settings: Settings) => void>()
  view: View = { page: 'jobs', selectedKey: 'a', scrollTop: 40 }

  saveWindowBounds(bounds: WindowBounds): void {
    this.windowBounds = bounds
  }

  saveView(view: View): void {
    this.view = view
  }

  onSettings(listener: (settings: Settings) => void): void {
    this.#listeners.add(listener)
  }

  /** The person chooses other settings. */
  choose(change: Partial<Settings>): void {
    this.settings = { ...this.settings, ...change }
    for (const listener of this.#listeners) listener(this.settings)
  }
}

/** What the app speaks. */
class Speaking {
  texts: Translator = createTranslator(['en-GB'])
  readonly #listeners = new Set<() => void>()

  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  async speak(tag: string): Promise<void> {
    this.texts = await loadTranslator([tag])
    for (const listener of this.#listeners) listener()
  }
}

const { t } = createTranslator(['en'])
const workArea = { x: 0, y: 0, width: 1920, height: 1080 }
let screen: FakeScreen
let speech: Speaking
let memory: Memory
let logged: string[]
/** Whether a box of the system's own asks the person something. */
let isAsked: boolean

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  screen = new FakeScreen()
  speech = new Speaking()
  memory = new Memory()
  logged = []
  isAsked = false
})
afterEach(() => {
  vi.useRealTimers()
})

const log = (message: string): void => void logged.push(message)

function appWindow(canBeByIcon = true): AppWindow {
  return new AppWindow({
    electron: screen.electron,
    memory,
    log: { error: log, warn: log, info: log, debug: log },
    speech,
    platform: 'linux',
    canBeByIcon,
    isAsked: () => isAsked,
    built: '/built',
    icon: '/assets/icon.png',
  })
}

function opened(): AppWindow {
  const window = appWindow()
  window.show()
  return window
}

describe('a new window', () => {
  test('is made only when somebody wants to see it', () => {
    expect(appWindow().isOpen).toBe(false)
    expect(screen.windows).toEqual([])
    expect(opened().isOpen).toBe(true)
    expect(screen.windows).toHaveLength(1)
  })

  test.each([true, false])(
    'has the rights of a page of this app and no others (packaged: %s)',
    (isPackaged) => {
      screen.isPackaged = isPackaged
      opened()
      expect(screen.window.options.webPreferences).toEqual(
        webPreferences('/built/preload/index.cjs', isPackaged),
      )
      expect(screen.window.url).toBe(indexUrlIn('en-GB', 'full'))
    },
  )

  test('has the app’s name and icon, and can’t be made too small to use', () => {
    opened()
    expect(screen.window.options).toMatchObject({
      ...defaultSize,
      minWidth: minimumSize.width,
      minHeight: minimumSize.height,
      title: 'Wexflow Tray',
      icon: '/assets/icon.png',
      autoHideMenuBar: true,
    })
  })

  test('keeps its title whatever the page calls itself', () => {
    opened()
    const preventDefault = vi.fn<() => void>()
    screen.window.emit('page-title-updated', { preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
  })

  test.each([
    [true, '#1b1e23'],
    [false, '#ffffff'],
  ])('has the background of its page before the page is there (dark: %s)', (isDark, color) => {
    screen.isDark = isDark
    opened()
    expect(screen.window.options.backgroundColor).toBe(color)
  })

  test('opens where the last one was left', () => {
    opened().close()
    expect(memory.windowBounds).toEqual({ x: 10, y: 20, width: 640, height: 480, isMaximized: false })
    opened()
    expect(screen.window.options).toMatchObject({ x: 10, y: 20, width: 640, height: 480 })
  })

  test('fills the screen where the last one did', () => {
    const window = opened()
    screen.window.emit('ready-to-show')
    expect(screen.window.isLarge).toBe(false)
    screen.window.maximize()
    window.close()
    window.show()
    screen.window.emit('ready-to-show')
    expect(screen.window.isLarge).toBe(true)
    // The small one is as large as ever.
    window.close()
    window.onIconClick(null)
    screen.window.emit('ready-to-show')
    expect(screen.window.isLarge).toBe(false)
  })

  test('is shown when it is painted, not before', () => {
    opened()
    expect(screen.window.options.show).toBe(false)
    expect(screen.window.isSeen).toBe(false)
    screen.window.emit('ready-to-show')
    expect(screen.window.isSeen).toBe(true)
  })

  test('that never paints is shown after two seconds all the same', () => {
    opened()
    vi.advanceTimersByTime(1999)
    expect(screen.window.isSeen).toBe(false)
    vi.advanceTimersByTime(1)
    expect(screen.window.isSeen).toBe(true)
  })

  test('that was closed before it was painted is left alone', () => {
    const window = opened()
    const { window: closed } = screen
    window.close()
    vi.advanceTimersByTime(5000)
    expect(closed.isSeen).toBe(false)
  })

  test('brings the application’s menu, the first one alone', () => {
    const window = opened()
    window.close()
    window.show()
    expect(screen.windows).toHaveLength(2)
    expect(screen.menus).toEqual([applicationMenu('linux', 'Wexflow Tray', t)])
  })

  test('ends the app when it is closed, where the person wants that', () => {
    memory.settings = { ...defaultSettings, whenClosed: 'quit' }
    opened().close()
    expect(screen.hasQuit).toBe(true)
  })

  test('that is closed leaves the app in the tray otherwise', () => {
    opened().close()
    expect(screen.hasQuit).toBe(false)
  })

  test('that is light or dark by the settings is so at once', () => {
    memory.settings = { ...defaultSettings, theme: 'dark' }
    opened()
    expect(screen.window.options.backgroundColor).toBe('#1b1e23')
    memory.choose({ theme: 'light' })
    expect(screen.window.background).toBe('#ffffff')
  })

  test('speaks another language as soon as the app does, and so does the next one', async () => {
    const window = opened()
    await speech.speak('fr')
    expect(screen.window.webContents.sent).toEqual([['languageChanged', { locale: 'fr' }]])
    expect(screen.menus.at(-1)).toEqual(applicationMenu('linux', 'Wexflow Tray', speech.texts.t))
    window.close()
    window.show()
    expect(screen.window.url).toBe(indexUrlIn('fr', 'full'))
  })

  test('puts the app into the dock of macOS until it is closed', () => {
    const window = opened()
    expect(screen.isInDock).toBe(true)
    window.close()
    expect(screen.isInDock).toBe(false)
  })
})

describe('showing a window that is open', () => {
  test('brings it to the front, also where it was minimised', () => {
    const window = opened()
    screen.window.isSmall = true
    window.show()
    expect(screen.windows).toHaveLength(1)
    expect(screen.window).toMatchObject({ isSmall: false, isSeen: true, hasFocus: true })
    expect(window.isFocused).toBe(true)
  })

  test('at a page tells its page so; without one the person stays where they are', () => {
    const window = opened()
    window.show()
    expect(screen.window.webContents.sent).toEqual([])
    window.show('settings')
    window.show('jobs', 'b')
    expect(screen.window.webContents.sent).toEqual([
      ['show', { page: 'settings', key: null }],
      ['show', { page: 'jobs', key: 'b' }],
    ])
  })

  test('tells its page at the jobs what it is opened for, as soon as the page listens', () => {
    const window = opened()
    window.showAndTell('findWorkflow', undefined)
    expect(screen.window.webContents.sent).toEqual([['show', { page: 'jobs', key: null }]])
    screen.window.webContents.emit('did-finish-load')
    window.showAndTell('findWorkflow', undefined)
    expect(screen.window.webContents.sent.map(([name]) => name)).toEqual([
      'show',
      'findWorkflow',
      'show',
      'findWorkflow',
    ])
    window.close()
    window.showAndTell('findWorkflow', undefined)
    expect(screen.window.webContents.sent).toEqual([])
    screen.window.webContents.emit('did-finish-load')
    expect(screen.window.webContents.sent).toEqual([['findWorkflow', undefined]])
  })

  test('tells whoever waits for it to be before the person, also of the next window', () => {
    let focused = 0
    const window = opened()
    window.onFocus(() => {
      focused += 1
    })
    screen.window.emit('focus')
    window.close()
    window.show()
    screen.window.emit('focus')
    expect(focused).toBe(2)
  })
})

describe('a click on the icon', () => {
  const icon = { x: 1800, y: 1056, width: 24, height: 24 }

  test('opens the small window by it, at the jobs, and another click closes it', () => {
    memory.view = { page: 'settings', selectedKey: 'a', scrollTop: 40 }
    const window = appWindow()
    window.onIconClick(icon)
    expect(screen.window.url).toBe(indexUrlIn('en-GB', 'compact'))
    expect(screen.window.options).toMatchObject({ ...compactBounds(icon, workArea), frame: false })
    expect(memory.view.page).toBe('jobs')
    expect(screen.isInDock).toBe(false)
    window.onIconClick(icon)
    expect(window.isOpen).toBe(false)
    expect(memory.windowBounds).toBeNull()
  })

  test('counts as being where the mouse is, where the desktop does not tell the place of the icon', () => {
    appWindow().onIconClick(null)
    expect(screen.window.options).toMatchObject(
      compactBounds({ ...screen.cursor, width: 0, height: 0 }, workArea),
    )
  })

  test('by which the small window loses the focus and closes does not open it again', () => {
    const window = appWindow()
    window.onIconClick(icon)
    window.close()
    window.onIconClick(icon)
    expect(window.isOpen).toBe(false)
    vi.advanceTimersByTime(1000)
    window.onIconClick(icon)
    expect(window.isOpen).toBe(true)
  })

  test.each<[string, IconClick, canBeByIcon: boolean, isFull: boolean]>([
    ['the settings ask for it', 'full', true, true],
    ['the desktop places windows by itself', 'auto', false, true],
    ['the settings ask for the small one all the same', 'compact', false, false],
  ])('where %s opens the window: %s %s %s', (_why, iconClick, canBeByIcon, isFull) => {
    memory.settings = { ...defaultSettings, iconClick }
    appWindow(canBeByIcon).onIconClick(icon)
    expect(screen.window.options.frame !== false).toBe(isFull)
  })

  test('brings the window to the front where that is open', () => {
    const window = opened()
    window.onIconClick(icon)
    expect(screen.windows).toHaveLength(1)
    expect(window.isFocused).toBe(true)
  })

  test('closes no app whose window is to end it: the small one is no more than a menu', () => {
    memory.settings = { ...defaultSettings, whenClosed: 'quit' }
    const window = appWindow()
    window.onIconClick(icon)
    window.close()
    expect(screen.hasQuit).toBe(false)
  })
})

function small(): AppWindow {
  const window = appWindow()
  window.onIconClick(null)
  return window
}

describe('the small window', () => {
  test('gives way to the window that is asked for elsewhere', () => {
    const window = small()
    window.show('settings')
    expect(screen.windows.map(({ isThere }) => isThere)).toEqual([false, true])
    expect(screen.window.url).toBe(indexUrlIn('en-GB', 'full'))
    expect(window.isOpen).toBe(true)
  })

  test('shows what is asked for in it', () => {
    const window = small()
    screen.window.focus()
    window.show('connect')
    expect(screen.windows).toHaveLength(1)
    expect(screen.window.webContents.sent).toEqual([['show', { page: 'connect', key: null }]])
  })

  test('is told that the person has turned to something else; the window is not', () => {
    const window = small()
    screen.window.emit('blur')
    expect(screen.window.webContents.sent).toEqual([['focusLost']])
    window.expand()
    screen.window.emit('blur')
    expect(screen.window.webContents.sent).toEqual([])
  })

  test('waits for the answer to a box of the system’s own, which takes the focus', () => {
    small()
    isAsked = true
    screen.window.emit('blur')
    expect(screen.window.webContents.sent).toEqual([])
  })

  test('is made the window where the person wants that', () => {
    const window = small()
    screen.window.focus()
    window.expand()
    expect(screen.windows).toHaveLength(2)
    expect(screen.window.url).toBe(indexUrlIn('en-GB', 'full'))
  })
})

describe('without a window', () => {
  test('the place to show is remembered for the next one, and what was selected stays', () => {
    const window = appWindow()
    window.show('settings')
    expect(memory.view).toEqual({ page: 'settings', selectedKey: 'a', scrollTop: 40 })
    window.close()
    window.show('jobs', 'b')
    expect(memory.view).toEqual({ page: 'jobs', selectedKey: 'b', scrollTop: 40 })
  })

  test('nobody is told anything', () => {
    const window = opened()
    const { window: closed } = screen
    window.close()
    expect([window.isOpen, window.isFocused]).toEqual([false, false])
    window.send('show', { page: 'jobs', key: null })
    window.close()
    expect(closed.webContents.sent).toEqual([])
  })
})

describe('a window that breaks', () => {
  test('is taken away and logged; the next one can be opened', () => {
    const window = opened()
    screen.window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(logged).toEqual(['the window broke'])
    expect(window.isOpen).toBe(false)
    window.show()
    expect(window.isOpen).toBe(true)
  })

  test('does not end the app: nobody has closed it', () => {
    memory.settings = { ...defaultSettings, whenClosed: 'quit' }
    opened()
    screen.window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(screen.hasQuit).toBe(false)
  })

  test('because its preload is missing says so in the log', () => {
    opened()
    screen.window.webContents.emit('preload-error', {}, '/built/preload.cjs', new Error('ENOENT'))
    expect(logged).toEqual(['preload failed'])
  })
})
