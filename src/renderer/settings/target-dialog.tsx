import { type ReactElement, useId, useState } from 'react'
import { targetKinds } from '../../shared/choices.ts'
import type { HandOnFailure } from '../../shared/hand-on.ts'
import { Field } from '../connect/field.tsx'
import { FileField } from '../connect/file-field.tsx'
import { useStore, useTexts } from '../hooks.ts'
import { FormDialog } from '../shell/form-dialog.tsx'
import { CheckField } from './check-field.tsx'
import { RadioField } from './radio-field.tsx'
import { type TargetDraft, targetOf } from './target-draft.ts'

interface TargetDialogProps {
  /** What the form is filled in with; of a new one the name is empty. */
  readonly draft: TargetDraft
  readonly onClose: () => void
}

/** Asks where ends are to be handed on to, and saves that. */
export function TargetDialog({ draft, onClose }: TargetDialogProps): ReactElement {
  const { t } = useTexts()
  const { saveTarget } = useStore()
  const [wanted, setWanted] = useState(draft)
  const [address, setAddress] = useState('')
  const [failure, setFailure] = useState<HandOnFailure | 'fault' | null>(null)
  const [isSaving, setSaving] = useState(false)
  const edit = (part: Partial<TargetDraft>): void => setWanted((before) => ({ ...before, ...part }))
  const { kind } = wanted
  const canKeepAddress = draft.name !== '' && kind === draft.kind
  const save = async (): Promise<void> => {
    const target = targetOf(wanted, t(`settings.handOn.kinds.${kind}`))
    setSaving(true)
    const answer = await saveTarget(target, address).catch(() => 'fault' as const)
    setSaving(false)
    if (answer === null) onClose()
    else setFailure(answer)
  }
  const problem =
    failure === null || failure === 'fault' ? null : t(`handOn.problem.${failure.problem}`, failure)
  return (
    <FormDialog
      title={t('settings.handOn.dialog')}
      problem={failure === 'fault' ? t('settings.handOn.notSaved') : null}
      saving={isSaving ? t('settings.handOn.saving') : null}
      onSave={() => void save()}
      onClose={onClose}
    >
      <RadioField
        label={t('settings.handOn.kind')}
        values={targetKinds}
        value={kind}
        nameOf={(one) => t(`settings.handOn.kinds.${one}`)}
        onChange={(one) => edit({ kind: one })}
      />
      <Field
        name="name"
        label={t('settings.handOn.name')}
        error={null}
        value={wanted.name}
        onChange={(name) => edit({ name: name.slice(0, 100) })}
        autoComplete="off"
      />
      {kind === 'program' ? (
        <ProgramFields draft={wanted} problem={problem} onEdit={edit} />
      ) : (
        <Field
          name="address"
          label={t('settings.handOn.address')}
          hint={t(canKeepAddress ? 'settings.handOn.addressKept' : `settings.handOn.addressHints.${kind}`)}
          error={problem}
          remedy={/^http:/iu.test(address.trim()) && <p className="small">{t('settings.handOn.clear')}</p>}
          inputMode="url"
          value={address}
          onChange={setAddress}
          autoComplete="off"
        />
      )}
      <CheckField
        label={t('settings.handOn.isForAll')}
        isOn={wanted.isForAll}
        onChange={(isForAll) => edit({ isForAll })}
      />
    </FormDialog>
  )
}

interface ProgramFieldsProps {
  readonly draft: TargetDraft
  /** What is wrong with the program; null for nothing. */
  readonly problem: string | null
  readonly onEdit: (part: Partial<TargetDraft>) => void
}

function ProgramFields({ draft: { program, args }, problem, onEdit }: ProgramFieldsProps): ReactElement {
  const { t } = useTexts()
  const id = useId()
  return (
    <>
      <FileField
        name="program"
        label={t('settings.handOn.program')}
        error={problem}
        value={program}
        onChange={(path) => onEdit({ program: path })}
      />
      <div className="field">
        <label htmlFor={id}>{t('settings.handOn.args')}</label>
        <textarea
          id={id}
          className="input"
          rows={3}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          aria-describedby={`${id}-hint`}
          value={args}
          onChange={({ target }) => onEdit({ args: target.value })}
        />
        <p className="muted small" id={`${id}-hint`}>
          {t('settings.handOn.argsHint')}
        </p>
      </div>
    </>
  )
}
