import { setTimeout as pause } from 'node:timers/promises'
import type { Menu, MenuItemConstructorOptions, NativeImage, nativeImage, Rectangle, Tray } from 'electron'
import type { Command } from '../../shared/commands.ts'
import type { Log } from '../platform/log.ts'
import { watchTrayHost } from '../platform/tray-host.ts'
import { iconFile, type IconState } from './icon.ts'
import type { MenuItem } from './menu-facts.ts'
import type { TrayPicture } from './picture.ts'

/** The part of Electron that makes the icon and its menu; `electron` itself is one. */
export interface TrayElectron {
  readonly Tray: new (image: NativeImage) => Tray
  readonly Menu: Pick<typeof Menu, 'buildFromTemplate'>
  readonly nativeImage: Pick<typeof nativeImage, 'createFromPath'>
}

export interface TrayOptions {
  readonly electron: TrayElectron
  readonly platform: NodeJS.Platform
  /** The absolute folder of the icons. */
  readonly iconFolder: string
  readonly log: Log
  /** What the tray is to show now. */
  readonly picture: () => TrayPicture
  readonly onCommand: (command: Command) => void
  /** The icon was clicked. `icon`: where it is, which Linux does not tell. */
  readonly onClick: (icon: Rectangle | null) => void
  /** The menu is about to open, or may be. */
  readonly onOpen: () => void
}

/**
 * Milliseconds until Chromium has made the icon known to the desktop, in several steps that each need this thread:
 * building the rest at once would keep the person waiting for the icon, by 80 ms on Linux.
 */
const shownAfterMs = 50
/** Milliseconds between two pictures at least: a hundred starts a second must not become a hundred menus. */
const restMs = 150
/**
 * Milliseconds in which the menu counts as opened once: the mouse over the icon, its right button and the menu itself all
 * tell it.
 */
const openingMs = 1000
/** Milliseconds after which a picture that says how long something takes is drawn anew. */
const tickMs = 60_000

/** The tray icon and its menu. Only what differs from the last picture is handed to the system. */
export class AppTray {
  readonly #options: TrayOptions
  #tray: Tray
  #icon: IconState
  #tooltip = ''
  /** The menu that is set, as text: the cheapest way to see that a new one says the same. */
  #menuText = ''
  #menu: Menu | null = null
  /** The submenus of the menu that is set, by what they say as text: most stay as they are when a minute has passed. */
  #submenus: ReadonlyMap<string, Menu> = new Map()
  #isMenuOpen = false
  #isScheduled = false
  #tick: NodeJS.Timeout | undefined
  /** Milliseconds of `performance.now()`, which no setting of the clock moves. */
  #renderedAt = Number.NEGATIVE_INFINITY
  #openedAt = Number.NEGATIVE_INFINITY

  /** Shows the icon and its first menu at once. After the app's `ready`. */
  constructor(options: TrayOptions) {
    this.#options = options
    const picture = options.picture()
    this.#icon = picture.icon
    this.#tray = this.#create()
    this.#draw(picture)
  }

  /** Resolves when the desktop has had the time to show the icon. */
  shown(): Promise<void> {
    return pause(shownAfterMs)
  }

  /**
   * Watches whether the desktop has a place for the icon, and makes it anew when one comes. Once the tray is shown: it
   * loads the D-Bus library.
   */
  watchHost(onChange: (isPresent: boolean) => void): void {
    const { platform, log } = this.#options
    void watchTrayHost({ platform, onChange, onComing: () => this.remake(), log })
  }

  /** Makes the icon anew: one that was made while the desktop had no place for it stays hidden for ever. */
  remake(): void {
    this.#tray.destroy()
    this.#tooltip = ''
    this.#menuText = ''
    this.#isMenuOpen = false
    const picture = this.#options.picture()
    this.#icon = picture.icon
    this.#tray = this.#create()
    this.#draw(picture)
  }

