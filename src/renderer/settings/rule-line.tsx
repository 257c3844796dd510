import type { ReactElement } from 'react'
import type { NotificationRule } from '../../shared/settings.ts'
import { useAppState, useSettings, useSystem, useTexts } from '../hooks.ts'
import { ActionIcon, type ActionIconName } from '../jobs/actions/action-icon.tsx'
import { LineButtons } from './line-buttons.tsx'
import { ruleText } from './rule-text.ts'

/** To the place before, or to the one after. */
export type RuleMove = -1 | 1

interface RuleLineProps {
  readonly rule: NotificationRule
  readonly canMove: { readonly up: boolean; readonly down: boolean }
  readonly onEdit: () => void
  readonly onMove: (by: RuleMove) => void
  readonly onRemove: () => void
}

/** A rule in words, and what can be done with it. */
export function RuleLine({ rule, canMove, onEdit, onMove, onRemove }: RuleLineProps): ReactElement {
  const { t, locale } = useTexts()
  const { servers } = useAppState()
  const system = useSystem()
  const { workflow, where, what } = ruleText(rule, servers, system, { t, locale })
  const { targets } = useSettings()
  const handedOn = targets.filter(({ id }) => rule.handOn.includes(id)).map(({ name }) => name)
  const list = new Intl.ListFormat(locale, { type: 'unit' })
  const label = (action: 'up' | 'down'): string =>
    t('job.actionOf', { action: t(`settings.rules.${action}`), workflow })
  return (
    <li className="rule">
      <div className="rule-text">
        <p>
          <strong dir="auto">{workflow}</strong> {where !== '' && <span className="muted">{where}</span>}
        </p>
        <p className="small">{what}</p>
        {handedOn.length > 0 && (
          <p className="small">{t('settings.rules.handedOn', { names: list.format(handedOn) })}</p>
        )}
      </div>
      <div className="rule-tools">
        <MoveButton by={-1} icon="up" label={label('up')} isEnabled={canMove.up} onMove={onMove} />
        <MoveButton by={1} icon="down" label={label('down')} isEnabled={canMove.down} onMove={onMove} />
        <LineButtons name={workflow} onEdit={onEdit} onRemove={onRemove} />
      </div>
    </li>
  )
}

interface MoveButtonProps {
  readonly by: RuleMove
  readonly icon: ActionIconName & ('up' | 'down')
  readonly label: string
  readonly isEnabled: boolean
  readonly onMove: (by: RuleMove) => void
}

/** Not `disabled` at the end of the list: who has moved a rule there would lose the focus. */
function MoveButton({ by, icon, label, isEnabled, onMove }: MoveButtonProps): ReactElement {
  const { t } = useTexts()
  return (
    <button
      type="button"
      className="button rule-tool"
      data-move={by}
      aria-label={label}
      title={t(`settings.rules.${icon}`)}
      aria-disabled={!isEnabled}
      onClick={() => isEnabled && onMove(by)}
    >
      <ActionIcon name={icon} />
    </button>
  )
}
