import type { Entry } from '../../wexflow/server.ts'
import { type HistoryRow, isOlderById } from '../reads/history-search.ts'
import type { Candidate } from '../claim.ts'
import { isNamedByRow, namedByRow } from '../ids.ts'
import {
  areOfOneEnd,
  awaitsRun,
  entryMarkOf,
  isOpen,
  isQueued,
  type Job,
  jobIdOf,
  outcomeOf,
} from '../job.ts'
import { sweeps } from '../policy.ts'
import { claims, isClaiming, isSending } from './claiming.ts'
import type { JobFact, WorkflowView } from './workflow-view.ts'

/** What the history says of the jobs that it was searched for. `isWhole`: nothing of it was left unread. */
export function factsOfHistory(
  view: WorkflowView,
  read: readonly HistoryRow[],
  { isWhole, searchedAt }: { readonly isWhole: boolean; readonly searchedAt: number },
): JobFact[] {
  const rows = withHiddenRuns(view, withOwners(view.jobs, withOwnNames(read)))
  const rowOf = new Map(rows.map((found) => [found.jobId, found.row]))
  // Where it is not known what stood there before the start, any old job could be taken for it.
  const claiming = view.asked
    .filter(isClaiming(view))
    .filter((job) => job.start.historyMark !== null && !rowOf.has(jobIdOf(job) ?? ''))
  const marksOf = marksAbove(rows)
  const ids = rows.map(({ jobId }): Candidate => {
    const marks = marksOf.get(jobId)
    const stoodBefore = ({ start }: Job): boolean => marks?.has(start.historyMark ?? '') === true
    const isNewFor = (job: Job): boolean =>
      !stoodBefore(job) && (!isNamedByRow(jobId) || isWithoutEntries(view, job))
    return { jobId, isNewFor }
  })
  // A row that can't be read may be the start's own, and the next one another's.
  const claimed = new Map((isWhole ? claims(view, claiming, ids) : []).map(({ key, jobId }) => [key, jobId]))
  return view.asked.flatMap((job): JobFact[] => {
    const { key } = job
    const jobId = claimed.get(key) ?? jobIdOf(job)
    const row = jobId === null ? undefined : rowOf.get(jobId)
    if (jobId !== null && row !== undefined) return [{ key, fact: { kind: 'historyFound', row, jobId } }]
    // What ran meanwhile can't be told from it while the answer of another start can still come.
    if (awaitsRun(job) && isSending(view)) return []
    const isUnread = !isWhole && canBeSearchedFor(job)
    return [{ key, fact: { kind: 'historyMissing', isWhole: !isUnread, searchedAt } }]
  })
}

/**
 * The starts in the queue whose run may be that of a row which names no job and is not known to be another's: nothing
 * proves that they never ran.
 * @param facts what the same rows say of the jobs that they were searched for
 */
export function startsWithStrayRows(
  view: WorkflowView,
  read: readonly HistoryRow[],
  facts: readonly JobFact[],
): readonly Job[] {
  const queued = view.asked.filter(isQueued)
  if (queued.length === 0) return []
  const named = withOwners(view.jobs, withOwnNames(read))
  const given = new Set([
    ...facts.flatMap(({ fact }) => (fact.kind === 'historyFound' ? fact.row.id : [])),
    ...withHiddenRuns(view, named).flatMap(({ row, jobId }) => (isNamedByRow(jobId) ? [] : row.id)),
  ])
  const isNobodys = nobodys(view.jobs)
  const strays = named.filter((found) => isNobodys(found) && !given.has(found.row.id))
  return queued.filter(({ start }) =>
    strays.some(({ olderThan }) => !olderThan.includes(start.historyMark ?? '')),
  )
}

/** A row that names no job is of a run out of a queue. Where the entries tell of such runs, it would give one away twice. */
const isWithoutEntries = (view: WorkflowView, job: Job): boolean =>
  isQueued(job) && (entryMarkOf(job) === null || !view.hasEntries(job.key))

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

