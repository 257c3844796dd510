import { type ReactElement, type ReactNode, useId } from 'react'
import { useTexts } from '../hooks.ts'
import { KeepJobsField } from './keep-jobs-field.tsx'
import { OutcomeTable } from './outcome-table.tsx'
import { SupportSection } from './support-section.tsx'
import { useSettingsChanges } from './use-settings-changes.ts'
import './settings.css'

/** What a person can choose; each choice is saved at once. */
export function SettingsPage(): ReactElement {
  const { t } = useTexts()
  const { settings, saving, change } = useSettingsChanges()
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
      </Section>
      <Section title={t('settings.jobs.title')}>
        <KeepJobsField
          value={settings.keepJobs}
          onChange={(keepJobs) => change((before) => ({ ...before, keepJobs }))}
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
