import type { ReactElement } from 'react'
import type { HistoryDay } from '../../shared/history.ts'
import { useTexts } from '../hooks.ts'
import { moveAmongButtons } from '../shell/button-keys.ts'
import { dayMark, dayText } from './server-time.ts'

interface DayChartProps {
  readonly days: readonly HistoryDay[]
  /** The day that is listed alone; null for all days. */
  readonly day: string | null
  readonly onDay: (day: string | null) => void
}

/** How many jobs ended on each of the last days: a click lists that day alone, another one all of them. */
export function DayChart({ days, day, onDay }: DayChartProps): ReactElement {
  const { t, times } = useTexts()
  // Tab comes to the day that is listed or to the newest one; arrows lead to the others.
  const reached = days.some((one) => one.day === day) ? day : days.at(-1)?.day
  const most = Math.max(1, ...days.map(({ count }) => count))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it hears the keys of the buttons inside of it
    <ul className="day-chart" aria-label={t('history.days')} onKeyDown={moveAmongButtons}>
      {days.map((one) => {
        const label = t('history.day', { day: dayText(one.day, times), count: one.count })
        return (
          <li key={one.day}>
            <button
              type="button"
              className="day-bar"
              aria-pressed={one.day === day}
              aria-label={label}
              title={label}
              tabIndex={one.day === reached ? 0 : -1}
              onClick={() => onDay(one.day === day ? null : one.day)}
            >
              <span className="day-bar-room" aria-hidden="true">
                <span style={{ blockSize: one.count === 0 ? 0 : `max(2px, ${(one.count / most) * 100}%)` }} />
              </span>
              <span aria-hidden="true">{dayMark(one.day, times)}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
