import { isNamedByEntry, isNamedByRow } from '../ids.ts'
import { areOfOneEnd, type Job, outcomeOf, type Run } from '../job.ts'

/** Whether a run is the other one; what was known by its entry alone may have got its name. */
export const areSame = (run: Run, other: Run | null): boolean =>
  run.jobId === other?.jobId || (run.entry !== null && run.entry.id === other?.entry?.id)

/** Those that have the entry of a start's run, and are not of an earlier run of the server. */
const ofEntry = (start: Job, nameless: readonly Job[], serverRunSince: number): readonly Job[] =>
  nameless.filter(
    ({ run, end }) => run?.entry?.id === start.run?.entry?.id && (end?.endedAt ?? 0) >= serverRunSince,
  )

/**
 * The one whose row in the history has become a start's, where no job is named by that either: it was seen to end, as the
 * row says, since that start was asked for. Where there are several, the one whose entry has the row's date, or else the one
 * that ended first.
 */
function ofRow({ run, start }: Job, nameless: readonly Job[]): readonly Job[] {
  if (run?.history == null || !isNamedByRow(run.jobId)) return []
  const { history } = run
  const outcome = outcomeOf(history.status)
  const oldestFirst = nameless
    .filter(({ end }) => end !== null && end.outcome === outcome && end.endedAt >= start.requestedAt)
    .toSorted((a, b) => (a.end?.endedAt ?? 0) - (b.end?.endedAt ?? 0))
  const dated = oldestFirst.filter((job) => hasEnded(job, history))
  return [...dated, ...oldestFirst].slice(0, 1)
}

/** Whether a run's entry is of the end that a row of the history tells. */
function hasEnded({ run }: Job, { status, statusDate }: NonNullable<Run['history']>): boolean {
  if (run?.entry == null || statusDate === undefined) return false
  return areOfOneEnd(run.entry, { statusDate, rawStatus: status.raw })
}

/**
 * Which of the watched runs of its workflow that nothing names are the start's own.
 * @param serverRunSince since when the pages are of the present run of the server: milliseconds since 1970
 */
export function namelessRunsOf(start: Job, watched: readonly Job[], serverRunSince: number): readonly Job[] {
  const nameless = watched.filter(({ run }) => run !== null && isNamedByEntry(run.jobId))
  return [...ofEntry(start, nameless, serverRunSince), ...ofRow(start, nameless)]
}
