import { z } from 'zod'

/** How a job that ran ended: Wexflow's own final statuses. */
export const ranOutcomes = ['done', 'warning', 'failed', 'stopped', 'rejected'] as const
export type RanOutcome = (typeof ranOutcomes)[number]

/**
 * How a job ended, as it is told to the person: as Wexflow says, or, where Wexflow has no answer, `notStarted` (the
 * server refused, dropped or never began it) or `unknown` (it ended, or may have run, but no record says how). Unknown
 * is never guessed into another one.
 */
export const outcomes = [...ranOutcomes, 'notStarted', 'unknown'] as const
export const outcomeSchema = z.enum(outcomes)
export type Outcome = z.infer<typeof outcomeSchema>

/** Whether a job that ended so is known to have run, so that its log says something. */
export const hasRun = (outcome: Outcome): outcome is RanOutcome => ranOutcomes.some((one) => one === outcome)

/** Whether the log of a job that ended so says why. */
export const isExplainedByLog = (outcome: Outcome): boolean => outcome === 'failed' || outcome === 'warning'

/**
 * Which source decided the outcome: the job stream's frame; the stored entry of this server run; the server's memory
 * of a workflow's last job (`GET job`); the history that outlives restarts; what this app concluded by itself.
 */
export const outcomeSources = ['stream', 'entry', 'job', 'history', 'inferred'] as const
export const outcomeSourceSchema = z.enum(outcomeSources)
export type OutcomeSource = z.infer<typeof outcomeSourceSchema>

/** Why an outcome is `notStarted` or `unknown`; each has a sentence in the message catalogue (`reason.*`). */
export const reasons = [
  'disabled',
  'unknownWorkflow',
  'forbidden',
  'signInExpired',
  'refused',
  'unreachable',
  'serverError',
  'notSent',
  'startUnconfirmed',
  'queueDropped',
  'endedWithServer',
  'notRecorded',
  'historyUnread',
  'unknownStatus',
] as const
export const reasonSchema = z.enum(reasons)
export type Reason = z.infer<typeof reasonSchema>

/** What can be observed of a job. Each has a sentence in the message catalogue (`evidence.*`). */
export const evidenceKinds = [
  'startAsked',
  'seenElsewhere',
  'startAnswered',
  'startQueued',
  'startAnswerLost',
  'claimed',
  'claimedFromQueue',
  'idReplaced',
  'frame',
  'entry',
  'jobsListed',
  'jobsGone',
  'jobRead',
  'historyFound',
  'historyMissing',
  'historyUnread',
  'serverRestarted',
  'stopAsked',
  'corrected',
  'concluded',
] as const

/** One observation: a part of the reasoning behind a job's outcome. */
export const evidenceSchema = z.object({
  /** Milliseconds since 1970, this machine's clock. */
  at: z.number(),
  kind: z.enum(evidenceKinds),
  /** A status as the server said it, or another short detail. Never a secret. */
  detail: z.string().optional(),
})
export type Evidence = z.infer<typeof evidenceSchema>
