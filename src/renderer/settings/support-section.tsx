import { type ReactElement, useState } from 'react'
import { bridge } from '../bridge.ts'
import { useStore, useTexts, useVersion } from '../hooks.ts'
import { LicencesDialog } from './licences-dialog.tsx'
import { Section } from './section.tsx'

const says = {
  none: null,
  copied: 'settings.support.copied',
  openFailed: 'settings.support.openFailed',
  copyFailed: 'settings.support.copyFailed',
  licencesFailed: 'settings.support.licencesFailed',
} as const
type Said = keyof typeof says

/** What helps when something goes wrong. */
export function SupportSection(): ReactElement {
  const { t } = useTexts()
  const { setView } = useStore()
  const version = useVersion()
  const [said, setSaid] = useState<Said>('none')
  const [licences, setLicences] = useState<string | null>(null)
  const message = says[said]

  const openLogFile = (): void => {
    setSaid('none')
    bridge.run({ kind: 'openLogFile' }).catch(() => setSaid('openFailed'))
  }
  const copyDiagnostics = (): void => {
    // A live region tells only what changes in it: it is emptied, so that the second time is told as well.
    setSaid('none')
    bridge.run({ kind: 'copyDiagnostics' }).then(
      () => setSaid('copied'),
      () => setSaid('copyFailed'),
    )
  }
  const showLicences = (): void => {
    setSaid('none')
    bridge.licences().then(setLicences, () => setSaid('licencesFailed'))
  }
  return (
    <Section title={t('settings.support.title')}>
      <div className="settings-line">
        <button type="button" className="button" onClick={openLogFile}>
          {t('settings.support.openLogFile')}
        </button>
        <button type="button" className="button" onClick={copyDiagnostics}>
          {t('settings.support.copyDiagnostics')}
        </button>
        <button type="button" className="button" onClick={showLicences}>
          {t('settings.support.licences')}
        </button>
        <button type="button" className="button" onClick={() => setView({ page: 'welcome' })}>
          {t('welcome.title')}
        </button>
        <output className="settings-status">{message !== null && t(message)}</output>
      </div>
      <p className="muted small">
        {t('settings.support.hint')} {t('settings.support.version', { version })}
      </p>
      {licences !== null && <LicencesDialog text={licences} onClose={() => setLicences(null)} />}
    </Section>
  )
}
