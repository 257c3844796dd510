import { lazy, type ReactElement, type RefObject, Suspense, useEffect, useRef } from 'react'
import type { View } from '../shared/view.ts'
import { ConnectPage } from './connect/connect-page.tsx'
import { useIsCompact, usePage, useSettings, useShows, useTexts } from './hooks.ts'
import { focusTargets } from './jobs/focus.ts'
import { JobsPage } from './jobs/jobs-page.tsx'
import { Broken, BrokenBoundary } from './shell/broken.tsx'
import { CompactBar } from './shell/compact-bar.tsx'
import { Header } from './shell/header.tsx'
import { LinkBanner } from './shell/link-banner.tsx'
import { Notices } from './shell/notices.tsx'
import { QuietBanner } from './shell/quiet-banner.tsx'
import './shell/shell.css'

// Most windows open at the jobs: that page is not fetched by itself.
const HistoryPage = lazy(async () => ({ default: (await import('./history/history-page.tsx')).HistoryPage }))
const MessagesPage = lazy(async () => ({
  default: (await import('./messages/messages-page.tsx')).MessagesPage,
}))
const ServersPage = lazy(async () => ({ default: (await import('./servers/servers-page.tsx')).ServersPage }))
const SettingsPage = lazy(async () => ({
  default: (await import('./settings/settings-page.tsx')).SettingsPage,
}))

const WelcomePage = lazy(async () => ({ default: (await import('./welcome/welcome-page.tsx')).WelcomePage }))

const titles = {
  connect: 'connect.title',
  jobs: 'jobs.title',
  history: 'history.title',
  messages: 'messages.title',
  servers: 'servers.title',
  settings: 'settings.title',
  welcome: 'welcome.title',
} as const satisfies Record<View['page'], string>

/** The window. `isOpened`: whether main has answered. */
export const App = ({ isOpened }: { readonly isOpened: boolean }): ReactElement => (
  <BrokenBoundary fallback={<Broken />}>{isOpened ? <Shell /> : <Broken />}</BrokenBoundary>
)

function Loading(): ReactElement {
  const { t } = useTexts()
  return <output className="loading">{t('shell.loading')}</output>
}

function Shell(): ReactElement {
  const { t } = useTexts()
  const page = usePage()
  const { density } = useSettings()
  const isCompact = useIsCompact()
  const main = useMainFocus()
  return (
    <div className={isCompact ? 'shell shell-compact' : 'shell'} data-density={density}>
      <title>{`${t(titles[page])} – ${t('app.name')}`}</title>
      <a className="skip-link" href={`#${focusTargets.content}`}>
        {t('shell.skipToContent')}
      </a>
      {isCompact && <CompactBar />}
      <Header />
      <LinkBanner />
      <QuietBanner />
      <Notices />
      <main id={focusTargets.content} className="main" tabIndex={-1} ref={main}>
        <Suspense fallback={<Loading />}>
          <Page page={page} />
        </Suspense>
      </main>
    </div>
  )
}

function Page({ page }: { readonly page: View['page'] }): ReactElement {
  switch (page) {
    case 'connect':
      return <ConnectPage />
    case 'jobs':
      return <JobsPage />
    case 'history':
      return <HistoryPage />
    case 'messages':
      return <MessagesPage />
    case 'servers':
      return <ServersPage />
    case 'settings':
      return <SettingsPage />
    case 'welcome':
      return <WelcomePage />
  }
}

/** When main asks for a page the focus goes into it, unless the page has taken it to a better place. */
function useMainFocus(): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null)
  const shows = useShows()
  useEffect(() => {
    if (shows > 0 && !main.current?.contains(document.activeElement)) main.current?.focus()
  }, [shows])
  return main
}
