import type { Outcome, OutcomeSource, Reason } from '../../shared/outcome.ts'
import { isNameless } from './ids.ts'
import {
  answeredAt,
  type End,
  isFrameInDoubt,
  isInDoubt,
  isLost,
  isQueued,
  isRecorded,
  isRecordOpen,
  isShown,
  type Job,
  outcomeOf,
  type Run,
  type Status,
} from './job.ts'
import { areEnough } from './misses.ts'
import { duration, giveUp, gone, notBegun, stopping, unread } from './policy.ts'
import { ownIdShownBy } from './replaced-id.ts'

/**
 * What follows from all that is known of a job: how it ended, or that the server has taken its start and begins
 * nothing. Pure. The rules stand in their order of trust; the first that says something decides.
 */

/** What is known beside the job: of its workflow, of the server's run, and of what was asked when. */
export interface ConcludeContext {
  /** Whether the server can't have restarted since the job was seen. */
  readonly isOfThisRun: boolean
  /**
   * Whether none of its workflow's runs since the start was queued went to another start, or was left nameless: where the
   * server is still in the same run, the start has not begun if that ran nothing.
   */
  readonly isQueueKnown: boolean
  /**
   * Whether the history has a row without a name, or the pages an entry of nobody's, that may be of the run of a start
   * that waits for one.
   */
  readonly mayHaveRun: boolean
  /** Milliseconds since its workflow was last seen to run anything. */
  readonly idleForMs: number
  /** When its entry was last asked for and answered; the same for its workflow's running jobs. */
  readonly entryAt: number
  readonly jobsAt: number
  /**
   * Whether its entry was there, and was missing when it was last asked for: the server has restarted if the stream that
   * says otherwise is dead.
   */
  readonly isEntryMissing: boolean
  /** When the entry of the id that its start was given was last asked for, where it has claimed another run. */
  readonly ownEntryAt: number
  /** Since when the server has been followed without a break, in milliseconds since 1970; infinite while it is not. */
  readonly followedSince: number
  /** How many jobs that this app follows the server runs, this one included, as far as is known. */
  readonly running: number
}

/** What follows: an end, or the time since when the server holds the start without beginning it. */
export type Conclusion =
  | { readonly kind: 'end'; readonly end: End }
  | { readonly kind: 'notBegun'; readonly since: number }

/** A run's end as a rule finds it. */
interface Finding {
  readonly outcome: Outcome
  readonly from: OutcomeSource
  readonly reason?: Reason
}

interface Case {
  readonly job: Job
  readonly context: ConcludeContext
  readonly now: number
}

interface Rule {
  readonly why: string
  readonly find: (one: Case) => Finding | null
}

const recorded = (status: Status, from: OutcomeSource): Finding | null => {
  const outcome = outcomeOf(status)
  return outcome === undefined ? null : { outcome, from }
}

/** Whether the history was searched since then, or could not be read for so long that it is gone on without. */
function isSearchedSince({ search, run }: Job, since: number): boolean {
  if (search === null || search.at < since) return false
  if (search.unreadSince === null) return true
  return search.at - search.unreadSince >= (run === null ? unread.waitWithoutId : unread.wait)
}

/** What is concluded from a history that could not be read says so. */
const unknownFor = ({ search }: Job, reason: Reason): Finding => ({
  outcome: 'unknown',
  from: 'inferred',
  reason:
    search?.unreadSince != null && (reason === 'endedWithServer' || reason === 'notRecorded')
      ? 'historyUnread'
      : reason,
})

/** Of the entry and the history's row the later one: a job that another's stop was written over has a second row. */
function laterRecord({ entry, history }: Run): Finding | null {
  const byEntry = entry === null ? null : recorded(entry.status, 'entry')
  const byHistory = history === null ? null : recorded(history.status, 'history')
  if (byEntry === null || byHistory === null) return byEntry ?? byHistory
  return (history?.at ?? 0) > (entry?.at ?? 0) ? byHistory : byEntry
}

