import type { Entry } from '../../wexflow/server.ts'
import { isNamedByRow, isNameless, namedByEntry } from '../ids.ts'
import { hasRowOf, isFinal, type Job, jobIdOf } from '../job.ts'
import { doubt, starting } from '../policy.ts'
import type { UnclaimedRun } from '../reads/unclaimed-runs.ts'
import { takeFirst } from '../take-first.ts'
import type { WorkflowView } from './workflow-view.ts'

/** The runs that belong to nobody, by their names: those whose rows in the history were given away already are left out. */
export function freeEntries(
  view: WorkflowView,
  runs: readonly UnclaimedRun[],
  waiting: readonly Job[],
): ReadonlyMap<string, UnclaimedRun> {
  const free = new Map<string, UnclaimedRun>()
  for (const run of runs) {
    const name = nameOf(view, run)
    if (name !== null) free.set(name, run)
  }
  const since = Math.min(...waiting.map(({ start }) => start.requestedAt)) - starting.entrySeenWithin
  const taken = takenFromHistory(view)
  const takeOut = (isOneRun: (job: Job, entry: Entry) => boolean): void => {
    for (const [name, { entry }] of free)
      if (isNameless(name) && takeFirst(taken, (job) => isOneRun(job, entry)) !== undefined) free.delete(name)
  }
  // An older run may have ended alike: whose date is the row's is decided first.
  takeOut(hasRowOf)
  takeOut((job, entry) => mayBeOneRun(job, entry, since, view.now))
  return free
}

/**
 * The name of a run that belongs to nobody; null where it belongs to somebody, or may. Where one job runs at a time,
 * the queue's next job after a stop has a log without its line, or with that of the job before it. Jobs that run side
 * by side each have their own line: one without it could not be read.
 */
function nameOf(
  { jobs, isOwned, isEntryOwned }: WorkflowView,
  { entry, jobId }: UnclaimedRun,
): string | null {
  if (isEntryOwned(entry)) return null
  if (jobId !== null && !isOwned(jobId)) return jobId
  if (jobs.some(({ isParallel }) => isParallel)) return null
  if (jobId === null) return namedByEntry(entry)
  const owner = jobs.find((job) => jobIdOf(job) === jobId)
  return owner?.run?.entry == null ? null : namedByEntry(entry)
}

/** The ended jobs to which a nameless run was given by its row in the history, and whose entries nobody has seen. */
const takenFromHistory = ({ jobs }: WorkflowView): Job[] =>
  jobs.filter(
    ({ run, end }) => run?.history != null && end !== null && isNamedByRow(run.jobId) && run.entry === null,
  )

/**
 * Whether a nameless entry may be that of such a job, although its date is not the row's. A page that was asked for before
 * the row was written, and was long on its way, still says that the run goes on.
 * @param since what ended before is no run of those that wait: milliseconds since 1970
 */
function mayBeOneRun(job: Job, entry: Entry, since: number, now: number): boolean {
  const endedAt = job.end?.endedAt ?? now
  if (endedAt < since) return false
  return entry.status === job.run?.history?.status.word || (!isFinal(entry) && now - endedAt < doubt.checkFor)
}
