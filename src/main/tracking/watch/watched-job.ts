import type { WorkflowInfo } from '../../wexflow/server.ts'
import type { Job, Run } from '../job.ts'
import { newJob } from '../new-job.ts'
import type { TrackerForWatching } from './tracker-for-watching.ts'

interface FirstSeen {
  readonly workflow: WorkflowInfo
  readonly run: Run
  /** The newest row of the history before the run can have ended; null where that is not known. */
  readonly historyMark: string | null
}

/** The record of a run that others began, as it is first seen. `now`: milliseconds since 1970. */
const watchedJob = (serverId: string, { workflow, run, historyMark }: FirstSeen, now: number): Job => {
  const answer = { kind: 'elsewhere', at: now, launchType: workflow.launchType } as const
  const job = newJob(serverId, workflow, now)
  return {
    ...job,
    isParallel: workflow.enableParallelJobs,
    start: { ...job.start, answer, historyMark },
    run,
    evidence: [{ at: now, kind: 'seenElsewhere' }],
  }
}

/** Puts a run that others began, and that the server shows now, among the jobs that are followed. Answers its key. */
export function addWatchedJob(
  { jobs, store, asked, serverRun }: TrackerForWatching,
  first: FirstSeen,
): string {
  const now = Date.now()
  const job = watchedJob(jobs.serverId, first, now)
  store.put(job)
  serverRun.seenAlive(job.key)
  asked.note(job.key, { entryAt: now })
  return job.key
}
