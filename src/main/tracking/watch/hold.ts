import type { Entry } from '../../wexflow/server.ts'
import { canBeOf } from '../claim.ts'
import { isNumber } from '../ids.ts'
import { awaitsRun, entryMarkOf, isBeingSent, isOpen, isShown, isWatched, type Job } from '../job.ts'
import { watching } from './policy.ts'

/** A run as the pages show it, and the job's id that its log names; null where it names none. */
export interface Found {
  readonly row: Entry
  readonly jobId: string | null
}

/**
 * Whether a run may still turn out to be this start's: it is told as somebody else's only once that is settled, or has
 * taken too long. Another profile may be another user of the same server, whose start is on its way.
 * @param seenAt when the run was first seen, in milliseconds since 1970
 */
export function mayBeOf(start: Job, { row, jobId }: Found, serverId: string, seenAt: number): boolean {
  if (isWatched(start) || start.workflowId !== row.workflowId) return false
  if (start.serverId !== serverId) return isBeingSent(start)
  const mark = entryMarkOf(start)
  const isAbove = mark === null || !isNumber(row.id) || BigInt(row.id) > mark
  if (!canBeOf(start, { jobId: jobId ?? '', isNewFor: () => isAbove })) return false
  if (isBeingSent(start) || awaitsRun(start)) return true
  const { run, end } = start
  if (run === null || run.entry !== null) return false
  // The run may be this start's under another id, while its own id is never shown.
  if (isOpen(start) && !isShown(run)) return true
  // A run without a name may be any that shows no entry yet.
  const recordedAt = Math.max(end?.endedAt ?? seenAt, run.history?.at ?? 0)
  return jobId === null && seenAt - recordedAt < watching.recordWithin
}
