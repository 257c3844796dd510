import type { JobView } from '../../../shared/job-view.ts'
import type { Outcome } from '../../../shared/outcome.ts'
import { momentOf } from '../list/moment.ts'

/**
 * How many jobs ended on a day in which way; an outcome that none had is not in it.
 * @param since the midnight that the day began with, milliseconds since 1970; nothing is of a later day
 */
export function endedSince(jobs: readonly JobView[], since: number): ReadonlyMap<Outcome, number> {
  const counts = new Map<Outcome, number>()
  for (const job of jobs)
    if (job.state.phase === 'ended' && momentOf(job) >= since)
      counts.set(job.state.outcome, (counts.get(job.state.outcome) ?? 0) + 1)
  return counts
}
