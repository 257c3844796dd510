import { memo, type ReactElement } from 'react'
import type { JobView } from '../../../shared/job-view.ts'
import { useNow, useTexts } from '../../hooks.ts'
import { actionsOf, rowActions } from '../actions/actions-of.ts'
import { JobIcon } from '../job-icon.tsx'
import { isTicking, statusOf, statusTones } from '../job-status.ts'
import { type Entry, standingOf } from './arrange.ts'
import { progressOf, rowText } from './row-text.ts'

interface JobRowProps {
  readonly entry: Entry
  /** Which server it is of; null where there is no other. */
  readonly server: string | null
  /** Whether the app follows the jobs of its server. */
  readonly isFollowed: boolean
  /** What its workflow usually takes, in milliseconds; null where that is not known. */
  readonly usualMs: number | null
  /** From 0 on, of `count` rows: most of them are not drawn. */
  readonly index: number
  readonly count: number
  /** Whether the pointer is over it, or over its buttons. */
  readonly isHovered: boolean
  readonly isSelected: boolean
  /** Pixels from the top of its section. */
  readonly top: number
}

/** The element that stands for a job in the list. */
export const rowId = (key: string): string => `job-${key}`

/** A job in the list, or several equal ends in a row. */
export const JobRow = memo(function JobRow({
  entry: { job, fold, isInFold },
  server,
  isFollowed,
  usualMs,
  index,
  count,
  isHovered,
  isSelected,
  top,
}: JobRowProps): ReactElement {
  const texts = useTexts()
  const now = useNow(isTicking(job, isFollowed))
  const status = statusOf(job, isFollowed)
  const text = rowText(job, isFollowed, now, texts)
  const progress = progressOf(job, isFollowed, usualMs, now, texts)
  const classes = [
    'job-row',
    ...(progress?.isLong === true ? ['job-row-long'] : []),
    ...(isInFold ? ['job-row-in-fold'] : []),
    ...(isHovered ? ['job-row-hovered'] : []),
  ].join(' ')
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the list has the focus and its keys
    <div
      id={rowId(job.key)}
      className={classes}
      data-index={index}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an `option` element holds but one plain text
      role="option"
      aria-selected={isSelected}
      aria-setsize={count}
      aria-posinset={index + 1}
      style={{ insetBlockStart: top }}
    >
      <JobIcon status={status} />
      {/* These words are the option's name, parted by commas that the style sheet adds for ears only. */}
      <span className="job-row-name">
        <bdi className="job-row-workflow">{text.workflow}</bdi>
        {fold !== null && (
          <span className="job-row-fold" data-fold={fold.id}>
            {' '}
            × {fold.jobs.length}
            <FoldSign isOpen={fold.isOpen} />
          </span>
        )}
        {server !== null && <bdi className="job-row-server"> {server}</bdi>}
      </span>{' '}
      <span className="job-row-said">
        <span className={`status tone-${statusTones[status]}`}>{text.status}</span>
        {/* A name that changes each second would be read out each second while its row is selected. */}
        {progress !== null && (
          <span className="job-row-progress" aria-hidden="true">
            {' · '}
            {progress.text}
          </span>
        )}
        {text.why !== '' && (
          <span className="job-row-why">
            {' · '}
            <bdi>{text.why}</bdi>
          </span>
        )}
      </span>{' '}
      {/* What needs the person has its buttons there. */}
      {standingOf(job, isFollowed) !== 'needsYou' && <span className="job-row-time">{text.time}</span>}{' '}
      {text.duration !== '' && <span className="job-row-duration">{text.duration}</span>}
      {(isHovered || status === 'waiting') && (
        <ToolsRoom job={job} isFollowed={isFollowed} isHovered={isHovered} isSelected={isSelected} />
      )}
      {progress?.part != null && <Bar part={progress.part} />}
    </div>
  )
})

const FoldSign = ({ isOpen }: { readonly isOpen: boolean }): ReactElement => (
  <svg className={isOpen ? 'fold-sign fold-sign-open' : 'fold-sign'} viewBox="0 0 12 12" aria-hidden="true">
    <path d="M3.500 4.500 6 7.500l2.500-3" />
  </svg>
)

type ToolsRoomProps = Pick<JobRowProps, 'isFollowed' | 'isHovered' | 'isSelected'> & { readonly job: JobView }

/** As wide as the buttons that lie over the end of the row: no name reaches below them. */
function ToolsRoom({ job, isFollowed, isHovered, isSelected }: ToolsRoomProps): ReactElement {
  const { t } = useTexts()
  const { actions, isDecision } = rowActions(actionsOf(job, isFollowed))
  return (
    <span className="job-row-room" aria-hidden="true">
      {actions.map((action) => (
        <span key={action} className={isDecision ? 'tool tool-worded' : 'tool'}>
          {isDecision && t(`job.action.${action}`)}
        </span>
      ))}
      {(isHovered || isSelected) && <span className="tool" />}
    </span>
  )
}

/** How much of the usual time has passed: the words beside it say the same. */
const Bar = ({ part }: { readonly part: number }): ReactElement => (
  <span className="job-row-bar" aria-hidden="true">
    <span style={{ inlineSize: `${part * 100}%` }} />
  </span>
)
