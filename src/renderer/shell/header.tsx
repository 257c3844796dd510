import type { ReactElement } from 'react'
import type { ServerView } from '../../shared/app-state.ts'
import type { View } from '../../shared/view.ts'
import { useAppState, useStore, useTexts, useView } from '../hooks.ts'
import { hasBanner } from './link-banner.tsx'
import { LinkDot } from './link-dot.tsx'

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

/** How the app stands with its servers, and the way to them. */
function Account(): ReactElement {
  const { t } = useTexts()
  const { setView } = useStore()
  const { page } = useView()
  const { servers } = useAppState()
  const [first] = servers
  const connected = servers.filter(({ link }) => link === 'online' || link === 'slow').length
  return (
    <button
      type="button"
      className="page-button account"
      aria-current={page === 'servers' || page === 'connect' ? 'page' : undefined}
      onClick={() => setView({ page: first === undefined ? 'connect' : 'servers' })}
    >
      <span className="account-dots">
        {[...new Set(servers.map(({ link }) => link))].map((link) => (
          <LinkDot key={link} link={link} />
        ))}
      </span>
      {first === undefined && t('shell.signIn')}
      {first !== undefined && servers.length === 1 && <OneServer server={first} />}
      {servers.length > 1 && (
        <span className="account-link">{t('shell.connected', { connected, count: servers.length })}</span>
      )}
    </button>
  )
}

function OneServer({ server }: { readonly server: ServerView }): ReactElement {
  const { t } = useTexts()
  const { link, username, name } = server
  return (
    <>
      {/* The banner says it in words already. */}
      <span className={hasBanner(link) ? 'visually-hidden' : 'account-link'}>{t(`link.${link}`)}</span>
      <span className="account-name">{t('shell.account', { username, server: name })}</span>
    </>
  )
}
