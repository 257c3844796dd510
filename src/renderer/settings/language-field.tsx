import { type ReactElement, useId } from 'react'
import { type LanguageChoice, languages } from '../../shared/languages.ts'
import { useTexts } from '../hooks.ts'
import './fields.css'

/** Each in its own words: who can't read the language that is shown must find theirs. */
const names = { en: 'English', fr: 'Français', da: 'Dansk' } as const

export interface LanguageFieldProps {
  readonly value: LanguageChoice
  readonly onChange: (value: LanguageChoice) => void
}

/** The language that the app speaks. */
export function LanguageField({ value, onChange }: LanguageFieldProps): ReactElement {
  const { t } = useTexts()
  const id = useId()
  return (
    <div className="language-field">
      <label htmlFor={id}>{t('settings.language.label')}</label>
      <select
        id={id}
        className="input"
        value={value}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onChange(languages.find((one) => one === target.value) ?? 'system')}
      >
        <option value="system">{t('settings.language.system')}</option>
        {languages.map((one) => (
          <option key={one} value={one} lang={one}>
            {names[one]}
          </option>
        ))}
      </select>
      <p className="muted small" id={`${id}-hint`}>
        {t('settings.language.hint')}
      </p>
    </div>
  )
}
