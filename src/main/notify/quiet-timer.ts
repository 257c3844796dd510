import type { Quiet } from '../../shared/app-state.ts'
import { quietAt, type QuietWishes } from './quiet.ts'

/** Milliseconds after which it is looked anew at the latest: clocks are set, and timers stand still during a sleep. */
const longestMs = 3_600_000

export interface QuietTimerOptions {
  readonly wishes: () => QuietWishes
  /** @param quiet how it stands now: null where notifications are shown */
  readonly onCheck: (quiet: Quiet | null) => void
}

/** Looks whether notifications are held back, whenever that may have changed. */
export class QuietTimer {
  readonly #options: QuietTimerOptions
  #timer: NodeJS.Timeout | undefined

  constructor(options: QuietTimerOptions) {
    this.#options = options
  }

  /** Whether notifications are held back at this moment. */
  get isQuiet(): boolean {
    return quietAt(this.#options.wishes(), Date.now()) !== null
  }

  /** Tells how it stands now, and again when that is over. To be called when the wishes change, and after a sleep. */
  check(): void {
    this.stop()
    const now = Date.now()
    const quiet = quietAt(this.#options.wishes(), now)
    if (quiet !== null) this.#timer = setTimeout(() => this.check(), Math.min(quiet.until - now, longestMs))
    this.#options.onCheck(quiet)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
