import type { ServerView } from '../../shared/app-state.ts'
import type { System } from '../../shared/desktop-kind.ts'
import type { Translator } from '../../shared/i18n.ts'
import type { NotificationRule } from '../../shared/settings.ts'
import { listedOutcomes } from './outcome-rules.ts'
import { effectOf } from './rules.ts'
import { choiceOf, soundText } from './sounds.ts'

/** A rule in words. */
export interface RuleText {
  /** The workflow. */
  readonly workflow: string
  /** On which server, and started by whom; empty where that is any. */
  readonly where: string
  /** Which outcomes, and what becomes of their notification. */
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
  const { workflow, serverId, startedBy, outcomes } = rule
  const list = new Intl.ListFormat(locale, { type: 'unit' })
  const server = servers.find(({ id }) => id === serverId)?.name ?? t('server.forgotten')
  return {
    workflow: workflow ?? t('settings.rules.anyWorkflow'),
    where: list.format([
      ...(serverId === null ? [] : [t('settings.rules.onServer', { server })]),
      ...(startedBy === 'anyone' ? [] : [t(`settings.rules.startedBy.${startedBy}`)]),
    ]),
    what: t('settings.rules.what', {
      outcomes:
        outcomes.length === listedOutcomes.length
          ? t('settings.rules.anyOutcome')
          : list.format(outcomes.map((outcome) => t(`outcome.${outcome}`))),
      effect: t(`settings.rules.effect.${effectOf(rule, system)}`, {
        sound: soundText(rule, choiceOf(rule, system), t),
      }),
    }),
  }
}
