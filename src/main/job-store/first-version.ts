import { z } from 'zod'
import { phaseSchema } from '../../shared/job-view.ts'
import { evidenceSchema, outcomeSchema, outcomeSourceSchema, reasonSchema } from '../../shared/outcome.ts'
import { type End, type Job, type Run, type Start } from '../tracking/job.ts'
import { wireStatuses } from '../wexflow/server.ts'

/** What a line of the jobs file held in the first version of the app: one flat record for a job. */
const firstVersionSchema = z.object({
  key: z.string(),
  serverId: z.string(),
  workflowId: z.number().int(),
  workflowName: z.string(),
  isApproval: z.boolean(),
  jobId: z.string().nullable(),
  phase: phaseSchema,
  requestedAt: z.number(),
  sentAt: z.number().nullable(),
  answerLost: z.boolean(),
  queuedAt: z.number().nullable().default(null),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  durationMs: z.number().nullable(),
  outcome: outcomeSchema.nullable(),
  outcomeFrom: outcomeSourceSchema.nullable(),
  reason: reasonSchema.nullable(),
  errorLine: z.string().nullable(),
  maybeOthers: z.boolean(),
  stopAskedAt: z.number().nullable(),
  stopConfirmed: z.boolean().default(false),
  entryId: z.string().nullable(),
  entryStatus: z.string().nullable().default(null),
  historyId: z.string().nullable(),
  serverRun: z.string().nullable(),
  listed: z.boolean(),
  isParallel: z.boolean().default(false),
  endSignalledAt: z.number().nullable(),
  restarted: z.boolean(),
  goneReads: z.number().int(),
  goneSince: z.number().nullable(),
  mayRunOn: z.boolean().default(false),
  historyUnreadSince: z.number().nullable().default(null),
  runningBefore: z.array(z.string()),
  historyMark: z.string().nullable(),
  evidence: z.array(evidenceSchema),
})
type FirstVersion = z.infer<typeof firstVersionSchema>

function answerOf(old: FirstVersion): Start['answer'] {
  const { jobId, requestedAt, startedAt, queuedAt, reason } = old
  if (old.outcome === 'notStarted' && queuedAt === null)
    return { kind: 'refused', at: old.endedAt ?? requestedAt, reason: reason ?? 'refused' }
  // A start that was queued, or whose answer was lost, was given its run without a word of the server.
  if (queuedAt !== null) return { kind: 'queued', at: queuedAt }
  if (old.answerLost) return { kind: 'lost', at: old.sentAt ?? requestedAt }
  if (jobId !== null) return { kind: 'id', at: startedAt ?? requestedAt, jobId }
  return { kind: 'awaited' }
}

function runOf(old: FirstVersion): Run | null {
  if (old.jobId === null) return null
  const seenAt = old.startedAt ?? old.requestedAt
  // The first version did not keep the words of statuses, only their numbers, as entries write them.
  const raw = old.entryStatus ?? '1'
  const activity = old.phase === 'suspended' || old.phase === 'waiting' ? old.phase : 'running'
  const isShown = old.listed || old.entryId !== null || old.endSignalledAt !== null
  return {
    jobId: old.jobId,
    startedAt: old.startedAt,
    shownAt: isShown ? seenAt : null,
    activity,
    wasSuspended: activity === 'suspended',
    entry:
      old.entryId === null
        ? null
        : {
            id: old.entryId,
            status: { word: wireStatuses[Number(raw)] ?? null, raw },
            at: seenAt,
            isWitnessed: false,
          },
    isListed: old.listed,
    isHidden: false,
    frame:
      old.endSignalledAt === null
        ? null
        : { status: { word: 'Running', raw: 'Running' }, at: old.endSignalledAt },
    remembered: null,
    // What the row said is in the end; it is kept for its log.
    history:
      old.historyId === null ? null : { id: old.historyId, status: { word: null, raw: '' }, at: seenAt },
    gone:
      old.goneSince === null || old.goneReads === 0
        ? null
        : { count: old.goneReads, since: old.goneSince, at: old.goneSince },
    mayRunOn: old.mayRunOn,
    notBegunSince: null,
  }
}

const endOf = (old: FirstVersion): End | null =>
  old.phase !== 'ended'
    ? null
    : {
        // An end without an outcome could be written then.
        outcome: old.outcome ?? 'unknown',
        from: old.outcomeFrom ?? 'inferred',
        reason: old.outcome === null ? 'notRecorded' : old.reason,
        endedAt: old.endedAt ?? old.requestedAt,
        durationMs: old.durationMs,
        errorLine: old.errorLine,
        // Whoever looks at it reads it; a list of a thousand is not read anew for what was told long ago.
        isLogRead: true,
      }

/** A job as it is kept now, of what the first version kept. */
const upgraded = (old: FirstVersion): Job => ({
  key: old.key,
  serverId: old.serverId,
  workflowId: old.workflowId,
  workflowName: old.workflowName,
  isApproval: old.isApproval,
  isParallel: old.isParallel,
  start: {
    requestedAt: old.requestedAt,
    variables: [],
    sentAt: old.sentAt,
    answer: answerOf(old),
    runningBefore: old.runningBefore,
    historyMark: old.historyMark,
    entryMark: null,
    markedAt: null,
    idle:
      old.jobId === null && old.goneSince !== null
        ? { count: old.goneReads, since: old.goneSince, at: old.goneSince }
        : null,
    heldSince: null,
    isPassedOver: false,
  },
  run: runOf(old),
  end: endOf(old),
  stop: old.stopAskedAt === null ? null : { askedAt: old.stopAskedAt, said: old.stopConfirmed },
  wish: null,
  maybeOthers: old.maybeOthers,
  serverRun: old.serverRun,
  restartedAt: old.restarted ? (old.startedAt ?? old.requestedAt) : null,
  search:
    old.historyUnreadSince === null
      ? null
      : { at: old.historyUnreadSince, unreadSince: old.historyUnreadSince },
  evidence: old.evidence,
})

/** A job as the first version kept it, as it is kept now. */
export const upgradedJobSchema = firstVersionSchema.transform(upgraded)
