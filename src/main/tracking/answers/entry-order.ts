import { bySending } from '../claim.ts'
import { isNumber, least } from '../ids.ts'
import { entryMarkOf, isLost, type Job, jobIdOf } from '../job.ts'
import { replacedId } from '../policy.ts'
import type { UnclaimedRun } from '../reads/unclaimed-runs.ts'
import { hadElders } from './elders.ts'
import type { WorkflowView } from './workflow-view.ts'

/**
 * Whether the entry of this id can be that of a start's run, by the order of entries: they are written as runs begin, and
 * their ids grow.
 * @param runs those that belong to nobody, the oldest first
 */
export function isEntryNewFor(
  view: WorkflowView,
  runs: readonly UnclaimedRun[],
  job: Job,
  id: bigint,
): boolean {
  const mark = entryMarkOf(job) ?? laterMark(view, job)
  if (mark === null || id <= mark || isBelowElders(view, runs, job, id)) return false
  return mayFollow(view, runs, job, { mark, id })
}

/**
 * What is newer than the mark of a later start is newer than a start without a mark of its own as well. One whose answer was
 * lost began at once, so that without this the later one would be given its run. Null where no later one has a mark.
 */
function laterMark({ jobs, hasEntries }: WorkflowView, job: Job): bigint | null {
  if (!isLost(job)) return null
  return least(
    jobs.flatMap((one) => (bySending(one, job) > 0 && hasEntries(one.key) ? (entryMarkOf(one) ?? []) : [])),
  )
}

/**
 * Whether an entry is below that of an elder, a run that was there as the start was asked for: its run had begun before.
 * The mark may not tell: after the server's clock was set back, what is newest stands below old entries (point 29).
 */
function isBelowElders(
  view: WorkflowView,
  runs: readonly UnclaimedRun[],
  { start }: Job,
  id: bigint,
): boolean {
  return start.runningBefore.some((elder) => {
    const owner = view.jobs.find((job) => jobIdOf(job) === elder)
    // The first one that names it: a stop can leave the next run's log with its line.
    const first = runs.find(({ jobId }) => jobId === elder)
    const elderId = owner?.run?.entry?.id ?? first?.entry.id ?? ''
    return isNumber(elderId) && BigInt(elderId) > id
  })
}

/**
 * Whether a run can be that of a start whose id is shown nowhere, by what ran before it. Where one job runs at a time the
 * server gives a start another id only to put it behind one that has just begun (source): that one is none of this start's.
 * @param ids the greatest id of an entry before the start, and that of the run's
 */
function mayFollow(
  view: WorkflowView,
  runs: readonly UnclaimedRun[],
  job: Job,
  { mark, id }: { readonly mark: bigint; readonly id: bigint },
): boolean {
  if (job.isParallel || job.start.answer.kind !== 'id') return true
  if (hadElders(job, view.jobs) || view.idleForMs >= replacedId.claimAfterWhenSlow) return true
  const ofStarts = view.jobs.flatMap(({ run }) => (run?.entry == null ? [] : run.entry.id))
  const others = [...ofStarts, ...runs.map(({ entry }) => entry.id)].filter(isNumber).map(BigInt)
  return others.some((other) => other > mark && other < id)
}
