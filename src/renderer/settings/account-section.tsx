import type { ReactElement } from 'react'
import { followedServers } from '../../shared/followed.ts'
import { SignOutButton } from '../connect/sign-out-button.tsx'
import { useAppState, useStore, useTexts } from '../hooks.ts'

/** As whom the person is signed in, and the way out. */
export function AccountSection(): ReactElement {
  const { t } = useTexts()
  const { setView } = useStore()
  const servers = followedServers(useAppState())
  if (servers.length === 0)
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
      {servers.map(({ id, username, baseUrl }) => (
        <div key={id} className="settings-line">
          <p className="account-facts">
            <strong>{username}</strong>
            <span className="muted">{baseUrl}</span>
          </p>
          <SignOutButton serverId={id} />
        </div>
      ))}
      <p className="muted small">{t('connect.signedIn.signOutHint')}</p>
    </>
  )
}
