import type { ReactElement } from 'react'
import { ActionIcon } from '../jobs/actions/action-icon.tsx'
import { JobsBar } from '../jobs/jobs-bar.tsx'
import { usePage, useStore, useTexts } from '../hooks.ts'
import { AppMenu } from './app-menu.tsx'

/** The bar at the top: on the jobs what they are found and started by, on every other page the way back to them. */
export function Header(): ReactElement {
  const { t } = useTexts()
  const page = usePage()
  return (
    <header className={`header header-${page}`}>
      {page === 'jobs' ? <JobsBar /> : <BackToJobs />}
      <nav className="navigation" aria-label={t('shell.navigation')}>
        <AppMenu />
      </nav>
    </header>
  )
}

function BackToJobs(): ReactElement {
  const { t } = useTexts()
  const { setView } = useStore()
  return (
    <button type="button" className="bar-button" onClick={() => setView({ page: 'jobs' })}>
      <ActionIcon name="back" />
      {t('jobs.title')}
    </button>
  )
}
