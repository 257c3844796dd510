import { type ReactElement, useEffect, useId, useRef, useState } from 'react'
import { useLook, useStore, useTexts } from '../hooks.ts'
import { Key } from './key.tsx'
import { useKeys } from './keys/use-keys.ts'
import { PlayIcon } from './picker-icons.tsx'
import { WorkflowPicker } from './workflow-picker.tsx'
import type { StartProps } from './workflow-row.tsx'
import './picker.css'

/** Opens the list of workflows under itself. Escape and a click elsewhere close it: the platform's own popover. */
export function StartButton({ onStart, onAskVariables }: StartProps): ReactElement {
  const { t } = useTexts()
  const id = useId()
  const popover = useRef<HTMLDialogElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const { isFinding } = useLook()
  const { setFinding } = useStore()
  useEffect(() => {
    if (!isFinding) return
    setFinding(false)
    if (popover.current?.matches(':popover-open') === false) popover.current.showPopover()
  }, [isFinding, setFinding])
  useKeys({ n: () => button.current?.click() })
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button button-primary start-button"
        aria-label={t('jobs.start.button')}
        popoverTarget={id}
      >
        <PlayIcon />
        <span className="start-word">{t('jobs.start.word')}</span>
        <Key name="N" />
      </button>
      <dialog
        id={id}
        ref={popover}
        popover="auto"
        aria-label={t('jobs.start.button')}
        className="start-popover"
        // It opens with its list in it, and gives the focus back before that is gone.
        onBeforeToggle={({ newState }) => newState === 'open' && setOpen(true)}
        onToggle={({ newState }) => newState === 'closed' && setOpen(false)}
      >
        {isOpen && (
          <WorkflowPicker
            isFocused
            onStart={(workflow) => {
              popover.current?.hidePopover()
              onStart(workflow)
            }}
            onAskVariables={(workflow) => {
              popover.current?.hidePopover()
              onAskVariables(workflow)
            }}
          />
        )}
      </dialog>
    </>
  )
}
