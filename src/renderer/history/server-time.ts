import { dateFormat } from '../../shared/format.ts'
import type { HistoryRow } from '../../shared/history.ts'

/** Times of the server's own clock come as if it showed UTC; so written, they are what it showed. */
const zone = { timeZone: 'UTC' } as const

/**
 * A moment by the server's clock; as the server wrote it where that can't be read.
 * @param times the tag that the system writes times by (`Translator.times`), as below
 */
export const serverTimeText = (at: number | null, written: string, times: string): string =>
  at === null ? written : dateFormat(times, { ...zone, dateStyle: 'medium', timeStyle: 'short' }).format(at)

/** When a row's job ended. */
export const endedText = ({ endedAt, endedText: written }: HistoryRow, times: string): string =>
  serverTimeText(endedAt, written, times)

const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** A day in full, such as "Wednesday, November 25". */
export const dayText = (day: string, times: string): string =>
  dateFormat(times, { ...zone, weekday: 'long', month: 'long', day: 'numeric' }).format(startOf(day))

/** A day in a few letters, to stand below a bar. */
export const dayMark = (day: string, times: string): string =>
  dateFormat(times, { ...zone, day: 'numeric' }).format(startOf(day))
