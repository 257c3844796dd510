/**
 * The server's own clock: its local time without a zone, as milliseconds since 1970 that are read as if it showed UTC.
 * Only values of one server can be compared with each other.
 */

const dayMs = 24 * 60 * 60 * 1000
/** Zones differ by whole multiples of this, in milliseconds. */
export const quarterHour = 15 * 60 * 1000

/**
 * `dd-MM-yyyy HH:mm:ss`, which a server writes unless its settings say otherwise. .NET puts what its language has between
 * hours and minutes in the place of the colons: recorded in Danish, `27-11-2026 06.09.53`.
 */
const usualDate = /^(\d\d)-(\d\d)-(\d{4}) (\d\d)[:.](\d\d)[:.](\d\d)$/u

/** A date text in the server's usual format; null for one in another format. */
export function serverTimeOf(text: string): number | null {
  const [, day, month, year, hours, minutes, seconds] = usualDate.exec(text) ?? []
  const at = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`)
  return Number.isNaN(at) ? null : at
}

/** The calendar day of a time: `2026-11-25`. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** From the first to the last millisecond of a day. */
export function rangeOfDay(day: string): { from: number; to: number } {
  const from = Date.parse(`${day}T00:00:00Z`)
  return { from, to: from + dayMs - 1 }
}

/** So many days up to and with the last one, oldest first. */
export const daysUpTo = (lastDay: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    dayOf(Date.parse(`${lastDay}T00:00:00Z`) - (count - 1 - index) * dayMs),
  )
