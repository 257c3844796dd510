import type { TFunction } from 'i18next'
import type { ServerView } from '../../shared/app-state.ts'
import type { System } from '../../shared/desktop-kind.ts'
import type { Translator } from '../../shared/i18n.ts'
import type { NotificationRule } from '../../shared/settings.ts'
import { toldPhases } from '../../shared/told-phase.ts'
import { listedOutcomes } from './outcome-rules.ts'
import { effectOf } from './rules.ts'
import { choiceOf, soundText } from './sounds.ts'
import { toldPhaseText } from './told-phase-text.ts'

/** A rule in words. */
export interface RuleText {
  /** The workflow. */
  readonly workflow: string
  /** On which server, and started by whom; empty where that is any. */
  readonly where: string
  /** Which outcomes, or what before them, and what becomes of the notification. */
  readonly what: string
}

/**
 * @param system whose sounds it can name
 * @param locale of the lists in it
 */
export function ruleText(
  rule: NotificationRule,
  servers: readonly ServerView[],
  system: System,
  { t, locale }: Pick<Translator, 't' | 'locale'>,
): RuleText {
  const { workflow, serverId, startedBy } = rule
  const list = new Intl.ListFormat(locale, { type: 'unit' })
  const server = servers.find(({ id }) => id === serverId)?.name ?? t('server.forgotten')
  return {
    workflow: workflow ?? t('settings.rules.anyWorkflow'),
    where: list.format([
      ...(serverId === null ? [] : [t('settings.rules.onServer', { server })]),
      ...(startedBy === 'anyone' ? [] : [t(`settings.rules.startedBy.${startedBy}`)]),
    ]),
    what: t('settings.rules.what', {
      outcomes: list.format(occasionsOf(rule, t)),
      effect: t(`settings.rules.effect.${effectOf(rule, system)}`, {
        sound: soundText(rule, choiceOf(rule, system), t),
      }),
    }),
  }
}

/** What a rule is about. */
function occasionsOf({ outcomes, phases }: NotificationRule, t: TFunction): string[] {
  const isAnyOutcome = outcomes.length === listedOutcomes.length
  const isAnyPhase = phases.length === toldPhases.length
  if (isAnyOutcome && isAnyPhase) return [t('settings.rules.everything')]
  return [
    ...(isAnyOutcome ? [t('settings.rules.anyOutcome')] : outcomes.map((outcome) => t(`outcome.${outcome}`))),
    ...(isAnyPhase
      ? [t('settings.notifications.beforeEnd')]
      : phases.map((phase) => toldPhaseText(phase, t))),
  ]
}
