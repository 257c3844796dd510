import type { Candidate } from '../claim.ts'
import { isNamedByRow } from '../ids.ts'
import { awaitsRun, entryMarkOf, isQueued, type Job, jobIdOf } from '../job.ts'
import type { HistoryRow } from '../reads/history-search.ts'
import { claims, isClaiming, isSending } from './claiming.ts'
import type { OwnedRows } from './row-owners.ts'
import type { JobFact, WorkflowView } from './workflow-view.ts'

/** What the history says of the jobs that it was searched for. `isWhole`: nothing of it was left unread. */
export function factsOfHistory(
  view: WorkflowView,
  { rows }: Pick<OwnedRows, 'rows'>,
  { isWhole, searchedAt }: { readonly isWhole: boolean; readonly searchedAt: number },
): JobFact[] {
  const rowOf = new Map(rows.map((found) => [found.jobId, found.row]))
  // Where it is not known what stood there before the start, any old job could be taken for it.
  const claiming = view.asked
    .filter(isClaiming(view))
    .filter((job) => job.start.historyMark !== null && !rowOf.has(jobIdOf(job) ?? ''))
  // A row that can't be read may be the start's own, and the next one another's.
  const given = isWhole ? claims(view, claiming, candidatesOf(view, rows)) : []
  const claimed = new Map(given.map(({ key, jobId }) => [key, jobId]))
  return view.asked.flatMap((job): JobFact[] => {
    const { key } = job
    const jobId = claimed.get(key) ?? jobIdOf(job)
    const row = rowOf.get(jobId ?? '')
    if (jobId !== null && row !== undefined) return [{ key, fact: { kind: 'historyFound', row, jobId } }]
    // What ran meanwhile can't be told from it while the answer of another start can still come.
    if (awaitsRun(job) && isSending(view)) return []
    const isUnread = !isWhole && canBeSearchedFor(job)
    return [{ key, fact: { kind: 'historyMissing', isWhole: !isUnread, searchedAt } }]
  })
}

/** Whether the history can be searched for it: without an id and without a mark, any old job could be the start's. */
export const canBeSearchedFor = ({ run, start }: Job): boolean => run !== null || start.historyMark !== null

/**
 * The starts in the queue whose run may be that of a row which names no job and is not known to be another's: nothing
 * proves that they never ran.
 * @param facts what the same rows say of the jobs that they were searched for
 */
export function startsWithStrayRows(
  { asked }: Pick<WorkflowView, 'asked'>,
  { strays }: Pick<OwnedRows, 'strays'>,
  facts: readonly JobFact[],
): readonly Job[] {
  const given = new Set(facts.flatMap(({ fact }) => (fact.kind === 'historyFound' ? fact.row.id : [])))
  const left = strays.filter(({ row }) => !given.has(row.id))
  return asked.filter(
    (job) => isQueued(job) && left.some(({ olderThan }) => !olderThan.includes(job.start.historyMark ?? '')),
  )
}

/** The runs of these rows, and for which starts they are new: none of their rows stands at a start's mark, or below it. */
function candidatesOf(view: WorkflowView, rows: readonly HistoryRow[]): Candidate[] {
  const marksOf = marksAbove(rows)
  return rows.map(({ jobId }): Candidate => {
    const stoodBefore = ({ start }: Job): boolean => marksOf.get(jobId)?.has(start.historyMark ?? '') === true
    const isNewFor = (job: Job): boolean =>
      !stoodBefore(job) && (!isNamedByRow(jobId) || isWithoutEntries(view, job))
    return { jobId, isNewFor }
  })
}

/** A row that names no job is of a run out of a queue. Where the entries tell of such runs, it would give one away twice. */
const isWithoutEntries = (view: WorkflowView, job: Job): boolean =>
  isQueued(job) && (entryMarkOf(job) === null || !view.hasEntries(job.key))

/** The marks below or at which a row of a job stands, so that it is of before their starts; by the job's id. */
function marksAbove(rows: readonly HistoryRow[]): ReadonlyMap<string, ReadonlySet<string>> {
  const marks = new Map<string, Set<string>>()
  for (const { jobId, olderThan } of rows)
    marks.set(jobId, new Set([...(marks.get(jobId) ?? []), ...olderThan]))
  return marks
}
