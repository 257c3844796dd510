import type { ReactElement } from 'react'
import { useTexts } from '../hooks.ts'
import { NotificationTest } from '../welcome/notification-test.tsx'
import { CheckField } from './check-field.tsx'
import { NumberField } from './number-field.tsx'
import { oneByOneLimits } from './number-limits.ts'
import { OutcomeTable } from './outcome-table.tsx'
import { Section } from './section.tsx'
import { SoundHint } from './sound-hint.tsx'
import type { SettingsProps } from './use-settings-changes.ts'

/** What is told, and how much of it at once. */
export function NotificationsSection({ settings, change }: SettingsProps): ReactElement {
  const { t } = useTexts()
  const oneByOneNumbers = { ...oneByOneLimits, value: settings.oneByOne }
  return (
    <Section title={t('settings.notifications.title')} hint={t('settings.notifications.hint')}>
      <OutcomeTable settings={settings} onChange={change} />
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
        label={t('settings.notifications.stillRunning')}
        hint={t('settings.notifications.stillRunningHint')}
        isOn={settings.stillRunning}
        onChange={(stillRunning) => change((before) => ({ ...before, stillRunning }))}
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
