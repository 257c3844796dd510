import { Notification, type NotificationConstructorOptions } from 'electron'

/** What became of an attempt to show a notification. */
export interface ToastStatus {
  /** `timedOut`: the system said neither that it shows it nor that it refuses. */
  readonly status: 'shown' | 'refused' | 'timedOut'
  /** A technical word for the log; empty when it is shown. */
  readonly reason: string
}

/** A notification to be shown. */
export interface Toast {
  /** A later toast of the same id takes the place of the earlier one. */
  readonly id: string
  readonly title: string
  readonly body: string
  readonly isSilent: boolean
  readonly onClick: () => void
}

/** Shows notifications. Never throws and never rejects. */
export interface Toaster {
  show(toast: Toast): Promise<ToastStatus>
}

/** Milliseconds after which an attempt without an answer counts as `timedOut`. */
const answerWithinMs = 10_000
/** Toasts that are kept for their click. The oldest go first. */
const keptToasts = 200

/** Shows notifications of the system through Electron. */
export class ElectronToaster implements Toaster {
  readonly #platform: NodeJS.Platform
  /** By toast id. Electron forgets a notification's click when nothing refers to it (electron#12690). */
  readonly #kept = new Map<string, Notification>()

  constructor(platform: NodeJS.Platform) {
    this.#platform = platform
  }

  show(toast: Toast): Promise<ToastStatus> {
    // Without libnotify on Linux nothing would be shown and nothing would fail.
    if (!Notification.isSupported()) return Promise.resolve({ status: 'refused', reason: 'notSupported' })
    const notification = this.#create(toast)
    const answer = statusOf(notification)
    this.#keep(toast.id, notification)
    notification.once('click', () => {
      this.#drop(toast.id, notification)
      toast.onClick()
    })
    // On Windows a toast that leaves the screen closes too, but can still be clicked in the notification centre.
    if (this.#platform !== 'win32') notification.once('close', () => this.#drop(toast.id, notification))
    notification.show()
    return answer
  }

  #create({ id, title, body, isSilent }: Toast): Notification {
    const options: NotificationConstructorOptions = { title, body, silent: isSilent }
    // macOS and Windows replace by id themselves; the others ignore it, so there the old one is closed.
    if (this.#platform === 'linux') this.#kept.get(id)?.close()
    return new Notification({ ...options, id })
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
