import { type ReactElement, useRef, useState } from 'react'
import { mostTargets } from '../../shared/choices.ts'
import { useStore, useTexts } from '../hooks.ts'
import { Section } from './section.tsx'
import { TargetDialog } from './target-dialog.tsx'
import { draftOf, newDraft, type TargetDraft } from './target-draft.ts'
import { TargetLine } from './target-line.tsx'
import type { SettingsProps } from './use-settings-changes.ts'

/** Where the ends of jobs go besides, for who is not at this computer. */
export function HandOnSection({ settings: { targets } }: Pick<SettingsProps, 'settings'>): ReactElement {
  const { t } = useTexts()
  const { removeTarget } = useStore()
  const [edited, setEdited] = useState<TargetDraft | null>(null)
  const [isNotRemoved, setNotRemoved] = useState(false)
  const add = useRef<HTMLButtonElement>(null)
  const remove = (id: string): void => {
    setNotRemoved(false)
    removeTarget(id).catch(() => setNotRemoved(true))
    add.current?.focus()
  }
  return (
    <Section title={t('settings.handOn.title')} hint={t('settings.handOn.hint')}>
      {targets.length > 0 && (
        <ul className="rules">
          {targets.map((target) => (
            <TargetLine
              key={target.id}
              target={target}
              onEdit={() => setEdited(draftOf(target))}
              onRemove={() => remove(target.id)}
            />
          ))}
        </ul>
      )}
      <div className="settings-line">
        <button
          ref={add}
          type="button"
          className="button"
          disabled={targets.length >= mostTargets}
          onClick={() => setEdited(newDraft(crypto.randomUUID()))}
        >
          {t('settings.handOn.add')}
        </button>
        <output className="settings-status field-error">
          {isNotRemoved && t('settings.handOn.notRemoved')}
        </output>
      </div>
      {edited !== null && (
        <TargetDialog
          draft={edited}
          // One that was given up while it was being saved must not close the next.
          onClose={() => setEdited((now) => (now === edited ? null : now))}
        />
      )}
    </Section>
  )
}
