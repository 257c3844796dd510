import { memo, type ReactElement, useEffect, useRef, useState } from 'react'
import { failureText } from '../../shared/failure-text.ts'
import type { HistoryRow } from '../../shared/history.ts'
import { useTexts } from '../hooks.ts'
import { focusTargets } from '../jobs/focus.ts'
import { JobIcon } from '../jobs/job-icon.tsx'
import { statusTones } from '../jobs/job-status.ts'
import { useKeys } from '../jobs/keys/use-keys.ts'
import { movedIndex } from '../jobs/list/list-moves.ts'
import { moveAmongButtons } from '../shell/button-keys.ts'
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
  const [lastId, setLastId] = useState<string | null>(null)
  // Tab comes to the row that had the focus last; the arrows lead to the others.
  const reached = rows.find(({ id }) => id === lastId) ?? rows[0]
  const list = useRef<HTMLUListElement>(null)
  const moveBy = (key: 'ArrowDown' | 'ArrowUp') => (): void => {
    const at = rows.findIndex(({ id }) => id === lastId)
    const index = movedIndex(key, at, rows.length, 1)
    if (index !== null) list.current?.querySelectorAll('button')[index]?.focus()
  }
  const toNext = moveBy('ArrowDown')
  const toPrevious = moveBy('ArrowUp')
  useKeys({ j: toNext, k: toPrevious, ArrowDown: toNext, ArrowUp: toPrevious })
  const count = rows.length
  const known = useRef(0)
  useEffect(() => {
    const first = known.current
    known.current = count
    // What had the focus is gone, as a button is that has brought the last of them: it goes to the first that is new.
    if (document.activeElement === document.body) list.current?.querySelectorAll('button')[first]?.focus()
  }, [count, list])
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
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it hears the keys of the buttons inside of it */}
      <ul ref={list} aria-label={t('history.title')} onKeyDown={moveAmongButtons}>
        {rows.map((row) => (
          <li key={row.id}>
            <Row
              row={row}
              isSelected={row.id === selectedId}
              isReached={row === reached}
              onReach={setLastId}
              onSelect={onSelect}
            />
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
        {/* Not taken away while more is read: the focus would be lost. */}
        {next !== null && (!isReading || rows.length > 0) && (
          <button type="button" className="button" aria-busy={isReading} onClick={onMore}>
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
  readonly isReached: boolean
  readonly onReach: (id: string) => void
  readonly onSelect: (row: HistoryRow) => void
}

const Row = memo(function Row({ row, isSelected, isReached, onReach, onSelect }: RowProps): ReactElement {
  const { t, times } = useTexts()
  const status = row.outcome ?? 'unknown'
  return (
    <button
      type="button"
      className="history-row"
      id={isReached ? focusTargets.historyRow : undefined}
      tabIndex={isReached ? 0 : -1}
      onFocus={() => onReach(row.id)}
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
})
