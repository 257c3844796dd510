import type { Rectangle } from 'electron'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { MenuItem } from '../../../src/main/tray/menu-facts.ts'
import type { TrayPicture } from '../../../src/main/tray/picture.ts'
import { AppTray } from '../../../src/main/tray/tray.ts'
import type { Command } from '../../../src/shared/commands.ts'
import { FakeDesktop } from './fake-tray.ts'

const quit: MenuItem = { type: 'command', label: 'Quit', command: { kind: 'quit' } }
const idle: TrayPicture = { icon: 'idle', tooltip: 'Wexflow Tray', menu: [quit], isTicking: false }
const busy: TrayPicture = {
  icon: 'running',
  tooltip: 'Wexflow Tray\n1 job under way',
  menu: [{ type: 'text', label: 'Connecting…' }, { type: 'separator' }, quit],
  isTicking: false,
}

let desktop: FakeDesktop
let picture: TrayPicture
/** How often the tray asked what it is to show. */
let drawings: number
let commands: Command[]
let clicks: (Rectangle | null)[]
let openings: number

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'performance'] })
  desktop = new FakeDesktop()
  picture = idle
  drawings = 0
  commands = []
  clicks = []
  openings = 0
})
afterEach(() => {
  vi.useRealTimers()
})

const silence = (): void => {}

const show = (platform: NodeJS.Platform = 'linux'): AppTray =>
  new AppTray({
    electron: desktop.electron,
    platform,
    log: { error: silence, warn: silence, info: silence, debug: silence },
    iconFolder: '/icons',
    picture: () => {
      drawings += 1
      return picture
    },
    onCommand: (command) => commands.push(command),
    onClick: (icon) => clicks.push(icon),
    onOpen: () => {
      openings += 1
    },
  })

/** A menu with two submenus. */
const menuOfTwo = (ping: string, inPong: string): MenuItem[] => [
  { type: 'submenu', label: ping, items: busy.menu },
  { type: 'submenu', label: 'Pong', items: [{ type: 'text', label: inPong }, quit] },
]

/** Asks for a picture and lets everything happen that comes of it. */
function render(tray: AppTray): void {
  tray.render()
  vi.advanceTimersByTime(1000)
}

describe('the first picture', () => {
  test('is there at once: icon, tooltip and menu', () => {
    show()
    expect(desktop.icon?.file).toBe('/icons/idle.png')
    expect(desktop.tray.tooltip).toBe('Wexflow Tray')
    expect(desktop.menu.labels).toEqual(['Quit'])
  })

  test.each<[NodeJS.Platform, string, boolean]>([
    ['linux', '/icons/idle.png', false],
    ['win32', '/icons/idle.ico', false],
    ['darwin', '/icons/idleTemplate.png', true],
  ])('on %s is %s; only macOS colours it by itself', (platform, file, isTemplate) => {
    show(platform)
    expect(desktop.icon).toEqual({ file, isTemplate })
  })
})

describe('a new picture', () => {
  test('changes what differs', () => {
    const tray = show()
    picture = busy
    render(tray)
    expect(desktop.trays).toHaveLength(1)
    expect(desktop.icon?.file).toBe('/icons/running.png')
    expect(desktop.tray.tooltip).toBe(busy.tooltip)
    expect(desktop.menu.labels).toEqual(['Connecting…', 'separator', 'Quit'])
  })

  test('that says the same hands nothing to the system', () => {
    const tray = show()
    const { menu, icon } = desktop
    picture = structuredClone(idle)
    render(tray)
    expect(drawings).toBe(2)
    expect(desktop.menus).toEqual([menu])
    expect(desktop.icon).toBe(icon)
  })

  test('waits until all else of the turn is done', () => {
    const tray = show()
    vi.advanceTimersByTime(1000)
    tray.render()
    expect(drawings).toBe(1)
    vi.advanceTimersByTime(0)
    expect(drawings).toBe(2)
  })

  test('that says how long something takes is drawn anew each minute, and no more once it says nothing of it', () => {
    const tray = show()
    picture = { ...busy, isTicking: true }
    render(tray)
    vi.advanceTimersByTime(120_000)
    expect(drawings).toBe(4)
    picture = idle
    render(tray)
    vi.advanceTimersByTime(600_000)
    expect(drawings).toBe(5)
  })

  test('of a hundred changes a second is drawn every 150 ms', () => {
    const tray = show()
    for (let at = 0; at < 100; at += 1) {
      tray.render()
      vi.advanceTimersByTime(10)
    }
    vi.advanceTimersByTime(150)
    expect(drawings).toBe(1 + Math.ceil(1000 / 150))
  })

  test('that was asked for before the app ended is not drawn', () => {
    const tray = show()
    tray.render()
    tray.destroy()
    vi.advanceTimersByTime(1000)
    expect(desktop.trays.map(({ isGone }) => isGone)).toEqual([true])
    expect(drawings).toBe(1)
  })
})