/**
 * Whether a stop that this app asked for made the job go: one that came later did not, and one without an answer may
 * never have arrived. Refused, it did not where the job had yet to begin, and a job that a save of its workflow has hidden
 * can't be stopped any more (source).
 */
function isStopOurs({ stop, run }: Job): boolean {
  if (stop === null || stop.said === null || (run?.gone != null && stop.askedAt > run.gone.since))
    return false
  const shownAfterMs = run?.shownAt == null ? 0 : run.shownAt - stop.askedAt
  return stop.said || (run?.mayRunOn !== true && shownAfterMs <= stopping.worksOnBegunWithin)
}

/** From when on it is concluded that a job is gone, milliseconds since 1970; null while nothing says so. */
export function goneFrom(job: Job): number | null {
  const { run } = job
  if (run?.gone == null || !areEnough(run.gone))
    return run?.frame == null || isFrameInDoubt(job) ? null : run.frame.at + gone.concludeListedAfter
  const isSignalled = run.frame !== null || isStopOurs(job) || !isRecordOpen(run)
  return run.gone.since + (isSignalled || !run.mayRunOn ? gone.concludeAfter : gone.concludeUnsignalledAfter)
}

/**
 * Whether an entry says Stopped of a job that nobody here had stopped by then and that may run on: the stop of the job
 * before it was seen to write over it, and seconds later the entry said Done. It counts once the job is gone, and not
 * against what the job's own stream says after it.
 */
function isStopDoubtful(job: Job): boolean {
  const { run, end, stop, isParallel } = job
  if (run?.entry == null || outcomeOf(run.entry.status) !== 'stopped') return false
  if (isParallel || run.history !== null || (stop !== null && stop.askedAt <= run.entry.at)) return false
  const { entry, frame } = run
  if (frame !== null && !isFrameInDoubt(job))
    return outcomeOf(frame.status) !== undefined && entry.at <= frame.at
  if (end !== null) return false
  return run.gone === null || run.gone.at < entry.at + stopping.othersShowWithin
}

/** How long, in milliseconds, a start is waited for in a queue that has stood still since then. */
function queuePatience(
  { start: { heldSince, isPassedOver } }: Job,
  since: number,
  { isQueueKnown, isOfThisRun, followedSince }: ConcludeContext,
): number {
  if (heldSince === null || isPassedOver || !isQueueKnown) return giveUp.queue
  if (isOfThisRun) return giveUp.heldQueue
  // While the server is followed it shows whether it is in the same run: a start of an earlier one is in no queue any more.
  return Math.max(0, followedSince - since) + giveUp.queue
}

