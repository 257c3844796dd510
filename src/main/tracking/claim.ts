import { isNumber } from './ids.ts'
import { answeredAt, isLost, isQueued, isShown, type Job, outcomeOf } from './job.ts'
import { replacedId, starting } from './policy.ts'

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
  const [mark, other] = [markOf(a) ?? -1n, markOf(b) ?? -1n]
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
    const index = free.findIndex((run) => canBeOf(job, run))
    const run = free[index]
    if (run === undefined) continue
    free.splice(index, 1)
    given.push({ job, run })
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

const isUnseen = ({ run }: Job): boolean => run !== null && !isShown(run)

/** Since when a start has had an id that the server has shown nowhere; null where that is not so. */
export const unseenSince = (job: Job): number | null =>
  isUnseen(job) && job.restartedAt === null ? answeredAt(job) : null

/**
 * The same where the server has restarted since, and the history, in which the run had been looked for before that, could
 * not be read whole: after a restart the run can only be found there.
 */
function unseenBeforeRestart(job: Job): number | null {
  const { restartedAt, search } = job
  if (!isUnseen(job) || restartedAt === null || search?.unreadSince == null) return null
  return search.unreadSince < restartedAt ? answeredAt(job) : null
}

/** From when on a start that its id shows nowhere may claim another run of its workflow; null where it may not. */
export function claimsFrom(job: Job, isServerSlow: boolean): number | null {
  const since = unseenSince(job) ?? unseenBeforeRestart(job)
  if (since === null || job.start.answer.kind !== 'id') return null
  return since + (isServerSlow ? replacedId.claimAfterWhenSlow : replacedId.claimAfter)
}

/** The id that a start was given where it has claimed another run, since that id was shown nowhere; null otherwise. */
export function replacedIdOf({ start, run, end }: Job): string | null {
  if (end !== null || run === null || start.answer.kind !== 'id') return null
  return run.jobId === start.answer.jobId ? null : start.answer.jobId
}

/**
 * Whether a start whose own id is shown after all keeps the run that it has claimed. It does where another start of this app,
 * which went out before that run was claimed, still waits for one and has no mark: no entry could be given to that start, so
 * that nobody might ever claim what this one gave back. It takes the run of this one's own id instead.
 */
export function keepsClaim({ key, run }: Job, ofWorkflow: readonly Job[]): boolean {
  const claimedAt = run?.shownAt ?? Number.NEGATIVE_INFINITY
  return ofWorkflow.some((one) => {
    const isWaiting = one.key !== key && one.end === null && claimsFrom(one, false) !== null
    return isWaiting && markOf(one) === null && (one.start.sentAt ?? claimedAt) < claimedAt
  })
}

/**
 * By when a start that has claimed another run sees whether that was somebody else's: it has ended, and if the start only
 * waited for that, its own run begins now. Null where there is nothing to be seen, or not yet.
 */
export function ownIdShownBy(job: Job): number | null {
  const { run } = job
  if (run === null || replacedIdOf(job) === null) return null
  const recordedAt = [run.entry, run.history, run.remembered].flatMap((record) =>
    record !== null && outcomeOf(record.status) !== undefined ? record.at : [],
  )
  const signs = [...recordedAt, run.frame?.at ?? [], run.gone?.since ?? []].flat()
  return signs.length === 0 ? null : Math.min(...signs) + replacedId.ownShowsWithin
}

/** The greatest id of an entry before the start; null where that is not known. */
export const markOf = ({ start }: Job): bigint | null =>
  start.entryMark !== null && isNumber(start.entryMark) ? BigInt(start.entryMark) : null

/**
 * Whether the entry of a job is of an earlier run of the server, where a database gives ids anew with each: it is
 * greater than all that were there before one of these starts, although the server had shown the job by then.
 */
export function isEntryOfEarlierRun({ run }: Job, starts: readonly Job[]): boolean {
  if (run?.entry == null || run.shownAt === null || !isNumber(run.entry.id)) return false
  const id = BigInt(run.entry.id)
  const knownBy = run.shownAt + starting.entrySeenWithin
  return starts.some((job) => {
    const mark = markOf(job)
    return mark !== null && mark < id && knownBy < job.start.requestedAt
  })
}
