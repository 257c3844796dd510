import { z } from 'zod'
import {
  evidenceSchema,
  outcomeSchema,
  outcomeSourceSchema,
  reasonSchema,
  type RanOutcome,
} from '../../shared/outcome.ts'
import { sentVariableSchema } from '../../shared/variables.ts'
import { wishes } from '../../shared/wish.ts'
import { type Entry, launchTypes, type WireStatus, wireStatuses } from '../wexflow/server.ts'
import { isNamedByRow, isNameless, isNumber } from './ids.ts'
import { missesSchema } from './misses.ts'
import { stopping } from './policy.ts'

/**
 * What is known of the jobs. A **start** is what this app asked for; a **run** is one instance that the server
 * executes, whoever began it. A start owns the run whose id is in its answer; where that was lost, where the start was
 * queued, or where that id never came to exist, it claims one by the rules of `claim.ts`. A **job**, as a person sees it,
 * is a start with its run, or one that has none yet, or a **watched** run: one that others began. That a run is watched
 * keeps no start from claiming it. Times are milliseconds since 1970 on this machine's clock.
 */

/** A status as the server says it: by its word, or null for one that this app does not know, and as it was written. */
const statusSchema = z.object({
  word: z.enum(wireStatuses).nullable(),
  raw: z.string(),
})

const answerSchema = z.discriminatedUnion('kind', [
  /** The wish is known, and once `sentAt` is set the request is under way. */
  z.object({ kind: z.literal('awaited') }),
  /** The request may have reached the server, and no answer came. */
  z.object({ kind: z.literal('lost'), at: z.number() }),
  /** The server holds the start behind a running job of its workflow. */
  z.object({ kind: z.literal('queued'), at: z.number() }),
  z.object({ kind: z.literal('id'), at: z.number(), jobId: z.string() }),
  /** This app asked for nothing: others began the run, which is watched; `at`: when it was first seen. */
  z.object({ kind: z.literal('elsewhere'), at: z.number(), launchType: z.enum(launchTypes) }),
  /** Nothing was started. */
  z.object({ kind: z.literal('refused'), at: z.number(), reason: reasonSchema }),
])

const startSchema = z.object({
  requestedAt: z.number(),
  /** What was given along. */
  variables: z.array(sentVariableSchema).default([]),
  /** When the intent was on disk and the request went out; null while nothing can have been sent. */
  sentAt: z.number().nullable(),
  answer: answerSchema,
  /** Job ids of this workflow that ran before: none of them can be this start's. */
  runningBefore: z.array(z.string()),
  /** The newest history row before: only rows above it can be this start's. Empty: there was none; null: not known. */
  historyMark: z.string().nullable(),
  /**
   * The greatest id of an entry before, where ids are numbers: only greater ones can be this start's. Null: not known.
   */
  entryMark: z.string().nullable(),
  /** When these marks were asked for; null where that is not known. */
  markedAt: z.number().nullable().default(null),
  /** Reads of its workflow's running jobs that found nothing that could be its run. */
  idle: missesSchema.nullable(),
  /** Since when the server holds it in a queue that stands still; null while that is not so. */
  heldSince: z.number().nullable().default(null),
  /** Whether its workflow has run something since it was held so: a queue that goes on is gone through at once. */
  isPassedOver: z.boolean().default(false),
})
export type Start = z.infer<typeof startSchema>

const runSchema = z.object({
  /** Wexflow's instance id; a name of this app's where only its entry or its row in the history is known. */
  jobId: z.string(),
  /** When it began, by this machine's clock; null where that was not witnessed. */
  startedAt: z.number().nullable(),
  /** When the server first showed it; null while it has not. `start` answers before the job exists. */
  shownAt: z.number().nullable(),
  activity: z.enum(['running', 'suspended', 'waiting']),
  /** Whether it was ever seen suspended: how long it takes says nothing of its work then. */
  wasSuspended: z.boolean().default(false),
  /** Its stored record in this run of the server; once one was seen, `null` proves a restart. */
  entry: z
    .object({
      id: z.string(),
      status: statusSchema,
      /** The date that it had then, as the server writes it; earlier versions did not keep it. */
      statusDate: z.string().optional(),
      /** When it was first seen to say this. */
      at: z.number(),
      /** Whether it was read as it changed. */
      isWitnessed: z.boolean(),
    })
    .nullable(),
  /** Whether `jobs` has listed it in this run of the server: from then on its absence means that it ended. */
  isListed: z.boolean(),
  /** Whether only `workflow` names it: the queue's next job after a stop is listed nowhere, and its log has no id. */
  isHidden: z.boolean(),
  /** The one message of its stream, which says that it ended, and mostly how. */
  frame: z.object({ status: statusSchema, at: z.number() }).nullable(),
  /** What the server remembers of it as its workflow's last job. */
  remembered: z.object({ status: statusSchema, at: z.number() }).nullable(),
  /** Its row in the history, which outlives the server's runs; its date is unknown where an earlier version found it. */
  history: z
    .object({ id: z.string(), status: statusSchema, statusDate: z.string().optional(), at: z.number() })
    .nullable(),
  /** Reads of `jobs` in a row that no longer listed it. */
  gone: missesSchema.nullable(),
  /** Whether it may run on although `jobs` no longer lists it: somebody may have saved its workflow. */
  mayRunOn: z.boolean(),
  /** Since when the server holds its start and begins nothing; null while that is not so. */
  notBegunSince: z.number().nullable(),
})
export type Run = z.infer<typeof runSchema>

