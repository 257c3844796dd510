import { type Clock, install } from '@sinonjs/fake-timers'
import type { Random } from '../wexflow-sim/random.ts'

const realImmediate = setImmediate

/** Lets every promise that can go on go on, and what follows from it, without any time passing. */
const settled = (): Promise<void> => new Promise((resolve) => realImmediate(resolve))

/** Resolves after so many milliseconds of whatever clock is installed. */
export const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** The clock and the chance of the whole process, in the hands of a run: time passes only while `run` is awaited. */
export class VirtualClock {
  readonly #clock: Clock
  readonly #trueRandom = Math.random

  /** @param random what `Math.random` draws from meanwhile */
  constructor(random: Random) {
    this.#clock = install({
      now: Date.UTC(2026, 10, 24, 3),
      toFake: [
        'setTimeout',
        'clearTimeout',
        'setInterval',
        'clearInterval',
        'setImmediate',
        'clearImmediate',
        'Date',
        'performance',
      ],
    })
    Math.random = random
  }

  /** Lets time pass, timer by timer, until `isDone` or the clock shows `until`. */
  async run(until: number, isDone: () => boolean): Promise<void> {
    await settled()
    while (!isDone() && this.#clock.now < until && this.#clock.countTimers() > 0) {
      const before = this.#clock.now
      this.#clock.next()
      // fake-timers 15.5 forgets the order of its timers when one of them is refreshed.
      if (this.#clock.now < before) throw new Error('Time ran backwards: is a timer refreshed?')
      await settled()
    }
  }

  /** Gives the clock and the chance back. */
  uninstall(): void {
    this.#clock.uninstall()
    Math.random = this.#trueRandom
  }
}