const rules: readonly Rule[] = [
  {
    why: 'the server refused the start',
    find: ({ job: { start } }) =>
      start.answer.kind === 'refused'
        ? { outcome: 'notStarted', from: 'inferred', reason: start.answer.reason }
        : null,
  },
  {
    why: 'its record says how',
    find: ({ job }) => (job.run === null || isStopDoubtful(job) ? null : laterRecord(job.run)),
  },
  {
    why: 'its stream said how',
    find: ({ job, job: { run } }) =>
      run?.frame == null || isFrameInDoubt(job) ? null : recorded(run.frame.status, 'stream'),
  },
  {
    why: 'the server remembers how',
    find: ({ job: { run } }) => (run?.remembered == null ? null : recorded(run.remembered.status, 'job')),
  },
  {
    why: 'the history has it with a status that nobody knows',
    find: ({ job: { run } }) =>
      run?.history == null ? null : { outcome: 'unknown', from: 'history', reason: 'unknownStatus' },
  },
  {
    why: 'the server restarted, and the history does not have it',
    find: ({ job, now }) => {
      if (job.restartedAt === null || !isSearchedSince(job, job.restartedAt)) return null
      const mayBegin = isLost(job) && now - job.start.requestedAt < giveUp.lostAfterRestart
      if (mayBegin) return null
      // Unseen, a queued start may have begun just before the server went.
      return unknownFor(job, isQueued(job) ? 'startUnconfirmed' : 'endedWithServer')
    },
  },
  {
    why: 'its queue stands still, and the history does not have it',
    find: ({ job, context, now }) => {
      const { idle } = job.start
      if (!isQueued(job) || job.restartedAt !== null || idle === null || !areEnough(idle)) return null
      // Most are younger, and need nothing more to be known.
      if (now < idle.since + giveUp.queue) return null
      const givenUpAt = idle.since + queuePatience(job, idle.since, context)
      if (now < givenUpAt || !isSearchedSince(job, givenUpAt)) return null
      const isKnown = context.isOfThisRun && context.isQueueKnown && job.search?.unreadSince === null
      return isKnown
        ? { outcome: 'notStarted', from: 'inferred', reason: 'queueDropped' }
        : unknownFor(job, 'startUnconfirmed')
    },
  },
  {
    why: 'its answer was lost, and nothing that it could be was found',
    find: ({ job, context, now }) => {
      // Where one job runs at a time it may have been queued, and waits for as long as its workflow runs something.
      const busyUntil = job.isParallel ? 0 : now - context.idleForMs
      const givenUpAt = Math.max(job.start.requestedAt, busyUntil) + giveUp.lostStart
      const isSearched = context.jobsAt >= givenUpAt && isSearchedSince(job, context.jobsAt)
      return isLost(job) && job.restartedAt === null && isSearched
        ? unknownFor(job, 'startUnconfirmed')
        : null
    },
  },
  {
    why: 'the server has shown it nowhere while its workflow ran nothing',
    find: ({ job, context, now }) => {
      const { run } = job
      if (run === null || isShown(run) || job.restartedAt !== null) return null
      // A start that overtook the beginning of another one waits, with its id, for that other's end (source).
      const waitedMs = Math.min(now - job.start.requestedAt, context.idleForMs)
      const givenUpAfter = context.isOfThisRun ? giveUp.unseenInThisRun : giveUp.unseen
      if (waitedMs <= givenUpAfter || !isSearchedSince(job, job.start.requestedAt + giveUp.unseen))
        return null
      return unknownFor(job, 'startUnconfirmed')
    },
  },
  {
    why: 'it is gone without a record',
    find: ({ job, context, now }) => {
      const from = goneFrom(job)
      const { run } = job
      if (from === null || run === null || now < from) return null
      // The history names jobs by their ids: it can't say which of its rows is that of a run without one.
      if (!isNameless(run.jobId) && !isSearchedSince(job, from)) return null
      // A job whose stop was refused may have gone with the server as well, unless its entry is still there.
      const isEntryThere = run.entry !== null && !context.isEntryMissing
      const isStopSure = isStopOurs(job) && (job.stop?.said === true || isEntryThere)
      if (isStopSure && isRecordOpen(run)) return { outcome: 'stopped', from: 'inferred' }
      if (isFrameInDoubt(job)) return { outcome: 'stopped', from: 'stream' }
      return unknownFor(job, isRecordOpen(run) ? 'notRecorded' : 'unknownStatus')
    },
  },
]

/** The first rule that says how a job ended, and what it says; null while none does. */
function find(one: Case): Finding | null {
  for (const rule of rules) {
    const finding = rule.find(one)
    if (finding !== null) return finding
  }
  return null
}

/** What follows from all that is known; null where that is nothing new. */
export function conclude(job: Job, context: ConcludeContext, now: number): Conclusion | null {
  if (job.end !== null && !isInDoubt(job)) return null
  const finding = find({ job, context, now })
  if (finding === null) return heldWithoutBeginning(job, context, now) ?? heldInQueue(job, context, now)
  if (job.end !== null) return correction(job.end, finding)
  if (mayBeAnothersEnd(job, context)) return null
  const reason = finding.reason ?? null
  const end = { ...finding, reason, ...timesOf(job, context, now), errorLine: null, isLogRead: false }
  return { kind: 'end', end }
}

