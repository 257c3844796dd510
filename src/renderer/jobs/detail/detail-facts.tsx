import type { ReactElement } from 'react'
import type { JobView } from '../../../shared/job-view.ts'
import { useTexts } from '../../hooks.ts'
import { EvidenceList } from './evidence-list.tsx'
import { JobFacts } from './job-facts.tsx'
import { useJobEvidence } from './use-job-answer.ts'

/** What few need, folded below the log: the facts, and why the app says what it says. */
export function DetailFacts({ job }: { readonly job: JobView }): ReactElement {
  const { t } = useTexts()
  const evidence = useJobEvidence(job)
  const end = job.state.phase === 'ended' ? job.state : null
  // What the server did not say by itself is shown with its reasons.
  const isOpen = end?.outcome === 'unknown' || evidence.some(({ kind }) => kind === 'corrected')
  return (
    <details className="detail-facts" open={isOpen}>
      <summary>
        <span>{t('job.evidence.title')}</span>
        {end !== null && <span className="muted">{t(`job.evidence.source.${end.from}`)}</span>}
      </summary>
      <div className="detail-facts-body">
        <JobFacts job={job} />
        <EvidenceList evidence={evidence} />
      </div>
    </details>
  )
}
