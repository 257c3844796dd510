import type { ReactElement } from 'react'
import { formatMoment } from '../../../shared/format.ts'
import type { Evidence } from '../../../shared/outcome.ts'
import { useTexts } from '../../hooks.ts'
import { evidenceText } from './evidence-text.ts'

/** What was observed of a job, oldest first: why the app says what it says. */
export function EvidenceList({ evidence }: { readonly evidence: readonly Evidence[] }): ReactElement {
  const { t, times } = useTexts()
  return (
    <ol className="evidence-list">
      {evidence.map((one, index) => {
        const { sentence, detail } = evidenceText(one, t)
        return (
          // oxlint-disable-next-line react/no-array-index-key -- evidence is only added, never moved
          <li key={index}>
            <time className="evidence-time" dateTime={new Date(one.at).toISOString()}>
              {formatMoment(one.at, times)}
            </time>
            <span>
              {sentence}
              {detail !== '' && <code className="evidence-detail">{detail}</code>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
