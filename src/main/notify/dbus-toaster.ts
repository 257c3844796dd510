import { pathToFileURL } from 'node:url'
import { dropOldest } from '../platform/drop-oldest.ts'
import type { Message, MessageBus } from 'dbus-native'
import { z } from 'zod'
import { soundOn } from '../../shared/sound.ts'
import { connectSessionBus } from '../platform/session-bus.ts'
import type { ToastIcon } from './toast-icon.ts'
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
const urgency = { normal: 1, critical: 2 } as const
/** Where no sound is named, some desktops (GNOME) play none. */
const usualSound = 'message-new-instant'
/** Milliseconds that a notification is shown: as long as the desktop likes, or for ever. */
const expiry = { usual: -1, never: 0 } as const
const newOne = 0

export interface DBusToasterOptions {
  /** What a desktop that shows it calls the click on a notification. */
  readonly clickLabel: () => string
  /** Its name in the desktop's theme or, where nothing installed it there, its file's URL. */
  readonly icon: string
  /** The absolute path of the picture that says what a toast is about; null where that is the icon above. */
  readonly picture: (icon: ToastIcon) => string | null
  /** Defaults to the session's bus. */
  readonly busAddress?: string
}

const numberFirst = z.tuple([z.number()]).rest(z.unknown())
const actionSchema = z.tuple([z.number(), z.string()])
const ownerChangeSchema = z.tuple([z.string(), z.string(), z.string()])

/** What the specification calls the click on the notification itself. */
const defaultAction = 'default'
/** D-Bus: wait for the answer, however long that takes. The bus answers for a daemon that ended. */
const noTimeout = 0
/** A daemon that gives up its name may still answer what it has shown, within this time, in milliseconds. */
const lastAnswersMs = 500

