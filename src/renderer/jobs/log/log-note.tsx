import type { ReactElement } from 'react'
import { failureText } from '../../../shared/failure-text.ts'
import { useTexts } from '../../hooks.ts'
import type { JobLog } from './use-job-log.ts'

interface LogNoteProps {
  readonly log: Exclude<JobLog, { readonly state: 'read' }>
  /** Reads it once more; null where that is not offered. */
  readonly onAgain: (() => void) | null
}

/** What stands in the place of a log that is not there. */
export function LogNote({ log, onAgain }: LogNoteProps): ReactElement {
  const { t } = useTexts()
  const again = onAgain !== null && (
    <button type="button" className="button" onClick={onAgain}>
      {t('button.again')}
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
          {again}
        </div>
      )
    case 'failed':
      return (
        <div className="log-note" role="alert">
          <p>
            {t('job.log.failed')} {log.failure !== null && failureText(t, log.failure)}
          </p>
          {again}
        </div>
      )
  }
}
