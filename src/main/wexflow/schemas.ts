import { z } from 'zod'
import { cleanText } from '../../shared/clean-text.ts'
import { messageIdPattern } from '../../shared/message.ts'
import {
  type Entry,
  type JobFrame,
  launchTypes,
  type Schedule,
  type ServerMessage,
  type WireStatus,
  type WorkflowInfo,
  wireStatuses,
} from './server.ts'
import { serverTimeOf } from './server-clock.ts'

/**
 * The shapes that a Wexflow server sends, recorded on version 10.1. Of objects only what is used is read: later
 * versions may add fields. What an older version may lack has a default.
 */

const statusOfWord = (word: string): WireStatus | null =>
  wireStatuses.find((status) => status === word) ?? null

/**
 * What `start` answers for a workflow that is disabled, unknown or queued, and a workflow that has no job yet shows.
 */
const noJobId = '00000000-0000-0000-0000-000000000000'

/** How much of a text from outside is kept, in UTF-16 units. */
const longestName = 255
const longestDescription = 2000
const longestWord = 64

/** A name as it is kept. */
export const cleanName = (text: string): string => cleanText(text, longestName)

const name = z.string().transform(cleanName)
const description = z
  .string()
  .nullable()
  .default('')
  .transform((text) => cleanText(text ?? '', longestDescription))
const word = z.string().transform((text) => cleanText(text, longestWord))

/** Ids are numbers on SQL databases and text on MongoDB and RavenDB (source). */
const id = z.union([z.string().max(longestName), z.number()]).transform(String)

const jobId = z
  .string()
  .max(longestWord)
  .transform((text) => (text === noJobId ? null : text))

export const helloSchema = z.object({ message: z.string().regex(/wexflow/i) })

export const loginSchema = z.object({ access_token: z.string().min(1) })

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu

/** An empty body. */
export const nothingSchema = z.undefined()

export const startSchema = z.string().regex(guid).pipe(jobId)

/** The body of a 401 that no new sign-in can cure. */
export const forbiddenSchema = z.object({ error: z.literal('Unauthorized!') })

/** `dd.hh:mm:ss`, as .NET writes a time span; the days are left out where there are none. */
const timeSpan = /^(?:(\d{1,5})\.)?(\d\d):(\d\d):(\d\d)/u

/** In milliseconds; 0 for what can't be read. */
function spanOf(text: string): number {
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = timeSpan.exec(text) ?? []
  return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
}

interface WireSchedule {
  readonly LaunchType: number
  readonly Period: string | null
  readonly CronExpression: string | null
}

function scheduleOf({ LaunchType, Period, CronExpression }: WireSchedule): Schedule | null {
  const launchType = launchTypes[LaunchType]
  if (launchType === 'cron' && CronExpression !== null && CronExpression.length <= longestName)
    return { kind: 'cron', expression: CronExpression.trim() }
  const ms = spanOf(Period ?? '')
  return launchType === 'periodic' && ms > 0 ? { kind: 'period', ms } : null
}

/** The first year stands for never. */
function lastStartOf(text: string): number | null {
  const at = serverTimeOf(text)
  return at === null || at <= 0 ? null : at
}

export const workflowSchema = z
  .object({
    Id: z.number().int(),
    Name: name,
    Description: description,
    InstanceId: jobId.nullable().default(null),
    IsEnabled: z.boolean().default(true),
    IsApproval: z.boolean().default(false),
    EnableParallelJobs: z.boolean().default(true),
    LaunchType: z.number().default(1),
    Period: z.string().nullable().default(null),
    CronExpression: z.string().nullable().default(null),
    StartedOn: z.string().nullable().default(null),
    IsRunning: z.boolean().default(false),
    IsPaused: z.boolean().default(false),
    IsWaitingForApproval: z.boolean().default(false),
    Status: z.string().default(''),
  })
  .transform(
    (wire): WorkflowInfo => ({
      id: wire.Id,
      name: wire.Name,
      description: wire.Description,
      isEnabled: wire.IsEnabled,
      isApproval: wire.IsApproval,
      enableParallelJobs: wire.EnableParallelJobs,
      launchType: launchTypes[wire.LaunchType] ?? 'trigger',
      schedule: scheduleOf(wire),
      lastStart: lastStartOf(wire.StartedOn ?? ''),
      isRunning: wire.IsRunning,
      isPaused: wire.IsPaused,
      isWaitingForApproval: wire.IsWaitingForApproval,
      jobId: wire.InstanceId,
      status: statusOfWord(wire.Status),
    }),
  )

export const entrySchema = z
  .object({
    Id: id,
    WorkflowId: z.number().int(),
    Name: name,
    Status: z.union([z.number(), word]),
    StatusDate: word,
  })
  .transform(
    (wire): Entry => ({
      id: wire.Id,
      workflowId: wire.WorkflowId,
      name: wire.Name,
      status:
        typeof wire.Status === 'number' ? (wireStatuses[wire.Status] ?? null) : statusOfWord(wire.Status),
      rawStatus: String(wire.Status),
      statusDate: wire.StatusDate,
    }),
  )

/** `null` for an entry that is not there. `false`, which the server says of any trouble (source), is no answer. */
export const entryOrNothingSchema = entrySchema.nullable()

/** The server puts the ids of messages into its SQL as they come (source): none leaves this app that could say more. */
const messageId = id.refine((text) => messageIdPattern.test(text))

export const messageSchema = z
  .object({
    Id: messageId,
    AssignedBy: name.nullable().default(''),
    AssignedOn: word,
    Message: description,
    IsRead: z.boolean(),
  })
  .transform(
    (wire): ServerMessage => ({
      id: wire.Id,
      from: wire.AssignedBy ?? '',
      text: wire.Message,
      sentText: wire.AssignedOn,
      isRead: wire.IsRead,
    }),
  )

/** What is answered in the place of a log that is not there. */
export const noLogSchema = z.null().optional()

export const frameSchema = z
  .object({ jobId: z.string(), status: word })
  .transform((wire): JobFrame & { jobId: string } => ({
    jobId: wire.jobId,
    status: statusOfWord(wire.status),
    rawStatus: wire.status,
  }))

/** Of a change only the number of the server's run is used: the counts in it drift. */
export const statusCountSchema = z.object({ Id: id })

/** The counts by their names. */
export const statusCountsSchema = z.record(z.string(), z.number())
