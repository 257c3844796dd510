import { type ReactElement, useId } from 'react'
import { useTexts } from '../hooks.ts'
import { ActionIcon } from '../jobs/actions/action-icon.tsx'
import type { FieldProblem, VariableField } from './variable-fields.ts'

interface RowProps {
  readonly field: VariableField
  /** What is said to be wrong with it; null for nothing. */
  readonly problem: FieldProblem | null
  readonly onChange: (part: Partial<VariableField>) => void
}

/** A variable that the workflow takes. Where it has a value of its own there is nothing to type. */
export function TakenVariableField({ field, problem, onChange }: RowProps): ReactElement {
  const { t } = useTexts()
  const id = useId()
  const { name, ownValue, isSecret } = field
  if (ownValue !== null)
    return (
      <div className="field">
        <label htmlFor={id}>{name}</label>
        <input id={id} className="input" value={ownValue} disabled aria-describedby={`${id}-hint`} />
        <p className="muted small" id={`${id}-hint`}>
          {t('variables.ownWins')}
        </p>
      </div>
    )
  return (
    <div className="field">
      <label htmlFor={id}>{name}</label>
      <div className="field-line">
        <ValueInput id={id} field={field} problem={problem} onChange={onChange} />
        <SecretBox name={name} isSecret={isSecret} onChange={onChange} />
      </div>
      <Notes id={id} problem={problem} isSecret={isSecret} />
    </div>
  )
}

/** A variable that the person adds by its name. */
export function AddedVariable({
  field,
  problem,
  onChange,
  onRemove,
}: RowProps & { readonly onRemove: () => void }): ReactElement {
  const { t } = useTexts()
  const id = useId()
  const { name, isSecret } = field
  const said = name === '' ? t('variables.unnamed') : name
  const isOfName = problem !== null && problem !== 'tooLong'
  return (
    <div className="field">
      <div className="field-line variable-added">
        <input
          className="input variable-name"
          aria-label={t('variables.name')}
          placeholder={t('variables.name')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={name}
          aria-invalid={isOfName}
          aria-describedby={isOfName ? `${id}-error` : undefined}
          onChange={({ target }) => onChange({ name: target.value.trim() })}
        />
        <ValueInput
          id={id}
          label={t('variables.valueOf', { name: said })}
          field={field}
          problem={isOfName ? null : problem}
          onChange={onChange}
        />
        <SecretBox name={said} isSecret={isSecret} onChange={onChange} />
        <button
          type="button"
          className="tool"
          aria-label={t('variables.removeOf', { name: said })}
          title={t('variables.removeOf', { name: said })}
          onClick={onRemove}
        >
          <ActionIcon name="close" />
        </button>
      </div>
      <Notes id={id} problem={problem} isSecret={isSecret} />
    </div>
  )
}

interface ValueInputProps extends RowProps {
  readonly id: string
  /** Where no label stands beside it. */
  readonly label?: string
}

function ValueInput({ id, label, field, problem, onChange }: ValueInputProps): ReactElement {
  const { t } = useTexts()
  const described = [
    ...(problem === null ? [] : [`${id}-error`]),
    ...(field.isSecret ? [`${id}-secret`] : []),
  ].join(' ')
  return (
    <input
      id={id}
      className="input"
      type={field.isSecret ? 'password' : 'text'}
      aria-label={label}
      placeholder={label === undefined ? undefined : t('variables.value')}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      value={field.value}
      aria-invalid={problem !== null}
      aria-describedby={described === '' ? undefined : described}
      onChange={({ target }) => onChange({ value: target.value })}
    />
  )
}

interface SecretBoxProps {
  readonly name: string
  readonly isSecret: boolean
  readonly onChange: (part: Pick<VariableField, 'isSecret'>) => void
}

function SecretBox({ name, isSecret, onChange }: SecretBoxProps): ReactElement {
  const { t } = useTexts()
  return (
    <label className="variable-secret">
      <input
        type="checkbox"
        aria-label={t('variables.secretOf', { name })}
        checked={isSecret}
        onChange={({ target }) => onChange({ isSecret: target.checked })}
      />
      {t('variables.secret')}
    </label>
  )
}

interface NotesProps {
  /** Of the value's field. */
  readonly id: string
  readonly problem: FieldProblem | null
  readonly isSecret: boolean
}

function Notes({ id, problem, isSecret }: NotesProps): ReactElement {
  const { t } = useTexts()
  return (
    <>
      {problem !== null && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {t(`variables.problem.${problem}`)}
        </p>
      )}
      {isSecret && (
        <p className="muted small" id={`${id}-secret`}>
          {t('variables.secretHint')}
        </p>
      )}
    </>
  )
}
