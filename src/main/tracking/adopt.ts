import type { Job } from './job.ts'

/** A start that still lacks its job id, and the instance that was taken to be it. */
export interface Adoption {
  readonly key: string
  readonly jobId: string
}

/** Whether a start still waits for its job id: it is queued, or its answer was lost. */
export const awaitsJobId = (job: Job): boolean =>
  job.jobId === null && (job.phase === 'queued' || (job.phase === 'starting' && job.answerLost))

/** Whether the answer of a start may still come: a new instance may well be this start's own. */
export const isBeingSent = (job: Job): boolean =>
  job.phase === 'starting' && job.sentAt !== null && !job.answerLost

const oldestFirst = (a: Job, b: Job): number => a.requestedAt - b.requestedAt

/**
 * Gives new instances of a workflow to the starts that wait for one. An instance that ran before the start, or that
 * belongs to another job, is not new.
 *
 * A queue gives its next instance to the oldest start: it is first in, first out. Starts whose answers were lost began
 * at once, and the newest of them has the fewest instances to choose from: what the older one leaves it may be none,
 * while the older one's own job stands in the history already.
 */
export function adopt(
  waiting: readonly Job[],
  instances: readonly string[],
  isOwned: (jobId: string) => boolean,
): Adoption[] {
  // A job that another's stop was written over has two rows in the history (source).
  const free = [...new Set(instances)].filter((jobId) => !isOwned(jobId))
  const adoptions: Adoption[] = []
  const order = waiting.toSorted(oldestFirst)
  for (const job of waiting.some(({ phase }) => phase === 'queued') ? order : order.toReversed()) {
    const index = free.findIndex((jobId) => !job.runningBefore.includes(jobId))
    const jobId = free[index]
    if (jobId === undefined) continue
    free.splice(index, 1)
    adoptions.push({ key: job.key, jobId })
  }
  return adoptions
}
