import type { Job } from '../tracking/job.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { Settings } from '../../shared/settings.ts'

/** A job whose end is known. */
export type EndedJob = Job & { readonly outcome: Outcome }

export const hasEnded = (job: Job): job is EndedJob => job.phase === 'ended' && job.outcome !== null

/** Whether this outcome of this job has not been dealt with yet: neither told, nor refused, nor muted. */
export const isUntold = ({ notified, outcome }: EndedJob): boolean => notified?.outcome !== outcome

/** Whether the person was told of another outcome before, so that this one puts it right. */
export const isCorrection = ({ notified, outcome }: EndedJob): boolean =>
  notified !== null && notified.how === 'shown' && notified.outcome !== outcome

/** Whether the settings ask for a notification of this outcome. What was told wrongly is put right whatever they ask. */
export const isWanted = (job: EndedJob, { outcomes }: Settings): boolean =>
  outcomes[job.outcome].notify || isCorrection(job)

/** Whether a notification of these jobs goes without the system's sound: only if none of them asks for one. */
export const isSilent = (jobs: readonly EndedJob[], { outcomes }: Settings): boolean =>
  !jobs.some(({ outcome }) => outcomes[outcome].sound)

/** Ends that the tray's icon asks attention for until the list was looked at. */
const badOutcomes: ReadonlySet<Outcome> = new Set(['failed', 'notStarted', 'unknown'])

export const needsAttention = ({ outcome }: EndedJob): boolean => badOutcomes.has(outcome)

/** Outcomes of jobs that ran, so that their log says something. */
const ranOutcomes: ReadonlySet<Outcome> = new Set(['done', 'warning', 'failed', 'stopped', 'rejected'])

/**
 * Whether the notification of a job is worth waiting for its log, a short while: for a failure's last error, and,
 * where nobody witnessed the end, for how long it took. A live Done waits for nothing.
 */
export const isWorthReadingLog = (job: EndedJob, circumstance: 'live' | 'away'): boolean => {
  if (job.jobId === null) return false
  if (job.outcome === 'failed' && job.errorLine === null) return true
  return circumstance === 'away' && job.durationMs === null && ranOutcomes.has(job.outcome)
}
