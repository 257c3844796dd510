import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react'
import { isSignedIn, saidServer } from '../../shared/followed.ts'
import type { JobView } from '../../shared/job-view.ts'
import { useAppState, useShows, useStore, useTexts, useView } from '../hooks.ts'
import { JobRow, rowId } from './job-row.tsx'
import { anchorAt, anchorShift } from './list-anchor.ts'
import { movedIndex } from './list-moves.ts'

/** Pixels; `jobs.css` knows it as well. All rows have the same, so that a scroll position means the same again. */
const rowHeight = 56

interface JobListProps {
  /** Newest first, at least one. */
  readonly jobs: readonly JobView[]
  readonly scroller: RefObject<HTMLDivElement | null>
  /** The person wants to go on with the selected job. */
  readonly onOpen: () => void
}

/** All jobs; only those that can be seen are drawn. */
export function JobList({ jobs, scroller, onOpen }: JobListProps): ReactElement {
  const { t } = useTexts()
  const app = useAppState()
  const { setView } = useStore()
  const { selectedKey, scrollTop } = useView()
  const selected = jobs.findIndex(({ key }) => key === selectedKey)
  // oxlint-disable-next-line react/incompatible-library -- nothing of it is given to memoised parts
  const rows = useVirtualizer({
    count: jobs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => jobs[index]?.key ?? index,
    overscan: 6,
    initialOffset: scrollTop,
    // The selected row stays drawn: the list names it as the one that has the focus.
    rangeExtractor: (range) => withIndex(range, selected),
  })
  useStill(scroller, jobs)
  useShown(scroller, () => {
    if (selected !== -1) rows.scrollToIndex(selected)
  })
  const select = useCallback((key: string) => setView({ selectedKey: key }), [setView])

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'Enter' && selected !== -1) {
      event.preventDefault()
      onOpen()
      return
    }
    const page = Math.floor(event.currentTarget.clientHeight / rowHeight)
    const index = movedIndex(event.key, selected, jobs.length, page)
    const job = index === null ? undefined : jobs[index]
    if (index === null || job === undefined) return
    event.preventDefault()
    select(job.key)
    rows.scrollToIndex(index)
  }

  return (
    <div
      ref={scroller}
      className="job-list"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select cannot hold rows of several texts
      role="listbox"
      aria-label={t('jobs.title')}
      aria-activedescendant={selected === -1 || selectedKey === null ? undefined : rowId(selectedKey)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget }) => setView({ scrollTop: Math.max(0, currentTarget.scrollTop) })}
    >
      <div className="job-list-rows" role="presentation" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const job = jobs[index]
          return (
            job !== undefined && (
              <JobRow
                key={key}
                job={job}
                server={saidServer(app, job.serverId, t)}
                isFollowed={isSignedIn(app, job.serverId)}
                index={index}
                count={jobs.length}
                isSelected={index === selected}
                top={start}
                onSelect={select}
              />
            )
          )
        })}
      </div>
    </div>
  )
}

function withIndex(range: Range, index: number): number[] {
  const drawn = defaultRangeExtractor(range)
  return index === -1 || drawn.includes(index) ? drawn : [...drawn, index].toSorted((a, b) => a - b)
}

/** Keeps what is seen where it is when jobs come or go above it. */
function useStill(scroller: RefObject<HTMLDivElement | null>, jobs: readonly JobView[]): void {
  const before = useRef(jobs)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const shift = anchorShift(anchorAt(before.current, element.scrollTop, rowHeight), jobs, rowHeight)
    before.current = jobs
    if (shift !== 0) element.scrollBy({ top: shift, behavior: 'instant' })
  }, [scroller, jobs])
}

/** When main shows a job, the list brings it into sight and takes the focus. */
function useShown(scroller: RefObject<HTMLDivElement | null>, reveal: () => void): void {
  const shows = useShows()
  const last = useRef(0)
  useEffect(() => {
    if (shows === last.current) return
    last.current = shows
    reveal()
    // Somebody who came here by a button keeps the focus on it.
    const { activeElement } = document
    if (activeElement === document.body || activeElement?.id === 'content') scroller.current?.focus()
  }, [scroller, shows, reveal])
}
