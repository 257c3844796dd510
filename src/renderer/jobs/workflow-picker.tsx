import { type KeyboardEvent, type ReactElement, useId, useMemo, useRef, useState } from 'react'
import type { AppState } from '../../shared/app-state.ts'
import { followedServers } from '../../shared/followed.ts'
import { send } from '../bridge.ts'
import { useActions, useAppState, useNow, useTexts } from '../hooks.ts'
import { movedIndex } from './list/list-moves.ts'
import { nextRunText } from './next-run-text.ts'
import { OutsideIcon, SearchIcon, StarIcon, VariablesIcon } from './picker-icons.tsx'
import { useNextRuns } from './use-next-runs.ts'
import {
  foundWorkflows,
  orderedWorkflows,
  type ServerWorkflow,
  serverWorkflows,
  workflowKey,
} from './workflow-order.ts'

/** Rows that a page key passes. */
const pageRows = 8
/** Nobody looks through more rows than this: whoever does not see theirs types a part of its name. */
const mostRows = 200

/** What becomes of the workflow that is chosen. */
export interface StartProps {
  readonly onStart: (workflow: ServerWorkflow) => void
  /** It shall be started with variables, which are still to be said. */
  readonly onAskVariables: (workflow: ServerWorkflow) => void
}

interface WorkflowPickerProps extends StartProps {
  /** Whether the search has the focus at first. */
  readonly isFocused?: boolean
}

/** Finds a workflow and starts it; its star makes it a favourite. */
export function WorkflowPicker({ isFocused = false, ...start }: WorkflowPickerProps): ReactElement {
  const { t, locale } = useTexts()
  const state = useAppState()
  const servers = followedServers(state)
  const areKnown = servers.every(({ workflowsKnown }) => workflowsKnown)
  const [search, setSearch] = useState('')
  const [favourites] = useState(
    () =>
      new Set(
        serverWorkflows(servers)
          .filter(({ workflow }) => workflow.isFavourite)
          .map(workflowKey),
      ),
  )
  const nextRuns = useNextRuns(servers.map(({ id }) => id))
  const list = useRef<HTMLUListElement>(null)
  const ordered = useOrdered(state, favourites, locale)
  const found = foundWorkflows(ordered, search, locale)
  const hidden = found.length - mostRows

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

  if (ordered.length === 0)
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
        {found.slice(0, mostRows).map((one) => (
          <WorkflowRow
            key={workflowKey(one)}
            one={one}
            isServerSaid={servers.length > 1}
            nextRunAt={nextRuns.get(workflowKey(one)) ?? null}
            {...start}
          />
        ))}
      </ul>
      <output className="picker-note">
        {found.length === 0 && t('jobs.start.noMatch')}
        {hidden > 0 && t('jobs.start.more', { count: hidden })}
      </output>
    </div>
  )
}

/** Sorting many takes longer than a keystroke may: they are sorted anew only where something else of them is shown. */
const useOrdered = (
  state: AppState,
  favourites: ReadonlySet<string>,
  locale: string,
): readonly ServerWorkflow[] =>
  useMemo(
    () => orderedWorkflows(serverWorkflows(followedServers(state)), favourites, locale),
    [state, favourites, locale],
  )

interface WorkflowRowProps extends StartProps {
  readonly one: ServerWorkflow
  /** Where there are several servers, each workflow says its own. */
  readonly isServerSaid: boolean
  /** When it runs next by its schedule; null where it has none, or that is not known. */
  readonly nextRunAt: number | null
}

function WorkflowRow({
  one,
  isServerSaid,
  nextRunAt,
  onStart,
  onAskVariables,
}: WorkflowRowProps): ReactElement {
  const texts = useTexts()
  const { t } = texts
  const now = useNow(false)
  const actions = useActions()
  const noteId = useId()
  const { workflow, server } = one
  const { id, name, isEnabled, isApproval, isFavourite } = workflow
  const notes = [
    ...(isServerSaid ? [server.name] : []),
    ...(isEnabled ? [] : [t('jobs.start.disabled')]),
    ...(isEnabled && isApproval ? [t('jobs.start.approval')] : []),
    ...(nextRunAt === null ? [] : [nextRunText(nextRunAt, now, texts)]),
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
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !event.shiftKey || !isEnabled) return
          event.preventDefault()
          onAskVariables(one)
        }}
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
        className="workflow-outside"
        aria-label={t('jobs.start.webManager', { workflow: name })}
        title={t('job.action.openWebManager')}
        onClick={() => actions.openWebManager(server.id, 'manager')}
      >
        <OutsideIcon />
      </button>
      {isEnabled && (
        <button
          type="button"
          className="workflow-variables"
          aria-label={t('variables.open', { workflow: name })}
          title={t('variables.openHint')}
          onClick={() => onAskVariables(one)}
        >
          <VariablesIcon />
        </button>
      )}
      <button
        type="button"
        className="workflow-star"
        aria-label={t(isFavourite ? 'jobs.start.removeFavourite' : 'jobs.start.addFavourite', {
          workflow: name,
        })}
        // The state that main sends shows whether it was kept.
        onClick={() => send(star)}
      >
        <StarIcon isFull={isFavourite} />
      </button>
    </li>
  )
}
