import { type ReactElement, useRef } from 'react'
import type { LinkState } from '../../shared/app-state.ts'
import { useAppState, useJobs, useTexts, useView } from '../hooks.ts'
import { JobDetail } from './job-detail.tsx'
import { JobList } from './job-list.tsx'
import { NoJobs } from './no-jobs.tsx'
import { StartButton } from './start-button.tsx'
import { useStart } from './use-start.ts'
import './jobs.css'
import './detail.css'
import './picker.css'

/** Links without a sign-in: the server would refuse every start. */
const refused: ReadonlySet<LinkState> = new Set(['signedOut', 'signInNeeded'])

/** The jobs, newest first, and what is known of the selected one. */
export function JobsPage(): ReactElement {
  const { t } = useTexts()
  const canStart = useAppState().servers.some(({ link }) => !refused.has(link))
  const { selectedKey } = useView()
  const jobs = useJobs()
  const list = useRef<HTMLDivElement>(null)
  const start = useStart(jobs, list)
  const detail = useRef<HTMLElement>(null)
  const hasJobs = jobs.length > 0
  return (
    <div className="jobs-page">
      <div className="jobs-toolbar">
        <h1>{t('jobs.title')}</h1>
        {hasJobs && <span className="muted">{t('jobs.count', { count: jobs.length })}</span>}
        {canStart && <StartButton onStart={start} />}
      </div>
      {hasJobs ? (
        <div className="jobs-panes">
          <JobList jobs={jobs} scroller={list} onOpen={() => detail.current?.focus()} />
          <JobDetail job={jobs.find(({ key }) => key === selectedKey) ?? null} region={detail} />
        </div>
      ) : (
        <NoJobs onStart={start} />
      )}
    </div>
  )
}
