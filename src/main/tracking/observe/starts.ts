import type { Reason } from '../../../shared/outcome.ts'
import type { Fact } from '../facts.ts'
import { awaitsRun, isShown, type Job } from '../job.ts'
import { missedAgain } from '../misses.ts'
import { kept } from '../policy.ts'
import { note } from './evidence.ts'
import { newRun, notIdle } from './runs.ts'

/** What becomes of a start: its answer, the queue, the run that it claims. */

/** The intent is on disk. */
export const onStartSent = (
  job: Job,
  before: Pick<
    Extract<Fact, { kind: 'startSent' }>,
    'runningBefore' | 'historyMark' | 'entryMark' | 'markedAt' | 'isParallel'
  >,
  now: number,
): Job => ({
  ...job,
  isParallel: before.isParallel,
  start: {
    ...job.start,
    sentAt: now,
    runningBefore: [...before.runningBefore],
    historyMark: before.historyMark,
    entryMark: before.entryMark,
    markedAt: before.markedAt,
  },
})

/** The request goes out: since its intent was on disk it may have waited for a connection. */
export const onStartWentOut = (job: Job, now: number): Job =>
  job.start.answer.kind === 'awaited' ? { ...job, start: { ...job.start, sentAt: now } } : job

/**
 * The server gave the start an id. An answer can come after it was given up, as after sleep: what was claimed meanwhile
 * was another's then.
 */
export function onStartAnswered(job: Job, jobId: string, now: number): Job {
  const { start, run } = job
  if (job.end !== null && run !== null && run.jobId !== jobId) return job
  return {
    ...note(job, now, 'startAnswered'),
    maybeOthers: false,
    start: {
      ...start,
      answer: { kind: 'id', at: now, jobId },
      runningBefore: start.runningBefore.slice(0, kept.elders),
      ...notIdle,
    },
    run: run?.jobId === jobId ? run : newRun(jobId, now),
  }
}

/** The server gave no id and runs the workflow already: it holds the start. */
export const onStartQueued = (job: Job, now: number): Job =>
  job.run === null
    ? {
        ...note(job, now, 'startQueued'),
        start: { ...job.start, answer: { kind: 'queued', at: now }, ...notIdle },
      }
    : job

/**
 * Nothing was started. Where that was known before its answer came, the answer says nothing new. It can be known after the
 * answer was given up, as where no connection was ever made: what was claimed meanwhile was another's then.
 */
export const onStartRefused = (job: Job, reason: Reason, detail: string, now: number): Job =>
  job.end !== null || job.start.answer.kind === 'refused'
    ? job
    : {
        ...note(job, now, 'concluded', detail),
        maybeOthers: false,
        start: { ...job.start, answer: { kind: 'refused', at: now, reason } },
        run: null,
      }

/** The server may have taken the start. */
export const onStartAnswerLost = (job: Job, detail: string, now: number): Job =>
  job.start.answer.kind === 'awaited'
    ? {
        ...note(job, now, 'startAnswerLost', detail),
        start: { ...job.start, answer: { kind: 'lost', at: now } },
      }
    : job

/**
 * A run of the workflow that belonged to nobody is taken to be this start's. Others may have started, or queued, the
 * same workflow: nothing on the wire tells whose it is. A start whose own id was never shown claims one as well.
 */
export function onClaimed(job: Job, jobId: string, isHidden: boolean, now: number): Job {
  const { start, run } = job
  if (job.end !== null || (run !== null && isShown(run))) return job
  const isOfQueue = start.answer.kind === 'queued'
  const evidence = run !== null ? 'idReplaced' : isOfQueue ? 'claimedFromQueue' : 'claimed'
  // A queued start was watched as it began; a lost one began some time before.
  const startedAt = isOfQueue ? now : (run?.startedAt ?? null)
  return {
    ...note(job, now, evidence),
    maybeOthers: true,
    // It runs: a restart of the server came before it began.
    restartedAt: null,
    start: { ...start, runningBefore: start.runningBefore.slice(0, kept.elders), ...notIdle },
    run: { ...newRun(jobId, startedAt), isListed: true, isHidden, shownAt: now },
  }
}

/**
 * Another start's answer names the run that this one had claimed, after it had been given up: this one waits for its own
 * again. What has ended with it keeps it, since it was told.
 */
export function onClaimRefuted(job: Job, now: number): Job {
  const { start, run } = job
  if (job.end !== null || run === null || !job.maybeOthers) return job
  if (start.answer.kind === 'id') return onStartAnswered(job, start.answer.jobId, now)
  const evidence = start.answer.kind === 'queued' ? 'startQueued' : 'startAnswerLost'
  return { ...note(job, now, evidence), maybeOthers: false, start: { ...start, ...notIdle }, run: null }
}

/** What names the run that was known by its entry alone: the list of running jobs, or `workflow`. */
export const onNamed = (job: Job, jobId: string): Job =>
  job.run === null || job.end !== null ? job : { ...job, run: { ...job.run, jobId } }

/** The workflow of a start that waits for its run runs something. */
export function onWorkflowBusy(job: Job): Job {
  const { start, run } = job
  if (run !== null || start.idle === null) return job
  return {
    ...job,
    start: { ...start, ...notIdle, isPassedOver: start.isPassedOver || start.heldSince !== null },
  }
}

/** The workflow of a start that waits for its run runs nothing that it could be. */
export const onNoRun = (job: Job, now: number): Job =>
  awaitsRun(job) ? { ...job, start: { ...job.start, idle: missedAgain(job.start.idle, now) } } : job
