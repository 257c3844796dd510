import { type ReactElement, useRef, useState } from 'react'
import type { NotificationTest as Answer } from '../../shared/commands.ts'
import type { DesktopKind } from '../../shared/desktop-kind.ts'
import { bridge } from '../bridge.ts'
import { useDesktop, useTexts } from '../hooks.ts'
import '../settings/fields.css'
import './notification-test.css'

/** How far the test has come. `failed`: the app could not even ask the desktop. */
type Step = 'idle' | 'asking' | 'seen' | 'unseen' | 'failed' | Answer['status']

/** Systems whose settings the app can open. */
const withSettings: ReadonlySet<DesktopKind> = new Set(['windows', 'macos'])
/** Steps after which there is something to be done about it. */
const needsHelp: ReadonlySet<Step> = new Set(['unseen', 'refused', 'silent'])

/** Shows a notification and finds out with the person whether it can be seen. */
export function NotificationTest(): ReactElement {
  const { t } = useTexts()
  const desktop = useDesktop()
  const [step, setStep] = useState<Step>('idle')
  const [reason, setReason] = useState('')
  const button = useRef<HTMLButtonElement>(null)
  const answer = (seen: 'seen' | 'unseen'): void => {
    setStep(seen)
    // The buttons of the answers go away.
    button.current?.focus()
  }
  const test = async (): Promise<void> => {
    setStep('asking')
    try {
      const said = await bridge.run({ kind: 'testNotification', sound: null })
      setReason(said.reason)
      setStep(said.status)
    } catch {
      setStep('failed')
    }
  }
  return (
    <div className="notification-test">
      <button
        ref={button}
        type="button"
        className="button"
        aria-busy={step === 'asking'}
        onClick={() => void test()}
      >
        {step === 'asking' && <span className="spinner" />}
        {t('welcome.test.button')}
      </button>
      <output className="notification-test-answer">
        {step !== 'idle' && step !== 'asking' && <span>{t(`welcome.test.${step}`, { reason })}</span>}
        {needsHelp.has(step) && <span>{t(`welcome.test.help.${desktop}`)}</span>}
      </output>
      {step === 'shown' && (
        <div className="settings-line">
          <button type="button" className="button" onClick={() => answer('seen')}>
            {t('welcome.test.yes')}
          </button>
          <button type="button" className="button" onClick={() => answer('unseen')}>
            {t('welcome.test.no')}
          </button>
        </div>
      )}
      {needsHelp.has(step) && withSettings.has(desktop) && <OpenSettings />}
    </div>
  )
}

function OpenSettings(): ReactElement {
  const { t } = useTexts()
  const [hasFailed, setFailed] = useState(false)
  return (
    <div className="settings-line">
      <button
        type="button"
        className="button"
        onClick={() => {
          setFailed(false)
          bridge.run({ kind: 'openNotificationSettings' }).catch(() => setFailed(true))
        }}
      >
        {t('welcome.test.openSettings')}
      </button>
      {hasFailed && (
        <p className="field-error" role="alert">
          {t('welcome.test.notOpened')}
        </p>
      )}
    </div>
  )
}