/**
 * A row that names no job is that of the job which has it already, or else of one without a row whose entry is of the same
 * end.
 */
function withOwners(jobs: readonly Job[], rows: readonly HistoryRow[]): HistoryRow[] {
  const owners = new Map(jobs.map((job) => [job.run?.history?.id, jobIdOf(job)]))
  const named = new Set(rows.map(({ jobId }) => jobId))
  const left = jobs.flatMap(({ run }) =>
    run === null || run.history !== null || named.has(run.jobId) ? [] : [run],
  )
  return rows.map((found) => {
    const { row, jobId } = found
    if (!isNamedByRow(jobId)) return found
    const owner = owners.get(row.id)
    if (owner != null) return { ...found, jobId: owner }
    const at = left.findIndex(({ entry }) => entry !== null && areOfOneEnd(entry, row))
    const [run] = at === -1 ? [] : left.splice(at, 1)
    return { ...found, jobId: run?.jobId ?? jobId }
  })
}

/** Whether a row names no job, and no job is known by it. */
function nobodys(jobs: readonly Job[]): (found: HistoryRow) => boolean {
  const known = new Set(jobs.map(jobIdOf))
  return ({ jobId }) => isNamedByRow(jobId) && !known.has(jobId)
}

/**
 * The rows with those of runs that a stop has hidden given to these runs. Such a row names no job, and is no other start's:
 * it goes to the hidden run that ended as it says and whose start came before it. While a hidden run has yet to end, or it
 * is not known how it ended, no row that names no job is anybody's.
 */
function withHiddenRuns(
  { jobs, asked }: Pick<WorkflowView, 'jobs' | 'asked'>,
  rows: readonly HistoryRow[],
): readonly HistoryRow[] {
  const hidden = hiddenWithoutRow(jobs, asked, rows)
  if (hidden.length === 0) return rows
  const isNobodys = nobodys(jobs)
  if (hidden.some(isOpen)) return rows.filter((found) => !isNobodys(found))
  const left = hidden.toSorted((a, b) => (a.end?.endedAt ?? 0) - (b.end?.endedAt ?? 0))
  return rows.flatMap((found) => {
    if (!isNobodys(found)) return [found]
    const isNewFor = ({ start }: Job): boolean => isOlderById(found.row, start.historyMark) !== true
    const at = left.findIndex((job) => hasEndedAs(job, found.row) && isNewFor(job))
    const [owner] = at === -1 ? [] : left.splice(at, 1)
    if (owner !== undefined) return [{ ...found, jobId: jobIdOf(owner) ?? found.jobId }]
    return left.some((job) => job.end?.outcome === 'unknown' && isNewFor(job)) ? [] : [found]
  })
}

/**
 * The hidden runs whose rows may be among these. The rows of those that had ended before all starts that are searched for
 * stand below what was read.
 */
function hiddenWithoutRow(
  jobs: readonly Job[],
  asked: readonly Job[],
  rows: readonly HistoryRow[],
): readonly Job[] {
  const since = Math.min(...asked.map(({ start }) => start.requestedAt)) - sweeps.afterLastChange
  const named = new Set(rows.map(({ jobId }) => jobId))
  return jobs.filter(
    ({ run, end }) =>
      run?.isHidden === true &&
      run.history === null &&
      !named.has(run.jobId) &&
      (end === null || end.endedAt >= since),
  )
}

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

/** Whether the history can be searched for it: without an id and without a mark, any old job could be the start's. */
export const canBeSearchedFor = ({ run, start }: Job): boolean => run !== null || start.historyMark !== null

/** The marks below or at which a row of a job stands, so that it is of before their starts; by the job's id. */
function marksAbove(rows: readonly HistoryRow[]): ReadonlyMap<string, ReadonlySet<string>> {
  const marks = new Map<string, Set<string>>()
  for (const { jobId, olderThan } of rows)
    marks.set(jobId, new Set([...(marks.get(jobId) ?? []), ...olderThan]))
  return marks
}
