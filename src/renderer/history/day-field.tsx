import { type ReactElement, useState } from 'react'
import { useTexts } from '../hooks.ts'

/** Days before this one are years that somebody is about to type: `0002` on the way to `2026`. */
const firstDay = '2000-01-01'

interface DayFieldProps {
  /** The day that is listed alone; null for all days. */
  readonly day: string | null
  readonly onDay: (day: string | null) => void
}

/** Any day of the server's calendar, also one that the chart has not. */
export function DayField({ day, onDay }: DayFieldProps): ReactElement {
  const { t } = useTexts()
  const [typed, setTyped] = useState<string | null>(null)
  const type = (text: string): void => {
    const isWhole = text === '' || text >= firstDay
    setTyped(isWhole ? null : text)
    if (isWhole) onDay(text === '' ? null : text)
  }
  return (
    <label className="history-day">
      {t('history.onDay')}{' '}
      <input
        type="date"
        className="input"
        value={typed ?? day ?? ''}
        onChange={({ target }) => type(target.value)}
        onBlur={() => setTyped(null)}
      />
    </label>
  )
}
