import { type HTMLInputAutoCompleteAttribute, type ReactElement, type ReactNode, useId } from 'react'

interface FieldProps {
  /** The input's name in its form. */
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** What is wrong with it; null for nothing. */
  readonly error: string | null
  /** What can be done about that. */
  readonly remedy?: ReactNode
  /** A button beside the line. */
  readonly button?: ReactNode
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: 'text' | 'password'
  readonly inputMode?: 'url'
  readonly autoComplete: HTMLInputAutoCompleteAttribute
}

/** A labelled line of text, with the place where its problem is told. */
export function Field({
  name,
  label,
  hint,
  error,
  remedy,
  button,
  value,
  onChange,
  type = 'text',
  inputMode,
  autoComplete,
}: FieldProps): ReactElement {
  const id = useId()
  const [hintId, errorId] = [`${id}-hint`, `${id}-error`]
  const described = [error === null ? [] : [errorId], hint === undefined ? [] : [hintId]].flat().join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-line">
        <input
          id={id}
          className="input"
          name={name}
          type={type}
          inputMode={inputMode}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          value={value}
          aria-invalid={error !== null}
          aria-describedby={described === '' ? undefined : described}
          onChange={({ target }) => onChange(target.value)}
        />
        {button}
      </div>
      {error !== null && (
        <p className="field-error" id={errorId} role="alert">
          {error}
        </p>
      )}
      {remedy}
      {hint !== undefined && (
        <p className="muted small" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  )
}
