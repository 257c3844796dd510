import { type ReactElement, useRef, useState } from 'react'
import type { JobView } from '../../shared/job-view.ts'
import { useTexts } from '../hooks.ts'
import { copyText } from './copy-text.ts'
import type { LogLine } from './log-lines.ts'
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
  const { t } = useTexts()
  const log = useJobLog(job, isFollowed)
  return (
    <>
      <div className="log-header">
        <h3>{t('job.log.title')}</h3>
        {log.state === 'read' && (
          <>
            <span className="muted small">{t('job.log.lines', { count: log.lines.length })}</span>
            <CopyButton lines={log.lines} />
          </>
        )}
      </div>
      <LogBody log={log} hasJobId={job.jobId !== null} onAgain={onAgain} />
    </>
  )
}

interface LogBodyProps {
  readonly log: JobLog
  readonly hasJobId: boolean
  readonly onAgain: () => void
}

function LogBody({ log, hasJobId, onAgain }: LogBodyProps): ReactElement {
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
    case 'read':
      return (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a part that scrolls must be reached by the keyboard
        <section className="log-lines" aria-label={t('job.log.title')} tabIndex={0}>
          {log.lines.map(({ number, text, level }) => (
            <div key={number} className={level === null ? 'log-line' : `log-line log-${level}`}>
              {text}
            </div>
          ))}
        </section>
      )
  }
}

function CopyButton({ lines }: { readonly lines: readonly LogLine[] }): ReactElement {
  const { t } = useTexts()
  const [isCopied, setCopied] = useState(false)
  const copy = (): void => setCopied(copyText(lines.map(({ text }) => text).join('\n')))
  return (
    <span className="log-copy">
      <output className="muted small">{isCopied && t('job.log.copied')}</output>
      <button type="button" className="button" onClick={copy}>
        {t('job.log.copy')}
      </button>
    </span>
  )
}