describe('the menu', () => {
  test('gives each kind of item its own shape, submenus too', () => {
    picture = { ...idle, menu: [{ type: 'submenu', label: 'Ping – Running', items: busy.menu }] }
    show()
    expect(desktop.menu.items).toMatchObject([
      {
        label: 'Ping – Running',
        submenu: {
          items: [{ label: 'Connecting…', enabled: false }, { type: 'separator' }, { label: 'Quit' }],
        },
      },
    ])
  })

  test('that says something else makes only those of its submenus anew that do so too', () => {
    picture = { ...idle, menu: menuOfTwo('Ping – Running', '1') }
    const tray = show()
    const [first, second] = desktop.menu.items
    picture = { ...idle, menu: menuOfTwo('Ping – Running, 1m', '2') }
    render(tray)
    const [firstAfter, secondAfter] = desktop.menu.items
    expect(firstAfter?.label).toBe('Ping – Running, 1m')
    expect(firstAfter?.submenu).toBe(first?.submenu)
    expect(secondAfter?.submenu).not.toBe(second?.submenu)
    expect(secondAfter?.submenu).toMatchObject({ items: [{ label: '2' }, { label: 'Quit' }] })
  })

  test('hands on what was chosen', () => {
    show()
    const [item] = desktop.menu.items
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the item's click takes nothing of Electron's three arguments
    const click = item?.click as (() => void) | undefined
    click?.()
    expect(commands).toEqual([{ kind: 'quit' }])
  })

  test.each(['win32', 'darwin'] as const)(
    'that is open on %s stays as it is, and is up to date once it closed',
    (platform) => {
      const tray = show(platform)
      const { menu } = desktop
      menu.emit('menu-will-show')
      picture = busy
      render(tray)
      expect(desktop.menu).toBe(menu)
      expect(desktop.tray.tooltip).toBe(busy.tooltip)
      menu.emit('menu-will-close')
      vi.advanceTimersByTime(1000)
      expect(desktop.menu.labels).toContain('Connecting…')
    },
  )

  test('of Linux, which never tells that it opens, changes at any time', () => {
    const tray = show('linux')
    desktop.menu.emit('menu-will-show')
    picture = busy
    render(tray)
    expect(desktop.menu.labels).toContain('Connecting…')
  })
})

describe('a click', () => {
  const icon = { x: 1800, y: 0, width: 24, height: 24 }

  test.each<[NodeJS.Platform, Rectangle | null]>([
    ['linux', null],
    ['win32', icon],
    ['darwin', icon],
  ])('on the icon of %s is told with its place, where that is known', (platform, place) => {
    show(platform)
    desktop.tray.emit('click')
    expect(clicks).toEqual([place])
  })

  test('of the right button opens the menu on macOS, where one that is set would open with every click', () => {
    show('darwin')
    expect(desktop.tray.menu).toBeNull()
    desktop.tray.emit('right-click')
    expect(desktop.tray.openMenu?.labels).toEqual(['Quit'])
    expect(clicks).toEqual([])
  })

  test('that opens the menu is told once, however many events tell of it', () => {
    show('win32')
    desktop.tray.emit('mouse-enter')
    desktop.tray.emit('right-click')
    desktop.menu.emit('menu-will-show')
    expect(openings).toBe(1)
    vi.advanceTimersByTime(1000)
    desktop.tray.emit('right-click')
    expect(openings).toBe(2)
  })
})

describe('an icon that is made anew', () => {
  test('takes the place of the old one, and is complete', () => {
    const tray = show()
    picture = busy
    tray.remake()
    expect(desktop.trays.map(({ isGone }) => isGone)).toEqual([true, false])
    expect(desktop.icon?.file).toBe('/icons/running.png')
    expect(desktop.tray.tooltip).toBe(busy.tooltip)
    expect(desktop.menu.labels).toHaveLength(3)
  })

  test('has its tooltip and its menu even where nothing changed', () => {
    show().remake()
    expect(desktop.tray.tooltip).toBe('Wexflow Tray')
    expect(desktop.menu.labels).toEqual(['Quit'])
  })

  test('while the old one’s menu was open takes new menus all the same', () => {
    const tray = show('win32')
    desktop.menu.emit('menu-will-show')
    tray.remake()
    picture = busy
    render(tray)
    expect(desktop.menu.labels).toHaveLength(3)
  })

  test('can be clicked', () => {
    show().remake()
    desktop.tray.emit('click')
    expect(clicks).toHaveLength(1)
  })
})
