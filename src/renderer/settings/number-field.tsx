import { type ReactElement, useId, useState } from 'react'
import { type Limits, parseNumber } from './number-limits.ts'
import './fields.css'

interface NumberFieldProps {
  readonly label: string
  readonly value: number
  readonly limits: Limits
  /** What the number means. */
  readonly hint: string
  /** What of `value` holds until a number that main takes was typed. */
  readonly invalid: string
  readonly onChange: (value: number) => void
}

/** A whole number within limits. What main would not take changes nothing, and says so. */
export function NumberField({
  label,
  value,
  limits,
  hint,
  invalid,
  onChange,
}: NumberFieldProps): ReactElement {
  const id = useId()
  // Null: nothing is typed, the field shows what is stored.
  const [typed, setTyped] = useState<string | null>(null)
  const [isInvalid, setInvalid] = useState(false)
  const [errorId, hintId] = [`${id}-error`, `${id}-hint`]

  // A smaller number may forget jobs: it counts when it is typed to its end, not digit by digit.
  const finish = (): void => {
    if (typed === null) return
    const parsed = parseNumber(typed, limits)
    setInvalid(parsed === null)
    if (parsed === null) return
    setTyped(null)
    if (parsed !== value) onChange(parsed)
  }

  return (
    <form
      className="number-field"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        finish()
      }}
    >
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        inputMode="numeric"
        autoComplete="off"
        value={typed ?? String(value)}
        aria-invalid={isInvalid}
        aria-describedby={isInvalid ? `${errorId} ${hintId}` : hintId}
        onChange={({ target }) => {
          setTyped(target.value)
          if (isInvalid) setInvalid(parseNumber(target.value, limits) === null)
        }}
        onKeyDown={({ key }) => {
          if (key !== 'Escape') return
          setTyped(null)
          setInvalid(false)
        }}
        onBlur={finish}
      />
      {isInvalid && (
        <p className="field-error" id={errorId} role="alert">
          {invalid}
        </p>
      )}
      <p className="muted small" id={hintId}>
        {hint}
      </p>
    </form>
  )
}
