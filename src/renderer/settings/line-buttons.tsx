import type { ReactElement } from 'react'
import { useTexts } from '../hooks.ts'
import { ActionIcon } from '../jobs/actions/action-icon.tsx'

interface LineButtonsProps {
  /** What the line is about, for who hears the buttons without it. */
  readonly name: string
  readonly onEdit: () => void
  readonly onRemove: () => void
}

/** The buttons that change what a line of a list in the settings is about, and take it away. */
export function LineButtons({ name, onEdit, onRemove }: LineButtonsProps): ReactElement {
  const { t } = useTexts()
  const label = (action: string): string => t('job.actionOf', { action, workflow: name })
  const [edit, remove] = [t('settings.rules.edit'), t('settings.rules.remove')]
  return (
    <>
      <button type="button" className="button" aria-label={label(edit)} onClick={onEdit}>
        {edit}
      </button>
      <button
        type="button"
        className="button rule-tool"
        aria-label={label(remove)}
        title={remove}
        onClick={onRemove}
      >
        <ActionIcon name="close" />
      </button>
    </>
  )
}
