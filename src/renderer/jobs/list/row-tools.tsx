import type { ReactElement } from 'react'
import { useTexts } from '../../hooks.ts'
import { ActionIcon } from '../actions/action-icon.tsx'
import { buttonOf, type MainAction, rowActions } from '../actions/actions-of.ts'
import { useJobMenu } from '../actions/job-menu.tsx'
import { useActionsState, useJobActions } from '../actions/use-actions.ts'
import { standingOf } from './arrange.ts'
import type { PlacedRow } from './layout.ts'
import type { JobListModel } from './use-job-list.ts'

interface RowToolsProps {
  readonly model: JobListModel
  /** The index of the row under the pointer; -1 for none. */
  readonly hovered: number
  /** The index of the selected row; -1 for none. */
  readonly selected: number
}

/**
 * The buttons of the rows: of those that need the person always, else of the one under the pointer and the selected one.
 * They lie over the list and not in it, since an option of a list can hold no buttons.
 */
export function RowTools({ model, hovered, selected }: RowToolsProps): ReactElement {
  const { rows } = model.layout
  const shown = [...new Set([hovered, selected])].flatMap((index) => rows[index] ?? [])
  const needing = rows
    .slice(0, mostNeeding)
    .filter((row) => !shown.includes(row) && standingOf(row.entry.job, true) === 'needsYou')
  return (
    <div className="row-tools-layer">
      {needing.map((row) => (
        <Tools key={row.entry.job.key} row={row} isFull={false} isHovered={false} isSelected={false} />
      ))}
      {shown.map((row) => (
        <Tools
          key={row.entry.job.key}
          row={row}
          isFull
          isHovered={row.index === hovered}
          isSelected={row.index === selected}
        />
      ))}
    </div>
  )
}

/** They stand at the top, so that nobody has to be looked for further down. */
const mostNeeding = 40

interface ToolsProps {
  readonly row: PlacedRow
  /** With all that its state allows. */
  readonly isFull: boolean
  readonly isHovered: boolean
  readonly isSelected: boolean
}

function Tools({ row, isFull, isHovered, isSelected }: ToolsProps): ReactElement | null {
  const { t } = useTexts()
  const { allowed, act } = useJobActions()
  const { pending } = useActionsState()
  const openMenu = useJobMenu()
  const { job } = row.entry
  const actions = allowed(job)
  if (actions.length === 0) return null
  const { actions: main, isDecision } = rowActions(actions)
  const wish = pending.get(job.key) ?? job.asked
  const classes = [
    'row-tools',
    ...(isHovered ? ['row-tools-hovered'] : []),
    ...(isDecision ? ['row-tools-always'] : []),
    ...(isSelected ? ['row-tools-selected'] : []),
  ].join(' ')
  return (
    <fieldset
      className={classes}
      aria-label={t('job.menu', { workflow: job.workflowName })}
      data-tools={row.index}
      style={{ insetBlockStart: row.top }}
    >
      {main.map((action) => (
        <ToolButton
          key={buttonOf(action)}
          action={action}
          word={t(`job.action.${action}`)}
          label={t('job.actionOf', { action: t(`job.action.${action}`), workflow: job.workflowName })}
          isWorded={isDecision}
          isBusy={wish === action}
          onClick={() => act(action, job)}
        />
      ))}
      {isFull && (
        <button
          type="button"
          className={isDecision ? 'tool tool-first' : 'tool'}
          title={t('job.more')}
          aria-label={t('job.actionOf', { action: t('job.more'), workflow: job.workflowName })}
          aria-haspopup="menu"
          onClick={({ currentTarget }) => {
            const { left, bottom } = currentTarget.getBoundingClientRect()
            openMenu(job.key, { x: left, y: bottom })
          }}
        >
          <ActionIcon name="more" />
        </button>
      )}
    </fieldset>
  )
}

interface ToolButtonProps {
  readonly action: MainAction
  readonly word: string
  readonly label: string
  readonly isWorded: boolean
  readonly isBusy: boolean
  readonly onClick: () => void
}

function ToolButton({ action, word, label, isWorded, isBusy, onClick }: ToolButtonProps): ReactElement {
  return (
    <button
      type="button"
      className={isWorded ? 'tool tool-worded' : 'tool'}
      title={isWorded ? undefined : word}
      aria-label={label}
      aria-busy={isBusy}
      onClick={onClick}
    >
      {isWorded ? word : <ActionIcon name={action} />}
    </button>
  )
}
