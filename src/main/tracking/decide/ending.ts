import { isInDoubt, type Job } from '../job.ts'
import type { Outcome, OutcomeSource, Reason } from '../../../shared/outcome.ts'
import type { WireStatus } from '../../wexflow/server.ts'
import { type Decision, noQuestions, note } from './decision.ts'
import { isStopOurs } from './stopping.ts'

/** Wexflow's statuses that end a job, and the outcome that each is. */
const finalOutcomes: Readonly<Partial<Record<WireStatus, Outcome>>> = {
  Done: 'done',
  Failed: 'failed',
  Warning: 'warning',
  Stopped: 'stopped',
  Rejected: 'rejected',
}

/** The outcome that a status is; undefined for one that ends no job, or that this app does not know (null). */
export const outcomeOf = (status: WireStatus | null): Outcome | undefined =>
  status === null ? undefined : finalOutcomes[status]

/** How a job ended. */
export interface End {
  readonly outcome: Outcome
  readonly from: OutcomeSource
  readonly at: number
  readonly reason?: Reason
  /** Whether the end was noticed as it happened, so that this machine's clock tells the duration. */
  readonly witnessed: boolean
}

/** Ends a job. */
export function end(job: Job, { outcome, from, at, reason, witnessed }: End): Job {
  const endedAt = job.endSignalledAt ?? job.goneSince ?? at
  const clocked = witnessed || job.endSignalledAt !== null
  return {
    ...job,
    phase: 'ended',
    outcome,
    outcomeFrom: from,
    reason: reason ?? null,
    endedAt,
    durationMs: clocked && job.startedAt !== null ? Math.max(0, endedAt - job.startedAt) : null,
  }
}

/** Ends a job by what this app concludes, without a word of the server. */
export const infer = (job: Job, now: number, outcome: Outcome, reason: Reason): Job =>
  end(job, { outcome, from: 'inferred', at: now, reason, witnessed: false })

/** Lets a stored outcome end a job, confirm what was told, or correct it. */
export function record(job: Job, stored: End): Decision {
  if (job.phase !== 'ended') return { job: end(job, stored), ask: noQuestions }
  if (!isInDoubt(job)) return { job, ask: noQuestions }
  if (job.outcome === stored.outcome) {
    return { job: { ...job, outcomeFrom: stored.from, reason: null }, ask: noQuestions }
  }
  const corrected = note(job, stored.at, 'corrected', job.outcome ?? undefined)
  return {
    job: { ...corrected, outcome: stored.outcome, outcomeFrom: stored.from, reason: null },
    ask: noQuestions,
  }
}

/** What an entry says of a job that has yet to end: Pending or Running. */
const unended: ReadonlySet<string> = new Set(['0', '1'])

/** Whether the record, as far as it was read, says that the job has yet to end. */
export const isRunningOn = ({ entryStatus }: Job): boolean => entryStatus === null || unended.has(entryStatus)

/** Ends without a word of the server: stopped if this app had asked for that, otherwise honestly unknown. */
export function conclude(job: Job, now: number): Decision {
  const noted = note(job, now, 'concluded')
  const ended =
    isStopOurs(job) && isRunningOn(job)
      ? end(noted, { outcome: 'stopped', from: 'inferred', at: now, witnessed: false })
      : infer(noted, now, 'unknown', isRunningOn(job) ? 'notRecorded' : 'unknownStatus')
  return { job: ended, ask: noQuestions }
}
