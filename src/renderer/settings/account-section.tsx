import type { ReactElement } from 'react'
import { bridge } from '../bridge.ts'
import { useAppState, useStore, useTexts } from '../hooks.ts'

/** As whom the person is signed in, and the way out. */
export function AccountSection(): ReactElement {
  const { t } = useTexts()
  const { setView } = useStore()
  const { link, profile } = useAppState()
  if (link === 'signedOut' || profile === null)
    return (
      <div className="settings-line">
        <p className="muted">{t('link.signedOut')}</p>
        <button type="button" className="button" onClick={() => setView({ page: 'connect' })}>
          {t('shell.signIn')}
        </button>
      </div>
    )
  return (
    <>
      <div className="settings-line">
        <p className="account-facts">
          <strong>{profile.username}</strong>
          <span className="muted">{profile.baseUrl}</span>
        </p>
        {/* Main logs a sign-out that fails; the state that it sends shows how it went. */}
        <button type="button" className="button" onClick={() => void bridge.signOut().catch(() => {})}>
          {t('connect.signedIn.signOut')}
        </button>
      </div>
      <p className="muted small">{t('connect.signedIn.signOutHint')}</p>
    </>
  )
}
