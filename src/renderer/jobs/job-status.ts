import type { Job } from '../../main/tracking/job.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { Phase } from '../../shared/job-view.ts'

/** What a job is shown as: how it ended, or where it is. `stopping` stands for a phase in which a stop was asked for. */
export type Status = Outcome | Exclude<Phase, 'ended'> | 'stopping'

/** The colours of `shell.css` that go with a status's words. */
export type Tone = 'good' | 'busy' | 'warning' | 'bad' | 'quiet'

const phaseOrOutcome = ({ phase, outcome }: Job): Exclude<Status, 'stopping'> =>
  // An end without an outcome is never guessed into one.
  phase === 'ended' ? (outcome ?? 'unknown') : phase

/** What a job is shown as. */
export const statusOf = (job: Job): Status =>
  job.stopAskedAt !== null && job.phase !== 'ended' ? 'stopping' : phaseOrOutcome(job)

/** The message of a status. */
export const statusKeys = {
  done: 'outcome.done',
  warning: 'outcome.warning',
  failed: 'outcome.failed',
  stopped: 'outcome.stopped',
  rejected: 'outcome.rejected',
  notStarted: 'outcome.notStarted',
  unknown: 'outcome.unknown',
  starting: 'phase.starting',
  queued: 'phase.queued',
  notBegun: 'phase.notBegun',
  running: 'phase.running',
  suspended: 'phase.suspended',
  waiting: 'phase.waiting',
  stopping: 'jobs.stopping',
} as const satisfies Record<Status, string>

export const isStatus = (word: string): word is Status => Object.hasOwn(statusKeys, word)

export const statusTones: Readonly<Record<Status, Tone>> = {
  done: 'good',
  warning: 'warning',
  failed: 'bad',
  stopped: 'quiet',
  rejected: 'bad',
  notStarted: 'bad',
  unknown: 'warning',
  starting: 'busy',
  queued: 'quiet',
  notBegun: 'warning',
  running: 'busy',
  suspended: 'quiet',
  waiting: 'warning',
  stopping: 'busy',
}

/** Whether the job's duration grows as time passes. */
export const isTicking = (job: Job): boolean => job.phase !== 'ended' && job.startedAt !== null

/**
 * Milliseconds that the job took, or takes so far; null where nobody knows.
 * @param now milliseconds since 1970
 */
export function elapsed(job: Job, now: number): number | null {
  if (job.phase === 'ended') return job.durationMs
  return job.startedAt === null ? null : Math.max(0, now - job.startedAt)
}

/** Starving servers began jobs minutes after they had taken them; before this time nobody needs to know (milliseconds). */
const unconfirmedAfterMs = 30_000

/**
 * Whether the server has taken the job long ago and shown it nowhere since.
 * @param now milliseconds since 1970
 */
export const isUnconfirmed = (job: Job, now: number): boolean =>
  job.phase === 'running' && job.entryId === null && !job.listed && now - beganAt(job) >= unconfirmedAfterMs

/** When it began as far as that is known: the start, else the wish. Milliseconds since 1970. */
export const beganAt = (job: Job): number => job.startedAt ?? job.requestedAt
