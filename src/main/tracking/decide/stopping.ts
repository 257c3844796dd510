import type { Job } from '../job.ts'
import { type Decision, noQuestions, note, question } from './decision.ts'

/** What a wish to stop a job comes to. */

/** A stop's record was seen to follow its answer by a few milliseconds; on a starving server by more. */
const recordPauseMs = 250
/** A job that is still listed so long after this app asked to stop it was not stopped by that. */
const stopWorksWithinMs = 10_000
/** A job that had yet to begin is not there to be stopped: one that still runs so long after was not. */
const begunStopWorksWithinMs = 1000

/** The server is asked to stop it. */
export const onStopAsked = (job: Job, now: number): Decision => ({
  job: { ...note(job, now, 'stopAsked'), stopAskedAt: now, stopConfirmed: false },
  ask: noQuestions,
})

/** It answered, perhaps false although the job has ended: the record tells. */
export const onStopAnswered = (job: Job, isStopped: boolean): Decision => ({
  job: isStopped ? { ...job, stopConfirmed: true } : job,
  ask: job.phase === 'ended' ? noQuestions : question('entry', recordPauseMs),
})

/** The wish never reached the server. */
export const onStopNotSent = (job: Job): Decision => ({
  job: { ...job, stopAskedAt: null },
  ask: noQuestions,
})

/** When this app asked for a stop that may still work on a job that is alive now. */
export const pendingStop = ({ stopAskedAt }: Job, now: number): number | null =>
  stopAskedAt !== null && now - stopAskedAt > stopWorksWithinMs ? null : stopAskedAt

/** When this app asked for a stop that may have worked on a job whose entry shows only now that it has begun. */
export const stopSinceBegun = ({ stopAskedAt, entryId }: Job, now: number): number | null =>
  entryId === null && stopAskedAt !== null && now - stopAskedAt > begunStopWorksWithinMs ? null : stopAskedAt

/**
 * Whether a stop that this app asked for made the job go: one that came later did not. A job that a save of its
 * workflow has hidden can't be stopped any more (source), so there the server has to have said that it did.
 */
export const isStopOurs = ({ stopAskedAt, stopConfirmed, goneSince, mayRunOn }: Job): boolean =>
  stopAskedAt !== null && (goneSince === null || stopAskedAt <= goneSince) && (stopConfirmed || !mayRunOn)
