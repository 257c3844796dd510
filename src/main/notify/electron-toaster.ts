import type { Notification, NotificationConstructorOptions } from 'electron'
import { soundOn } from '../../shared/sound.ts'
import { dropOldest } from '../platform/drop-oldest.ts'
import type { ToastIcon } from './toast-icon.ts'
import { keptToasts, type Toast, type Toaster, type ToastStatus } from './toaster.ts'

/** Electron's `Notification`. */
export interface NotificationClass {
  new (options: NotificationConstructorOptions): Notification
  isSupported(): boolean
}

/** Milliseconds after which a notification that the system says nothing of counts as refused: it can be shown again. */
export const giveUpAfterMs = 60_000

/** Shows notifications of Windows and macOS through Electron; both replace one of the same id by themselves. */
export class ElectronToaster implements Toaster {
  readonly #Notification: NotificationClass
  readonly #platform: NodeJS.Platform
  readonly #picture: (icon: ToastIcon) => string | null
  /** By toast id. Electron forgets a notification's click when nothing refers to it (electron#12690). */
  readonly #kept = new Map<string, Notification>()

  /** @param picture the absolute path of the picture that says what a toast is about; null for the app's own icon */
  constructor(
    notification: NotificationClass,
    platform: NodeJS.Platform,
    picture: (icon: ToastIcon) => string | null,
  ) {
    this.#Notification = notification
    this.#platform = platform
    this.#picture = picture
  }

  show({
    id,
    replaces,
    title,
    body,
    icon,
    isSilent,
    sound = null,
    isStaying,
    actions,
    onClick,
    onAction,
  }: Toast): Promise<ToastStatus> {
    if (!this.#Notification.isSupported())
      return Promise.resolve({ status: 'refused', reason: 'notSupported' })
    const buttons = actions.map(({ label }) => ({ type: 'button', text: label }) as const)
    const file = this.#picture(icon)
    const chosen = soundOn(this.#platform === 'darwin' ? 'macos' : 'windows', sound)
    const notification = new this.#Notification({
      id,
      title,
      body,
      silent: isSilent,
      actions: buttons,
      ...(chosen?.kind === 'named' && { sound: chosen.name }),
      ...(isStaying && { timeoutType: 'never' as const }),
      ...(file !== null && { icon: file }),
    })
    if (replaces !== undefined) this.withdraw(replaces)
    const answer = statusOf(notification)
    this.#keep(id, notification)
    notification.once('click', () => {
      this.#drop(id, notification)
      onClick()
    })
    notification.once('action', (_event, index) => {
      this.#drop(id, notification)
      const action = actions[index]
      if (action !== undefined) onAction(action.id)
    })
    // On Windows a toast that leaves the screen closes too, but can still be clicked in the notification centre.
    if (this.#platform !== 'win32') notification.once('close', () => this.#drop(id, notification))
    notification.show()
    return answer
  }

  withdraw(id: string): void {
    const notification = this.#kept.get(id)
    this.#kept.delete(id)
    notification?.close()
  }

  isStanding(id: string): boolean {
    return this.#kept.has(id)
  }

  /** Whether the person has turned them off for this app, neither system says. */
  hasSounds(): Promise<boolean> {
    return Promise.resolve(true)
  }

  /** Neither system says when notifications are permitted again. */
  onReady(): void {}

  #keep(id: string, notification: Notification): void {
    this.#kept.delete(id)
    this.#kept.set(id, notification)
    dropOldest(this.#kept, keptToasts)
  }

  #drop(id: string, notification: Notification): void {
    if (this.#kept.get(id) === notification) this.#kept.delete(id)
  }
}

/** Resolves with the first thing that the system says of a notification. */
const statusOf = (notification: Notification): Promise<ToastStatus> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ status: 'refused', reason: 'noAnswer' }), giveUpAfterMs)
    const settle = (status: ToastStatus): void => {
      clearTimeout(timer)
      resolve(status)
    }
    notification.once('show', () => settle({ status: 'shown', reason: '' }))
    notification.once('failed', (_event, error) => settle({ status: 'refused', reason: error }))
  })
