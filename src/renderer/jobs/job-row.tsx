import { memo, type ReactElement } from 'react'
import type { JobView } from '../../shared/job-view.ts'
import { useNow, useTexts } from '../hooks.ts'
import { JobIcon } from './job-icon.tsx'
import { isTicking, statusOf, statusTones } from './job-status.ts'
import { type RowServer, rowText } from './row-text.ts'

interface JobRowProps extends RowServer {
  readonly job: JobView
  /** From 0 on, of `count` rows: most of them are not drawn. */
  readonly index: number
  readonly count: number
  readonly isSelected: boolean
  /** Pixels from the top of the list. */
  readonly top: number
  readonly onSelect: (key: string) => void
}

/** The element that stands for a job in the list. */
export const rowId = (key: string): string => `job-${key}`

/** A job in the list. */
export const JobRow = memo(function JobRow({
  job,
  server,
  isFollowed,
  index,
  count,
  isSelected,
  top,
  onSelect,
}: JobRowProps): ReactElement {
  const texts = useTexts()
  const now = useNow(isTicking(job, isFollowed))
  const status = statusOf(job, isFollowed)
  const text = rowText(job, { server, isFollowed }, now, texts)
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list has the focus and its keys
    <div
      id={rowId(job.key)}
      className="job-row"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an `option` element holds but one plain text
      role="option"
      aria-selected={isSelected}
      aria-setsize={count}
      aria-posinset={index + 1}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onSelect(job.key)}
    >
      <JobIcon status={status} />
      {/* These words are the option's name, parted by commas that the style sheet adds for ears only. */}
      <span className="job-row-workflow">{text.workflow}</span>{' '}
      <span className={`job-row-status status tone-${statusTones[status]}`}>{text.status}</span>{' '}
      <span className="job-row-time">{text.time}</span>{' '}
      {/* A name that changes each second would be read out each second while its row is selected. */}
      {text.duration !== '' && (
        <span className="job-row-duration" aria-hidden={isTicking(job, isFollowed)}>
          {text.duration}
        </span>
      )}{' '}
      {text.note !== '' && <span className="job-row-note">{text.note}</span>}
    </div>
  )
})
