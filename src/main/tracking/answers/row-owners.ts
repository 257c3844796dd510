import type { Entry } from '../../wexflow/server.ts'
import { isNamedByRow, namedByRow } from '../ids.ts'
import { areOfOneEnd, isOpen, type Job, jobIdOf, outcomeOf } from '../job.ts'
import { sweeps } from '../policy.ts'
import { type HistoryRow, isOlderById } from '../reads/history-search.ts'
import { takeFirst } from '../take-first.ts'
import type { WorkflowView } from './workflow-view.ts'

/** The rows of the history, and whose they are, as far as that is known. */
export interface OwnedRows {
  /** Each under the id of its job; one that is nobody's under a name of its own. One that may be a hidden run's is left out. */
  readonly rows: readonly HistoryRow[]
  /** Those that name no job and are not known to be of any, also where they may be a hidden run's. */
  readonly strays: readonly HistoryRow[]
}

/**
 * Tells whose the rows are. One that names no job is that of the job which has it already, or of one whose entry is of the
 * same end, or of a run that a stop has hidden: that which ended as the row says and whose start came before it. While a
 * hidden run has yet to end, or it is not known how it or one that is gone ended, no such row is anybody's.
 */
export function withOwners(
  { jobs, asked }: Pick<WorkflowView, 'jobs' | 'asked'>,
  read: readonly HistoryRow[],
): OwnedRows {
  const named = withOwnersByRecord(jobs, withOwnNames(read))
  const rowless = withoutRow(jobs, named)
  const since = Math.min(...asked.map(({ start }) => start.requestedAt)) - sweeps.afterLastChange
  const hidden = rowless.filter((job) => isHiddenAt(job, since))
  const isAnyOpen = hidden.some(isOpen) || rowless.some(isGoneUntold)
  const left = isAnyOpen ? [] : hidden.toSorted((a, b) => (a.end?.endedAt ?? 0) - (b.end?.endedAt ?? 0))
  const known = new Set(jobs.map(jobIdOf))
  const rows: HistoryRow[] = []
  const strays: HistoryRow[] = []
  for (const found of named) {
    if (!isNamedByRow(found.jobId) || known.has(found.jobId)) {
      rows.push(found)
      continue
    }
    const isNewFor = ({ start }: Job): boolean => isOlderById(found.row, start.historyMark) !== true
    const owner = takeFirst(left, (job) => hasEndedAs(job, found.row) && isNewFor(job))
    if (owner !== undefined) {
      rows.push({ ...found, jobId: jobIdOf(owner) ?? found.jobId })
      continue
    }
    strays.push(found)
    const mayBeHidden = isAnyOpen || left.some((job) => job.end?.outcome === 'unknown' && isNewFor(job))
    if (!mayBeHidden) rows.push(found)
  }
  return { rows, strays }
}

/**
 * A job is stopped once: the second such row, the later one, is of the queue's next job, which that stop ended as well
 * and whose log carries the line of the job before it.
 */
function withOwnNames(rows: readonly HistoryRow[]): HistoryRow[] {
  const stopped = new Set<string>()
  return rows.map((found) => {
    if (found.row.status !== 'Stopped') return found
    if (stopped.has(found.jobId)) return { ...found, jobId: namedByRow(found.row.id) }
    stopped.add(found.jobId)
    return found
  })
}

/** A row that names no job is that of the job which has it, or else of one without a row whose entry is of the same end. */
function withOwnersByRecord(jobs: readonly Job[], rows: readonly HistoryRow[]): HistoryRow[] {
  const owners = new Map(jobs.map((job) => [job.run?.history?.id, jobIdOf(job)]))
  const left = withoutRow(jobs, rows).flatMap(({ run }) => run ?? [])
  return rows.map((found) => {
    const { row, jobId } = found
    if (!isNamedByRow(jobId)) return found
    const owner = owners.get(row.id)
    if (owner != null) return { ...found, jobId: owner }
    const run = takeFirst(left, ({ entry }) => entry !== null && areOfOneEnd(entry, row))
    return { ...found, jobId: run?.jobId ?? jobId }
  })
}

/** The jobs whose rows may be among these: none is known to be. */
function withoutRow(jobs: readonly Job[], rows: readonly HistoryRow[]): readonly Job[] {
  const named = new Set(rows.map(({ jobId }) => jobId))
  return jobs.filter(({ run }) => run !== null && run.history === null && !named.has(run.jobId))
}

/**
 * Whether a stop has hidden a run that had not ended then. The rows of those that had ended before all starts that are
 * searched for stand below what was read.
 */
const isHiddenAt = ({ run, end }: Job, since: number): boolean =>
  run?.isHidden === true && (end === null || end.endedAt >= since)

/** Whether a run is listed no more, and nothing says how it ended: the server may not have been able to read its row's log. */
const isGoneUntold = ({ run, end, isParallel }: Job): boolean =>
  end === null && !isParallel && run?.gone != null

/**
 * Whether a job ended as a row says. A status that nobody knows was told as unknown, unless the server's memory or the stream
 * knew better: then the job's entry has that status too.
 */
function hasEndedAs({ run, end }: Job, { status, rawStatus }: Entry): boolean {
  const outcome = outcomeOf({ word: status })
  return outcome === undefined
    ? end?.outcome === 'unknown' || run?.entry?.status.raw === rawStatus
    : end?.outcome === outcome
}
