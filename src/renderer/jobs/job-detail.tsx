import { memo, type ReactElement, type RefObject, useEffect, useRef } from 'react'
import { isSignedIn } from '../../shared/followed.ts'
import type { JobEnd, JobView } from '../../shared/job-view.ts'
import { useAppState, useTexts } from '../hooks.ts'
import { EvidenceList } from './evidence-list.tsx'
import { JobActions } from './job-actions.tsx'
import { JobFacts } from './job-facts.tsx'
import { JobIcon } from './job-icon.tsx'
import { JobLogPanel } from './job-log.tsx'
import { statusKeys, statusOf, statusTones } from './job-status.ts'

interface JobDetailProps {
  /** Null while none is selected. */
  readonly job: JobView | null
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

function Detail({ job }: { readonly job: JobView }): ReactElement {
  const { t } = useTexts()
  const app = useAppState()
  const isFollowed = isSignedIn(app, job.serverId)
  const isKnown = app.servers.some(({ id }) => id === job.serverId)
  const { state } = job
  const status = statusOf(job, isFollowed)
  const tone = `tone-${statusTones[status]}`
  return (
    <>
      <div className="job-header">
        <JobIcon status={status} />
        <div className="job-title">
          <h2>{job.workflowName}</h2>
          <p className={`status ${tone}`}>{t(statusKeys[status])}</p>
        </div>
        {isFollowed && <JobActions job={job} />}
      </div>
      {!isFollowed && state.phase !== 'ended' && (
        <p className="callout tone-quiet">{t(isKnown ? 'job.notFollowed' : 'job.serverForgotten')}</p>
      )}
      {isFollowed && state.phase === 'notBegun' && <p className={`callout ${tone}`}>{t('job.notBegun')}</p>}
      {state.phase === 'ended' && <WhyEnded end={state} tone={tone} />}
      {job.maybeOthers && <p className="callout tone-quiet">{t('job.maybeOthers')}</p>}
      <JobFacts job={job} />
      <EvidenceList job={job} />
      <JobLogPanel job={job} isFollowed={isFollowed} />
    </>
  )
}

/** Why it ended so, as far as that is known. */
function WhyEnded({ end, tone }: { readonly end: JobEnd; readonly tone: string }): ReactElement {
  const { t } = useTexts()
  return (
    <>
      {end.reason !== null && <p className={`callout ${tone}`}>{t(`reason.${end.reason}`)}</p>}
      {end.errorLine !== null && <p className={`callout callout-code ${tone}`}>{end.errorLine}</p>}
    </>
  )
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
