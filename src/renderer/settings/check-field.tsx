import { type ReactElement, useId } from 'react'
import './fields.css'

interface CheckFieldProps {
  readonly label: string
  readonly hint?: string
  readonly isOn: boolean
  readonly isDisabled?: boolean
  readonly onChange: (isOn: boolean) => void
}

/** A choice between yes and no. */
export function CheckField({
  label,
  hint,
  isOn,
  isDisabled = false,
  onChange,
}: CheckFieldProps): ReactElement {
  const id = useId()
  return (
    <div className="check-field">
      <label className="settings-choice">
        <input
          type="checkbox"
          checked={isOn}
          disabled={isDisabled}
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
