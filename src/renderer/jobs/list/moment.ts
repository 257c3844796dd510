import type { JobView } from '../../../shared/job-view.ts'
import { beganAt } from '../job-status.ts'

/**
 * The moment that a job has its place in the list by, in milliseconds since 1970: its end, else its begin. An end that
 * was learnt of later (the machine slept, the app was not there) counts from when it was.
 */
export function momentOf(job: JobView): number {
  const { state, startedAt } = job
  if (state.phase !== 'ended') return beganAt(job)
  const { endedAt, durationMs } = state
  return startedAt === null || durationMs === null ? endedAt : Math.min(endedAt, startedAt + durationMs)
}

/** The midnight that a day began with, in milliseconds since 1970. */
export const dayOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

/** The midnight after (or before) a day's own: days have 23 to 25 hours. */
export function dayAfter(day: number, days = 1): number {
  const date = new Date(day)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime()
}
