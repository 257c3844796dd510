import dbus, { type MessageBus, type NameRegistration } from 'dbus-native'
import { z } from 'zod'
import { asRead } from './as-read.ts'
import { Arrivals } from './waiting.ts'

const path = '/org/freedesktop/Notifications'
const name = 'org.freedesktop.Notifications'

/** A notification as an app handed it to the desktop. */
export interface ShownNotification {
  readonly id: number
  /** As a person reads it. */
  readonly title: string
  readonly body: string
  /** A name in the desktop's theme, or a URL. */
  readonly icon: string
  /** The URL of a picture that stands for the icon; null where it has none. */
  readonly picture: string | null
  /** 0: a new one; otherwise the id of the one whose place it takes. */
  readonly replacesId: number
  /** Action keys and their labels, in turns. */
  readonly actions: readonly string[]
  readonly isSilent: boolean
  /** The name of its sound or the path of the sound's file; null where the desktop is to choose. */
  readonly sound: string | null
  /** Whether it is to stay until somebody takes it away. */
  readonly isStaying: boolean
  /** When it arrived: milliseconds of `performance.now()`. */
  readonly arrivedAt: number
}

const notifySchema = z.object({
  replacesId: z.number(),
  icon: z.string(),
  title: z.string(),
  body: z.string(),
  actions: z.array(z.string()),
  timeoutMs: z.number(),
  hints: z.looseObject({
    urgency: z.number(),
    'suppress-sound': z.boolean().optional(),
    'sound-name': z.string().optional(),
    'sound-file': z.string().optional(),
    'image-path': z.string().optional(),
  }),
})

const criticalUrgency = 2
const neverExpires = 0

/** The reasons of the specification for which a notification leaves the screen. */
const closeReasons = { expired: 1, dismissed: 2, closedByCall: 3 } as const

/**
 * Stands in for the desktop's notification daemon: takes what apps show, and clicks on it as a person would.
 * Speaks the Desktop Notifications Specification 1.2.
 */
export class NotificationDaemon {
  readonly #bus: MessageBus
  #name: NameRegistration | null = null
  readonly #emit: (signal: string, ...values: unknown[]) => void
  readonly #shown: Arrivals<ShownNotification>
  readonly #closed = new Arrivals<number>()
  /** Whether it refuses whatever it is to show. */
  isRefusing = false
  /** It answers for what it shows once this is resolved. */
  answersAfter: Promise<unknown> = Promise.resolve()

  private constructor(bus: MessageBus, emit: (signal: string, ...values: unknown[]) => void) {
    this.#bus = bus
    this.#emit = emit
    this.#shown = new Arrivals()
  }

  /**
   * Takes the daemon's name on a bus.
   * @param capabilities what it says that it can show; without `actions` an app's clicks don't work
   */
  static async open(
    bus: MessageBus,
    capabilities: readonly string[] = ['body', 'actions'],
  ): Promise<NotificationDaemon> {
    const daemon = new NotificationDaemon(bus, (signal, ...values) => definition.emit[signal]?.(...values))
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
          handler: async (input: unknown) => {
            const arrivedAt = performance.now()
            if (daemon.isRefusing) throw new Error('not now')
            const { replacesId, icon, title, body, actions, hints, timeoutMs } = notifySchema.parse(input)
            if (replacesId === 0) lastId += 1
            const id = replacesId === 0 ? lastId : replacesId
            const isSilent = hints['suppress-sound'] ?? false
            const sound = hints['sound-file'] ?? hints['sound-name'] ?? null
            const isStaying = hints.urgency === criticalUrgency && timeoutMs === neverExpires
            const picture = hints['image-path'] ?? null
            const text = { title: asRead(title), body: asRead(body) }
            daemon.#shown.add({
              id,
              icon,
              picture,
              ...text,
              replacesId,
              actions,
              isSilent,
              sound,
              isStaying,
              arrivedAt,
            })
            await daemon.answersAfter
            return id
          },
        },
        CloseNotification: {
          in: { id: 'u' },
          handler: (input: unknown) => {
            const { id } = z.object({ id: z.number() }).parse(input)
            daemon.#closed.add(id)
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
    await daemon.comeBack()
    return daemon
  }

  /** Gives its name up, as a daemon that ends: from then on nothing on the desktop shows notifications. */
  async leave(): Promise<void> {
    await this.#name?.release()
    this.#name = null
  }

  /** Takes its name, as a daemon that was started. */
  async comeBack(): Promise<void> {
    this.#name ??= await this.#bus.ownName(name)
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

  /** Resolves when an app has taken this notification off the screen. */
  async closed({ id, title }: ShownNotification): Promise<void> {
    await this.#closed.find(`The withdrawal of “${title}”`, (one) => one === id)
  }

  /** Clicks on a notification, which then leaves the screen. */
  click(notification: ShownNotification): void {
    this.press(notification, 'default')
  }

  /** Presses one of a notification's buttons, upon which it leaves the screen. */
  press({ id }: ShownNotification, action: string): void {
    this.#emit('ActionInvoked', id, action)
    this.#emit('NotificationClosed', id, closeReasons.dismissed)
  }
}
