import { install } from '@sinonjs/fake-timers'

/** The clock that everything in the model reads by `Date.now()`, in milliseconds since 1970. */
export interface ModelClock {
  set(now: number): void
  /** The real clock is back. */
  remove(): void
}

/** When the model's time begins: all times in its states are later. */
export const beginning = 1_800_000_000_000

/** Replaces this process's clock, and nothing else of its time. */
export function modelClock(): ModelClock {
  const clock = install({ now: beginning, toFake: ['Date'] })
  return { set: (now) => clock.setSystemTime(now), remove: () => clock.uninstall() }
}
