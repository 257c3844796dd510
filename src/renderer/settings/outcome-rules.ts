import type { Outcome } from '../../shared/outcome.ts'
import type { Settings } from '../../shared/settings.ts'

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
