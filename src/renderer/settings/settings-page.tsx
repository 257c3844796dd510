import { type ReactElement, type ReactNode, useId } from 'react'
import { useTexts } from '../hooks.ts'
import { LanguageField } from './language-field.tsx'
import { LoginSection } from './login-section.tsx'
import { NumberField } from './number-field.tsx'
import { keepJobsLimits, type Limits, oneByOneLimits } from './number-limits.ts'
import { OutcomeTable } from './outcome-table.tsx'
import { SupportSection } from './support-section.tsx'
import { useSettingsChanges } from './use-settings-changes.ts'
import './settings.css'

/** What a person can choose; each choice is saved at once. */
export function SettingsPage(): ReactElement {
  const { t, numbers } = useTexts()
  const { settings, saving, change } = useSettingsChanges()
  const number = new Intl.NumberFormat(numbers)
  const textsOf = ({ min, max }: Limits, value: number) => ({
    min: number.format(min),
    max: number.format(max),
    value: number.format(value),
  })
  const keepTexts = textsOf(keepJobsLimits, settings.keepJobs)
  const oneByOneTexts = textsOf(oneByOneLimits, settings.oneByOne)
  return (
    <div className="settings-page">
      <div className="settings-heading">
        <h1>{t('settings.title')}</h1>
        <output className={saving === 'saveFailed' ? 'settings-status field-error' : 'settings-status'}>
          {saving !== 'none' && t(`settings.${saving}`)}
        </output>
      </div>
      <Section title={t('settings.notifications.title')} hint={t('settings.notifications.hint')}>
        <OutcomeTable settings={settings} onChange={change} />
        <label className="settings-choice">
          <input
            type="checkbox"
            checked={settings.tellShown}
            onChange={({ target: { checked } }) => change((before) => ({ ...before, tellShown: checked }))}
          />
          {t('settings.notifications.tellShown')}
        </label>
        <NumberField
          label={t('settings.notifications.oneByOne')}
          value={settings.oneByOne}
          limits={oneByOneLimits}
          hint={t('settings.notifications.oneByOneHint', oneByOneTexts)}
          invalid={t('settings.notifications.oneByOneInvalid', oneByOneTexts)}
          onChange={(oneByOne) => change((before) => ({ ...before, oneByOne }))}
        />
      </Section>
      <Section title={t('settings.jobs.title')}>
        <NumberField
          label={t('settings.jobs.keep')}
          value={settings.keepJobs}
          limits={keepJobsLimits}
          hint={t('settings.jobs.keepHint', keepTexts)}
          invalid={t('settings.jobs.keepInvalid', keepTexts)}
          onChange={(keepJobs) => change((before) => ({ ...before, keepJobs }))}
        />
      </Section>
      <Section title={t('settings.login.title')}>
        <LoginSection />
      </Section>
      <Section title={t('settings.language.title')}>
        <LanguageField
          value={settings.language}
          onChange={(language) => change((before) => ({ ...before, language }))}
        />
      </Section>
      <Section title={t('settings.support.title')}>
        <SupportSection />
      </Section>
    </div>
  )
}

interface SectionProps {
  readonly title: string
  readonly hint?: string
  readonly children: ReactNode
}

function Section({ title, hint, children }: SectionProps): ReactElement {
  const id = useId()
  return (
    <section className="settings-section" aria-labelledby={id}>
      <div className="settings-section-title">
        <h2 id={id}>{title}</h2>
        {hint !== undefined && <p className="muted small">{hint}</p>}
      </div>
      <div className="settings-section-content">{children}</div>
    </section>
  )
}
