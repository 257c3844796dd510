import { canBeOf, type Candidate, claim, type Claim, type LostOrder } from '../claim.ts'
import { awaitsRun, entryMarkOf, isBeingSent, isShown, type Job } from '../job.ts'
import { replacedId } from '../policy.ts'
import { claimsFrom } from '../replaced-id.ts'
import type { WorkflowView } from './workflow-view.ts'

/** No run is claimed while the answer of a start of that workflow can still come: it may be that start's own. */
export const isSending = ({ jobs }: WorkflowView): boolean => jobs.some(isBeingSent)

/** Whether a start may claim a run that is not known to be its own. */
export const isClaiming =
  (view: WorkflowView) =>
  (job: Job): boolean => {
    if (awaitsRun(job)) return true
    const from = claimsFrom(job, view.isServerSlow)
    return from !== null && view.now >= from && view.askedOf(job.key).entryAt >= from
  }

/** Which starts of a workflow claim which of these runs, the oldest run first. */
export function claims(
  view: WorkflowView,
  waiting: readonly Job[],
  runs: readonly Candidate[],
  lostOrder?: LostOrder,
): Claim[] {
  if (waiting.length === 0 || isSending(view)) return []
  const answers = new Map(view.jobs.flatMap(answeredRun))
  const isOwned = (jobId: string): boolean => view.isOwned(jobId) || answers.get(jobId)?.isLeft === false
  const candidates = runs.map(({ jobId, isNewFor }): Candidate => {
    const at = answers.get(jobId)?.at ?? Number.POSITIVE_INFINITY
    return { jobId, isNewFor: (job) => job.start.requestedAt < at && isNewFor(job) }
  })
  const late = lateStarts(
    view,
    candidates.filter(({ jobId }) => !isOwned(jobId)),
  )
  return claim(
    waiting.filter((job) => !late.includes(job)),
    candidates,
    isOwned,
    lostOrder,
  )
}

/** What is known of a run whose id was given to a start. */
interface AnsweredRun {
  /** When its id was given: no start that came later can have it. */
  readonly at: number
  /** Whether its start was told the end of another's run, so that another start may have this one. */
  readonly isLeft: boolean
}

const answeredRun = ({ start, run, end }: Job): [jobId: string, AnsweredRun][] => {
  if (start.answer.kind !== 'id') return []
  const { jobId, at } = start.answer
  return [[jobId, { at, isLeft: end !== null && run !== null && run.jobId !== jobId }]]
}

/**
 * Starts whose ids are not shown yet, and that claim nothing for now. Of several at once most only wait, each with its id,
 * for the ends of those before them. Where fewer runs are free than starts that could have one of them, it shows later
 * which start has an id that never exists: when the others have begun, or their workflow runs nothing any more.
 */
function lateStarts(view: WorkflowView, free: readonly Candidate[]): readonly Job[] {
  // One that was answered just now is not late: where starts follow each other there is always such a one.
  const late = view.jobs.filter(
    (job) => job.isParallel && (claimsFrom(job, false) ?? Number.POSITIVE_INFINITY) <= view.now,
  )
  // One that none of these runs can be of stands in nobody's way.
  const rivals = late.filter((job) => free.some((run) => mayBeOwn(job, run)))
  const couldBe = free.filter((run) => rivals.some((job) => canBeOf(job, run)))
  return rivals.length > couldBe.length && isBusy(view) ? rivals : []
}

/** Whether a run may be the start's own for all that is known. One without a mark is given no entry, whosever that is. */
const mayBeOwn = (job: Job, run: Candidate): boolean =>
  canBeOf(job, run) || (entryMarkOf(job) === null && !job.start.runningBefore.includes(run.jobId))

/** Whether the workflow runs something, or did a moment ago: the next may be about to begin. */
const isBusy = ({ jobs, idleForMs, now }: WorkflowView): boolean =>
  idleForMs < replacedId.claimAfter ||
  jobs.some(
    ({ run, end }) =>
      run !== null && isShown(run) && (end === null || now - end.endedAt < replacedId.claimAfter),
  )

/** A run that may be new for any start. */
export const anybodys = (jobId: string): Candidate => ({ jobId, isNewFor: () => true })
