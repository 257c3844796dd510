import { type ReactElement, useId } from 'react'
import { isolated } from '../../shared/isolated.ts'
import { send } from '../bridge.ts'
import { useActions, useNow, useTexts } from '../hooks.ts'
import { nextRunText } from './next-run-text.ts'
import { OutsideIcon, StarIcon, VariablesIcon } from './picker-icons.tsx'
import type { ServerWorkflow } from './workflow-order.ts'

/** What becomes of the workflow that is chosen. */
export interface StartProps {
  readonly onStart: (workflow: ServerWorkflow) => void
  /** It shall be started with variables, which are still to be said. */
  readonly onAskVariables: (workflow: ServerWorkflow) => void
}

interface WorkflowRowProps extends StartProps {
  readonly one: ServerWorkflow
  /** Whether it says its server. */
  readonly isServerSaid: boolean
  /** Whether Enter in the search starts it. */
  readonly isFirst: boolean
  /** When it runs next by its schedule; null where it has none, or that is not known. */
  readonly nextRunAt: number | null
}

/** A workflow, and what can be done with it. */
export function WorkflowRow({
  one,
  isServerSaid,
  isFirst,
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
    ...(isServerSaid ? [isolated(server.name)] : []),
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
    <li className={isFirst ? 'workflow workflow-first' : 'workflow'}>
      <div className="workflow-text">
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
          <bdi className="workflow-name">{name}</bdi>
          {isFirst && isEnabled && <kbd className="key key-drawn" data-key="↵" aria-hidden="true" />}
        </button>
        {notes.length > 0 && (
          <span className="workflow-note" id={noteId}>
            {notes.join(' · ')}
          </span>
        )}
      </div>
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
