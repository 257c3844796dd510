import { type KeyboardEvent, type ReactElement, useId, useRef, useState } from 'react'
import type { Workflow } from '../../shared/app-state.ts'
import { bridge } from '../bridge.ts'
import { useAppState, useTexts } from '../hooks.ts'
import { movedIndex } from './list-moves.ts'
import { SearchIcon, StarIcon } from './picker-icons.tsx'
import { foundWorkflows } from './workflow-order.ts'

/** Rows that a page key passes. */
const pageRows = 8

interface StartProps {
  readonly onStart: (workflow: Workflow) => void
}

interface WorkflowPickerProps extends StartProps {
  /** Whether the search has the focus at first. */
  readonly isFocused?: boolean
}

/** Finds a workflow and starts it; its star makes it a favourite. */
export function WorkflowPicker({ onStart, isFocused = false }: WorkflowPickerProps): ReactElement {
  const { t, locale } = useTexts()
  const { workflows, workflowsKnown } = useAppState()
  const [search, setSearch] = useState('')
  const [favourites] = useState(() => new Set(workflows.filter((one) => one.isFavourite).map(({ id }) => id)))
  const list = useRef<HTMLUListElement>(null)
  const found = foundWorkflows(workflows, favourites, search, locale)

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const isInSearch = event.target instanceof HTMLInputElement
    // In the field these keys move its caret, and Enter goes to what was found: one more starts it.
    if (isInSearch && (event.key === 'Home' || event.key === 'End')) return
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>('.workflow-start') ?? [])]
    const at = buttons.findIndex((button) => button.parentElement?.contains(document.activeElement))
    const key = isInSearch && event.key === 'Enter' ? 'ArrowDown' : event.key
    const index = movedIndex(key, at, buttons.length, pageRows)
    if (index === null) return
    event.preventDefault()
    buttons[index]?.focus()
  }

  if (workflows.length === 0)
    return <p className="picker-note">{t(workflowsKnown ? 'jobs.start.none' : 'jobs.start.loading')}</p>
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it hears the keys of the controls inside of it
    <div className="picker" onKeyDown={onKeyDown}>
      <div className="picker-search">
        <SearchIcon />
        <input
          className="input"
          type="search"
          aria-label={t('jobs.start.search')}
          placeholder={t('jobs.start.search')}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- only where the person has just asked for it: in the popover
          autoFocus={isFocused}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      </div>
      <ul className="picker-list" aria-label={t('jobs.start.workflows')} ref={list}>
        {found.map((workflow) => (
          <WorkflowRow key={workflow.id} workflow={workflow} onStart={onStart} />
        ))}
      </ul>
      <output className="picker-note">{found.length === 0 && t('jobs.start.noMatch')}</output>
    </div>
  )
}

interface WorkflowRowProps extends StartProps {
  readonly workflow: Workflow
}

function WorkflowRow({ workflow, onStart }: WorkflowRowProps): ReactElement {
  const { t } = useTexts()
  const noteId = useId()
  const { id, name, isEnabled, isApproval, isFavourite } = workflow
  const note = isEnabled ? isApproval && t('jobs.start.approval') : t('jobs.start.disabled')
  return (
    <li className="workflow">
      {/* Not `disabled`: the keyboard and a screen reader shall come by and hear why it can't be started. */}
      <button
        type="button"
        className="workflow-start"
        aria-disabled={!isEnabled}
        aria-describedby={note === false ? undefined : noteId}
        onClick={() => isEnabled && onStart(workflow)}
      >
        {name}
      </button>
      {note !== false && (
        <span className="workflow-note" id={noteId}>
          {note}
        </span>
      )}
      <button
        type="button"
        className="workflow-star"
        aria-label={t(isFavourite ? 'jobs.start.removeFavourite' : 'jobs.start.addFavourite', {
          workflow: name,
        })}
        // The state that main sends shows whether it was kept.
        onClick={() =>
          void bridge.setFavourite({ workflowId: id, isFavourite: !isFavourite }).catch(() => {})
        }
      >
        <StarIcon isFull={isFavourite} />
      </button>
    </li>
  )
}
