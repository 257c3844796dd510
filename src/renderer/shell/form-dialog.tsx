import { type ReactElement, type ReactNode, useId } from 'react'
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
  readonly onSave: () => void
  readonly onClose: () => void
}

/** A form before everything else, until it is saved or given up. */
export function FormDialog({ title, children, problem, onSave, onClose }: FormDialogProps): ReactElement {
  const { t } = useTexts()
  const id = useId()
  const modal = useCancelledModal(onClose)
  return (
    <dialog {...modal} className="ask form-dialog" aria-labelledby={id}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onSave()
        }}
      >
        <h2 id={id}>{title}</h2>
        <div className="form-dialog-fields">{children}</div>
        <div role="alert">{problem !== null && <p className="field-error">{problem}</p>}</div>
        <div className="ask-actions">
          <button type="button" className="button" onClick={onClose}>
            {t('button.cancel')}
          </button>
          <button type="submit" className="button button-primary">
            {t('button.save')}
          </button>
        </div>
      </form>
    </dialog>
  )
}
