import { isNumber } from './ids.ts'
import { entryMarkOf, isLost, isQueued, type Job } from './job.ts'
import { starting } from './policy.ts'
import { takeFirst } from './take-first.ts'

/** A start that claims a run, and the run that it claims. */
export interface Claim {
  readonly key: string
  readonly jobId: string
}

/** A run that may be claimed: its id, and whether it can be a start's own for all that the start knew before. */
export interface Candidate {
  readonly jobId: string
  readonly isNewFor: (job: Job) => boolean
}

/** The order in which the requests of starts went out, and the server took them: the reads before a request can delay it. */
export const bySending = ({ start: a }: Job, { start: b }: Job): number =>
  (a.sentAt ?? a.requestedAt) - (b.sentAt ?? b.requestedAt) || a.requestedAt - b.requestedAt

/** In which order starts whose answers were lost choose. */
export type LostOrder = (a: Job, b: Job) => number

/**
 * For what shows a part of the runs only: `jobs` those that go on, the history those that have ended. The newest start has
 * the fewest that can be its own. An older one that chose first might take the only one of them, while its own run is among
 * those that are not shown.
 */
const newestFirst: LostOrder = (a, b) => bySending(b, a)

/**
 * For entries, which show all runs: the start with the greatest mark has the fewest that can be its own. The starts of a
 * burst may share a mark, since its read is shared; then the older one chooses first, and takes the older run, which the
 * mark does not show to have been there before the newer one.
 */
export const greatestMarkFirst: LostOrder = (a, b) => {
  const [mark, other] = [entryMarkOf(a) ?? -1n, entryMarkOf(b) ?? -1n]
  if (mark === other) return bySending(a, b)
  return mark > other ? -1 : 1
}

/**
 * The order in which starts choose. A workflow that runs one job at a time runs them in the order in which they went out.
 * Those whose answers were lost began at once. Those whose id was never shown come last: theirs may just be late.
 */
const byTurn =
  (lostOrder: LostOrder) =>
  (a: Job, b: Job): number => {
    const turn = turnOf(a) - turnOf(b)
    if (turn !== 0) return turn
    return isLost(a) && isLost(b) ? lostOrder(a, b) : bySending(a, b)
  }

const turnOf = (job: Job): number => {
  if (isQueued(job) || (!job.isParallel && job.start.answer.kind === 'id')) return 0
  return job.run === null ? 1 : 2
}

/** Whether the run can be the start's own: it was not there before. */
export const canBeOf = (job: Job, { jobId, isNewFor }: Candidate): boolean =>
  !job.start.runningBefore.includes(jobId) && isNewFor(job)

/**
 * Gives runs that belong to nobody to the starts that wait for one, the oldest run first. A run that was there before
 * the start, or that belongs to another job, is not new.
 */
export function claim(
  waiting: readonly Job[],
  runs: readonly Candidate[],
  isOwned: (jobId: string) => boolean,
  lostOrder: LostOrder = newestFirst,
): Claim[] {
  // A job that another's stop was written over has two rows in the history (source).
  const free = [...new Map(runs.map((run) => [run.jobId, run])).values()].filter(
    ({ jobId }) => !isOwned(jobId),
  )
  const given: Given[] = []
  for (const job of waiting.toSorted(byTurn(lostOrder))) {
    const run = takeFirst(free, (one) => canBeOf(job, one))
    if (run !== undefined) given.push({ job, run })
  }
  return inTheirOrder(given, runs).map(({ job, run }) => ({ key: job.key, jobId: run.jobId }))
}

interface Given {
  readonly job: Job
  readonly run: Candidate
}

/** Starts whose answers were lost began at once, so that the older one has the older of the runs that both can be. */
function inTheirOrder(given: readonly Given[], runs: readonly Candidate[]): readonly Given[] {
  const lost = given.filter(({ job }) => isLost(job))
  const oldestFirst = lost.map(({ run }) => run).toSorted((a, b) => runs.indexOf(a) - runs.indexOf(b))
  const starts = lost.map(({ job }) => job).toSorted(bySending)
  const runOf = new Map(starts.map(({ key }, index) => [key, oldestFirst[index]]))
  const ordered = given.map(({ job, run }): Given => ({ job, run: runOf.get(job.key) ?? run }))
  return ordered.every(({ job, run }) => canBeOf(job, run)) ? ordered : given
}

/**
 * Whether the entry of a job is of an earlier run of the server, where a database gives ids anew with each: it is
 * greater than all that were there before one of these starts, although the server had shown the job by then.
 */
export function isEntryOfEarlierRun({ run }: Job, starts: readonly Job[]): boolean {
  if (run?.entry == null || run.shownAt === null || !isNumber(run.entry.id)) return false
  const id = BigInt(run.entry.id)
  const knownBy = run.shownAt + starting.entrySeenWithin
  return starts.some((job) => {
    const mark = entryMarkOf(job)
    return mark !== null && mark < id && knownBy < job.start.requestedAt
  })
}
