import type { ReactElement, ReactNode } from 'react'
import { formatMoment, formatTime } from '../../shared/format.ts'
import type { Job } from '../../main/tracking/job.ts'
import { useNow, useTexts } from '../hooks.ts'
import { isTicking } from './job-status.ts'
import { durationText } from './row-text.ts'

/** What is known of a job, in words. What is not known is said only where somebody would look for it. */
export function JobFacts({ job }: { readonly job: Job }): ReactElement {
  const { t, locale } = useTexts()
  const now = useNow(isTicking(job))
  const duration = durationText(job, now, locale)
  const { notified } = job
  const absent = t(job.phase === 'ended' ? 'job.notKnown' : 'job.notYet')
  const hasBegun = job.outcome !== 'notStarted'
  return (
    <dl className="job-facts">
      <Fact label={t('job.requestedAt')}>{formatMoment(job.requestedAt, locale)}</Fact>
      {hasBegun && (
        <Fact label={t('job.startedAt')}>
          {job.startedAt === null ? absent : formatMoment(job.startedAt, locale)}
        </Fact>
      )}
      {job.endedAt !== null && <Fact label={t('job.endedAt')}>{formatMoment(job.endedAt, locale)}</Fact>}
      {hasBegun && <Fact label={t('job.duration')}>{duration === '' ? absent : duration}</Fact>}
      <Fact label={t('job.jobId')}>
        {job.jobId === null ? absent : <code className="job-id">{job.jobId}</code>}
      </Fact>
      <Fact label={t('job.workflowId')}>{job.workflowId}</Fact>
      {notified !== null && (
        <Fact label={t('job.notification')}>
          {t(`job.notified.${notified.how}`, { time: formatTime(notified.at, now, locale) })}
        </Fact>
      )}
    </dl>
  )
}

interface FactProps {
  readonly label: string
  readonly children: ReactNode
}

const Fact = ({ label, children }: FactProps): ReactElement => (
  <div className="job-fact">
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)
