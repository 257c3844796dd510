import { outcomes } from '../../../shared/outcome.ts'
import type { OutcomeRule, Settings } from '../../../shared/settings.ts'

const withoutSoundFile = <Rule extends OutcomeRule>(rule: Rule): Rule =>
  rule.chosenSound?.kind === 'file' ? { ...rule, chosenSound: null } : rule

/** The settings with the usual sound in the place of each that is a file of one computer. */
export function withoutSoundFiles(settings: Settings): Settings {
  const byOutcome = { ...settings.outcomes }
  for (const outcome of outcomes) byOutcome[outcome] = withoutSoundFile(byOutcome[outcome])
  return { ...settings, outcomes: byOutcome, rules: settings.rules.map(withoutSoundFile) }
}
