import type { ReactElement } from 'react'
import type { LinkState } from '../../shared/app-state.ts'
import type { View } from '../../shared/view.ts'
import { useShownServer, useStore, useTexts, useView } from '../hooks.ts'
import { hasBanner } from './link-banner.tsx'

/** The colour of the dot that goes with the link's words. */
const tones: Readonly<Record<LinkState, 'good' | 'busy' | 'warning' | 'bad' | 'quiet'>> = {
  signedOut: 'quiet',
  connecting: 'busy',
  online: 'good',
  slow: 'good',
  offline: 'warning',
  signInNeeded: 'bad',
}

/** An address as people type it. */
const addressWithoutScheme = (baseUrl: string): string => baseUrl.replace(/^https?:\/\//u, '')

/** The way to the pages, and how the app stands with its server. */
export function Header(): ReactElement {
  const { t } = useTexts()
  return (
    <header className="header">
      <nav className="navigation" aria-label={t('shell.navigation')}>
        <PageButton page="jobs" label={t('jobs.title')} />
        <PageButton page="settings" label={t('settings.title')} />
        <Account />
      </nav>
    </header>
  )
}

function PageButton({ page, label }: { readonly page: View['page']; readonly label: string }): ReactElement {
  const { setView } = useStore()
  const isCurrent = useView().page === page
  return (
    <button
      type="button"
      className="page-button"
      aria-current={isCurrent ? 'page' : undefined}
      onClick={() => setView({ page })}
    >
      {label}
    </button>
  )
}

function Account(): ReactElement {
  const { t } = useTexts()
  const { setView } = useStore()
  const isCurrent = useView().page === 'connect'
  const server = useShownServer()
  const link = server?.link ?? 'signedOut'
  const isSignedIn = server !== null && link !== 'signedOut'
  return (
    <button
      type="button"
      className="page-button account"
      aria-current={isCurrent ? 'page' : undefined}
      onClick={() => setView({ page: 'connect' })}
    >
      <span className={`dot tone-${tones[link]}`} aria-hidden="true" />
      <span className={hasBanner(link) && isSignedIn ? 'visually-hidden' : 'account-link'}>
        {isSignedIn ? t(`link.${link}`) : t('shell.signIn')}
      </span>
      {isSignedIn && (
        <span className="account-name">
          {t('shell.account', { username: server.username, server: addressWithoutScheme(server.baseUrl) })}
        </span>
      )}
    </button>
  )
}
