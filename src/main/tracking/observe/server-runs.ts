import { isBeingSent, type Job } from '../job.ts'
import { note } from './evidence.ts'

/** In which run of the server a job is. */

/** The number of the run in which the job was seen alive. */
export const onServerRunKnown = (job: Job, number: string): Job =>
  job.serverRun === number ? job : { ...job, serverRun: number }

/** The server has restarted since it began, as far as is known: nothing that was seen of it before holds any more. */
export function onRestart(job: Job, now: number): Job {
  // While its answer can still come, nothing says in which run the start arrives.
  if (job.end !== null || job.restartedAt !== null || isBeingSent(job)) return job
  const { run } = job
  return {
    ...note(job, now, 'serverRestarted'),
    restartedAt: now,
    serverRun: null,
    run: run === null ? null : { ...run, entry: null, isListed: false, gone: null },
  }
}
