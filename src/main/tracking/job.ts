import { z } from 'zod'
import { phaseSchema } from '../../shared/job-view.ts'
import { evidenceSchema, outcomeSchema, outcomeSourceSchema, reasonSchema } from '../../shared/outcome.ts'

/** What one person asked one server to run, and all that is known of it. Times are milliseconds since 1970 on this machine's clock. */
export const jobSchema = z.object({
  /** This app's own name for the job; exists before the server has given it an id. */
  key: z.string(),
  /** The server profile's id; never its address, which can change. */
  serverId: z.string(),
  workflowId: z.number().int(),
  workflowName: z.string(),
  /** Whether the workflow can ask for approval: such a job has to be looked at, nothing tells when it waits. */
  isApproval: z.boolean(),
  /** Wexflow's instance id; null while starting or queued. */
  jobId: z.string().nullable(),
  phase: phaseSchema,
  requestedAt: z.number(),
  /** When the intent was on disk and the request went out; null while nothing can have been sent. */
  sentAt: z.number().nullable(),
  /** True once the request may have reached the server and no answer came. */
  answerLost: z.boolean(),
  /** When the server said that it holds the start behind another job. */
  queuedAt: z.number().nullable().default(null),
  /** When the server confirmed the start (or a queued start was seen to begin); null where that was not witnessed. */
  startedAt: z.number().nullable(),
  /** When this app learnt of the end. */
  endedAt: z.number().nullable(),
  /** Milliseconds that the job took; null where neither this app's clock nor the log tells. */
  durationMs: z.number().nullable(),
  outcome: outcomeSchema.nullable(),
  outcomeFrom: outcomeSourceSchema.nullable(),
  reason: reasonSchema.nullable(),
  /** The last line of the log that says what went wrong. */
  errorLine: z.string().nullable(),
  /** True where another person's start could be meant as well: nobody owns a job on the wire. */
  maybeOthers: z.boolean(),
  /** When this app asked the server to stop it. */
  stopAskedAt: z.number().nullable(),
  /** True once the server said that it stopped it; that it did not is no proof that it did not. */
  stopConfirmed: z.boolean().default(false),
  /** The entry's id in this server run, once one was seen: from then on `null` proves a restart. */
  entryId: z.string().nullable(),
  /** The number that an entry last said for a status, as the server wrote it; null while none was seen. */
  entryStatus: z.string().nullable().default(null),
  /** The history's id of the row that was found to be this job. */
  historyId: z.string().nullable(),
  /** The `Id` of the server's run in which the job was last seen; null while not known. */
  serverRun: z.string().nullable(),
  /** True once `jobs` listed it in this server run: from then on its absence means that it ended. */
  listed: z.boolean(),
  /** Whether its workflow runs jobs side by side. */
  isParallel: z.boolean().default(false),
  /** When its stream said that it ended, be it without saying how (a frame that says `Running`). */
  endSignalledAt: z.number().nullable(),
  /** True once the server was seen to have restarted since it began. */
  restarted: z.boolean(),
  /** Reads of `jobs` in a row that no longer listed it; for a queued one, that listed no job at all. */
  goneReads: z.number().int(),
  /** When the first of them was made. */
  goneSince: z.number().nullable(),
  /** Whether it may run on although `jobs` no longer lists it: somebody may have saved its workflow. */
  mayRunOn: z.boolean().default(false),
  /** Since when the history, which may tell how it ended, could not be read. */
  historyUnreadSince: z.number().nullable().default(null),
  /** Job ids of this workflow that ran before the start: none of them can be this job. */
  runningBefore: z.array(z.string()),
  /** The newest history row known before the start: only rows above it can be this job. Empty: there was none; null: not known. */
  historyMark: z.string().nullable(),
  evidence: z.array(evidenceSchema),
})
export type Job = z.infer<typeof jobSchema>

/** The stored record wins over the stream and over what was concluded; once it has spoken, it is not corrected. */
const isRecorded = ({ outcomeFrom }: Job): boolean => outcomeFrom === 'entry' || outcomeFrom === 'history'

/**
 * Whether a record that says Stopped may be of another's stop. A stop that overtakes the queue's next start writes over
 * that one, which runs on (source); neither this app nor the job's stream then says that it was stopped.
 */
export const mayBeAnothersStop = ({ isParallel, stopAskedAt, endSignalledAt }: Job): boolean =>
  !isParallel && stopAskedAt === null && endSignalledAt === null

/** Whether a record may still correct how the job's end was told. */
export const isInDoubt = (job: Job): boolean =>
  job.phase === 'ended' &&
  job.jobId !== null &&
  (!isRecorded(job) || (job.outcome === 'stopped' && mayBeAnothersStop(job)))

/** What this app concluded may be corrected for so long, in milliseconds: jobs that it thought gone may run for hours. */
export const doubtForMs = 24 * 3_600_000

/** Whether the app still has to find out how this job ended. */
export const isUnresolved = (job: Job): boolean => job.phase !== 'ended'
