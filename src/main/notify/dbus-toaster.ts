import type { Message, MessageBus } from 'dbus-native'
import { z } from 'zod'
import { connectSessionBus } from '../platform/session-bus.ts'
import { answerWithinMs, keptToasts, type Toast, type Toaster, type ToastStatus } from './toaster.ts'

const name = 'org.freedesktop.Notifications'
const path = '/org/freedesktop/Notifications'
const signalType = 4

const matchRules = [
  `type='signal',sender='${name}',interface='${name}'`,
  `type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${name}'`,
]

/** The name of the app's .desktop file, as its packages install it. */
const desktopEntry = 'wexflow-tray'
const normalUrgency = 1
const asLongAsTheDesktopLikes = -1
const newOne = 0

export interface DBusToasterOptions {
  /** What a desktop that shows it calls the click on a notification. */
  readonly clickLabel: string
  /** Its name in the desktop's theme or, where nothing installed it there, its file's URL. */
  readonly icon: string
  /** Defaults to the session's bus. */
  readonly busAddress?: string
}

const numberFirst = z.tuple([z.number()]).rest(z.unknown())

/**
 * Shows notifications of a Linux desktop by the Desktop Notifications Specification 1.2, without Electron: its own
 * way drops the wish for silence and never says that the desktop refused, and where libnotify is not installed it
 * shows nothing and fails nowhere.
 */
export class DBusToaster implements Toaster {
  readonly #options: DBusToasterOptions
  #bus: Promise<MessageBus> | null = null
  #capabilities: Promise<ReadonlySet<string>> | null = null
  /** What is on the screen or in the desktop's list, by the daemon's number, oldest first. */
  readonly #shown = new Map<number, Toast>()
  /** Notifications that the daemon has not given a number yet. */
  #unnumbered = 0
  /** Clicks on numbers that no notification has yet: a signal may overtake the answer that gives it. */
  readonly #earlyClicks = new Set<number>()

  constructor(options: DBusToasterOptions) {
    this.#options = options
  }

  async show(toast: Toast): Promise<ToastStatus> {
    try {
      const { bus, capabilities } = await this.#ready()
      return await this.#notify(bus, capabilities, toast)
    } catch (error) {
      return statusOf(error)
    }
  }

  async #ready(): Promise<{ bus: MessageBus; capabilities: ReadonlySet<string> }> {
    this.#bus ??= this.#connect()
    const bus = await this.#bus
    this.#capabilities ??= capabilitiesOf(bus).catch((error: unknown) => {
      this.#capabilities = null
      throw error
    })
    return { bus, capabilities: await this.#capabilities }
  }

  #notify(bus: MessageBus, capabilities: ReadonlySet<string>, toast: Toast): Promise<ToastStatus> {
    const message = call('Notify', 'susssasa{sv}i', [
      'Wexflow Tray',
      this.#numberOf(toast.id),
      this.#options.icon,
      toast.title,
      capabilities.has('body-markup') ? escaped(toast.body) : toast.body,
      capabilities.has('actions') ? ['default', this.#options.clickLabel] : [],
      [
        ['urgency', ['y', normalUrgency]],
        ['desktop-entry', ['s', desktopEntry]],
        ...(toast.isSilent ? [['suppress-sound', ['b', true]]] : []),
      ],
      asLongAsTheDesktopLikes,
    ])
    this.#unnumbered += 1
    return new Promise((resolve) => {
      bus.invoke(message, { timeout: answerWithinMs }, (error, ...answer: unknown[]) => {
        this.#unnumbered -= 1
        const id = numberFirst.safeParse(answer)
        if (error === null && id.success) this.#keep(id.data[0], toast)
        if (this.#unnumbered === 0) this.#earlyClicks.clear()
        resolve(error === null ? { status: 'shown', reason: '' } : statusOf(error))
      })
    })
  }

  #connect(): Promise<MessageBus> {
    const connecting = this.#open(() => {
      if (this.#bus !== connecting) return
      this.#bus = null
      this.#onOtherDaemon()
    })
    return connecting
  }

  async #open(onLost: () => void): Promise<MessageBus> {
    try {
      const bus = await connectSessionBus(onLost, this.#options.busAddress)
      bus.connection.on('message', (message) => this.#onMessage(message))
      for (const rule of matchRules) await bus.addMatch(rule)
      return bus
    } catch (error) {
      onLost()
      throw error
    }
  }

  #onMessage({ type, member, body = [] }: Message): void {
    if (type !== signalType) return
    if (member === 'NameOwnerChanged') {
      this.#onOtherDaemon()
      return
    }
    const id = numberFirst.safeParse(body)
    if (!id.success) return
    const toast = this.#shown.get(id.data[0])
    if (member === 'ActionInvoked' || member === 'NotificationClosed') this.#shown.delete(id.data[0])
    if (member !== 'ActionInvoked') return
    if (toast !== undefined) toast.onClick()
    else if (this.#unnumbered > 0) this.#earlyClicks.add(id.data[0])
  }

  /** Another daemon counts anew and may show other things. */
  #onOtherDaemon(): void {
    this.#capabilities = null
    this.#shown.clear()
  }

  /** The daemon's number of the toast that one of this id is to replace. */
  #numberOf(id: string): number {
    return [...this.#shown].find(([, toast]) => toast.id === id)?.[0] ?? newOne
  }

  #keep(number: number, toast: Toast): void {
    this.#shown.delete(number)
    if (this.#earlyClicks.delete(number)) {
      toast.onClick()
      return
    }
    this.#shown.set(number, toast)
    for (const oldest of this.#shown.keys()) {
      if (this.#shown.size <= keptToasts) return
      this.#shown.delete(oldest)
    }
  }
}

const call = (member: string, signature = '', body: unknown[] = []): Message => ({
  destination: name,
  path,
  interface: name,
  member,
  ...(signature === '' ? {} : { signature, body }),
})

const capabilitiesOf = async (bus: MessageBus): Promise<ReadonlySet<string>> => {
  const answer: unknown = await bus.invoke(call('GetCapabilities'), { timeout: answerWithinMs })
  return new Set(z.array(z.string()).parse(answer))
}

/** Errors of the D-Bus library after which nobody knows whether the notification was shown. */
const unanswered: ReadonlySet<unknown> = new Set(['ETIMEDOUT', 'ECONNCLOSED'])

const dbusErrorSchema = z.object({ dbusName: z.string() })
const codedErrorSchema = z.object({ code: z.string() })

function statusOf(error: unknown): ToastStatus {
  const code = codedErrorSchema.safeParse(error).data?.code
  const reason = dbusErrorSchema.safeParse(error).data?.dbusName ?? code ?? 'noSessionBus'
  return { status: unanswered.has(code) ? 'timedOut' : 'refused', reason }
}

/** A daemon that reads markup would swallow a `<` of a log line. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
