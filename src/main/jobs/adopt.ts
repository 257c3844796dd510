import type { Job } from '../../shared/job.ts'

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

/**
 * Gives new instances of a workflow to the starts that wait for one, oldest start first, since the server's queue is
 * first in, first out. An instance that ran before the start, or that belongs to another job, is not new.
 */
export function adopt(
  waiting: readonly Job[],
  instances: readonly string[],
  isOwned: (jobId: string) => boolean,
): Adoption[] {
  const free = instances.filter((jobId) => !isOwned(jobId))
  const adoptions: Adoption[] = []
  for (const job of [...waiting].sort((a, b) => a.requestedAt - b.requestedAt)) {
    const index = free.findIndex((jobId) => !job.runningBefore.includes(jobId))
    const jobId = free[index]
    if (jobId === undefined) continue
    free.splice(index, 1)
    adoptions.push({ key: job.key, jobId })
  }
  return adoptions
}
