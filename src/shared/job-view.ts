import { z } from 'zod'
import { outcomeSchema, outcomeSourceSchema, reasonSchema } from './outcome.ts'
import { sentVariableSchema } from './variables.ts'
import { wishes } from './wish.ts'

/** Where a job is on its way. Each has a word in the message catalogue (`phase.*`). */
export const phases = [
  /** The start is asked for, and the server has not confirmed it. */
  'starting',
  /** The server holds it behind a running job of the same workflow. */
  'queued',
  /** The server has taken the start and begins nothing: a workflow can be dead. */
  'notBegun',
  'running',
  'suspended',
  /** It waits for a person's approval. */
  'waiting',
  'ended',
] as const
export const phaseSchema = z.enum(phases)
export type Phase = z.infer<typeof phaseSchema>

/**
 * What is known of who began a job: this app; or others, whom the server names nowhere. What it says is how the
 * workflow is begun where nobody does it by hand, which leaves no other trace: with the server, after each period, at
 * the times of a cron expression, or (`others`) not at all.
 */
const origins = ['app', 'others', 'startup', 'periodic', 'cron'] as const
const originSchema = z.enum(origins)
export type Origin = z.infer<typeof originSchema>

/** How a job ended. */
const endSchema = z.object({
  phase: z.literal('ended'),
  outcome: outcomeSchema,
  /** Which source decided the outcome. */
  from: outcomeSourceSchema,
  /** Why the outcome is `notStarted` or `unknown`; null where the server told the outcome. */
  reason: reasonSchema.nullable(),
  /** When it ended; null where it never began, or that is not known. */
  endedAt: z.number().nullable(),
  /** When this app learnt of it. */
  learntAt: z.number(),
  /** Milliseconds that the job took; null where neither this app's clock nor the log tells. */
  durationMs: z.number().nullable(),
  /** The last line of the log that says what went wrong. */
  errorLine: z.string().nullable(),
})

/**
 * A job as tray, window, notifications and diagnostics show it. Derived from what tracking knows, never stored.
 * Times are milliseconds since 1970 on this machine's clock.
 */
export const jobViewSchema = z.object({
  /** This app's own name for the job; exists before the server has given it an id. */
  key: z.string(),
  /** The server profile's id; never its address, which can change. */
  serverId: z.string(),
  workflowId: z.number().int(),
  workflowName: z.string(),
  /** Wexflow's instance id; null while none is known. */
  jobId: z.string().nullable(),
  /** Whether its workflow asks for approval: how long it takes is a person's doing then. */
  isApproval: z.boolean(),
  /** When this app asked for it, or first saw it. */
  requestedAt: z.number(),
  origin: originSchema,
  /** When it began; null while it has not, or where that was not witnessed. */
  startedAt: z.number().nullable(),
  /** Whether it was suspended for a while, which counts among the time that it takes. */
  wasSuspended: z.boolean(),
  /** What was given along with the start. */
  variables: z.array(sentVariableSchema),
  /** Whether it ran with the values of the job before it: a server forgets those of a start that it queues. */
  hasOthersVariables: z.boolean(),
  /** What this app asked the server to do with it, until it is known what became of that; null for nothing. */
  asked: z.enum(wishes).nullable(),
  /** True where another person's start could be meant as well: nobody owns a job on the wire. */
  maybeOthers: z.boolean(),
  /** Where it is on its way. "Ended without an outcome" can't be written. */
  state: z.discriminatedUnion('phase', [z.object({ phase: phaseSchema.exclude(['ended']) }), endSchema]),
})
export type JobView = z.infer<typeof jobViewSchema>

/** How a job ended. */
export type JobEnd = z.infer<typeof endSchema>

/** A job whose end is known. */
export type EndedJobView = JobView & { readonly state: JobEnd }

/** Whether the job's end is known; until it is, the job is under way. */
export const hasEnded = (job: JobView): job is EndedJobView => job.state.phase === 'ended'
