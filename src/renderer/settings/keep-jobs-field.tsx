import { type ReactElement, useId, useState } from 'react'
import { useTexts } from '../hooks.ts'
import { keepJobsLimits, parseKeepJobs } from './keep-jobs.ts'

interface KeepJobsFieldProps {
  readonly value: number
  readonly onChange: (value: number) => void
}

/** How many ended jobs are kept. What main would not take changes nothing, and says so. */
export function KeepJobsField({ value, onChange }: KeepJobsFieldProps): ReactElement {
  const { t, locale } = useTexts()
  const id = useId()
  // Null: nothing is typed, the field shows what is stored.
  const [typed, setTyped] = useState<string | null>(null)
  const [isInvalid, setInvalid] = useState(false)
  const number = new Intl.NumberFormat(locale)
  const limits = { min: number.format(keepJobsLimits.min), max: number.format(keepJobsLimits.max) }
  const [errorId, hintId] = [`${id}-error`, `${id}-hint`]

  // A smaller number forgets jobs: it counts when it is typed to its end, not digit by digit.
  const finish = (): void => {
    if (typed === null) return
    const parsed = parseKeepJobs(typed)
    setInvalid(parsed === null)
    if (parsed === null) return
    setTyped(null)
    if (parsed !== value) onChange(parsed)
  }

  return (
    <form
      className="keep-jobs"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        finish()
      }}
    >
      <label htmlFor={id}>{t('settings.jobs.keep')}</label>
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
          if (isInvalid) setInvalid(parseKeepJobs(target.value) === null)
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
          {t('settings.jobs.keepInvalid', { ...limits, value: number.format(value) })}
        </p>
      )}
      <p className="muted small" id={hintId}>
        {t('settings.jobs.keepHint', limits)}
      </p>
    </form>
  )
}
