import dbus, { type MessageBus } from 'dbus-native'
import { z } from 'zod'
import { Arrivals } from './waiting.ts'

const path = '/org/freedesktop/Notifications'
const name = 'org.freedesktop.Notifications'

/** A notification as an app handed it to the desktop. */
export interface ShownNotification {
  readonly id: number
  readonly title: string
  readonly body: string
  /** A name in the desktop's theme, or a URL. */
  readonly icon: string
  /** 0: a new one; otherwise the id of the one whose place it takes. */
  readonly replacesId: number
  /** Action keys and their labels, in turns. */
  readonly actions: readonly string[]
  readonly isSilent: boolean
  /** When it arrived: milliseconds of `performance.now()`. */
  readonly arrivedAt: number
}

const notifySchema = z.object({
  replacesId: z.number(),
  icon: z.string(),
  title: z.string(),
  body: z.string(),
  actions: z.array(z.string()),
  hints: z.looseObject({ 'suppress-sound': z.boolean().optional() }),
})

/** The reasons of the specification for which a notification leaves the screen. */
const closeReasons = { expired: 1, dismissed: 2, closedByCall: 3 } as const

/**
 * Stands in for the desktop's notification daemon: takes what apps show, and clicks on it as a person would.
 * Speaks the Desktop Notifications Specification 1.2.
 */
export class NotificationDaemon {
  readonly #emit: (signal: string, ...values: unknown[]) => void
  readonly #shown: Arrivals<ShownNotification>

  private constructor(
    emit: (signal: string, ...values: unknown[]) => void,
    shown: Arrivals<ShownNotification>,
  ) {
    this.#emit = emit
    this.#shown = shown
  }

  /**
   * Takes the daemon's name on a bus.
   * @param capabilities what it says that it can show; without `actions` an app's clicks don't work
   */
  static async open(
    bus: MessageBus,
    capabilities: readonly string[] = ['body', 'actions'],
  ): Promise<NotificationDaemon> {
    const shown = new Arrivals<ShownNotification>()
    let lastId = 0
    const definition = dbus.defineInterface({
      name,
      methods: {
        GetCapabilities: { out: { capabilities: 'as' }, handler: () => [...capabilities] },
        GetServerInformation: {
          out: { name: 's', vendor: 's', version: 's', spec: 's' },
          handler: () => ({ name: 'stand-in', vendor: 'Wexflow Tray', version: '1', spec: '1.2' }),
        },
        Notify: {
          in: {
            app: 's',
            replacesId: 'u',
            icon: 's',
            title: 's',
            body: 's',
            actions: 'as',
            hints: 'a{sv}',
            timeoutMs: 'i',
          },
          out: { id: 'u' },
          handler: (input: unknown) => {
            const arrivedAt = performance.now()
            const { replacesId, icon, title, body, actions, hints } = notifySchema.parse(input)
            if (replacesId === 0) lastId += 1
            const id = replacesId === 0 ? lastId : replacesId
            const isSilent = hints['suppress-sound'] ?? false
            shown.add({ id, icon, title, body, replacesId, actions, isSilent, arrivedAt })
            return id
          },
        },
        CloseNotification: {
          in: { id: 'u' },
          handler: (input: unknown) => {
            const { id } = z.object({ id: z.number() }).parse(input)
            definition.emit['NotificationClosed']?.(id, closeReasons.closedByCall)
          },
        },
      },
      signals: {
        ActionInvoked: { args: { id: 'u', action: 's' } },
        NotificationClosed: { args: { id: 'u', reason: 'u' } },
      },
    })
    await bus.export(path, definition)
    await bus.ownName(name)
    return new NotificationDaemon((signal, ...values) => definition.emit[signal]?.(...values), shown)
  }

  /** Everything that was shown, oldest first. */
  get shown(): readonly ShownNotification[] {
    return this.#shown.all
  }

  /** The first notification with this title, as text or pattern, shown already or yet to come. */
  titled(title: string | RegExp, withinMs?: number): Promise<ShownNotification> {
    const fits = (one: ShownNotification): boolean =>
      typeof title === 'string' ? one.title === title : title.test(one.title)
    return this.#shown.find(`A notification titled ${String(title)}`, fits, withinMs)
  }

  /** Clicks on a notification, which then leaves the screen. */
  click({ id }: ShownNotification): void {
    this.#emit('ActionInvoked', id, 'default')
    this.#emit('NotificationClosed', id, closeReasons.dismissed)
  }
}
