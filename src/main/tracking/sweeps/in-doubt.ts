import { awaitsRecord, type Job } from '../job.ts'
import { doubt } from '../policy.ts'
import type { ProfileJobs } from '../profile-jobs.ts'

/** Ends that a record may still correct: those that await theirs, or those that may never have one of their own. */
type Doubt = 'awaiting' | 'concluded'

/** The jobs with such ends, as long as pages are held against them. */
export function inDoubtBy(jobs: Pick<ProfileJobs, 'inDoubt'>, which: Doubt): Job[] {
  const forMs = which === 'awaiting' ? doubt.pagesFor : doubt.last
  const now = Date.now()
  return jobs
    .inDoubt()
    .filter(
      ({ end }) => end !== null && awaitsRecord(end) === (which === 'awaiting') && now - end.endedAt < forMs,
    )
}
