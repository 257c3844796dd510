import { Fragment, memo, type ReactElement } from 'react'
import { ansiPieces } from './ansi.ts'
import { cellsOf, levels } from './log-model.ts'
import { finderOf } from './log-search.ts'

/** As much of a line as is drawn, in UTF-16 units: a tool may write a file into one. Copy and save have all of it. */
const mostDrawn = 4000

interface LogLineProps {
  readonly text: string
  /** An index of `levels`. */
  readonly weight: number
  /** As the server stores it, instead of in columns. */
  readonly isRaw: boolean
  /** What is looked for; empty for nothing. */
  readonly query: string
  /** Whether a search or a jump has led to it. */
  readonly isCurrent: boolean
}

/** A line of a log. */
export const LogLine = memo(function LogLine({
  text,
  weight,
  isRaw,
  query,
  isCurrent,
}: LogLineProps): ReactElement {
  const cells = isRaw ? null : cellsOf(text)
  const classes = ['log-line', `log-${levels[weight] ?? 'none'}`, ...(isCurrent ? ['log-current'] : [])]
  return (
    <div className={classes.join(' ')}>
      {cells !== null && (
        <>
          <span className="log-time" title={cells.stamp}>
            {cells.time}
          </span>{' '}
          <span className="log-level">{cells.word}</span> <span className="log-task">{cells.task}</span>{' '}
        </>
      )}
      <span className="log-message" dir="auto">
        {ansiPieces(cells?.message ?? text, mostDrawn).map(({ text: piece, className }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the pieces of one text never move
          <span key={index} className={className}>
            <Marked text={piece} query={query} />
          </span>
        ))}
      </span>
    </div>
  )
})

/** A text with what is looked for marked in it. */
function Marked({ text, query }: { readonly text: string; readonly query: string }): ReactElement {
  if (query === '') return <>{text}</>
  const marks = [...text.matchAll(finderOf(query, 'g'))]
  return (
    <>
      {marks.map(({ index, 0: mark }, at) => {
        const before = marks[at - 1]
        const from = before === undefined ? 0 : before.index + before[0].length
        return (
          <Fragment key={index}>
            {text.slice(from, index)}
            <mark>{mark}</mark>
          </Fragment>
        )
      })}
      {text.slice((marks.at(-1)?.index ?? 0) + (marks.at(-1)?.[0].length ?? 0))}
    </>
  )
}
