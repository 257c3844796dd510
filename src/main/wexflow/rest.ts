import { WexflowError } from './errors.ts'

/** So much longer than asked, at random, is waited: not all who were told the same shall come back together. */
const spread = 0.1

/** The pause that is made where somebody asked for one of so many milliseconds. */
export const restOf = (ms: number): number => ms * (1 + spread * Math.random())

/**
 * The rest that somebody in front of the server has asked for, with Retry-After, for what can be left out or asked later
 * without the server being away for it.
 */
export class Rest {
  /** Milliseconds of `performance.now()`. */
  #until = Number.NEGATIVE_INFINITY

  get isOver(): boolean {
    return performance.now() >= this.#until
  }

  /** Notes what a failed request says of it. */
  note(error: unknown): void {
    if (!(error instanceof WexflowError)) return
    const { retryAfterMs } = error.failure
    if (retryAfterMs !== undefined) this.#until = performance.now() + restOf(retryAfterMs)
  }

  /** Another network, or a machine that slept: who had asked for it need not be there any more. */
  end(): void {
    this.#until = Number.NEGATIVE_INFINITY
  }
}
