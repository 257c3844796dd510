import type { ReactElement } from 'react'
import { closings, iconClicks } from '../../shared/choices.ts'
import { useSystem, useTexts } from '../hooks.ts'
import { CheckField } from './check-field.tsx'
import { LoginField } from './login-field.tsx'
import { NumberField } from './number-field.tsx'
import { keepJobsLimits } from './number-limits.ts'
import { RadioField } from './radio-field.tsx'
import { Section } from './section.tsx'
import { ShortcutField } from './shortcut-field.tsx'
import type { SettingsProps } from './use-settings-changes.ts'

/** How the window and the list behave. */
export function BehaviourSection({ settings, change }: SettingsProps): ReactElement {
  const { t } = useTexts()
  const keepNumbers = { ...keepJobsLimits, value: settings.keepJobs }
  const { iconClick, whenClosed } = settings
  const isLinux = useSystem() === 'linux'
  return (
    <Section title={t('settings.behaviour.title')}>
      <LoginField />
      <RadioField
        label={t('settings.behaviour.iconClick')}
        hint={iconClick === 'auto' && isLinux ? t('settings.behaviour.iconClickHint') : undefined}
        values={iconClicks}
        value={iconClick}
        nameOf={(click) => t(`settings.behaviour.iconClicks.${click}`)}
        onChange={(click) => change((before) => ({ ...before, iconClick: click }))}
      />
      <RadioField
        label={t('settings.behaviour.whenClosed')}
        hint={t(`settings.behaviour.closingHints.${whenClosed}`)}
        values={closings}
        value={whenClosed}
        nameOf={(closing) => t(`settings.behaviour.closings.${closing}`)}
        onChange={(closing) => change((before) => ({ ...before, whenClosed: closing }))}
      />
      <ShortcutField settings={settings} change={change} />
      <CheckField
        label={t('settings.behaviour.singleKeys')}
        hint={t('settings.behaviour.singleKeysHint')}
        isOn={settings.singleKeys}
        onChange={(singleKeys) => change((before) => ({ ...before, singleKeys }))}
      />
      <NumberField
        label={t('settings.jobs.keep')}
        value={settings.keepJobs}
        limits={keepJobsLimits}
        hint={t('settings.jobs.keepHint', keepNumbers)}
        invalid={t('settings.jobs.keepInvalid', keepNumbers)}
        onChange={(keepJobs) => change((before) => ({ ...before, keepJobs }))}
      />
    </Section>
  )
}
