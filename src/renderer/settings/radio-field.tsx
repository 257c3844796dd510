import { type ReactElement, useId } from 'react'
import './fields.css'

interface RadioFieldProps<Value extends string> {
  readonly label: string
  /** What it means that this one is chosen. */
  readonly hint?: string | undefined
  readonly values: readonly Value[]
  readonly value: Value
  readonly nameOf: (value: Value) => string
  readonly onChange: (value: Value) => void
}

/** A choice of one among few, all of which can be seen. */
export function RadioField<Value extends string>({
  label,
  hint,
  values,
  value,
  nameOf,
  onChange,
}: RadioFieldProps<Value>): ReactElement {
  const id = useId()
  return (
    <fieldset className="radio-field" aria-describedby={hint === undefined ? undefined : `${id}-hint`}>
      <legend>{label}</legend>
      <div className="radios">
        {values.map((one) => (
          <label key={one} className="settings-choice">
            <input type="radio" name={id} checked={one === value} onChange={() => onChange(one)} />
            {nameOf(one)}
          </label>
        ))}
      </div>
      {hint !== undefined && (
        <p className="muted small" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </fieldset>
  )
}
