import type { Outcome } from '../../shared/outcome.ts'
import type { Settings } from '../../shared/settings.ts'

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

/** What can be chosen for an outcome. */
export type Choice = 'notify' | 'sound'

/** The settings with one choice made. */
export const withChoice = (
  settings: Settings,
  outcome: Outcome,
  choice: Choice,
  isOn: boolean,
): Settings => ({
  ...settings,
  outcomes: { ...settings.outcomes, [outcome]: { ...settings.outcomes[outcome], [choice]: isOn } },
})
