import { type ReactElement, useRef, useState } from 'react'
import { mostRules } from '../../shared/choices.ts'
import type { NotificationRule } from '../../shared/settings.ts'
import { useTexts } from '../hooks.ts'
import { RuleDialog } from './rule-dialog.tsx'
import { RuleLine, type RuleMove } from './rule-line.tsx'
import { moved, newRule, withRule } from './rules.ts'
import { Section } from './section.tsx'
import type { SettingsProps } from './use-settings-changes.ts'

/** The rule that is being made or changed: at -1 a new one. */
interface Edited {
  readonly index: number
  readonly rule: NotificationRule
}

/** What holds for some jobs in place of what is set for their outcomes. */
export function RulesSection({ settings: { rules }, change }: SettingsProps): ReactElement {
  const { t } = useTexts()
  const [edited, setEdited] = useState<Edited | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const add = useRef<HTMLButtonElement>(null)
  const edit = (of: (before: readonly NotificationRule[]) => NotificationRule[]): void =>
    change((before) => ({ ...before, rules: of(before.rules) }))
  const move = (from: number, by: RuleMove): void => {
    edit((before) => moved(before, from, from + by))
    // The buttons stay where they are; who moves a rule goes with it.
    requestAnimationFrame(() =>
      list.current?.children[from + by]?.querySelector<HTMLElement>(`[data-move="${by}"]`)?.focus(),
    )
  }
  const remove = (index: number): void => {
    edit((before) => before.toSpliced(index, 1))
    add.current?.focus()
  }
  return (
    <Section title={t('settings.rules.title')} hint={t('settings.rules.hint')}>
      {rules.length > 0 && (
        <ol className="rules" ref={list}>
          {rules.map((rule, index) => (
            <RuleLine
              // oxlint-disable-next-line react/no-array-index-key -- its place is all that tells a rule from one like it
              key={index}
              rule={rule}
              canMove={{ up: index > 0, down: index < rules.length - 1 }}
              onEdit={() => setEdited({ index, rule })}
              onMove={(by) => move(index, by)}
              onRemove={() => remove(index)}
            />
          ))}
        </ol>
      )}
      <div className="settings-line">
        <button
          ref={add}
          type="button"
          className="button"
          disabled={rules.length >= mostRules}
          onClick={() => setEdited({ index: -1, rule: newRule({}) })}
        >
          {t('settings.rules.add')}
        </button>
      </div>
      {edited !== null && (
        <RuleDialog
          rule={edited.rule}
          onSave={(rule) => {
            edit((before) => withRule(before, edited.index, rule))
            setEdited(null)
          }}
          onClose={() => setEdited(null)}
        />
      )}
    </Section>
  )
}
