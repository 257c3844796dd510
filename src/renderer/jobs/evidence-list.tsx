import type { ReactElement } from 'react'
import { formatMoment } from '../../shared/format.ts'
import type { JobView } from '../../shared/job-view.ts'
import { useTexts } from '../hooks.ts'
import { evidenceText } from './evidence-text.ts'
import { useJobEvidence } from './use-job-answer.ts'

/** What was observed of a job, oldest first: why the app says what it says. */
export function EvidenceList({ job }: { readonly job: JobView }): ReactElement {
  const { t, locale } = useTexts()
  const evidence = useJobEvidence(job)
  const end = job.state.phase === 'ended' ? job.state : null
  // What the server did not say by itself is shown with its reasons.
  const isOpen = end?.outcome === 'unknown' || evidence.some(({ kind }) => kind === 'corrected')
  return (
    <details className="evidence" open={isOpen}>
      <summary>
        <h3>{t('job.evidence.title')}</h3>
        {end !== null && <span className="muted">{t(`job.evidence.source.${end.from}`)}</span>}
      </summary>
      <ol className="evidence-list">
        {evidence.map((one, index) => {
          const { sentence, detail } = evidenceText(one, t)
          return (
            // oxlint-disable-next-line react/no-array-index-key -- evidence is only added, never moved
            <li key={index}>
              <time className="evidence-time" dateTime={new Date(one.at).toISOString()}>
                {formatMoment(one.at, locale)}
              </time>
              <span>
                {sentence}
                {detail !== '' && <code className="evidence-detail">{detail}</code>}
              </span>
            </li>
          )
        })}
      </ol>
    </details>
  )
}
