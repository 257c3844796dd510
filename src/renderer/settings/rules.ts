import type { System } from '../../shared/desktop-kind.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { NotificationRule } from '../../shared/settings.ts'
import { soundOn } from '../../shared/sound.ts'
import { type ToldPhase, toldPhases } from '../../shared/told-phase.ts'
import { listedOutcomes } from './outcome-rules.ts'

/** A rule that changes nothing much, with what it is about. */
export const newRule = (
  about: Partial<Pick<NotificationRule, 'workflow' | 'serverId'>>,
): NotificationRule => ({
  workflow: null,
  serverId: null,
  startedBy: 'anyone',
  outcomes: [...listedOutcomes],
  phases: [...toldPhases],
  notify: true,
  sound: true,
  chosenSound: null,
  stays: false,
  handOn: [],
  ...about,
})

/** The rules with one in the place of another. */
export const moved = (rules: readonly NotificationRule[], from: number, to: number): NotificationRule[] => {
  const rest = rules.toSpliced(from, 1)
  return rest.toSpliced(to, 0, ...rules.slice(from, from + 1))
}

/** The rules with one changed; a new one, at -1, comes first: it is the most special one for all one knows. */
export const withRule = (
  rules: readonly NotificationRule[],
  index: number,
  rule: NotificationRule,
): NotificationRule[] => (index === -1 ? [rule, ...rules] : rules.with(index, rule))

/** The rule with an outcome, or without it, in the order in which they are listed. */
export const withOutcome = (rule: NotificationRule, outcome: Outcome, isOn: boolean): NotificationRule => ({
  ...rule,
  outcomes: listedOutcomes.filter((one) => (one === outcome ? isOn : rule.outcomes.includes(one))),
})

/** The rule with something before the end, or without it, in the order in which that is listed. */
export const withPhase = (rule: NotificationRule, phase: ToldPhase, isOn: boolean): NotificationRule => ({
  ...rule,
  phases: toldPhases.filter((one) => (one === phase ? isOn : rule.phases.includes(one))),
})

/** Whether a rule is about anything at all. */
export const isAboutAny = ({ outcomes, phases }: NotificationRule): boolean =>
  outcomes.length + phases.length > 0

/** What a rule makes of a notification. */
export type Effect = 'none' | 'sound' | 'named' | 'silent' | 'soundStays' | 'namedStays' | 'silentStays'

/** @param system whose sounds they are */
export const effectOf = (rule: NotificationRule, system: System): Effect => {
  if (!rule.notify) return 'none'
  const { sound, stays } = rule
  if (!sound) return stays ? 'silentStays' : 'silent'
  if (soundOn(system, rule.chosenSound) !== null) return stays ? 'namedStays' : 'named'
  return stays ? 'soundStays' : 'sound'
}
