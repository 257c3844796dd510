import { EventEmitter } from 'node:events'
import type { MenuItemConstructorOptions, NativeImage, Rectangle } from 'electron'
import type { TrayElectron } from '../../../src/main/tray/tray.ts'

/** An icon as the desktop has it. */
class FakeTray extends EventEmitter {
  image: unknown
  tooltip = ''
  menu: FakeMenu | null = null
  /** The one that was opened without being set. */
  openMenu: FakeMenu | null = null
  isGone = false

  constructor(image: unknown) {
    super()
    this.image = image
  }

  setImage(image: unknown): void {
    this.image = image
  }

  setToolTip(tooltip: string): void {
    this.tooltip = tooltip
  }

  setContextMenu(menu: FakeMenu): void {
    this.menu = menu
  }

  destroy(): void {
    this.isGone = true
  }

  getBounds(): Rectangle {
    return { x: 1800, y: 0, width: 24, height: 24 }
  }

  popUpContextMenu(menu: FakeMenu): void {
    this.openMenu = menu
  }

  isDestroyed(): boolean {
    return this.isGone
  }
}

/** A menu as the desktop has it. */
class FakeMenu extends EventEmitter {
  readonly items: readonly MenuItemConstructorOptions[]

  constructor(items: readonly MenuItemConstructorOptions[]) {
    super()
    this.items = items
  }

  get labels(): string[] {
    return this.items.map(({ type, label }) => type ?? label ?? '')
  }
}

/** A picture, by its file. */
class FakeImage {
  isTemplate = false
  readonly file: string

  constructor(file: string) {
    this.file = file
  }

  setTemplateImage(isTemplate: boolean): void {
    this.isTemplate = isTemplate
  }
}

/** A desktop's tray: what was made of it, and what of it can be seen. */
export class FakeDesktop {
  readonly trays: FakeTray[] = []
  readonly menus: FakeMenu[] = []

  /** Electron, as far as the tray uses it. */
  get electron(): TrayElectron {
    const { trays, menus } = this
    class Tray extends FakeTray {
      constructor(image: NativeImage) {
        super(image)
        trays.push(this)
      }
    }
    const Menu = {
      buildFromTemplate(items: MenuItemConstructorOptions[]): FakeMenu {
        const menu = new FakeMenu(items)
        menus.push(menu)
        return menu
      },
    }
    const nativeImage = { createFromPath: (file: string): FakeImage => new FakeImage(file) }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of the dozens of members of these classes the tray uses those above
    return { Tray, Menu, nativeImage } as unknown as TrayElectron
  }

  /** The icon that is on the screen now. */
  get tray(): FakeTray {
    const tray = this.trays.findLast(({ isGone }) => !isGone)
    if (tray === undefined) throw new Error('there is no icon')
    return tray
  }

  /** The file of the icon that is on the screen now, and whether the system colours it. */
  get icon(): FakeImage | null {
    return this.tray.image instanceof FakeImage ? this.tray.image : null
  }

  /** The menu that the icon has now. */
  get menu(): FakeMenu {
    const menu = this.menus.at(-1)
    if (menu === undefined) throw new Error('the icon has no menu')
    return menu
  }
}
