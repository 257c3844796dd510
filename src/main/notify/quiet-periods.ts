import { extentOf, type QuietHours } from '../../shared/quiet-hours.ts'

/** One time that quiet hours last, in milliseconds since 1970. */
export interface QuietPeriod {
  readonly begin: number
  /** The first moment after them. */
  readonly end: number
}

/** Yesterday's may not be over, and from any day on each day of the week comes within a week. */
const daysAround = [-1, 0, 1, 2, 3, 4, 5, 6, 7]

/** This machine's time on a day; `minutes` may go beyond midnight. */
const timeOn = (day: Date, minutes: number): number =>
  new Date(day.getFullYear(), day.getMonth(), day.getDate(), 0, minutes).getTime()

/**
 * The quiet hours of the week around a moment that are not over by then, the earliest first. None where they are off, or
 * would never end.
 * @param now milliseconds since 1970
 */
export function quietPeriods(hours: QuietHours, now: number): readonly QuietPeriod[] {
  const { isOn, days, from, to } = hours
  const extent = extentOf(hours)
  if (!isOn || extent === 'never' || extent === 'always') return []
  const today = new Date(now)
  return daysAround
    .map((offset) => new Date(today.getFullYear(), today.getMonth(), today.getDate() + offset))
    .filter((day) => days.includes(day.getDay()))
    .map((day) => {
      const lastDay = new Date(
        day.getFullYear(),
        day.getMonth(),
        day.getDate() + (extent === 'sameDay' ? 0 : 1),
      )
      return { begin: timeOn(day, from), end: timeOn(lastDay, to) }
    })
    .filter(({ end }) => end > now)
}