/** A notification that the daemon has not answered for yet. */
interface Unanswered {
  readonly toast: Toast
  /** It is to leave the screen as soon as it has a number. */
  isWithdrawn: boolean
  /** The daemon that it was sent to is gone, and its numbers with it. */
  isLeftOver: boolean
  readonly refuse: (reason: string) => void
}

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
  readonly #unanswered = new Set<Unanswered>()
  /** What was chosen of numbers that no notification has yet: a signal may overtake the answer that gives it. */
  readonly #earlyActions = new Map<number, string>()
  readonly #readyListeners = new Set<() => void>()
  #isDaemonThere = false

  constructor(options: DBusToasterOptions) {
    this.#options = options
  }

  async show(toast: Toast): Promise<ToastStatus> {
    try {
      const { bus, capabilities } = await this.#ready()
      return await this.#notify(bus, capabilities, toast)
    } catch (error) {
      return { status: 'refused', reason: reasonOf(error) }
    }
  }

  withdraw(id: string): void {
    for (const unanswered of this.#unanswered) if (unanswered.toast.id === id) unanswered.isWithdrawn = true
    for (const [number, toast] of this.#shown) if (toast.id === id) this.#close(number)
  }

  isStanding(id: string): boolean {
    return this.#numberOf(id) !== undefined
  }

  async hasSounds(): Promise<boolean> {
    try {
      const { capabilities } = await this.#ready()
      return capabilities.has('sound')
    } catch {
      // Nothing shows notifications just now, of which a notice tells.
      return true
    }
  }

  onReady(listener: () => void): void {
    this.#readyListeners.add(listener)
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
      this.#numberOf(toast.id) ?? this.#numberOf(toast.replaces) ?? newOne,
      this.#options.icon,
      toast.title,
      capabilities.has('body-markup') ? escaped(toast.body) : toast.body,
      capabilities.has('actions') ? this.#actionsOf(toast) : [],
      [
        ['urgency', ['y', toast.isStaying ? urgency.critical : urgency.normal]],
        ['desktop-entry', ['s', desktopEntry]],
        ...this.#pictureOf(toast),
        soundHint(toast),
      ],
      toast.isStaying ? expiry.never : expiry.usual,
    ])
    return new Promise((resolve) => {
      const unanswered: Unanswered = {
        toast,
        isWithdrawn: false,
        isLeftOver: false,
        refuse: (reason) => {
          this.#unanswered.delete(unanswered)
          resolve({ status: 'refused', reason })
        },
      }
      this.#unanswered.add(unanswered)
      bus.invoke(message, { timeout: noTimeout }, (error, ...answer: unknown[]) => {
        if (error !== null) {
          unanswered.refuse(reasonOf(error))
          return
        }
        // One that was given up, since its daemon was gone, is told again.
        if (!this.#unanswered.delete(unanswered)) return
        const id = numberFirst.safeParse(answer)
        if (id.success && !unanswered.isLeftOver) this.#keep(id.data[0], unanswered)
        if (this.#unanswered.size === 0) this.#earlyActions.clear()
        resolve({ status: 'shown', reason: '' })
      })
    })
  }

  /** Daemons draw it in the place of the icon or beside it. */
  #pictureOf({ icon }: Toast): unknown[] {
    const file = this.#options.picture(icon)
    return file === null ? [] : [['image-path', ['s', pathToFileURL(file).href]]]
  }

  #actionsOf({ actions }: Toast): string[] {
    const buttons = actions.flatMap(({ id, label }) => [id, label])
    return [defaultAction, this.#options.clickLabel(), ...buttons]
  }

  #connect(): Promise<MessageBus> {
    const connecting = this.#open(() => {
      if (this.#bus !== connecting) return
      this.#bus = null
      this.#capabilities = null
      this.#shown.clear()
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
      const change = ownerChangeSchema.safeParse(body)
      if (change.success) this.#onOwner(change.data[1], change.data[2])
      return
    }
    const id = numberFirst.safeParse(body)
    if (!id.success) return
    const [number] = id.data
    const toast = this.#shown.get(number)
    if (member === 'ActionInvoked' || member === 'NotificationClosed') this.#shown.delete(number)
    const action = actionSchema.safeParse(body)
    if (member !== 'ActionInvoked' || !action.success) return
    if (toast !== undefined) act(toast, action.data[1])
    else if (this.#unanswered.size > 0) this.#earlyActions.set(number, action.data[1])
  }

  /** Another daemon has the name, or none: it counts anew, and may show other things. */
  #onOwner(before: string, now: string): void {
    this.#capabilities = null
    this.#isDaemonThere = now !== ''
    // One that was started to answer a call has that call before it.
    if (before !== '') this.#onDaemonGone()
    this.#tellReady()
  }

  #onDaemonGone(): void {
    this.#shown.clear()
    const leftOver = [...this.#unanswered]
    for (const unanswered of leftOver) unanswered.isLeftOver = true
    if (leftOver.length > 0) setTimeout(() => this.#giveUp(leftOver), lastAnswersMs)
  }

  #giveUp(leftOver: readonly Unanswered[]): void {
    const lost = leftOver.filter((unanswered) => this.#unanswered.has(unanswered))
    for (const { refuse } of lost) refuse('daemonGone')
    if (lost.length > 0) this.#tellReady()
  }

  #tellReady(): void {
    if (!this.#isDaemonThere) return
    // Once those who wait for an answer of the daemon that is gone have heard that there is none.
    setImmediate(() => {
      for (const listener of this.#readyListeners) listener()
    })
  }

  /** The daemon's number of a toast that is shown. */
  #numberOf(id: string | undefined): number | undefined {
    return [...this.#shown].find(([, toast]) => toast.id === id)?.[0]
  }

  #keep(number: number, { toast, isWithdrawn }: Unanswered): void {
    this.#shown.delete(number)
    const action = this.#earlyActions.get(number)
    this.#earlyActions.delete(number)
    if (action !== undefined) {
      act(toast, action)
      return
    }
    if (isWithdrawn) {
      this.#close(number)
      return
    }
    this.#shown.set(number, toast)
    dropOldest(this.#shown, keptToasts)
  }

  /** Whether it was still there is of no interest. */
  #close(number: number): void {
    this.#shown.delete(number)
    const message = call('CloseNotification', 'u', [number])
    void this.#bus?.then((bus) => bus.invoke(message)).catch(() => {})
  }
}

function soundHint({ isSilent, sound = null }: Toast): unknown[] {
  if (isSilent) return ['suppress-sound', ['b', true]]
  const chosen = soundOn('linux', sound)
  if (chosen?.kind === 'file') return ['sound-file', ['s', chosen.path]]
  return ['sound-name', ['s', chosen?.name ?? usualSound]]
}

/** Does what the person chose on a notification. */
function act(toast: Toast, action: string): void {
  if (action === defaultAction) toast.onClick()
  else toast.onAction(action)
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

const dbusErrorSchema = z.object({ dbusName: z.string() })
const codedErrorSchema = z.object({ code: z.string() })

function reasonOf(error: unknown): string {
  const code = codedErrorSchema.safeParse(error).data?.code
  return dbusErrorSchema.safeParse(error).data?.dbusName ?? code ?? 'noSessionBus'
}

/** A daemon that reads markup would swallow a `<` of a log line. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
