import type { Job } from '../job.ts'
import { stopping } from '../policy.ts'
import { note } from './evidence.ts'

/** What a wish to stop a job comes to. */

/** The server is asked to stop it. */
export const onStopAsked = (job: Job, now: number): Job => ({
  ...note(job, now, 'stopAsked'),
  stop: { askedAt: now, said: null },
})

/**
 * It answered, perhaps false although the job has ended: the record tells. One that it says it stopped was there under
 * this id, though nothing else had shown it yet.
 */
export const onStopAnswered = (job: Job, isStopped: boolean, now: number): Job => {
  const { stop, run } = job
  if (stop === null) return job
  if (!isStopped) return { ...job, stop: { ...stop, said: false } }
  const shown =
    job.end !== null || run === null ? run : { ...run, isListed: true, shownAt: run.shownAt ?? now }
  return { ...job, stop: { ...stop, said: true }, run: shown }
}

/** The wish never reached the server. */
export const onStopNotSent = (job: Job): Job => ({ ...job, stop: null })

/** The stop that this app asked for, where it may still work on a job that is alive now. */
export const pendingStop = ({ stop }: Job, now: number): Job['stop'] =>
  stop !== null && now - stop.askedAt > stopping.worksWithin ? null : stop

/** The stop that may have worked on a job whose entry shows only now that it has begun. */
export const stopSinceBegun = ({ stop, run }: Job, now: number): Job['stop'] =>
  run?.entry == null && stop !== null && now - stop.askedAt > stopping.worksOnBegunWithin ? null : stop