const endSchema = z.object({
  outcome: outcomeSchema,
  from: outcomeSourceSchema,
  reason: reasonSchema.nullable(),
  endedAt: z.number(),
  /** Milliseconds that it took; null where neither this machine's clock nor the log tells. */
  durationMs: z.number().nullable(),
  /** The last line of the log that says what went wrong. */
  errorLine: z.string().nullable(),
  /** Whether its log was read, for how long it took and what went wrong. */
  isLogRead: z.boolean(),
})
export type End = z.infer<typeof endSchema>

export const jobSchema = z.object({
  /** This app's own name for the job; exists before the server has given it an id. */
  key: z.string(),
  /** The server profile's id; never its address, which can change. */
  serverId: z.string(),
  workflowId: z.number().int(),
  workflowName: z.string(),
  /**
   * Whether the workflow can ask for approval: such a job has to be asked about, since nothing announces that it waits.
   */
  isApproval: z.boolean(),
  /** Whether its workflow runs jobs side by side. */
  isParallel: z.boolean(),
  start: startSchema,
  run: runSchema.nullable(),
  end: endSchema.nullable(),
  /**
   * The wish of this app to stop it, and whether the server said that it did: that it did not is no proof. Null while no
   * answer came.
   */
  stop: z.object({ askedAt: z.number(), said: z.boolean().nullable() }).nullable(),
  /** What else this app asked the server to do with it, until the server shows what became of that. */
  wish: z
    .object({ kind: z.enum(wishes).exclude(['stop']), askedAt: z.number() })
    .nullable()
    .default(null),
  /** True where another person's start could be meant as well: nobody owns a job on the wire. */
  maybeOthers: z.boolean(),
  /** The `Id` of the server's run in which it was last seen; null while not known. */
  serverRun: z.string().nullable(),
  /** When the server was seen to have restarted since it began; null where it was not. */
  restartedAt: z.number().nullable(),
  /** The last search of the history that did not find it, and since when the history could not be read whole. */
  search: z.object({ at: z.number(), unreadSince: z.number().nullable() }).nullable(),
  evidence: z.array(evidenceSchema),
})
export type Job = z.infer<typeof jobSchema>

/** A status as the server says it. */
export type Status = z.infer<typeof statusSchema>

/** A job whose end is known. */
export type EndedJob = Job & { readonly end: End }

/** Wexflow's statuses that end a job, and the outcome that each is. */
const finalOutcomes: Readonly<Partial<Record<WireStatus, RanOutcome>>> = {
  Done: 'done',
  Failed: 'failed',
  Warning: 'warning',
  Stopped: 'stopped',
  Rejected: 'rejected',
}

/** The outcome that a status is; undefined for one that ends no job, or that this app does not know. */
export const outcomeOf = ({ word }: { readonly word: WireStatus | null }): RanOutcome | undefined =>
  word === null ? undefined : finalOutcomes[word]

/** Whether an entry or a row of the history says that its job has ended. */
export const isFinal = ({ status }: Pick<Entry, 'status'>): boolean =>
  outcomeOf({ word: status }) !== undefined

/** Whether it is a run that others began, which no start of this app has claimed. */
export const isWatched = ({ start }: Job): boolean => start.answer.kind === 'elsewhere'

/** Whether this app asked for it. */
export const isStart = (job: Job): boolean => !isWatched(job)

/** Whether the app still has to find out how this job ended. */
export const isOpen = ({ end }: Job): boolean => end === null

/** The id of the job's run, be it Wexflow's or the app's own name for it; null while it has no run. */
export const jobIdOf = ({ run }: Job): string | null => run?.jobId ?? null

/** Wexflow's instance id of the job's run, by which it can be asked for; null where that is not known. */
export const wireIdOf = ({ run }: Job): string | null =>
  run === null || isNameless(run.jobId) ? null : run.jobId

