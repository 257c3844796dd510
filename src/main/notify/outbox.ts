import type { AppModel } from '../state/app-model.ts'
import type { Log } from '../platform/log.ts'
import { answerWithinMs, type Toast, type Toaster } from './toaster.ts'

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
   * @param keys the jobs that it tells of: kept for another attempt where it was refused
   */
  async send(toast: Toast, keys: readonly string[] = []): Promise<boolean> {
    const { toaster, model } = this.#options
    const silent = setTimeout(() => this.#warn(toast.id, 'unanswered', 'noAnswer'), answerWithinMs)
    const { status, reason } = await toaster.show(toast)
    clearTimeout(silent)
    if (status === 'refused') {
      this.#warn(toast.id, status, reason)
      for (const key of keys) this.#refused.add(key)
      this.#schedule()
      return false
    }
    for (const key of keys) this.#refused.delete(key)
    model.removeNotice('notificationsRefused')
    this.#flush()
    return true
  }

  /** Takes toasts off the desktop that no longer say anything new. */
  withdraw(...ids: readonly string[]): void {
    for (const id of ids) this.#options.toaster.withdraw(id)
  }

  /** Tries nothing again any more: the app ends, and its next start tells. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #schedule(): void {
    if (this.#isClosed || this.#refused.size === 0) return
    this.#timer ??= setTimeout(() => {
      this.#pauseMs = Math.min(2 * this.#pauseMs, longestPauseMs)
      this.#tellAgain()
    }, this.#pauseMs)
  }

  /** The desktop shows notifications now. */
  #flush(): void {
    this.#pauseMs = firstPauseMs
    this.#tellAgain()
  }

  #tellAgain(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#isClosed || this.#refused.size === 0) return
    const keys = [...this.#refused]
    this.#refused.clear()
    this.#options.tellAgain(keys)
  }

  #warn(id: string, status: string, reason: string): void {
    this.#options.log.warn(`notification ${id} ${status}: ${reason}`)
    this.#options.model.addNotice({ kind: 'notificationsRefused', detail: reason })
  }
}
