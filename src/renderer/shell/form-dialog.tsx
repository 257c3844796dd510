import { type ReactElement, type ReactNode, useEffect, useId, useState } from 'react'
import { useTexts } from '../hooks.ts'
import { useCancelledModal } from './use-modal.ts'
import './ask-dialog.css'
import './form-dialog.css'

interface FormDialogProps {
  readonly title: string
  /** The fields. */
  readonly children: ReactNode
  /** What went wrong with saving it; null for nothing. */
  readonly problem: string | null
  /** What is said while it takes long to be saved; null while nothing is being saved. */
  readonly saving?: string | null
  readonly onSave: () => void
  readonly onClose: () => void
}

/** Milliseconds that saving takes at most where nobody is asked: a sentence that is gone sooner could not be read. */
const usualSavingMs = 1000

/** A form before everything else, until it is saved or given up. */
export function FormDialog({
  title,
  children,
  problem,
  saving = null,
  onSave,
  onClose,
}: FormDialogProps): ReactElement {
  const { t } = useTexts()
  const id = useId()
  const modal = useCancelledModal(onClose)
  return (
    <dialog {...modal} className="ask form-dialog" aria-labelledby={id}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (saving === null) onSave()
        }}
      >
        <h2 id={id}>{title}</h2>
        <div className="form-dialog-fields">{children}</div>
        <div>
          <div role="alert">{problem !== null && <p className="field-error">{problem}</p>}</div>
          <output>{saving !== null && <LongSaving text={saving} />}</output>
        </div>
        <div className="ask-actions">
          <button type="button" className="button" onClick={onClose}>
            {t('button.cancel')}
          </button>
          {/* Not `disabled` while it saves: the focus would be lost. */}
          <button type="submit" className="button button-primary" aria-busy={saving !== null}>
            {saving !== null && <span className="spinner" aria-hidden="true" />}
            {t('button.save')}
          </button>
        </div>
      </form>
    </dialog>
  )
}

/** Says nothing of what is saved at once. */
function LongSaving({ text }: { readonly text: string }): ReactElement | null {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), usualSavingMs)
    return () => clearTimeout(timer)
  }, [])
  return isLong ? <p className="muted small">{text}</p> : null
}
