import { type ReactElement, useRef, useState } from 'react'
import type { JobView } from '../../../shared/job-view.ts'
import { useTexts } from '../../hooks.ts'
import { LogView } from './log-view.tsx'
import { type JobLog, useJobLog } from './use-job-log.ts'

/** The job's log. */
export function JobLogPanel({ job, isFollowed }: Pick<LogProps, 'job' | 'isFollowed'>): ReactElement {
  const [attempt, setAttempt] = useState(0)
  const panel = useRef<HTMLDivElement>(null)
  const again = (): void => {
    // The button goes away; what it brings comes here.
    panel.current?.focus()
    setAttempt((count) => count + 1)
  }
  return (
    <div className="log" tabIndex={-1} ref={panel}>
      <Log key={`${attempt} ${isFollowed}`} job={job} isFollowed={isFollowed} onAgain={again} />
    </div>
  )
}

interface LogProps {
  readonly job: JobView
  /** Whether somebody is signed in to its server, which has the log. */
  readonly isFollowed: boolean
  readonly onAgain: () => void
}

function Log({ job, isFollowed, onAgain }: LogProps): ReactElement {
  const log = useJobLog(job, isFollowed)
  if (log.state === 'read') return <LogView log={log.log} workflow={job.workflowName} />
  return <LogNote log={log} hasJobId={job.jobId !== null} onAgain={onAgain} />
}

interface LogNoteProps {
  readonly log: Exclude<JobLog, { readonly state: 'read' }>
  readonly hasJobId: boolean
  readonly onAgain: () => void
}

/** What stands in the place of a log that is not there. */
function LogNote({ log, hasJobId, onAgain }: LogNoteProps): ReactElement {
  const { t } = useTexts()
  const again = (
    <button type="button" className="button" onClick={onAgain}>
      {t('job.log.retry')}
    </button>
  )
  switch (log.state) {
    case 'notFollowed':
      return <p className="log-note">{t('job.log.notFollowed')}</p>
    case 'early':
      return <p className="log-note">{t('job.log.whileRunning')}</p>
    case 'loading':
      return <output className="log-note log-loading">{t('job.log.loading')}</output>
    case 'empty':
      return (
        <div className="log-note">
          <p>{t('job.log.empty')}</p>
          {hasJobId && again}
        </div>
      )
    case 'failed':
      return (
        <div className="log-note" role="alert">
          <p>
            {t('job.log.failed')} {log.failure !== null && t(`failure.${log.failure}`)}
          </p>
          {again}
        </div>
      )
  }
}
