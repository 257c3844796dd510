import type { Job } from '../job.ts'
import type { Reason } from '../../../shared/outcome.ts'
import type { Entry } from '../../wexflow/server.ts'
import { isGone, unreadForMs, wasShown } from './absence.ts'
import { type Decision, noQuestions, note, question } from './decision.ts'
import { conclude, end, infer, isRunningOn, outcomeOf, record } from './ending.ts'
import type { Watch } from './facts.ts'
import { onLostStartMissing, onQueuedStartMissing } from './starting.ts'
import { isStopOurs } from './stopping.ts'

/** What the history says, the last to be asked: what it does not hold has no record. */

/** How long a job must be gone without a record before that is concluded. */
const concludeAfterMs = 5000
/**
 * And where nothing has said that it ended: the parallel jobs of a workflow that somebody saves leave `jobs` and run
 * on, with an entry that says so (source).
 */
const concludeUnsignalledAfterMs = 600_000
/** How long after its request a lost start may still begin although the server is known to have restarted. */
const lostBeginsWithinMs = 60_000
/** A job that was shown nowhere for this long is told as unknown: starving servers began jobs minutes late. */
const giveUpUnseenMs = 600_000
/** And after this time where the server can't have restarted since, so that the job must still begin. */
const giveUpInThisRunMs = 3_600_000
/** A job that has said that it ended is looked for in `jobs` again after this time. */
const signalledLookMs = 1500
/** A history that is refused, or whose logs are empty, is read again after this time. */
const readAgainMs = 15_000
/**
 * A history that can't be read is waited for so long by a start without an id, which can't be looked for later: whatever
 * its workflow ran meanwhile could be taken for it.
 */
const unreadWithoutIdForMs = 600_000

/** A row whose log names this job, or the job that this start is taken for. */
export function onHistoryFound(before: Job, row: Entry, jobId: string, now: number): Decision {
  const outcome = outcomeOf(row.status)
  const found: Job = {
    ...note(before, now, 'historyFound', row.rawStatus),
    jobId,
    historyId: row.id,
    maybeOthers: before.maybeOthers || before.jobId === null,
  }
  if (outcome !== undefined) return record(found, { outcome, from: 'history', at: now, witnessed: false })
  if (found.phase === 'ended') return { job: found, ask: noQuestions }
  return {
    job: end(found, {
      outcome: 'unknown',
      from: 'history',
      at: now,
      reason: 'unknownStatus',
      witnessed: false,
    }),
    ask: noQuestions,
  }
}

/** The history can't be read now: what it may hold is not told as unknown before that has lasted. */
export function onHistoryUnread(job: Job, watch: Watch, now: number): Decision {
  if (job.phase === 'ended') return { job, ask: noQuestions }
  const unreadSince = job.historyUnreadSince ?? now
  const noted = { ...note(job, now, 'historyUnread'), historyUnreadSince: unreadSince }
  const patience = job.jobId === null ? unreadWithoutIdForMs : unreadForMs
  if (now - unreadSince < patience) return { job: noted, ask: question('history', readAgainMs) }
  const concluded = onHistoryMissing(noted, { ...watch, isWhole: false }, now)
  const isOpen = concluded.job.reason === 'endedWithServer' || concluded.job.reason === 'notRecorded'
  return isOpen ? { ...concluded, job: { ...concluded.job, reason: 'historyUnread' } } : concluded
}

/** No row names it. */
export function onHistoryMissing(before: Job, watch: Watch, now: number): Decision {
  if (before.phase === 'ended') return { job: before, ask: noQuestions }
  const { isOfThisRun, idleForMs } = watch
  const job: Job = { ...before, historyUnreadSince: null }
  if (job.restarted) {
    const noted = note(job, now, 'historyMissing')
    // A start whose answer was lost may have reached the new run: the next round looks again.
    const mayBegin = job.jobId === null && job.answerLost && now - job.requestedAt < lostBeginsWithinMs
    if (mayBegin) return { job: noted, ask: noQuestions }
    // Unseen, a queued start may have begun just before the server went.
    const reason: Reason = job.phase === 'queued' ? 'startUnconfirmed' : 'endedWithServer'
    return { job: infer(noted, now, 'unknown', reason), ask: noQuestions }
  }
  if (job.phase === 'queued') return onQueuedStartMissing(job, watch, now)
  if (job.phase === 'starting') return onLostStartMissing(job, now)
  // A start that overtook the beginning of another one waits, with its id, for that other's end (source).
  const waitsForMs = Math.min(now - job.requestedAt, idleForMs)
  const giveUpMs = isOfThisRun ? giveUpInThisRunMs : giveUpUnseenMs
  if (!wasShown(job) && job.jobId !== null && waitsForMs > giveUpMs) {
    const noted = note(note(job, now, 'historyMissing'), now, 'concluded')
    return { job: infer(noted, now, 'unknown', 'startUnconfirmed'), ask: noQuestions }
  }
  if (!isGone(job))
    return { job, ask: job.endSignalledAt === null ? noQuestions : question('jobs', signalledLookMs) }
  const goneFor = now - (job.goneSince ?? now)
  const isSignalled = job.endSignalledAt !== null || isStopOurs(job) || !isRunningOn(job)
  const patience = isSignalled || !job.mayRunOn ? concludeAfterMs : concludeUnsignalledAfterMs
  if (goneFor < patience) return { job, ask: question('entry', patience - goneFor) }
  return conclude(note(job, now, 'historyMissing'), now)
}
