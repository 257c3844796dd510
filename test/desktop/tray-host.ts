import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import dbus, { type MessageBus } from 'dbus-native'
import { z } from 'zod'
import { findEntry, type MenuEntry, menuText, parseLayout } from './menu.ts'
import { Arrivals, patienceMs } from './waiting.ts'

const watcherName = 'org.kde.StatusNotifierWatcher'
const watcherPath = '/StatusNotifierWatcher'
const itemInterface = 'org.kde.StatusNotifierItem'
const itemPath = '/StatusNotifierItem'
const menuInterface = 'com.canonical.dbusmenu'
const menuPath = '/com/canonical/dbusmenu'

/** Milliseconds between two looks at a menu that a test waits for. */
const lookEveryMs = 50
/** Milliseconds until what may never be answered is taken for done: a click on an item of the menu, and on the icon. */
const itemAnswerMs = 2000
const iconAnswerMs = 200

/** How Chromium answers a click on an item that its menu does not have. */
const refusalSchema = z.object({ dbusName: z.literal('org.freedesktop.DBus.Error.Failed') })

const pixmapsSchema = z.array(z.tuple([z.number(), z.number(), z.instanceof(Buffer)]))

/** A picture of the icon: enough to tell one from another, and to draw it. */
export interface TrayIcon {
  readonly width: number
  readonly height: number
  /** ARGB, four bytes a pixel, row by row. */
  readonly pixels: Buffer
  /** Equal for equal pictures. */
  readonly fingerprint: string
}

/**
 * Stands in for a desktop's panel: takes the icons of tray apps (KDE's StatusNotifierItem), reads their menus and
 * clicks on them as a person would.
 */
export class TrayHost {
  readonly #bus: MessageBus
  readonly #items = new Arrivals<{ readonly service: string; readonly at: number }>()
  #release: (() => Promise<void>) | null = null

  private constructor(bus: MessageBus) {
    this.#bus = bus
  }

  /** Takes the watcher's name on a bus: from now on this desktop has a tray. */
  static async open(bus: MessageBus): Promise<TrayHost> {
    const host = new TrayHost(bus)
    await host.reopen()
    return host
  }

