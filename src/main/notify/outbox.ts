import type { AppModel } from '../state/app-model.ts'
import type { Log } from '../platform/log.ts'
import { answerWithinMs, type Toast, type Toaster, type ToastStatus } from './toaster.ts'
import { within } from '../platform/within.ts'

/**
 * Milliseconds until what the desktop refused is tried again, and twice as long after each refusal: not every desktop
 * says when it would take it.
 */
const firstPauseMs = 30_000
const longestPauseMs = 600_000

export interface OutboxOptions {
  readonly toaster: Toaster
  readonly model: AppModel
  readonly log: Log
  /** Whether notifications are held back just now. */
  readonly isQuiet: () => boolean
  /** Tells again, together, what is still to be told of the jobs of these keys. */
  readonly tellAgain: (keys: readonly string[]) => void
}

/**
 * Hands toasts to the desktop, and keeps what it did not take until it does: it is told again when something that
 * shows notifications comes, when the desktop has taken another toast, and now and then. A notice says so meanwhile.
 */
export class Outbox {
  readonly #options: OutboxOptions
  /** Keys of the jobs of which something was refused. */
  readonly #refused = new Set<string>()
  /** The last toast of each id that tells of no job, until the desktop has taken it; by the id. */
  readonly #latest = new Map<string, Toast>()
  /** Those of them that were refused, or are kept while notifications are held back. */
  readonly #unsaid = new Set<Toast>()
  #pauseMs = firstPauseMs
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(options: OutboxOptions) {
    this.#options = options
    options.toaster.onReady(() => {
      options.model.removeNotice('notificationsRefused')
      this.#flush()
    })
  }

  /**
   * Shows a toast. Resolves to whether the desktop took it, however late it says so.
   * @param keys the jobs that it tells of: what is still to be told of them is told again where it was refused; a toast
   * of no job is shown again as it is, unless another of its id has come since
   */
  async send(toast: Toast, keys: readonly string[] = []): Promise<boolean> {
    const { toaster, model } = this.#options
    this.takeBack(toast.id)
    if (keys.length === 0) this.#latest.set(toast.id, toast)
    const silent = setTimeout(() => this.#warn(toast.id, 'unanswered', 'noAnswer'), answerWithinMs)
    const { status, reason } = await toaster.show(toast)
    clearTimeout(silent)
    if (status === 'refused') {
      this.#warn(toast.id, status, reason)
      for (const key of keys) this.#refused.add(key)
      if (this.#latest.get(toast.id) === toast) this.#unsaid.add(toast)
      this.#schedule()
      return false
    }
    // The keys stay: something later may have been refused of these jobs. Whoever tells again knows what is left to tell.
    if (this.#latest.get(toast.id) === toast) this.#latest.delete(toast.id)
    model.removeNotice('notificationsRefused')
    this.#flush()
    return true
  }

  /**
   * Shows a toast of no job. While notifications are held back it is kept until they are shown again, unless it is taken
   * back or withdrawn before.
   */
  say(toast: Toast): void {
    if (!this.#options.isQuiet()) {
      void this.send(toast)
      return
    }
    this.takeBack(toast.id)
    this.#latest.set(toast.id, toast)
    this.#unsaid.add(toast)
  }

  /** Notifications are shown again: tells what was kept meanwhile. */
  onQuietOver(): void {
    this.#tellAgain()
  }

  /**
   * Shows a toast once, whatever becomes of it. One that the desktop takes shows that it takes others too.
   * @returns the desktop's answer; null where it has said nothing in time
   */
  async try(toast: Toast): Promise<ToastStatus | null> {
    const { toaster, model } = this.#options
    const answer = await within(toaster.show(toast), answerWithinMs)
    if (answer?.status === 'shown') {
      model.removeNotice('notificationsRefused')
      this.#flush()
    }
    return answer
  }

  /** Takes toasts off the desktop that no longer say anything new. */
  withdraw(...ids: readonly string[]): void {
    for (const id of ids) {
      this.takeBack(id)
      this.#options.toaster.withdraw(id)
    }
  }

  /** Whether a toast that was shown is still on the desktop. */
  isStanding(id: string): boolean {
    return this.#options.toaster.isStanding(id)
  }

  /** Does not show a toast of no job again. */
  takeBack(id: string): void {
    const toast = this.#latest.get(id)
    if (toast === undefined) return
    this.#latest.delete(id)
    this.#unsaid.delete(toast)
  }

  /** Tries nothing again any more: the app ends, and its next start tells. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #schedule(): void {
    if (this.#isClosed || this.#isEmpty) return
    this.#timer ??= setTimeout(() => {
      this.#pauseMs = Math.min(2 * this.#pauseMs, longestPauseMs)
      this.#tellAgain()
    }, this.#pauseMs)
  }

  /** The desktop shows notifications now. */
  #flush(): void {
    this.#pauseMs = firstPauseMs
    // Whoever waits for a refusal that came in the same moment has to have noted it.
    queueMicrotask(() => this.#tellAgain())
  }

  #tellAgain(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#isClosed || this.#isEmpty) return
    const keys = [...this.#refused]
    this.#refused.clear()
    const toasts = [...this.#unsaid]
    this.#unsaid.clear()
    for (const toast of toasts) this.say(toast)
    this.#options.tellAgain(keys)
  }

  get #isEmpty(): boolean {
    return this.#refused.size === 0 && this.#unsaid.size === 0
  }

  #warn(id: string, status: string, reason: string): void {
    this.#options.log.warn(`notification ${id} ${status}: ${reason}`)
    this.#options.model.addNotice({ kind: 'notificationsRefused', detail: reason })
  }
}
