import type { EndedJobView } from '../../shared/job-view.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Told } from '../../shared/told.ts'

/** The other outcome that the person was shown before, which this one puts right; null where there is none. */
export const correctedOutcome = ({ state }: EndedJobView, told: Told | null): Outcome | null =>
  told?.how === 'shown' && told.outcome !== state.outcome ? told.outcome : null

/**
 * Whether the settings ask for a notification of this outcome. What was told wrongly is put right whatever they ask.
 */
export const isWanted = (job: EndedJobView, told: Told | null, { outcomes }: Settings): boolean =>
  outcomes[job.state.outcome].notify || correctedOutcome(job, told) !== null

/** Whether a notification of these jobs goes without the system's sound: only if none of them asks for one. */
export const isSilent = (jobs: readonly EndedJobView[], { outcomes }: Settings): boolean =>
  !jobs.some(({ state }) => outcomes[state.outcome].sound)

/** Ends that the tray's icon asks attention for until the list was looked at. */
const badOutcomes: ReadonlySet<Outcome> = new Set(['failed', 'notStarted', 'unknown'])

export const needsAttention = ({ state }: EndedJobView): boolean => badOutcomes.has(state.outcome)

/** Outcomes of jobs that ran, so that their log says something. */
const ranOutcomes: ReadonlySet<Outcome> = new Set(['done', 'warning', 'failed', 'stopped', 'rejected'])

/**
 * Whether the notification of a job is worth waiting for its log, a short while: for a failure's last error, and, where
 * this machine's clock was not there at its begin and its end, for how long it took.
 */
export const isWorthReadingLog = ({ jobId, state }: EndedJobView): boolean => {
  if (jobId === null) return false
  if (state.outcome === 'failed' && state.errorLine === null) return true
  return state.durationMs === null && ranOutcomes.has(state.outcome)
}