  /** Takes the watcher's name again after `close`, as a panel does that comes late or was started anew. */
  async reopen(): Promise<void> {
    const definition = dbus.defineInterface({
      name: watcherName,
      methods: {
        RegisterStatusNotifierItem: {
          in: { service: 's' },
          handler: (_input: unknown, { sender }: { sender?: string }) => {
            // Chromium registers by its well-known name or not at all by name: the sender's unique one always leads to it.
            this.#items.add({ service: sender ?? '', at: performance.now() })
            definition.emit['StatusNotifierItemRegistered']?.(sender ?? '')
          },
        },
        RegisterStatusNotifierHost: { in: { service: 's' }, handler: () => {} },
      },
      properties: {
        IsStatusNotifierHostRegistered: { type: 'b', access: 'read', get: () => true },
        ProtocolVersion: { type: 'i', access: 'read', get: () => 0 },
        RegisteredStatusNotifierItems: {
          type: 'as',
          access: 'read',
          get: () => this.#items.all.map(({ service }) => service),
        },
      },
      signals: {
        StatusNotifierItemRegistered: { args: { service: 's' } },
        StatusNotifierHostRegistered: {},
      },
    })
    const registration = await this.#bus.export(watcherPath, definition)
    const ownedName = await this.#bus.ownName(watcherName)
    this.#release = async () => {
      await ownedName.release()
      await registration.remove()
    }
  }

  /** Gives the watcher's name back: this desktop has no tray any more. */
  async close(): Promise<void> {
    await this.#release?.()
    this.#release = null
  }

  /** Whether this desktop has a tray now. */
  get isOpen(): boolean {
    return this.#release !== null
  }

  /** How many icons came so far, those that were made anew counted too. */
  get registrations(): number {
    return this.#items.all.length
  }

  /** Waits for one more icon than there were. */
  async iconAfter(registrations: number, withinMs = patienceMs): Promise<void> {
    await this.#items.find('A new tray icon', () => this.registrations > registrations, withinMs)
  }

  /** When the first icon came: milliseconds of `performance.now()`. */
  async firstIconAt(withinMs = patienceMs): Promise<number> {
    return (await this.#items.find('A tray icon', () => true, withinMs)).at
  }

  /** The menu of the newest icon, as a right click would show it. */
  async menu(): Promise<MenuEntry> {
    const answer: unknown = await this.#call(menuPath, menuInterface, 'GetLayout', 'iias', [0, -1, []])
    const [, layout] = z.tuple([z.number(), z.unknown()]).parse(answer)
    return parseLayout(layout)
  }

  /**
   * The item to which these labels lead, once the menu has it and it fits. Rejects with the menu's text after
   * `patienceMs`.
   */
  async entry(
    labels: readonly string[],
    fits: (entry: MenuEntry) => boolean = () => true,
    withinMs = patienceMs,
  ): Promise<MenuEntry> {
    const deadline = performance.now() + withinMs
    for (;;) {
      // An icon that is made anew takes its menu along: whoever looks at that moment looks again.
      const menu = await this.menu().catch(String)
      const found = typeof menu === 'string' ? null : findEntry(menu, labels)
      if (found !== null && fits(found)) return found
      if (performance.now() > deadline) {
        const seen = typeof menu === 'string' ? menu : menuText(menu)
        throw new Error(`The menu has no fitting "${labels.join(' > ')}":\n${seen}`)
      }
      await pause(lookEveryMs)
    }
  }

  /** Chooses an item by its labels, from the menu bar's own down, once it is there and can be chosen. */
  async choose(...labels: string[]): Promise<void> {
    const deadline = performance.now() + patienceMs
    for (;;) {
      const { id } = await this.entry(labels, ({ isEnabled }) => isEnabled)
      if (await this.#click(id)) return
      if (performance.now() > deadline) throw new Error(`The menu refuses every "${labels.join(' > ')}"`)
    }
  }

  /**
   * False where the menu was made anew since it was read: it refuses its old ids then. Chromium answers in order, so that
   * a click was done that it has not refused by the next answer.
   */
  async #click(id: number): Promise<boolean> {
    const click = [id, 'clicked', new dbus.Variant('s', ''), 0]
    const isDone = this.#call(menuPath, menuInterface, 'Event', 'isvu', click, itemAnswerMs).then(
      () => true,
      (error: unknown) => !refusalSchema.safeParse(error).success,
    )
    const isPast = this.menu().then(
      () => true,
      () => true,
    )
    return Promise.race([isDone, isPast])
  }

  /** The first lines of the tooltip. */
  async tooltip(): Promise<string> {
    const answer = await this.#property('ToolTip')
    const [, , title] = z.tuple([z.unknown(), z.unknown(), z.string(), z.unknown()]).parse(answer)
    return title
  }

  /** The largest picture of the icon. */
  async icon(): Promise<TrayIcon> {
    const pixmaps = pixmapsSchema.parse(await this.#property('IconPixmap'))
    const [width, height, pixels] = pixmaps.toSorted((a, b) => b[0] - a[0])[0] ?? [0, 0, Buffer.alloc(0)]
    return { width, height, pixels, fingerprint: createHash('sha256').update(pixels).digest('hex') }
  }

  /** Clicks the icon itself with the left button. */
  async activate(): Promise<void> {
    await this.#call(itemPath, itemInterface, 'Activate', 'ii', [0, 0], iconAnswerMs).catch(() => {})
  }

  #property(property: string): Promise<unknown> {
    return this.#call(itemPath, 'org.freedesktop.DBus.Properties', 'Get', 'ss', [itemInterface, property])
  }

  async #call(
    path: string,
    iface: string,
    member: string,
    signature: string,
    body: unknown[],
    withinMs = patienceMs,
  ): Promise<unknown> {
    await this.firstIconAt()
    const destination = this.#items.all.at(-1)?.service ?? ''
    const message = { destination, path, interface: iface, member, signature, body }
    return this.#bus.invoke<unknown>(message, { timeout: withinMs })
  }
}
