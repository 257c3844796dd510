import type { WorkflowInfo } from '../../wexflow/server.ts'
import { isNameless } from '../ids.ts'
import { isShown, isWatched, type Job, jobIdOf } from '../job.ts'
import { isRunKnown } from './known-runs.ts'
import { areSame, namelessRunsOf } from './same-run.ts'
import type { TrackerForWatching } from './tracker-for-watching.ts'
import { addWatchedJob } from './watched-job.ts'

/** A run turns out to be another job's: a start's own where it was watched, or somebody else's where a start had it. */

/**
 * The watched run of the same id, entry or row is this start's: the two are one job.
 * @param serverRunSince since when the pages are of the present run of the server: milliseconds since 1970
 */
export function joinWatched(tracker: TrackerForWatching, start: Job, serverRunSince: number): void {
  const { jobs, store } = tracker
  const jobId = jobIdOf(start)
  const ofId = jobId === null || isNameless(jobId) ? [] : jobs.withJobId(jobId)
  // One that nothing names has ended by then.
  const nameless = namelessRunsOf(start, jobs.watchedOf(start.workflowId), serverRunSince)
  for (const { key } of new Set([...ofId.filter(isWatched), ...nameless])) {
    tracker.onRunMoved(key, start.key)
    store.forget([key])
  }
}

/**
 * The start may have given back a run that it had claimed: it is somebody else's, and so is what was told of it.
 * @param before the start as it was
 * @param workflow null where its runs are not watched
 */
export function giveBack(
  tracker: TrackerForWatching,
  before: Job,
  { key, run: now }: Job,
  workflow: WorkflowInfo | null,
): void {
  const { run, workflowId, start } = before
  if (run === null || !isShown(run) || areSame(run, now)) return
  const isToBeWatched = !isNameless(run.jobId) && !isRunKnown(tracker.jobs, run.jobId, workflowId)
  const asFound = { ...run, frame: null, history: null }
  const watchedKey =
    workflow !== null && isToBeWatched
      ? addWatchedJob(tracker, { workflow, run: asFound, historyMark: start.historyMark })
      : null
  tracker.onRunMoved(key, watchedKey)
  if (watchedKey !== null) tracker.apply(watchedKey, { kind: 'nothingNew' })
}
