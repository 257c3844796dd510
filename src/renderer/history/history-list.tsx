import type { ReactElement } from 'react'
import { failureText } from '../../shared/failure-text.ts'
import type { HistoryRow } from '../../shared/history.ts'
import { useTexts } from '../hooks.ts'
import { JobIcon } from '../jobs/job-icon.tsx'
import { statusTones } from '../jobs/job-status.ts'
import { endedText } from './server-time.ts'
import type { Found } from './use-history.ts'

interface HistoryListProps {
  readonly found: Found
  readonly selectedId: string | null
  readonly onSelect: (row: HistoryRow) => void
  readonly onMore: () => void
  readonly onExport: () => void
}

/** What was found in the history, newest first. */
export function HistoryList({
  found,
  selectedId,
  onSelect,
  onMore,
  onExport,
}: HistoryListProps): ReactElement {
  const { t } = useTexts()
  const { rows, next, isReading, failure } = found
  return (
    <div className="history-list">
      {rows.length > 0 && (
        <div className="history-tools">
          <span className="muted small">{t('exporting.rows', { count: rows.length })}</span>
          <button type="button" className="button" onClick={onExport}>
            {t('exporting.open')}
          </button>
        </div>
      )}
      <ul aria-label={t('history.title')}>
        {rows.map((row) => (
          <li key={row.id}>
            <Row row={row} isSelected={row.id === selectedId} onSelect={onSelect} />
          </li>
        ))}
      </ul>
      <div className="history-end">
        {isReading && <output>{t('history.reading')}</output>}
        {failure !== null && (
          <p role="alert">{failure === 'appFailed' ? t('history.failed') : failureText(t, failure)}</p>
        )}
        {!isReading && failure === null && next === null && (
          <p className="muted">{t(rows.length === 0 ? 'history.nothing' : 'history.end')}</p>
        )}
        {!isReading && next !== null && (
          <button type="button" className="button" onClick={onMore}>
            {t(failure === null ? 'history.more' : 'button.again')}
          </button>
        )}
      </div>
    </div>
  )
}

interface RowProps {
  readonly row: HistoryRow
  readonly isSelected: boolean
  readonly onSelect: (row: HistoryRow) => void
}

function Row({ row, isSelected, onSelect }: RowProps): ReactElement {
  const { t, times } = useTexts()
  const status = row.outcome ?? 'unknown'
  return (
    <button
      type="button"
      className="history-row"
      aria-current={isSelected ? 'true' : undefined}
      onClick={() => onSelect(row)}
    >
      <JobIcon status={status} />
      <bdi className="history-row-name">{row.workflowName}</bdi>
      <span className={`status tone-${statusTones[status]}`}>
        {row.outcome === null ? row.rawStatus : t(`outcome.${row.outcome}`)}
      </span>
      <span className="history-row-time">{endedText(row, times)}</span>
    </button>
  )
}
