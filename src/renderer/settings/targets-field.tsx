import type { ReactElement } from 'react'
import { useSettings, useTexts } from '../hooks.ts'
import './fields.css'

interface TargetsFieldProps {
  /** The ids of those that are chosen. */
  readonly value: readonly string[]
  readonly onChange: (value: string[]) => void
}

/** A choice of targets; nothing where there are none to choose from. */
export function TargetsField({ value, onChange }: TargetsFieldProps): ReactElement | null {
  const { t } = useTexts()
  const { targets } = useSettings()
  if (targets.length === 0) return null
  const choose = (id: string, isOn: boolean): void => {
    const ids = targets.map((target) => target.id)
    onChange(ids.filter((one) => (one === id ? isOn : value.includes(one))))
  }
  return (
    <fieldset className="radio-field">
      <legend>{t('settings.rules.handOn')}</legend>
      <div className="radios">
        {targets.map(({ id, name }) => (
          <label key={id} className="settings-choice" dir="auto">
            <input
              type="checkbox"
              checked={value.includes(id)}
              onChange={({ target }) => choose(id, target.checked)}
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
