import type { Job } from '../job.ts'
import { isBeingSent } from '../adopt.ts'
import { type Decision, noQuestions, note, question } from './decision.ts'

/** The number of the run in which the job was seen alive. */
export const onRunKnown = (job: Job, run: string): Decision => ({
  job: job.serverRun === run ? job : { ...job, serverRun: run },
  ask: noQuestions,
})

/** The server has restarted since it began, as far as is known: nothing that was seen of it before holds any more. */
export function onRestart(job: Job, now: number): Decision {
  // While its answer can still come, nothing says in which run the start arrives.
  if (job.phase === 'ended' || job.restarted || isBeingSent(job)) return { job, ask: noQuestions }
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
    ask: question(job.jobId === null ? 'history' : 'entry'),
  }
}
