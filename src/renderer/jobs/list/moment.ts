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

/** The midnight after (or before) a day's own: days have 23 to 25 hours. */
export function dayAfter(day: number, days = 1): number {
  const date = new Date(day)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime()
}
