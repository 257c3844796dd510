import { memo, type ReactElement, type RefObject, useEffect, useRef } from 'react'
import { isFollowed } from '../../shared/app-state.ts'
import { isUnresolved, type Job } from '../../main/tracking/job.ts'
import { useAppState, useNow, useTexts } from '../hooks.ts'
import { EvidenceList } from './evidence-list.tsx'
import { JobActions } from './job-actions.tsx'
import { JobFacts } from './job-facts.tsx'
import { JobIcon } from './job-icon.tsx'
import { JobLogPanel } from './job-log.tsx'
import { isTicking, isUnconfirmed, statusKeys, statusOf, statusTones } from './job-status.ts'

interface JobDetailProps {
  /** Null while none is selected. */
  readonly job: Job | null
  readonly region: RefObject<HTMLElement | null>
}

/** All that is known of the selected job, and what can be done with it. Scrolling the list must not draw a long log anew. */
export const JobDetail = memo(function JobDetail({ job, region }: JobDetailProps): ReactElement {
  const { t } = useTexts()
  useFocusKept(region)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and Enter in the list goes to it
    <section className="job-detail" aria-label={t('jobs.detail')} tabIndex={0} ref={region}>
      {job === null ? <p className="job-none">{t('job.none')}</p> : <Detail key={job.key} job={job} />}
    </section>
  )
})

function Detail({ job }: { readonly job: Job }): ReactElement {
  const { t } = useTexts()
  const isOwn = isFollowed(useAppState(), job.serverId)
  const status = statusOf(job)
  const tone = `tone-${statusTones[status]}`
  return (
    <>
      <div className="job-header">
        <JobIcon status={status} />
        <div className="job-title">
          <h2>{job.workflowName}</h2>
          <p className={`status ${tone}`}>{t(statusKeys[status])}</p>
        </div>
        {isOwn && <JobActions job={job} />}
      </div>
      {!isOwn && isUnresolved(job) && <p className="callout tone-quiet">{t('job.notFollowed')}</p>}
      {job.reason !== null && <p className={`callout ${tone}`}>{t(`reason.${job.reason}`)}</p>}
      {job.errorLine !== null && <p className={`callout callout-code ${tone}`}>{job.errorLine}</p>}
      {job.maybeOthers && <p className="callout tone-quiet">{t('job.maybeOthers')}</p>}
      <Unconfirmed job={job} />
      <JobFacts job={job} />
      <EvidenceList job={job} />
      <JobLogPanel job={job} />
    </>
  )
}

/** By itself, so that the clock that it looks at draws nothing else. */
function Unconfirmed({ job }: { readonly job: Job }): ReactElement | null {
  const { t } = useTexts()
  const now = useNow(isTicking(job))
  return isUnconfirmed(job, now) ? <p className="callout tone-quiet">{t('job.unconfirmed')}</p> : null
}

/** A button that goes away with the job's phase would take the focus along; the region takes it over. */
function useFocusKept(region: RefObject<HTMLElement | null>): void {
  const last = useRef<EventTarget | null>(null)
  useEffect(() => {
    const element = region.current
    if (element === null) return
    const remember = ({ target }: FocusEvent): void => {
      last.current = target
    }
    element.addEventListener('focusin', remember)
    return () => element.removeEventListener('focusin', remember)
  }, [region])
  useEffect(() => {
    const isGone = last.current instanceof HTMLElement && !last.current.isConnected
    if (isGone && document.activeElement === document.body) region.current?.focus()
  })
}
