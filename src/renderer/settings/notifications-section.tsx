import type { ReactElement } from 'react'
import { toldPhases } from '../../shared/told-phase.ts'
import { useTexts } from '../hooks.ts'
import { NotificationTest } from '../welcome/notification-test.tsx'
import { CheckField } from './check-field.tsx'
import { NumberField } from './number-field.tsx'
import { oneByOneLimits } from './number-limits.ts'
import { listedOutcomes, withOutcomeTold, withPhaseTold } from './outcome-rules.ts'
import { Section } from './section.tsx'
import { SoundHint } from './sound-hint.tsx'
import { TellingTable } from './telling-table.tsx'
import { toldPhaseIcon, toldPhaseText } from './told-phase-text.ts'
import type { SettingsProps } from './use-settings-changes.ts'

/** What is told, and how much of it at once. */
export function NotificationsSection({ settings, change }: SettingsProps): ReactElement {
  const { t } = useTexts()
  const oneByOneNumbers = { ...oneByOneLimits, value: settings.oneByOne }
  return (
    <Section title={t('settings.notifications.title')} hint={t('settings.notifications.hint')}>
      <TellingTable
        title={t('settings.notifications.outcome')}
        lines={listedOutcomes.map((outcome) => ({
          name: t(`outcome.${outcome}`),
          icon: outcome,
          telling: settings.outcomes[outcome],
          onChange: (part) => change((before) => withOutcomeTold(before, outcome, part)),
        }))}
      />
      <TellingTable
        title={t('settings.notifications.beforeEnd')}
        lines={toldPhases.map((phase) => ({
          name: toldPhaseText(phase, t),
          icon: toldPhaseIcon(phase),
          telling: settings.phases[phase],
          onChange: (part) => change((before) => withPhaseTold(before, phase, part)),
        }))}
      />
      <p className="muted small">{t('settings.notifications.stillRunningHint')}</p>
      <SoundHint />
      <CheckField
        label={t('settings.notifications.tellFixed')}
        hint={t('settings.notifications.tellFixedHint')}
        isOn={settings.tellFixed}
        onChange={(tellFixed) => change((before) => ({ ...before, tellFixed }))}
      />
      <CheckField
        label={t('settings.notifications.tellShown')}
        isOn={settings.tellShown}
        onChange={(tellShown) => change((before) => ({ ...before, tellShown }))}
      />
      <CheckField
        label={t('settings.notifications.tellMessages')}
        isOn={settings.tellMessages}
        onChange={(tellMessages) => change((before) => ({ ...before, tellMessages }))}
      />
      <CheckField
        label={t('settings.notifications.missedRuns')}
        hint={t('settings.notifications.missedRunsHint')}
        isOn={settings.missedRuns}
        onChange={(missedRuns) => change((before) => ({ ...before, missedRuns }))}
      />
      <NumberField
        label={t('settings.notifications.oneByOne')}
        value={settings.oneByOne}
        limits={oneByOneLimits}
        hint={t('settings.notifications.oneByOneHint', oneByOneNumbers)}
        invalid={t('settings.notifications.oneByOneInvalid', oneByOneNumbers)}
        onChange={(oneByOne) => change((before) => ({ ...before, oneByOne }))}
      />
      <NotificationTest />
    </Section>
  )
}
