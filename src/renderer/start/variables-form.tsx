import { type ReactElement, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { mostVariables } from '../../shared/variable-limits.ts'
import type { SentVariable, TakenVariable, Variable } from '../../shared/variables.ts'
import { useTexts } from '../hooks.ts'
import { AddedVariable, TakenVariableField } from './variable-row.tsx'
import { fieldsOf, problemOf, type VariableField, variablesToSend, withOneMore } from './variable-fields.ts'

interface VariablesFormProps {
  readonly taken: readonly TakenVariable[]
  /** What is filled in; empty for what was sent last. */
  readonly given: readonly SentVariable[]
  /** Whether a link from outside asks for the start: then nothing here may start it by chance. */
  readonly isFromLink: boolean
  readonly onStart: (variables: readonly Variable[]) => void
  readonly onCancel: () => void
}

/** Milliseconds in which a click that was meant for what this form has covered starts nothing. */
const chanceMs = 1000

const typable = 'input:not([type=checkbox]):enabled'

/** A field for each variable, and the start: Enter in any of them starts. */
export function VariablesForm({
  taken,
  given,
  isFromLink,
  onStart,
  onCancel,
}: VariablesFormProps): ReactElement {
  const { t } = useTexts()
  const [fields, setFields] = useState(() => fieldsOf(taken, given))
  // A name is not told to be wrong while it is typed for the first time; a value that is too long is, at once.
  const [isTried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const mayStart = useDelayed(isFromLink ? chanceMs : 0)
  useLayoutEffect(() => {
    if (isFromLink) return
    const first = form.current?.querySelector<HTMLElement>(typable)
    const start = form.current?.querySelector<HTMLElement>('[type=submit]')
    ;(first ?? start)?.focus()
  }, [isFromLink])

  const change = (id: number, part: Partial<VariableField>): void =>
    setFields((all) => all.map((field) => (field.id === id ? { ...field, ...part } : field)))
  const shownProblem = (field: VariableField) => {
    const problem = problemOf(field, fields)
    return isTried || problem === 'tooLong' ? problem : null
  }
  const submit = (): void => {
    if (fields.every((field) => problemOf(field, fields) === null)) {
      onStart(variablesToSend(fields))
      return
    }
    setTried(true)
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  }
  const add = (): void => {
    // At once: what is typed next is meant for its name, and Enter in the field before would start the workflow.
    flushSync(() => setFields(withOneMore))
    const names = form.current?.querySelectorAll<HTMLElement>('.variable-name') ?? []
    ;[...names].at(-1)?.focus()
  }
  const remove = (id: number): void => {
    setFields((all) => all.filter((field) => field.id !== id))
    form.current?.querySelector<HTMLElement>('.variable-add')?.focus()
  }

  return (
    <form
      ref={form}
      className="variables"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {taken.length > 0 && <p className="muted small">{t('variables.empty')}</p>}
      <div className="variables-fields">
        {fields.map((field) => {
          const row = {
            field,
            problem: shownProblem(field),
            onChange: (part: Partial<VariableField>) => change(field.id, part),
          }
          return field.isAdded ? (
            <AddedVariable key={field.id} {...row} onRemove={() => remove(field.id)} />
          ) : (
            <TakenVariableField key={field.id} {...row} />
          )
        })}
      </div>
      <div className="ask-actions">
        {fields.length < mostVariables && (
          <button type="button" className="button variable-add" onClick={add}>
            {t('variables.add')}
          </button>
        )}
        <button type="button" className="button" onClick={onCancel}>
          {t('button.cancel')}
        </button>
        <button type="submit" className="button button-primary" disabled={!mayStart}>
          {t('variables.start')}
        </button>
      </div>
    </form>
  )
}

/** True so many milliseconds after the component was first drawn. */
function useDelayed(ms: number): boolean {
  const [isOver, setOver] = useState(ms === 0)
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return isOver
}
