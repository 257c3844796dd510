import type { Outcome } from '../../shared/outcome.ts'
import type { Settings, Telling } from '../../shared/settings.ts'
import type { ToldPhase } from '../../shared/told-phase.ts'

/** The compiler sees to it that none is missing. */
const order = {
  done: 0,
  warning: 1,
  failed: 2,
  stopped: 3,
  rejected: 4,
  notStarted: 5,
  unknown: 6,
} as const satisfies Record<Outcome, number>

const isOutcome = (word: string): word is Outcome => Object.hasOwn(order, word)

/** All outcomes, in the order in which they are listed. */
export const listedOutcomes: readonly Outcome[] = Object.keys(order).filter(isOutcome)

/** The settings with a part of what holds for an outcome changed. */
export const withOutcomeTold = (settings: Settings, outcome: Outcome, part: Partial<Telling>): Settings => ({
  ...settings,
  outcomes: { ...settings.outcomes, [outcome]: { ...settings.outcomes[outcome], ...part } },
})

/** The settings with a part of what holds for something before the end changed. */
export const withPhaseTold = (settings: Settings, phase: ToldPhase, part: Partial<Telling>): Settings => ({
  ...settings,
  phases: { ...settings.phases, [phase]: { ...settings.phases[phase], ...part } },
})
