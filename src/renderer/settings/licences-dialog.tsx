import { type ReactElement, useId } from 'react'
import { useTexts } from '../hooks.ts'
import { useModal } from '../shell/use-modal.ts'

interface LicencesDialogProps {
  readonly text: string
  readonly onClose: () => void
}

/** The notices of the packages that the app is made with. */
export function LicencesDialog({ text, onClose }: LicencesDialogProps): ReactElement {
  const { t } = useTexts()
  const id = useId()
  const dialog = useModal()
  return (
    <dialog ref={dialog} className="licences" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{t('settings.support.licences')}</h2>
      <pre>{text}</pre>
      <button type="button" className="button button-primary" onClick={onClose}>
        {t('button.close')}
      </button>
    </dialog>
  )
}
