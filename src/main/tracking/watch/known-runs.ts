import type { Entry } from '../../wexflow/server.ts'
import { hasRowOf, type Job } from '../job.ts'
import type { ProfileJobs } from '../profile-jobs.ts'
import type { PendingRun } from './pending-runs.ts'

/** Which of the runs that the pages show are those of jobs that are known already. */

/**
 * Whether an entry is that of one of these jobs. Another run of the server may have given an id anew, but not with the
 * date.
 * @param serverRunSince since when the pages are of the present run of the server: milliseconds since 1970
 */
export const isEntryKnown = (
  { id, statusDate }: Entry,
  ofWorkflow: readonly Job[],
  serverRunSince: number,
): boolean =>
  ofWorkflow.some(
    ({ run, end }) =>
      run?.entry?.id === id &&
      (run.entry.statusDate === statusDate || end === null || end.endedAt >= serverRunSince),
  )

/** Whether a nameless entry is that of one of these jobs, of which only its row in the history is known. */
export const isRowKnown = (entry: Entry, ofWorkflow: readonly Job[]): boolean =>
  ofWorkflow.some((job) => hasRowOf(job, entry))

/** Whether a job of this app is the run of that id, be it a start or one that is watched already. */
export const isRunKnown = (jobs: ProfileJobs, jobId: string, workflowId: number): boolean =>
  jobs.withJobId(jobId).length > 0 ||
  jobs.ofWorkflow(workflowId).some(({ start: { answer } }) => answer.kind === 'id' && answer.jobId === jobId)

/**
 * The job's id that the log of a run names; null where it names none. A stop can leave the next run's log with the line of
 * the run before, whose entry is another one.
 */
export function ownNameOf(jobs: ProfileJobs, { jobId = null, row }: PendingRun): string | null {
  if (jobId === null) return null
  const owner = jobs.withJobId(jobId).find(({ serverId }) => serverId === jobs.serverId)
  return owner?.run?.entry != null && owner.run.entry.id !== row.id ? null : jobId
}
