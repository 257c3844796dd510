import type { ReactElement } from 'react'
import type { View } from '../../shared/view.ts'
import { ActionIcon } from '../jobs/actions/action-icon.tsx'
import { JobsBar } from '../jobs/jobs-bar.tsx'
import { useKeys } from '../jobs/keys/use-keys.ts'
import { usePage, useStore, useTexts } from '../hooks.ts'
import { AppMenu } from './app-menu.tsx'

/** The bar at the top: on the jobs what they are found and started by, on every other page the way back to them. */
export function Header(): ReactElement {
  const { t } = useTexts()
  const page = usePage()
  return (
    <header className={`header header-${page}`}>
      {page === 'jobs' ? <JobsBar /> : <BackToJobs page={page} />}
      <nav className="navigation" aria-label={t('shell.navigation')}>
        <AppMenu />
      </nav>
    </header>
  )
}

function BackToJobs({ page }: { readonly page: View['page'] }): ReactElement {
  const { t } = useTexts()
  const { setView } = useStore()
  const back = (): void => setView({ page: 'jobs' })
  // In the history Escape leads from a log back to its row first.
  useKeys({ Escape: page === 'history' ? undefined : back })
  return (
    <button type="button" className="bar-button" onClick={back}>
      <ActionIcon name="back" />
      {t('jobs.title')}
    </button>
  )
}
