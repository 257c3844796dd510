import { type ReactElement, useId, useLayoutEffect, useRef } from 'react'
import { useTexts } from '../hooks.ts'
import { useCancelledModal } from './use-modal.ts'
import './ask-dialog.css'

interface AskDialogProps {
  readonly title: string
  /** What it means, a paragraph each. */
  readonly texts: readonly string[]
  /** The button that does what was asked for. */
  readonly doLabel: string
  /** Whether Enter does it at once: for who has asked for it by a key, and is only asked whether they meant to. */
  readonly isDoFirst?: boolean
  readonly onDo: () => void
  readonly onCancel: () => void
}

/** Asks before something is done. */
export function AskDialog({
  title,
  texts,
  doLabel,
  isDoFirst = false,
  onDo,
  onCancel,
}: AskDialogProps): ReactElement {
  const { t } = useTexts()
  const id = useId()
  const modal = useCancelledModal(onCancel)
  const doButton = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    if (isDoFirst) doButton.current?.focus()
  }, [isDoFirst])
  return (
    <dialog {...modal} className="ask" aria-labelledby={`${id}-title`} aria-describedby={`${id}-text`}>
      <h2 id={`${id}-title`}>{title}</h2>
      <div className="ask-text" id={`${id}-text`}>
        {texts.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
      <div className="ask-actions">
        <button type="button" className="button" onClick={onCancel}>
          {t('button.cancel')}
        </button>
        <button type="button" className="button button-primary" ref={doButton} onClick={onDo}>
          {doLabel}
        </button>
      </div>
    </dialog>
  )
}
