import { type KeyboardEvent, type ReactElement, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { AppState } from '../../shared/app-state.ts'
import { followedServers } from '../../shared/followed.ts'
import { send } from '../bridge.ts'
import { useAppState, useJobs, useTexts } from '../hooks.ts'
import { focusTargets } from './focus.ts'
import { movedIndex } from './list/list-moves.ts'
import { SearchIcon } from './picker-icons.tsx'
import { preferredOf } from './preferred.ts'
import { useNextRuns } from './use-next-runs.ts'
import {
  groupedWorkflows,
  serverWorkflows,
  shownGroups,
  type WorkflowGroup,
  workflowKey,
} from './workflow-order.ts'
import { type StartProps, WorkflowRow } from './workflow-row.tsx'

/** Rows that a page key passes. */
const pageRows = 8

interface WorkflowPickerProps extends StartProps {
  /** Whether the search has the focus at first. */
  readonly isFocused?: boolean
}

/** Finds a workflow and starts it; its star makes it a favourite. */
export function WorkflowPicker({ isFocused = false, ...start }: WorkflowPickerProps): ReactElement {
  const { t, locale } = useTexts()
  const state = useAppState()
  const servers = followedServers(state)
  const areSeveral = servers.length > 1
  const areKnown = servers.every(({ workflowsKnown }) => workflowsKnown)
  const [search, setSearch] = useState('')
  const groups = useGroups(state)
  const hintId = useId()
  const nextRuns = useNextRuns(servers.map(({ id }) => id))
  const list = useRef<HTMLDivElement>(null)
  // Whoever looks for a workflow may look for one that is new on its server.
  useEffect(() => send({ kind: 'refreshWorkflows' }), [])
  const { shown, hidden } = shownGroups(groups, search, locale)
  const isSearching = search.trim() !== ''
  const first = isSearching ? shown[0]?.workflows[0] : undefined

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const isInSearch = event.target instanceof HTMLInputElement
    // In the field these keys move its caret.
    if (isInSearch && (event.key === 'Home' || event.key === 'End')) return
    const isEnter = isInSearch && event.key === 'Enter' && !event.nativeEvent.isComposing
    if (isEnter && first?.workflow.isEnabled === true) {
      event.preventDefault()
      if (event.shiftKey) start.onAskVariables(first)
      else start.onStart(first)
      return
    }
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>('.workflow-start') ?? [])]
    const at = buttons.findIndex((button) => button.parentElement?.contains(document.activeElement))
    // Where nothing is searched for, nothing is started unseen.
    const index = movedIndex(isEnter ? 'ArrowDown' : event.key, at, buttons.length, pageRows)
    if (index === null) return
    event.preventDefault()
    buttons[index]?.focus()
  }

  if (groups.length === 0)
    return <p className="picker-note">{t(areKnown ? 'jobs.start.none' : 'jobs.start.loading')}</p>
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it hears the keys of the controls inside of it
    <div className="picker" onKeyDown={onKeyDown}>
      <div className="picker-search">
        <SearchIcon />
        <input
          id={focusTargets.workflowSearch}
          className="input"
          type="search"
          aria-label={t('jobs.start.search')}
          aria-describedby={hintId}
          placeholder={t('jobs.start.search')}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- only where the person has just asked for it: in the popover
          autoFocus={isFocused}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <span id={hintId} hidden>
          {t('jobs.start.searchHint')}
        </span>
      </div>
      <div className="picker-list" ref={list}>
        {shown.map((group) => (
          <Group
            key={groupKey(group)}
            group={group}
            isNamed={groups.length > 1 && !isSearching}
            isServerSaid={areSeveral}
          >
            {group.workflows.map((one) => (
              <WorkflowRow
                key={workflowKey(one)}
                one={one}
                isServerSaid={areSeveral && group.server === null}
                isFirst={one === first}
                nextRunAt={nextRuns.get(workflowKey(one)) ?? null}
                {...start}
              />
            ))}
          </Group>
        ))}
      </div>
      <output className="picker-note">
        {shown.length === 0 && t('jobs.start.noMatch')}
        {hidden > 0 && t('jobs.start.more', { count: hidden })}
      </output>
    </div>
  )
}

const groupKey = ({ kind, server, word }: WorkflowGroup): string => `${kind} ${server?.id} ${word}`

interface GroupProps {
  readonly group: WorkflowGroup
  /** Whether its heading is seen. */
  readonly isNamed: boolean
  /** Whether that says the server of them all, where they have one. */
  readonly isServerSaid: boolean
  readonly children: readonly ReactElement[]
}

function Group({ group, isNamed, isServerSaid, children }: GroupProps): ReactElement {
  const { t } = useTexts()
  const id = useId()
  const { kind, server, word } = group
  const what = kind === 'word' ? word : t(`jobs.start.group.${kind}`)
  const title = isServerSaid && server !== null ? [server.name, what].join(' · ') : what
  return (
    <>
      {isNamed && (
        <h3 className="picker-heading" id={id}>
          {title}
        </h3>
      )}
      <ul {...(isNamed ? { 'aria-labelledby': id } : { 'aria-label': t('jobs.start.workflows') })}>
        {children}
      </ul>
    </>
  )
}

/** Sorting many takes longer than a keystroke may: they are sorted anew only where something else of them is shown. */
const useGroups = (state: AppState): readonly WorkflowGroup[] => {
  const { locale } = useTexts()
  const jobs = useJobs()
  const [found, setFound] = useState(() => preferredOf(state, jobs, null))
  const preferred = preferredOf(state, jobs, found)
  if (preferred !== found) setFound(preferred)
  return useMemo(
    () => groupedWorkflows(serverWorkflows(followedServers(state)), preferred, locale),
    [state, preferred, locale],
  )
}
