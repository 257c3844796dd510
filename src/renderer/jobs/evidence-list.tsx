import type { ReactElement } from 'react'
import { formatMoment } from '../../shared/format.ts'
import type { Job } from '../../main/tracking/job.ts'
import { useTexts } from '../hooks.ts'
import { evidenceText } from './evidence-text.ts'

/** What was observed of a job, oldest first: why the app says what it says. */
export function EvidenceList({ job }: { readonly job: Job }): ReactElement {
  const { t, locale } = useTexts()
  // What the server did not say by itself is shown with its reasons.
  const isOpen = job.outcome === 'unknown' || job.evidence.some(({ kind }) => kind === 'corrected')
  return (
    <details className="evidence" open={isOpen}>
      <summary>
        <h3>{t('job.evidence.title')}</h3>
        {job.outcomeFrom !== null && (
          <span className="muted">{t(`job.evidence.source.${job.outcomeFrom}`)}</span>
        )}
      </summary>
      <ol className="evidence-list">
        {job.evidence.map((evidence, index) => {
          const { sentence, detail } = evidenceText(evidence, t)
          return (
            // oxlint-disable-next-line react/no-array-index-key -- evidence is only added, never moved
            <li key={index}>
              <time className="evidence-time" dateTime={new Date(evidence.at).toISOString()}>
                {formatMoment(evidence.at, locale)}
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