/**
 * The end with what a record says of it, where that is something else than was told, or was told without one. What this app
 * concludes corrects nothing, and what the stream said gives way to a record only.
 */
function correction(end: End, finding: Finding): Conclusion | null {
  const isNews = finding.outcome !== end.outcome || finding.from !== end.from
  if (!isNews || !isRecorded(finding) || finding.outcome === 'unknown') return null
  return { kind: 'end', end: { ...end, ...finding, reason: finding.reason ?? null } }
}

/** Whether the run that ended may be another's, and the start's own begins only now; a restart leaves nothing to wait for. */
function mayBeAnothersEnd(job: Job, { isOfThisRun, ownEntryAt }: ConcludeContext): boolean {
  const shownBy = ownIdShownBy(job)
  return shownBy !== null && isOfThisRun && ownEntryAt < shownBy
}

/** When it ended, and how long it took where this machine's clock was there at both ends. */
function timesOf(job: Job, { running }: ConcludeContext, now: number): Pick<End, 'endedAt' | 'durationMs'> {
  const { run, start } = job
  if (run === null) return { endedAt: now, durationMs: null }
  const frame = isFrameInDoubt(job) ? null : run.frame
  const endedAt = frame?.at ?? run.gone?.since ?? run.entry?.at ?? now
  const isWitnessed =
    frame !== null || (run.entry?.isWitnessed === true && outcomeOf(run.entry.status) !== undefined)
  // It began between the request and the first time that the server showed it. When a queued one did, its log tells.
  const isBeginKnown =
    start.answer.kind === 'id' && run.shownAt !== null && run.shownAt - start.requestedAt <= duration.precise
  const isPrecise = isWitnessed && isBeginKnown && running < duration.crowd
  if (!isPrecise || run.startedAt === null) return { endedAt, durationMs: null }
  return { endedAt, durationMs: Math.max(0, endedAt - run.startedAt) }
}

/**
 * From when on a start that has its id, and of which the server shows nothing, may be told as taken, not begun; null where
 * it has no id. A server that was away may have been restarted: that shows within the same time.
 */
export function notBegunFrom(job: Job, followedSince: number): number | null {
  const since = answeredAt(job)
  return since === null ? null : Math.max(since, followedSince) + notBegun.toldAfter
}

/**
 * A start in a queue that stands still: a stop that met the end of the job before it was seen to leave it so. Nothing was
 * ever seen to be dropped from a queue.
 */
function heldInQueue(
  job: Job,
  { mayHaveRun, followedSince }: ConcludeContext,
  now: number,
): Conclusion | null {
  const { idle, heldSince, historyMark } = job.start
  if (!isQueued(job) || job.restartedAt !== null || heldSince !== null) return null
  // Without a mark the history can't tell whether its run came and went between two looks at the workflow.
  if (idle === null || !areEnough(idle) || historyMark === null) return null
  const since = Math.max(idle.since, followedSince)
  const isSearched = job.search !== null && job.search.unreadSince === null && job.search.at >= idle.since
  if (now < since + notBegun.toldAfter || !isSearched || mayHaveRun) return null
  return { kind: 'notBegun', since: idle.since }
}

/** A start that has its id, and of which the server shows nothing while its workflow runs nothing else. */
function heldWithoutBeginning(
  job: Job,
  { idleForMs, entryAt, jobsAt, followedSince }: ConcludeContext,
  now: number,
): Conclusion | null {
  const { run } = job
  const since = answeredAt(job)
  const toldAt = notBegunFrom(job, followedSince)
  if (run === null || since === null || toldAt === null || job.end !== null || job.restartedAt !== null)
    return null
  if (isShown(run) || run.notBegunSince !== null) return null
  const isAsked = entryAt >= toldAt && jobsAt >= toldAt
  return isAsked && now >= toldAt && idleForMs >= notBegun.toldAfter ? { kind: 'notBegun', since } : null
}
