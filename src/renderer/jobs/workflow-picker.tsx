import { type KeyboardEvent, type ReactElement, useId, useRef, useState } from 'react'
import { followedServers } from '../../shared/followed.ts'
import { bridge } from '../bridge.ts'
import { useAppState, useTexts } from '../hooks.ts'
import { movedIndex } from './list/list-moves.ts'
import { SearchIcon, StarIcon } from './picker-icons.tsx'
import { foundWorkflows, type ServerWorkflow, serverWorkflows, workflowKey } from './workflow-order.ts'

/** Rows that a page key passes. */
const pageRows = 8

interface StartProps {
  readonly onStart: (workflow: ServerWorkflow) => void
}

interface WorkflowPickerProps extends StartProps {
  /** Whether the search has the focus at first. */
  readonly isFocused?: boolean
}

/** Finds a workflow and starts it; its star makes it a favourite. */
export function WorkflowPicker({ onStart, isFocused = false }: WorkflowPickerProps): ReactElement {
  const { t, locale } = useTexts()
  const servers = followedServers(useAppState())
  const workflows = serverWorkflows(servers)
  const areKnown = servers.every(({ workflowsKnown }) => workflowsKnown)
  const [search, setSearch] = useState('')
  const [favourites] = useState(
    () => new Set(workflows.filter(({ workflow }) => workflow.isFavourite).map(workflowKey)),
  )
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
    return <p className="picker-note">{t(areKnown ? 'jobs.start.none' : 'jobs.start.loading')}</p>
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
        {found.map((one) => (
          <WorkflowRow key={workflowKey(one)} one={one} isServerSaid={servers.length > 1} onStart={onStart} />
        ))}
      </ul>
      <output className="picker-note">{found.length === 0 && t('jobs.start.noMatch')}</output>
    </div>
  )
}

interface WorkflowRowProps extends StartProps {
  readonly one: ServerWorkflow
  /** Where there are several servers, each workflow says its own. */
  readonly isServerSaid: boolean
}

function WorkflowRow({ one, isServerSaid, onStart }: WorkflowRowProps): ReactElement {
  const { t } = useTexts()
  const noteId = useId()
  const { workflow, server } = one
  const { id, name, isEnabled, isApproval, isFavourite } = workflow
  const notes = [
    ...(isServerSaid ? [server.name] : []),
    ...(isEnabled ? [] : [t('jobs.start.disabled')]),
    ...(isEnabled && isApproval ? [t('jobs.start.approval')] : []),
  ]
  const star = {
    kind: 'setFavourite',
    serverId: server.id,
    workflowId: id,
    isFavourite: !isFavourite,
  } as const
  return (
    <li className="workflow">
      {/* Not `disabled`: the keyboard and a screen reader shall come by and hear why it can't be started. */}
      <button
        type="button"
        className="workflow-start"
        aria-disabled={!isEnabled}
        aria-describedby={notes.length === 0 ? undefined : noteId}
        onClick={() => isEnabled && onStart(one)}
      >
        {name}
      </button>
      {notes.length > 0 && (
        <span className="workflow-note" id={noteId}>
          {notes.join(' · ')}
        </span>
      )}
      <button
        type="button"
        className="workflow-star"
        aria-label={t(isFavourite ? 'jobs.start.removeFavourite' : 'jobs.start.addFavourite', {
          workflow: name,
        })}
        // The state that main sends shows whether it was kept.
        onClick={() => void bridge.run(star).catch(() => {})}
      >
        <StarIcon isFull={isFavourite} />
      </button>
    </li>
  )
}
