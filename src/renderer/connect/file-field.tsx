import type { ReactElement } from 'react'
import { bridge } from '../bridge.ts'
import { useTexts } from '../hooks.ts'
import { Field } from './field.tsx'

interface FileFieldProps {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly error?: string | null
  /** The file's path. */
  readonly value: string
  readonly onChange: (path: string) => void
}

/** The path of a file, to be typed or chosen. */
export function FileField({ label, error = null, onChange, ...field }: FileFieldProps): ReactElement {
  const { t } = useTexts()
  const choose = async (): Promise<void> => {
    // Main logs what went wrong; the path can still be typed.
    const path = await bridge.run({ kind: 'chooseFile' }).catch(() => null)
    if (path !== null) onChange(path)
  }
  return (
    <Field
      {...field}
      label={label}
      error={error}
      onChange={onChange}
      autoComplete="off"
      button={
        <button
          type="button"
          className="button"
          aria-label={t('connect.way.chooseFile', { file: label })}
          onClick={() => void choose()}
        >
          {t('connect.way.choose')}
        </button>
      }
    />
  )
}
