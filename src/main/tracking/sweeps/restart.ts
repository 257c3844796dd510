import { answeredAt, isFinal, isShown, type Job, jobIdOf } from '../job.ts'
import { starting, sweeps } from '../policy.ts'
import type { SweepResult } from './entry-pages.ts'

/** What sweeps say of a restart of the server: two in a row of one between them, a single one of one after a start. */

/**
 * Whether the server has restarted between two sweeps: its list of entries is whole and one that was known is not on
 * it. Entries do not outlive a restart and are not deleted before. One that still changes may slip from a page that is
 * yet to be read to one that was read; one that had ended stays where it is.
 */
export function hasRestarted(before: SweepResult | null, after: SweepResult): boolean {
  if (before === null || !after.isWhole) return false
  const present = new Set(after.rows.map((row) => row.id))
  const isOnePage = after.rows.length < sweeps.pageRows
  return before.rows.some((row) => (isOnePage || isFinal(row)) && !present.has(row.id))
}

/**
 * Whether the last sweep saw the server in the run that took this start: what began since may be of the next one.
 * @param members keys of the jobs that were seen in the present run
 * @param takenBefore the starts that the server had taken when that sweep began, by `takenAs`
 */
export function isOlderThanSweep(
  job: Job,
  members: ReadonlySet<string>,
  takenBefore: ReadonlySet<string>,
): boolean {
  if (members.has(job.key)) return false
  return job.start.answer.kind === 'lost' || takenBefore.has(takenAs(job))
}

/**
 * Whether the server has restarted since it took a start of which it has shown nothing: the newest entry from before is not
 * on the whole list. The app keeps that entry's id with the start, so that this tells also after a crash of the app.
 * @param askedAt when the list was asked for, in milliseconds since 1970: an earlier one may not have had that entry yet
 */
export function isMarkGone({ start, run }: Job, { rows, isWhole }: SweepResult, askedAt: number): boolean {
  const { entryMark, requestedAt, sentAt } = start
  const isOnePage = isWhole && rows.length < sweeps.pageRows
  if (entryMark === null || entryMark === '0' || !isOnePage) return false
  if (sentAt === null || sentAt > askedAt || (run !== null && isShown(run))) return false
  // Where the start followed so soon the server can't have restarted before it took it.
  return sentAt - requestedAt < starting.noRestartWithin && rows.every(({ id }) => id !== entryMark)
}

/** Whether the server has answered that it took the start. */
export const isTaken = (job: Job): boolean => answeredAt(job) !== null && job.start.answer.kind !== 'lost'

/** By what a start that was taken is remembered: its run's id, or its own key, since a queued run begins later. */
export const takenAs = (job: Job): string => jobIdOf(job) ?? job.key
