import { type ReactElement, useId, useState } from 'react'
import { urlKinds } from '../../shared/choices.ts'
import type { HandOnFailure, Target } from '../../shared/hand-on.ts'
import { Field } from '../connect/field.tsx'
import { useStore, useTexts } from '../hooks.ts'
import { useModal } from '../shell/use-modal.ts'
import { CheckField } from './check-field.tsx'
import { RadioField } from './radio-field.tsx'
import '../shell/ask-dialog.css'
import './rule-dialog.css'

interface TargetDialogProps {
  /** What the form is filled in with; of a new one the name is empty. */
  readonly target: Target
  readonly onClose: () => void
}

/** Asks where ends are to be handed on to, and saves that. */
export function TargetDialog({ target, onClose }: TargetDialogProps): ReactElement {
  const { t } = useTexts()
  const { saveTarget } = useStore()
  const id = useId()
  const dialog = useModal()
  const [wanted, setWanted] = useState(target)
  const [address, setAddress] = useState('')
  const [failure, setFailure] = useState<HandOnFailure | 'fault' | null>(null)
  const edit = (part: Partial<Target>): void => setWanted((before) => ({ ...before, ...part }))
  const { kind } = wanted
  const canKeepAddress = target.name !== '' && kind === target.kind
  const save = async (): Promise<void> => {
    const name = wanted.name.trim()
    const named = { ...wanted, name: name === '' ? t(`settings.handOn.kinds.${kind}`) : name }
    const answer = await saveTarget(named, address).catch(() => 'fault' as const)
    if (answer === null) onClose()
    else setFailure(answer)
  }
  const problem =
    failure === null || failure === 'fault' ? null : t(`handOn.problem.${failure.problem}`, failure)
  return (
    <dialog
      ref={dialog}
      className="ask rule-dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <h2 id={id}>{t('settings.handOn.dialog')}</h2>
        <div className="rule-fields">
          <RadioField
            label={t('settings.handOn.kind')}
            values={urlKinds}
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
          <CheckField
            label={t('settings.handOn.isForAll')}
            isOn={wanted.isForAll}
            onChange={(isForAll) => edit({ isForAll })}
          />
        </div>
        <div role="alert">
          {failure === 'fault' && <p className="field-error">{t('settings.handOn.notSaved')}</p>}
        </div>
        <div className="ask-actions">
          <button type="button" className="button" onClick={onClose}>
            {t('servers.cancel')}
          </button>
          <button type="submit" className="button button-primary">
            {t('servers.save')}
          </button>
        </div>
      </form>
    </dialog>
  )
}
