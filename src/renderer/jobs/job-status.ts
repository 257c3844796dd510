import type { JobView, Phase } from '../../shared/job-view.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { Wish } from '../../shared/wish.ts'

/** What a wish makes of a job until it is known what became of it. */
const askedStatus = {
  stop: 'stopping',
  suspend: 'suspending',
  resume: 'resuming',
  approve: 'approving',
  reject: 'rejecting',
} as const satisfies Record<Wish, string>

/**
 * What a job is shown as: how it ended, what was asked of it, or where it is; `notFollowed` stands for any phase of a job
 * of a server that nobody is signed in to.
 */
export type Status = Outcome | Exclude<Phase, 'ended'> | (typeof askedStatus)[Wish] | 'notFollowed'

/** The colours of `shell.css` that go with a status's words. */
export type Tone = 'good' | 'busy' | 'warning' | 'bad' | 'quiet'

/**
 * What a job is shown as.
 * @param isFollowed whether the app follows the jobs of its server
 */
export function statusOf({ state, asked }: JobView, isFollowed: boolean): Status {
  if (state.phase === 'ended') return state.outcome
  if (!isFollowed) return 'notFollowed'
  return asked === null ? state.phase : askedStatus[asked]
}

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
  stopping: 'asked.stop',
  suspending: 'asked.suspend',
  resuming: 'asked.resume',
  approving: 'asked.approve',
  rejecting: 'asked.reject',
  notFollowed: 'jobs.notFollowed',
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
  suspending: 'busy',
  resuming: 'busy',
  approving: 'busy',
  rejecting: 'busy',
  notFollowed: 'quiet',
}

/** Whether the job's duration grows as time passes, for all that the app knows. */
export const isTicking = ({ state, startedAt }: JobView, isFollowed: boolean): boolean =>
  isFollowed && state.phase !== 'ended' && startedAt !== null

/**
 * Milliseconds that the job took, or takes so far; null where nobody knows.
 * @param now milliseconds since 1970
 */
export function elapsed({ state, startedAt }: JobView, isFollowed: boolean, now: number): number | null {
  if (state.phase === 'ended') return state.durationMs
  return startedAt === null || !isFollowed ? null : Math.max(0, now - startedAt)
}

/** When it began as far as that is known: the start, else the wish. Milliseconds since 1970. */
export const beganAt = ({ startedAt, requestedAt }: JobView): number => startedAt ?? requestedAt
