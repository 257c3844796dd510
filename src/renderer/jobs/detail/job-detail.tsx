import { lazy, memo, type ReactElement, Suspense, useEffect, useRef } from 'react'
import { isSignedIn } from '../../../shared/followed.ts'
import type { JobEnd, JobView } from '../../../shared/job-view.ts'
import { useAppState, useIsCompact, useStore, useTexts } from '../../hooks.ts'
import { focusOnceDrawn, focusTargets } from '../focus.ts'
import { statusOf, statusTones } from '../job-status.ts'
import { JobLogPanel } from '../log/job-log.tsx'
import { DetailActions } from './detail-actions.tsx'
import { DetailFacts } from './detail-facts.tsx'
import { DetailHeader } from './detail-header.tsx'
import { RunStrip } from './run-strip.tsx'

/** Milliseconds after which the overview is drawn, though the page is never at rest. */
const overviewAfterMs = 1000

/** The list can be used before it is there: it is neither read nor drawn until nothing else is to be done. */
const Overview = lazy(async () => {
  await new Promise((resolve) => {
    requestIdleCallback(resolve, { timeout: overviewAfterMs })
  })
  return { default: (await import('../overview/overview.tsx')).Overview }
})

interface JobDetailProps {
  /** Null while none is selected. */
  readonly job: JobView | null
  /** What its workflow usually takes, in milliseconds; null where that is not known. */
  readonly usualMs: number | null
}

/** All that is known of the selected job, and what can be done with it. Scrolling the list must not draw a long log anew. */
export const JobDetail = memo(function JobDetail({ job, usualMs }: JobDetailProps): ReactElement {
  const { t } = useTexts()
  // The small window has no room for it beside the list.
  const isCompact = useIsCompact()
  const region = useFocusKept()
  return (
    <section
      id={focusTargets.detail}
      className="job-detail"
      aria-label={t('jobs.detail')}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and Enter in the list goes to it
      tabIndex={0}
      ref={region}
    >
      {job !== null && <Detail key={job.key} job={job} usualMs={usualMs} />}
      {job === null && !isCompact && (
        <Suspense>
          <Overview />
        </Suspense>
      )}
    </section>
  )
})

function Detail({ job, usualMs }: { readonly job: JobView; readonly usualMs: number | null }): ReactElement {
  const { t } = useTexts()
  const app = useAppState()
  const { setPane, setView } = useStore()
  const isFollowed = isSignedIn(app, job.serverId)
  const isKnown = app.servers.some(({ id }) => id === job.serverId)
  const { state } = job
  const tone = `tone-${statusTones[statusOf(job, isFollowed)]}`
  const back = (): void => {
    setPane('list')
    focusOnceDrawn('list')
  }
  const close = (): void => {
    setView({ selectedKey: null })
    focusOnceDrawn('list')
  }
  return (
    <>
      <DetailHeader job={job} isFollowed={isFollowed} usualMs={usualMs} onBack={back} onClose={close} />
      <DetailActions job={job} />
      {!isFollowed && state.phase !== 'ended' && (
        <p className="callout tone-quiet">{t(isKnown ? 'job.notFollowed' : 'job.serverForgotten')}</p>
      )}
      {isFollowed && state.phase === 'notBegun' && <p className={`callout ${tone}`}>{t('job.notBegun')}</p>}
      {state.phase === 'ended' && <WhyEnded end={state} tone={tone} />}
      {job.hasOthersVariables && <p className="callout tone-warning">{t('jobs.othersVariables')}</p>}
      {job.origin !== 'app' && <p className="callout tone-quiet">{t(`origin.${job.origin}`)}</p>}
      {job.maybeOthers && <p className="callout tone-quiet">{t('job.maybeOthers')}</p>}
      <RunStrip job={job} />
      <JobLogPanel job={job} isFollowed={isFollowed} />
      <DetailFacts job={job} />
    </>
  )
}

/** Why it ended so, as far as that is known. */
function WhyEnded({ end, tone }: { readonly end: JobEnd; readonly tone: string }): ReactElement {
  const { t } = useTexts()
  return (
    <>
      {end.reason !== null && <p className={`callout ${tone}`}>{t(`reason.${end.reason}`)}</p>}
      {end.errorLine !== null && (
        <p className={`callout ${tone}`} dir="auto">
          {end.errorLine}
        </p>
      )}
    </>
  )
}

/** A button that goes away with the job's phase would take the focus along; the region takes it over. */
function useFocusKept() {
  const region = useRef<HTMLElement>(null)
  const last = useRef<EventTarget | null>(null)
  useEffect(() => {
    const element = region.current
    if (element === null) return
    const remember = ({ target }: FocusEvent): void => {
      last.current = target
    }
    element.addEventListener('focusin', remember)
    return () => element.removeEventListener('focusin', remember)
  }, [])
  useEffect(() => {
    const isGone = last.current instanceof HTMLElement && !last.current.isConnected
    if (isGone && document.activeElement === document.body) region.current?.focus()
  })
  return region
}