  /**
   * Asks for a new picture. Any number of calls in one turn make one, after all other work of this turn: a notification
   * must never wait for a menu.
   */
  render(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    const rest = this.#renderedAt + restMs - performance.now()
    if (rest > 0) setTimeout(() => this.#renderNow(), rest)
    else setImmediate(() => this.#renderNow())
  }

  /** Takes the icon away: the app ends. */
  destroy(): void {
    clearTimeout(this.#tick)
    this.#tray.destroy()
  }

  #renderNow(): void {
    this.#isScheduled = false
    if (!this.#tray.isDestroyed()) this.#draw(this.#options.picture())
  }

  #draw({ icon, tooltip, menu, isTicking }: TrayPicture): void {
    this.#renderedAt = performance.now()
    clearTimeout(this.#tick)
    this.#tick = isTicking ? setTimeout(() => this.render(), tickMs) : undefined
    if (icon !== this.#icon) {
      this.#icon = icon
      this.#tray.setImage(this.#image(icon))
    }
    if (tooltip !== this.#tooltip) {
      this.#tooltip = tooltip
      this.#tray.setToolTip(tooltip)
    }
    if (!this.#isMenuOpen) this.#setMenu(menu)
  }

  #setMenu(items: readonly MenuItem[]): void {
    const text = JSON.stringify(items)
    if (text === this.#menuText) return
    this.#menuText = text
    const submenus = new Map<string, Menu>()
    const menu = this.#built(items, submenus)
    this.#submenus = submenus
    // Setting a menu closes the one that is open on Windows and macOS. Linux never tells that a menu opens
    // (electron#28837), and its menus take a change while they are open.
    menu.on('menu-will-show', () => {
      this.#isMenuOpen = this.#options.platform !== 'linux'
      this.#onOpen()
    })
    menu.on('menu-will-close', () => {
      this.#isMenuOpen = false
      this.render()
    })
    this.#menu = menu
    // A menu that is set takes the click as well on macOS.
    if (this.#options.platform !== 'darwin') this.#tray.setContextMenu(menu)
  }

  #onOpen(): void {
    if (performance.now() - this.#openedAt < openingMs) return
    this.#openedAt = performance.now()
    this.#options.onOpen()
    // Where the mouse comes before the menu, it is up to date when it opens.
    this.render()
  }

  /** @param submenus takes the submenus that it has */
  #built(items: readonly MenuItem[], submenus: Map<string, Menu>): Menu {
    const template = items.map((item) => this.#template(item, submenus))
    return this.#options.electron.Menu.buildFromTemplate(template)
  }

  #template(item: MenuItem, submenus: Map<string, Menu>): MenuItemConstructorOptions {
    switch (item.type) {
      case 'separator':
        return { type: 'separator' }
      case 'text':
        return { label: item.label, enabled: false }
      case 'command':
        return { label: item.label, click: () => this.#options.onCommand(item.command) }
      case 'submenu':
        return { label: item.label, submenu: this.#submenu(item.items, submenus) }
    }
  }

  #submenu(items: readonly MenuItem[], submenus: Map<string, Menu>): Menu {
    const text = JSON.stringify(items)
    const menu = this.#submenus.get(text) ?? this.#built(items, submenus)
    submenus.set(text, menu)
    return menu
  }

  #create(): Tray {
    const { electron, platform, onClick } = this.#options
    const tray = new electron.Tray(this.#image(this.#icon))
    tray.on('mouse-enter', () => this.#onOpen())
    tray.on('right-click', () => {
      this.#onOpen()
      if (platform === 'darwin' && this.#menu !== null) tray.popUpContextMenu(this.#menu)
    })
    // It opens the window, never the menu: drawing that now would only hold the window up.
    tray.on('click', () => onClick(platform === 'linux' ? null : tray.getBounds()))
    return tray
  }

  #image(state: IconState): NativeImage {
    const { electron, iconFolder, platform } = this.#options
    const image = electron.nativeImage.createFromPath(iconFile(iconFolder, state, platform))
    if (platform === 'darwin') image.setTemplateImage(true)
    return image
  }
}
