import { type KeyboardEvent, type ReactElement, useId, useState } from 'react'
import { bridge } from '../bridge.ts'
import { useSystem, useTexts } from '../hooks.ts'
import { acceleratorOf } from './accelerator.ts'
import type { SettingsProps } from './use-settings-changes.ts'

/** The keys that find a workflow from every program; the system may refuse them. */
export function ShortcutField({ settings: { shortcut }, change }: SettingsProps): ReactElement {
  const { t } = useTexts()
  const id = useId()
  const isLinux = useSystem() === 'linux'
  const [isRecording, setRecording] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const set = async (accelerator: string | null): Promise<void> => {
    setRecording(false)
    setRefused(null)
    const isSet = await bridge.run({ kind: 'setShortcut', accelerator }).catch(() => false)
    if (isSet) change((before) => ({ ...before, shortcut: accelerator }))
    else {
      setRefused(accelerator)
      // What was there before is the person's again.
      await bridge.run({ kind: 'setShortcut', accelerator: shortcut }).catch(() => false)
    }
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isRecording || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    const accelerator = acceleratorOf(event)
    if (event.key === 'Escape') setRecording(false)
    else if (accelerator !== null) void set(accelerator)
  }
  return (
    <div className="shortcut-field">
      <span id={id}>{t('settings.behaviour.shortcut.label')}</span>
      <div className="settings-line">
        <button
          type="button"
          className="button"
          aria-describedby={id}
          onClick={() => setRecording(true)}
          onKeyDown={onKeyDown}
          onBlur={() => setRecording(false)}
        >
          {isRecording
            ? t('settings.behaviour.shortcut.press')
            : (shortcut ?? t('settings.behaviour.shortcut.choose'))}
        </button>
        {shortcut !== null && (
          <button type="button" className="button" onClick={() => void set(null)}>
            {t('settings.behaviour.shortcut.remove')}
          </button>
        )}
      </div>
      {refused !== null && (
        <p className="field-error" role="alert">
          {t('settings.behaviour.shortcut.refused', { keys: refused })}
        </p>
      )}
      <p className="muted small">
        {t('settings.behaviour.shortcut.hint')}
        {isLinux && ` ${t('settings.behaviour.shortcut.wayland')}`}
      </p>
    </div>
  )
}