/** Whether the server has shown the run: of what it showed before a restart only the message of its stream counts on. */
export const isShown = ({ isListed, entry, frame }: Run): boolean =>
  isListed || entry !== null || frame !== null

/** Whether the answer of a start may still come: a new run may well be this start's own. */
export const isBeingSent = ({ start, end }: Job): boolean =>
  end === null && start.sentAt !== null && start.answer.kind === 'awaited'

/** Whether a start waits for its run: it is queued, or its answer was lost. */
export const awaitsRun = ({ start, run, end }: Job): boolean =>
  end === null && run === null && (start.answer.kind === 'queued' || start.answer.kind === 'lost')

/** Whether the server holds the start behind another job. */
export const isQueued = ({ start, run, end }: Job): boolean =>
  end === null && run === null && start.answer.kind === 'queued'

/** Whether the answer was lost, and no run is known. */
export const isLost = ({ start, run, end }: Job): boolean =>
  end === null && run === null && start.answer.kind === 'lost'

/** When the app learnt that the start was taken; null where it does not know. */
export const answeredAt = ({ start }: Job): number | null => ('at' in start.answer ? start.answer.at : null)

/** The greatest id of an entry before the start; null where that is not known, or ids are no numbers. */
export const entryMarkOf = ({ start }: Job): bigint | null =>
  start.entryMark !== null && isNumber(start.entryMark) ? BigInt(start.entryMark) : null

/**
 * Whether a record that says Stopped may be of another's stop. A stop that overtakes the queue's next start writes over
 * that one, which runs on (source); neither this app nor the job's stream then says that it was stopped. This app's own
 * stop that was answered with false may have come to nothing.
 */
export const mayBeAnothersStop = ({ isParallel, stop, run }: Job): boolean =>
  !isParallel && (stop === null || stop.said === false) && (run?.frame ?? null) === null

/**
 * Whether the stream's Stopped may be of the stop of the job before it: the server has shown this one only now, and this
 * app had not asked to stop it. A start that waits with its id for another's end was seen to be told so as it began, and
 * ran on.
 */
export const isFrameInDoubt = ({ run, stop }: Job): boolean =>
  run?.frame != null &&
  outcomeOf(run.frame.status) === 'stopped' &&
  run.frame.at - (run.shownAt ?? run.frame.at) < stopping.saidOfNextWithin &&
  (stop === null || stop.askedAt > run.frame.at)

/**
 * Whether a stop that this app asked for may have met the job's own end: the server then says how the job ended, and a
 * moment later writes Stopped over that.
 */
export const mayBeStoppedYet = ({ stop, end }: Job): boolean =>
  stop !== null && end !== null && end.outcome !== 'stopped' && stop.askedAt <= end.endedAt

/** Whether a record says how a job ended. */
export const isRecorded = ({ from }: Pick<End, 'from'>): boolean => from === 'entry' || from === 'history'

/** Whether what told of an end comes moments before its record: the job's stream, or the server's memory. */
export const awaitsRecord = ({ from }: Pick<End, 'from'>): boolean => from === 'stream' || from === 'job'

/** Whether a record may still correct how the job's end was told. */
export const isInDoubt = (job: Job): boolean =>
  job.end !== null &&
  job.run !== null &&
  (!isRecorded(job.end) || mayBeStoppedYet(job) || (job.end.outcome === 'stopped' && mayBeAnothersStop(job)))

/** What an entry says of a job that has yet to end: Pending or Running. */
const unended: ReadonlySet<string> = new Set(['0', '1'])

/** Whether the run's record, as far as it was read, says that it has yet to end. */
export const isRecordOpen = ({ entry }: Run): boolean => entry === null || unended.has(entry.status.raw)

/**
 * Whether a server goes on listing the job although it has ended: its stream said so, while the database was away, and no
 * record will (docs/job-ends.md, point 31).
 */
export const isLeftListed = ({ end, run }: Job): boolean =>
  end !== null && run !== null && run.frame !== null && run.gone === null && isRecordOpen(run)

/** What an entry or a row of the history says of its run's end. */
type EndRecord = Pick<Entry, 'statusDate' | 'rawStatus'>

/** Whether an entry and a row of the history are of one end: both are written as a run ends, and have its date. */
export const areOfOneEnd = (
  known: NonNullable<Run['entry'] | Run['history']>,
  { statusDate, rawStatus }: EndRecord,
): boolean => known.statusDate === statusDate && known.status.raw === rawStatus

/** Whether a nameless entry is that of a job of which only a nameless row of the history is known. */
export const hasRowOf = ({ run }: Job, entry: EndRecord): boolean =>
  run?.history != null && run.entry === null && isNamedByRow(run.jobId) && areOfOneEnd(run.history, entry)
