import type { Job } from '../job.ts'
import type { Reason } from '../../../shared/outcome.ts'
import { isGone } from './absence.ts'
import { type Decision, noQuestions, note, question } from './decision.ts'
import { infer } from './ending.ts'
import type { Watch } from './facts.ts'

/** What becomes of a start: its answer, the queue, the instance that it turns out to be. */

/** A started job is asked for its entry this soon: for the entry's id, and in case the stream came too late. */
const firstEntryMs = 1000
/**
 * How long a queue must be seen empty before a queued start counts as dropped: after a stop, which is what drops queues,
 * and otherwise. A server under load takes tens of seconds to begin the job that it took from the queue, and lists none
 * meanwhile; starving ones began jobs minutes late.
 */
const droppedByStopAfterMs = 120_000
const droppedAfterMs = 600_000
/** An empty queue is looked at again, and the history for what it held, after this time. */
const emptyQueueMs = 3000
/** A lost start that no job was found for is given up after this time: starving servers began jobs minutes late. */
const giveUpStartMs = 600_000
/** Once a start has its job, of the jobs that ran before it so many are enough: whether any of them still runs. */
const mostElders = 20
/** Not before two looks for it, so long after each other. */
const lastLookMs = 1500

/** The server gave the job an id. */
export const onStartAnswered = (job: Job, jobId: string, now: number): Decision => ({
  job: {
    ...note(job, now, 'startAnswered'),
    jobId,
    phase: 'running',
    startedAt: now,
    runningBefore: job.runningBefore.slice(0, mostElders),
  },
  ask: question('entry', firstEntryMs),
})

/** The server gave no id and runs the workflow already: it holds the start. */
export const onStartQueued = (job: Job, now: number): Decision => ({
  job: { ...note(job, now, 'startQueued'), phase: 'queued', queuedAt: now },
  ask: question('jobs', firstEntryMs),
})

/** Nothing was started. */
export const onStartRefused = (job: Job, reason: Reason, detail: string, now: number): Decision => ({
  job: infer(note(job, now, 'concluded', detail), now, 'notStarted', reason),
  ask: noQuestions,
})

/** The server may have taken the start. */
export const onStartAnswerLost = (job: Job, detail: string, now: number): Decision => ({
  job: { ...note(job, now, 'startAnswerLost', detail), answerLost: true },
  ask: question('jobs'),
})

/**
 * A new instance of the workflow was taken to be this start. Others may have started, or queued, the same workflow:
 * nothing on the wire tells whose an instance is.
 */
export function onAdopted(job: Job, jobId: string, now: number): Decision {
  if (job.jobId !== null || job.phase === 'ended') return { job, ask: noQuestions }
  const wasQueued = job.phase === 'queued'
  return {
    job: {
      ...note(job, now, wasQueued ? 'adoptedFromQueue' : 'adopted'),
      jobId,
      phase: 'running',
      listed: true,
      // It runs, so whatever restarted did so before it began.
      restarted: false,
      // A queued start was watched as it began; a lost one began some time before.
      startedAt: wasQueued ? now : null,
      maybeOthers: true,
      runningBefore: job.runningBefore.slice(0, mostElders),
      goneReads: 0,
      goneSince: null,
    },
    ask: question('entry'),
  }
}

/** The workflow of a queued start runs something. */
export const onQueueAlive = (job: Job): Decision => ({
  job: { ...job, goneReads: 0, goneSince: null },
  ask: noQuestions,
})

/** The workflow of a queued start runs nothing. */
export function onQueueEmpty(job: Job, now: number): Decision {
  const goneSince = job.goneSince ?? now
  const empty: Job = { ...job, goneReads: job.goneReads + 1, goneSince }
  // It may have begun and ended between two looks. The next ones come with the beats.
  const look = isGone(empty) && now - goneSince >= emptyQueueMs
  return { job: empty, ask: look ? question('history') : question('jobs', emptyQueueMs) }
}

/** A queued start is neither running nor in the history. */
export function onQueuedStartMissing(job: Job, { isWhole, isStopSeen }: Watch, now: number): Decision {
  const droppedMs = isStopSeen ? droppedByStopAfterMs : droppedAfterMs
  if (!isGone(job) || now - (job.goneSince ?? now) < droppedMs) return { job, ask: noQuestions }
  const noted = note(job, now, 'concluded')
  const told = isWhole
    ? infer(noted, now, 'notStarted', 'queueDropped')
    : infer(noted, now, 'unknown', 'startUnconfirmed')
  return { job: told, ask: noQuestions }
}

/** A lost start is neither in the history nor, as far as is known, among the running jobs. */
export function onLostStartMissing(job: Job, now: number): Decision {
  if (now - job.requestedAt < giveUpStartMs) return { job, ask: noQuestions }
  // After an absence the time may be over before the first look: two looks at both.
  const goneSince = job.goneSince ?? now
  if (now - goneSince < lastLookMs)
    return { job: { ...job, goneSince }, ask: [...question('jobs'), ...question('history', lastLookMs)] }
  const noted = note(note(job, now, 'historyMissing'), now, 'concluded')
  return { job: infer(noted, now, 'unknown', 'startUnconfirmed'), ask: noQuestions }
}
