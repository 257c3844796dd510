import { answeredAt, isFinal, isShown, type Job, jobIdOf } from '../job.ts'
import { starting, sweeps } from '../policy.ts'
import type { SweepResult } from './entry-pages.ts'

/** What sweeps say of a restart of the server: two in a row of one between them, a single one of one after a start. */

/** A sweep. */
export interface Sweep {
  readonly result: SweepResult
  /** When it was asked for, in milliseconds since 1970. */
  readonly askedAt: number
  /** The starts that the server had taken by then, as `takenOf` tells them. */
  readonly taken: ReadonlySet<string>
}

/** What a sweep proves of a restart of the server. */
export interface Restart {
  /** Whether there was one since the sweep before. */
  readonly isBetween: boolean
  /** The open jobs that the server had taken before one. */
  readonly jobs: readonly Job[]
}

/**
 * What a sweep proves of a restart.
 * @param members keys of the jobs that were seen in the present run: it has not restarted since
 */
export function restartedBy(
  sweep: Omit<Sweep, 'taken'>,
  last: Omit<Sweep, 'askedAt'> | null,
  open: readonly Job[],
  members: ReadonlySet<string>,
): Restart {
  const isBetween = last !== null && hasRestarted(last.result, sweep.result)
  const jobs = open.filter(
    (job) => !members.has(job.key) && ((isBetween && isOlderThan(last, job)) || isMarkGone(sweep, job)),
  )
  return { isBetween, jobs }
}

/**
 * Whether the server has restarted between two sweeps: its list of entries is whole and one that was known is not on
 * it. Entries do not outlive a restart and are not deleted before. One that still changes may slip from a page that is
 * yet to be read to one that was read; one that had ended stays where it is.
 */
export function hasRestarted(before: SweepResult, after: SweepResult): boolean {
  if (!after.isWhole) return false
  const present = new Set(after.rows.map((row) => row.id))
  const isOnePage = after.rows.length < sweeps.pageRows
  return before.rows.some((row) => (isOnePage || isFinal(row)) && !present.has(row.id))
}

/** Whether a sweep saw the server in the run that took this start: what began since may be of the next one. */
export const isOlderThan = ({ taken }: Pick<Sweep, 'taken'>, job: Job): boolean =>
  job.start.answer.kind === 'lost' || taken.has(takenAs(job))

/**
 * Whether the server has restarted since it took a start of which it has shown nothing: the newest entry from before is not
 * on the whole list. The app keeps that entry's id with the start, so that this tells also after a crash of the app.
 */
export function isMarkGone(
  { result: { rows, isWhole }, askedAt }: Omit<Sweep, 'taken'>,
  { start, run }: Job,
): boolean {
  const { entryMark, markedAt, sentAt } = start
  const isOnePage = isWhole && rows.length < sweeps.pageRows
  if (entryMark === null || entryMark === '0' || markedAt === null || !isOnePage) return false
  // An earlier list may not have had that entry yet.
  if (sentAt === null || sentAt > askedAt || (run !== null && isShown(run))) return false
  // Where the start followed so soon the server can't have restarted before it took it.
  return sentAt - markedAt < starting.noRestartWithin && rows.every(({ id }) => id !== entryMark)
}

/**
 * The starts that the server has answered to have taken: each by its run's id, or by its own key, since a queued run
 * begins later.
 */
export const takenOf = (jobs: readonly Job[]): ReadonlySet<string> =>
  new Set(jobs.filter(isTaken).map(takenAs))

const isTaken = (job: Job): boolean => answeredAt(job) !== null && job.start.answer.kind !== 'lost'

const takenAs = (job: Job): string => jobIdOf(job) ?? job.key
