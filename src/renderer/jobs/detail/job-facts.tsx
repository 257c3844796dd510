import type { ReactElement, ReactNode } from 'react'
import { cleanText } from '../../../shared/clean-text.ts'
import { formatMoment, formatTime } from '../../../shared/format.ts'
import { isSignedIn, saidServer } from '../../../shared/followed.ts'
import type { JobView } from '../../../shared/job-view.ts'
import { workflowKeyOf } from '../../../shared/usual.ts'
import { isOthers } from '../../../shared/watch.ts'
import { useAppState, useNow, useTexts } from '../../hooks.ts'
import { isTicking } from '../job-status.ts'
import { useNextRuns } from '../use-next-runs.ts'
import { durationText } from '../list/row-text.ts'
import { useJobTold } from './use-job-answer.ts'

/** Characters of a variable's value: a long one must not push all else away. */
const longestShown = 200

/** What is known of a job, in words. What is not known is said only where somebody would look for it. */
export function JobFacts({ job }: { readonly job: JobView }): ReactElement {
  const { t, locale, times } = useTexts()
  const app = useAppState()
  const isFollowed = isSignedIn(app, job.serverId)
  const now = useNow(isTicking(job, isFollowed))
  const duration = durationText(job, isFollowed, now, locale)
  const { state } = job
  const told = useJobTold(job)
  const nextRunAt = useNextRuns([job.serverId]).get(workflowKeyOf(job))
  const server = saidServer(app, job.serverId, t)
  const absent = t(state.phase === 'ended' ? 'job.notKnown' : 'job.notYet')
  const hasBegun = state.phase !== 'ended' || state.outcome !== 'notStarted'
  return (
    <dl className="job-facts">
      <Fact label={t(isOthers(job) ? 'job.firstSeenAt' : 'job.requestedAt')}>
        {formatMoment(job.requestedAt, times)}
      </Fact>
      {hasBegun && (
        <Fact label={t('job.startedAt')}>
          {job.startedAt === null ? absent : formatMoment(job.startedAt, times)}
        </Fact>
      )}
      {state.phase === 'ended' && hasBegun && (
        <Fact label={t('job.endedAt')}>
          {state.endedAt === null ? absent : formatMoment(state.endedAt, times)}
        </Fact>
      )}
      {hasBegun && <Fact label={t('job.duration')}>{duration === '' ? absent : duration}</Fact>}
      {server !== null && (
        <Fact label={t('job.server')}>{isFollowed ? server : t('job.ofNotFollowed', { server })}</Fact>
      )}
      <Fact label={t('job.jobId')}>
        {job.jobId === null ? absent : <code className="job-id">{job.jobId}</code>}
      </Fact>
      <Fact label={t('job.workflowId')}>{job.workflowId}</Fact>
      {nextRunAt !== undefined && <Fact label={t('job.nextRun')}>{formatMoment(nextRunAt, times)}</Fact>}
      {job.variables.length > 0 && (
        <Fact label={t('variables.fact')}>
          {job.variables.map(({ name, value }) => (
            <div key={name} dir="auto">
              {t('variables.said', {
                name,
                value: value === null ? t('variables.hidden') : cleanText(value, longestShown),
              })}
            </div>
          ))}
        </Fact>
      )}
      {told !== null && (
        <Fact label={t('job.notification')}>
          {t(`job.told.${told.how}`, { time: formatTime(told.at, now, times) })}
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
