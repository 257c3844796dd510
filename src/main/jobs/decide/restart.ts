import type { Job } from '../../../shared/job.ts'
import { isBeingSent } from '../adopt.ts'
import { ask, type Decision, never, note } from './decision.ts'

/** The server has restarted since it began, as far as is known: nothing that was seen of it before holds any more. */
export function onRestart(job: Job, now: number): Decision {
  // While its answer can still come, nothing says in which run the start arrives.
  if (job.phase === 'ended' || job.restarted || isBeingSent(job)) return { job, ask: never }
  const noted = note(job, now, 'serverRestarted')
  return {
    job: {
      ...noted,
      restarted: true,
      serverRun: null,
      entryId: null,
      listed: false,
      goneReads: 0,
      goneSince: null,
    },
    // A job of the new run that was taken for one of the old run has an entry; one that never got an id has none to ask for.
    ask: ask(job.jobId === null ? 'history' : 'entry'),
  }
}
