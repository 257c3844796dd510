import type { Notification, NotificationConstructorOptions } from 'electron'
import { answerWithinMs, keptToasts, type Toast, type Toaster, type ToastStatus } from './toaster.ts'

/** Electron's `Notification`. */
export interface NotificationClass {
  new (options: NotificationConstructorOptions): Notification
  isSupported(): boolean
}

/** Shows notifications of Windows and macOS through Electron; both replace one of the same id by themselves. */
export class ElectronToaster implements Toaster {
  readonly #Notification: NotificationClass
  readonly #platform: NodeJS.Platform
  /** By toast id. Electron forgets a notification's click when nothing refers to it (electron#12690). */
  readonly #kept = new Map<string, Notification>()

  constructor(notification: NotificationClass, platform: NodeJS.Platform) {
    this.#Notification = notification
    this.#platform = platform
  }

  show({ id, title, body, isSilent, onClick }: Toast): Promise<ToastStatus> {
    if (!this.#Notification.isSupported())
      return Promise.resolve({ status: 'refused', reason: 'notSupported' })
    const notification = new this.#Notification({ id, title, body, silent: isSilent })
    const answer = statusOf(notification)
    this.#keep(id, notification)
    notification.once('click', () => {
      this.#drop(id, notification)
      onClick()
    })
    // On Windows a toast that leaves the screen closes too, but can still be clicked in the notification centre.
    if (this.#platform !== 'win32') notification.once('close', () => this.#drop(id, notification))
    notification.show()
    return answer
  }

  #keep(id: string, notification: Notification): void {
    this.#kept.delete(id)
    this.#kept.set(id, notification)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= keptToasts) return
      this.#kept.delete(oldest)
    }
  }

  #drop(id: string, notification: Notification): void {
    if (this.#kept.get(id) === notification) this.#kept.delete(id)
  }
}

/** Resolves with the first thing that the system says of a notification. */
const statusOf = (notification: Notification): Promise<ToastStatus> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ status: 'timedOut', reason: 'noAnswer' }), answerWithinMs)
    const settle = (status: ToastStatus): void => {
      clearTimeout(timer)
      resolve(status)
    }
    notification.once('show', () => settle({ status: 'shown', reason: '' }))
    notification.once('failed', (_event, error) => settle({ status: 'refused', reason: error }))
  })
