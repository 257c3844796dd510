import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react'
import { useLook, useSelectedKey, useSettings, useStore, useTexts } from '../../hooks.ts'
import { useJobMenu } from '../actions/job-menu.tsx'
import { focusOn, focusTargets } from '../focus.ts'
import { useHandedFocus } from '../use-handed-focus.ts'
import type { Entry } from './arrange.ts'
import { JobSections } from './job-sections.tsx'
import { rowId } from './job-row.tsx'
import { headingHeight, type Layout, type PlacedRow } from './layout.ts'
import { anchorAt, anchorShift } from './list-anchor.ts'
import { movedIndex } from './list-moves.ts'
import { RowTools } from './row-tools.tsx'
import { useFoldToggle } from './use-fold-toggle.ts'
import type { JobListModel } from './use-job-list.ts'
import { useHoveredRow } from './use-hovered-row.ts'
import { useLeftPlace } from './use-left-place.ts'
import { useSeenRows } from './use-seen-rows.ts'

interface JobListProps {
  /** With at least one row. */
  readonly model: JobListModel
  /** The person wants to go on with the selected job. */
  readonly onOpen: () => void
}

/** Keys that move the selection as the arrows do, for hands that stay where letters are. */
const letterMoves: Readonly<Record<string, string>> = { j: 'ArrowDown', k: 'ArrowUp' }

/** All jobs; only those that can be seen are drawn. */
export function JobList({ model, onOpen }: JobListProps): ReactElement {
  const { t } = useTexts()
  const { setView, setPane } = useStore()
  const selectedKey = useSelectedKey()
  const scroller = useRef<HTMLDivElement>(null)
  const { layout } = model
  const { rows, rowHeight } = layout
  const { singleKeys } = useSettings()
  const selected = selectedKey === null ? -1 : (layout.indexOf.get(selectedKey) ?? -1)
  const selectedRow = rows[selected]
  const toggle = useFoldToggle()
  const openMenu = useJobMenu()
  useStill(scroller, layout)
  useHandedFocus(scroller)
  const onScroll = useLeftPlace(scroller, layout)
  const seen = useSeenRows(scroller, layout)
  const hovered = useHoveredRow(scroller)
  const select = (row: PlacedRow): void => {
    setView({ selectedKey: row.entry.job.key })
    scrollIntoView(scroller.current, row.top, rowHeight)
  }
  useShown(() => {
    if (selectedRow !== undefined) scrollIntoView(scroller.current, selectedRow.top, rowHeight)
  })

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const fold = selectedRow?.entry.fold ?? null
    const isEnter = event.key === 'Enter' && selectedRow !== undefined
    const opens = fold?.isOpen === false && (isEnter || event.key === 'ArrowRight')
    if (fold !== null && (opens || (fold.isOpen && event.key === 'ArrowLeft'))) toggle(fold)
    else if (isEnter) onOpen()
    else {
      const key = singleKeys ? (letterMoves[event.key] ?? event.key) : event.key
      const page = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1
      const index = movedIndex(key, selected, rows.length, page)
      const row = rows[index ?? -1]
      if (row === undefined) return
      select(row)
    }
    event.preventDefault()
    event.stopPropagation()
  }

  const onClick = ({ target }: MouseEvent<HTMLDivElement>): void => {
    const entry = entryAt(target, rows)
    if (entry === null) return
    const isOnSign = target instanceof Element && target.closest('[data-fold]') !== null
    setView({ selectedKey: entry.job.key })
    // One that is folded opens; an open one folds where its sign is hit.
    if (entry.fold !== null && (isOnSign || !entry.fold.isOpen)) toggle(entry.fold)
    else setPane('detail')
  }

  const onContextMenu = (event: MouseEvent<HTMLDivElement>): void => {
    event.preventDefault()
    const { target, clientX: x, clientY: y } = event
    const entry = entryAt(target, rows)
    if (entry !== null) setView({ selectedKey: entry.job.key })
    const key = (entry ?? selectedRow?.entry)?.job.key
    if (key !== undefined) afterButton(event.buttons, () => openMenu(key, { x, y }))
  }

  return (
    <div
      ref={scroller}
      className="job-list-scroller"
      onScroll={({ currentTarget }) => onScroll(currentTarget.scrollTop)}
    >
      <div
        id={focusTargets.list}
        className="job-list"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select cannot hold rows of several texts
        role="listbox"
        aria-label={t('jobs.title')}
        aria-activedescendant={selectedRow === undefined ? undefined : rowId(selectedRow.entry.job.key)}
        tabIndex={0}
        style={{ blockSize: layout.height }}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onContextMenu={onContextMenu}
      >
        <JobSections model={model} seen={seen} hovered={hovered} selected={selected} />
      </div>
      <RowTools model={model} hovered={hovered} selected={selected} />
    </div>
  )
}

/** Does something once the mouse's button is up: that would close at once what opens while it is still down. */
function afterButton(buttons: number, action: () => void): void {
  if (buttons === 0) action()
  else document.addEventListener('pointerup', () => setTimeout(action), { once: true })
}

/** The row that a part of the page belongs to. */
function entryAt(target: EventTarget, rows: readonly PlacedRow[]): Entry | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null
  return rows[Number(row?.dataset['index'] ?? -1)]?.entry ?? null
}

/** Scrolls as little as brings the row before the eyes, clear of the heading that stays at the top. */
function scrollIntoView(element: HTMLElement | null, top: number, rowHeight: number): void {
  if (element === null) return
  const { scrollTop, clientHeight } = element
  const highest = top - headingHeight
  const lowest = top + rowHeight - clientHeight
  const wanted = Math.max(Math.min(scrollTop, highest), lowest)
  // The first row of all brings its heading along.
  if (wanted !== scrollTop) element.scrollTo({ top: wanted, behavior: 'instant' })
}

/** Keeps what is seen where it is when jobs come or go above it. */
function useStill(scroller: RefObject<HTMLElement | null>, layout: Layout): void {
  const before = useRef(layout)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null || before.current === layout) return
    const shift = anchorShift(anchorAt(before.current, element.scrollTop), layout)
    before.current = layout
    if (shift !== 0) element.scrollBy({ top: shift, behavior: 'instant' })
  }, [scroller, layout])
}

/** When main shows the jobs, the list brings the selected one into sight and takes the focus. */
function useShown(reveal: () => void): void {
  const { isRevealing } = useLook()
  const { setRevealed } = useStore()
  useEffect(() => {
    if (!isRevealing) return
    setRevealed()
    reveal()
    // Somebody who came here by a button keeps the focus on it.
    const { activeElement } = document
    if (activeElement === document.body || activeElement?.id === focusTargets.content) focusOn('list')
  }, [isRevealing, setRevealed, reveal])
}
