import type { JobView } from '../../../shared/job-view.ts'
import { beganAt } from '../job-status.ts'

/**
 * The moment that a job has its place in the list by, in milliseconds since 1970: its end or, where
 * that is not known, when the app learnt of it; of one that has not ended its begin.
 */
export function momentOf(job: JobView): number {
  const { state } = job
  return state.phase === 'ended' ? (state.endedAt ?? state.learntAt) : beganAt(job)
}

/** The midnight that a day began with, in milliseconds since 1970. */
export const dayOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

/** A moment's day by this machine's calendar, as ISO 8601 writes it: "2026-11-25". */
export function isoDay(at: number): string {
  const date = new Date(at)
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'))
  return `${date.getFullYear()}-${month}-${day}`
}

/** The midnight after (or before) a day's own: days have 23 to 25 hours. */
export function dayAfter(day: number, days = 1): number {
  const date = new Date(day)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime()
}
