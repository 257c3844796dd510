import type { Message, MessageBus } from 'dbus-native'
import type { Log } from './log.ts'
import { connectSessionBus } from './session-bus.ts'

const watcherName = 'org.kde.StatusNotifierWatcher'

/** What changes the answer: the watcher comes or goes, or a panel registers with it or leaves it. */
const matchRules = [
  `type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${watcherName}'`,
  `type='signal',interface='${watcherName}',member='StatusNotifierHostRegistered'`,
  `type='signal',interface='${watcherName}',member='StatusNotifierHostUnregistered'`,
]

/** D-Bus: don't start a program just to answer this. */
const noAutoStart = 2
const signalType = 4

const answerWithinMs = 2000

/** At login the app may be up before the panel, and panels restart: only an absence that lasts is one. */
const absenceMs = 3000

export interface TrayHostOptions {
  readonly platform: NodeJS.Platform
  /** Called with the first answer, and each time it changes. */
  readonly onChange: (isPresent: boolean) => void
  /** A host came after there was none, however short that was: an icon that was made before stays hidden for ever. */
  readonly onComing: () => void
  readonly log: Log
  /** Defaults to the session's bus. */
  readonly busAddress?: string
  /** How long an absence must last to be told, in milliseconds. */
  readonly absenceMs?: number
}

/**
 * Watches whether anything on this desktop shows tray icons. Windows and macOS always do, so there nothing is called.
 * On Linux it asks what Chromium asks before it makes an icon: the session bus's StatusNotifierWatcher, and whether a
 * host registered there (GNOME without its extension has none). Chromium asks once: an icon made while there was no
 * host has to be made again when one comes. The one thing unseen here is the old XEmbed tray of plain X11 panels, to
 * which Electron falls back.
 *
 * Call it once the tray is made: it loads the D-Bus library. Never rejects.
 * @returns stops watching
 */
export async function watchTrayHost(options: TrayHostOptions): Promise<() => void> {
  if (options.platform !== 'linux') return () => {}
  const watch = new TrayHostWatch(options)
  try {
    const onLost = (cause: unknown): void => options.log.info('the session bus is gone', cause)
    await watch.start(await connectSessionBus(onLost, options.busAddress))
  } catch (error) {
    options.log.info('no session bus: no tray host', error)
    watch.answer(false)
  }
  return () => watch.stop()
}

class TrayHostWatch {
  readonly #options: TrayHostOptions
  #bus: MessageBus | null = null
  #told: boolean | null = null
  #wasAbsent = false
  #absence: NodeJS.Timeout | undefined
  #isStopped = false

  constructor(options: TrayHostOptions) {
    this.#options = options
  }

  async start(bus: MessageBus): Promise<void> {
    this.#bus = bus
    bus.connection.on('message', (message) => {
      if (isAboutHost(message)) void this.#ask(bus)
    })
    for (const rule of matchRules) await bus.addMatch(rule)
    await this.#ask(bus)
  }

  answer(isPresent: boolean): void {
    clearTimeout(this.#absence)
    if (this.#isStopped) return
    if (isPresent && this.#wasAbsent) this.#options.onComing()
    this.#wasAbsent = !isPresent
    if (isPresent) this.#tell(true)
    else this.#absence = setTimeout(() => this.#tell(false), this.#options.absenceMs ?? absenceMs)
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#absence)
    this.#bus?.connection.end()
  }

  async #ask(bus: MessageBus): Promise<void> {
    this.answer(await hasHost(bus))
  }

  #tell(isPresent: boolean): void {
    if (this.#told === isPresent) return
    this.#told = isPresent
    this.#options.onChange(isPresent)
  }
}

async function hasHost(bus: MessageBus): Promise<boolean> {
  try {
    const answer = await bus.invoke<unknown>(
      {
        destination: watcherName,
        path: '/StatusNotifierWatcher',
        interface: 'org.freedesktop.DBus.Properties',
        member: 'Get',
        signature: 'ss',
        body: [watcherName, 'IsStatusNotifierHostRegistered'],
        flags: noAutoStart,
      },
      { timeout: answerWithinMs },
    )
    return answer === true
  } catch {
    return false
  }
}

const isAboutHost = (message: Message): boolean =>
  message.type === signalType &&
  (message.interface === watcherName ||
    (message.member === 'NameOwnerChanged' && message.body?.[0] === watcherName))
