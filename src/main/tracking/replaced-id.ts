import { answeredAt, entryMarkOf, isShown, type Job, outcomeOf } from './job.ts'
import { replacedId } from './policy.ts'

/**
 * A start whose id the server shows nowhere. The id may never come to exist, while the start's run goes on under another
 * one: so it may claim a run that is not known to be its own, and gives it back should its own id be shown after all.
 */

/** Whether the end of a run is still to be known, and the server has shown nothing of it. */
const isUnseen = ({ run, end }: Job): boolean => end === null && run !== null && !isShown(run)

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
    const isWaiting = one.key !== key && claimsFrom(one, false) !== null
    return isWaiting && entryMarkOf(one) === null && (one.start.sentAt ?? claimedAt) < claimedAt
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
