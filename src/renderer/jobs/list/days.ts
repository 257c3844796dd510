import { dateFormat } from '../../../shared/format.ts'
import type { Translator } from '../../../shared/i18n.ts'
import { dayAfter, isoDay } from './moment.ts'

/** The name of a day that has one of its own; null for all others. */
function relativeName(day: number, today: number, t: Translator['t']): string | null {
  if (day === today) return t('jobs.day.today')
  return day === dayAfter(today, -1) ? t('jobs.day.yesterday') : null
}

/**
 * What a day is called: today, yesterday, or by its date.
 * @param day the midnight that it began with, milliseconds since 1970
 * @param today the same of today
 */
export function dayName(day: number, today: number, { t, times }: Translator): string {
  const isThisYear = new Date(day).getFullYear() === new Date(today).getFullYear()
  const date = { weekday: 'long', day: 'numeric', month: 'long' } as const
  return (
    relativeName(day, today, t) ??
    dateFormat(times, isThisYear ? date : { ...date, year: 'numeric' }).format(day)
  )
}

/** All that somebody might type to find a day by. */
export function dayWords(day: number, today: number, { t, times }: Translator): string[] {
  const relative = relativeName(day, today, t)
  return [
    ...(relative === null ? [] : [relative]),
    dateFormat(times, { dateStyle: 'full' }).format(day),
    dateFormat(times, { dateStyle: 'medium' }).format(day),
    isoDay(day),
  ]
}
