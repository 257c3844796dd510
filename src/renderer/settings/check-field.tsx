import { type ReactElement, useId } from 'react'
import './fields.css'

interface CheckFieldProps {
  readonly label: string
  readonly hint?: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

/** A choice between yes and no. */
export function CheckField({ label, hint, isOn, onChange }: CheckFieldProps): ReactElement {
  const id = useId()
  return (
    <div className="check-field">
      <label className="settings-choice">
        <input
          type="checkbox"
          checked={isOn}
          aria-describedby={hint === undefined ? undefined : id}
          onChange={({ target }) => onChange(target.checked)}
        />
        {label}
      </label>
      {hint !== undefined && (
        <p className="muted small" id={id}>
          {hint}
        </p>
      )}
    </div>
  )
}
