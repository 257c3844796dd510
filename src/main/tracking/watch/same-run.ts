import { isNamedByRow, unnamed } from '../ids.ts'
import { isWatched, type Job, outcomeOf, type Run } from '../job.ts'

/** Whether a run is the other one; what was known by its entry alone may have got its name. */
export const areSame = (run: Run, other: Run | null): boolean =>
  run.jobId === other?.jobId || (run.entry !== null && run.entry.id === other?.entry?.id)

/** The watched runs that have the entry of a start's run, and which nothing but that names. */
const ofEntry = (start: Job, watched: readonly Job[], serverRunSince: number): readonly Job[] => {
  const entryId = start.run?.entry?.id
  if (entryId === undefined) return []
  return watched.filter(
    ({ run, end }) => run?.jobId === unnamed(entryId) && (end?.endedAt ?? 0) >= serverRunSince,
  )
}

/**
 * The watched run whose row in the history has become a start's, where nothing names either: it was seen to end, as the
 * row says, since that start was asked for. Where there are several, the one that ended first.
 */
function ofRow({ run, start }: Job, watched: readonly Job[]): readonly Job[] {
  if (run?.history == null || !isNamedByRow(run.jobId)) return []
  const outcome = outcomeOf(run.history.status)
  const [first] = watched
    .filter((one) => one.run !== null && one.run.jobId === unnamed(one.run.entry?.id ?? ''))
    .filter(({ end }) => end !== null && end.outcome === outcome && end.endedAt >= start.requestedAt)
    .toSorted((a, b) => (a.end?.endedAt ?? 0) - (b.end?.endedAt ?? 0))
  return first === undefined ? [] : [first]
}

/**
 * Which of the watched runs of its workflow that nothing names are the start's own.
 * @param serverRunSince since when the pages are of the present run of the server: milliseconds since 1970
 */
export const namelessRunsOf = (
  start: Job,
  ofWorkflow: readonly Job[],
  serverRunSince: number,
): readonly Job[] => {
  const watched = ofWorkflow.filter(isWatched)
  return [...ofEntry(start, watched, serverRunSince), ...ofRow(start, watched)]
}
