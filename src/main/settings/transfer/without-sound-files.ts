import { outcomes } from '../../../shared/outcome.ts'
import { toldPhases } from '../../../shared/told-phase.ts'
import type { Settings, Telling } from '../../../shared/settings.ts'

const withoutSoundFile = <Rule extends Telling>(rule: Rule): Rule =>
  rule.chosenSound?.kind === 'file' ? { ...rule, chosenSound: null } : rule

/** The settings with the usual sound in the place of each that is a file of one computer. */
export function withoutSoundFiles(settings: Settings): Settings {
  const byOutcome = { ...settings.outcomes }
  for (const outcome of outcomes) byOutcome[outcome] = withoutSoundFile(byOutcome[outcome])
  const phases = { ...settings.phases }
  for (const phase of toldPhases) phases[phase] = withoutSoundFile(phases[phase])
  return { ...settings, outcomes: byOutcome, phases, rules: settings.rules.map(withoutSoundFile) }
}
