import type { Quiet } from '../../shared/app-state.ts'
import { nextChange, quietAt, type QuietWishes } from './quiet.ts'

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

  /** Tells how it stands now, and again when that changes. To be called when the wishes change, and after a sleep. */
  check(): void {
    this.stop()
    const { wishes, onCheck } = this.#options
    const now = Date.now()
    const next = nextChange(wishes(), now)
    if (next !== null) this.#timer = setTimeout(() => this.check(), Math.min(next - now, longestMs))
    onCheck(quietAt(wishes(), now))
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
