import type { ReactElement } from 'react'
import { formatTime } from '../../../shared/format.ts'
import { saidServer } from '../../../shared/followed.ts'
import type { JobView } from '../../../shared/job-view.ts'
import { usualPart } from '../../../shared/usual.ts'
import { useAppState, useNow, useTexts } from '../../hooks.ts'
import { ActionIcon } from '../actions/action-icon.tsx'
import { JobIcon } from '../job-icon.tsx'
import { isTicking, statusKeys, statusOf, statusTones } from '../job-status.ts'
import { dayName } from '../list/days.ts'
import { dayOf, momentOf } from '../list/moment.ts'
import { durationText } from '../list/row-text.ts'

interface DetailHeaderProps {
  readonly job: JobView
  readonly isFollowed: boolean
  /** What its workflow usually takes, in milliseconds; null where that is not known. */
  readonly usualMs: number | null
  /** To the list, where the window has no room for both. */
  readonly onBack: () => void
  /** To the overview, where it has. */
  readonly onClose: () => void
}

/** A job in one line: which, how it stands, when, how long. */
export function DetailHeader({ job, isFollowed, usualMs, onBack, onClose }: DetailHeaderProps): ReactElement {
  const { t } = useTexts()
  const app = useAppState()
  const status = statusOf(job, isFollowed)
  const server = saidServer(app, job.serverId, t)
  return (
    <div className="detail-header">
      <button type="button" className="tool detail-back" aria-label={t('job.back')} onClick={onBack}>
        <ActionIcon name="back" />
      </button>
      <JobIcon status={status} />
      <h2>
        <bdi>{job.workflowName}</bdi>
        {server !== null && <bdi className="detail-server"> {server}</bdi>}
      </h2>
      <span className={`status tone-${statusTones[status]}`}>{t(statusKeys[status])}</span>
      <When job={job} isFollowed={isFollowed} usualMs={usualMs} />
      <button
        type="button"
        className="tool detail-close"
        // Esc does the same: the first Tab leads to what can be done with the job.
        tabIndex={-1}
        aria-label={t('job.close')}
        title={t('job.close')}
        onClick={onClose}
      >
        <ActionIcon name="close" />
      </button>
    </div>
  )
}

function When({ job, isFollowed, usualMs }: Omit<DetailHeaderProps, 'onBack' | 'onClose'>): ReactElement {
  const texts = useTexts()
  const { t, locale, times } = texts
  const isOpen = isTicking(job, isFollowed)
  const now = useNow(isOpen)
  const at = momentOf(job)
  const duration = durationText(job, isFollowed, now, locale)
  const time = formatTime(at, at, times)
  const isToday = dayOf(at) === dayOf(now)
  const moment = t('job.when.moment', { day: dayName(dayOf(at), dayOf(now), texts), time })
  const parts = [
    isOpen ? t('job.when.since', { moment: isToday ? time : moment }) : moment,
    ...(duration === '' ? [] : [t(isOpen ? 'job.when.running' : 'job.when.took', { duration })]),
    ...usualPart(usualMs, t, locale),
  ]
  return <span className="detail-when">{parts.join(', ')}</span>
}
