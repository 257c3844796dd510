import type { ReactElement } from 'react'
import { useTexts } from '../hooks.ts'
import { AppearanceSection } from './appearance-section.tsx'
import { BehaviourSection } from './behaviour-section.tsx'
import { HandOnSection } from './hand-on-section.tsx'
import { NotificationsSection } from './notifications-section.tsx'
import { QuietSection } from './quiet-section.tsx'
import { RulesSection } from './rules-section.tsx'
import { SupportSection } from './support-section.tsx'
import { UpdatesSection } from './updates-section.tsx'
import { TransferSection } from './transfer-section.tsx'
import { useSettingsChanges } from './use-settings-changes.ts'
import './settings.css'

/** What a person can choose; each choice is saved and acts at once. */
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
      <NotificationsSection settings={settings} change={change} />
      <RulesSection settings={settings} change={change} />
      <HandOnSection settings={settings} />
      <QuietSection settings={settings} change={change} />
      <AppearanceSection settings={settings} change={change} />
      <BehaviourSection settings={settings} change={change} />
      <UpdatesSection settings={settings} change={change} />
      <TransferSection />
      <SupportSection />
    </div>
  )
}
