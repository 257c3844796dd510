import type { Evidence } from '../../../shared/outcome.ts'
import type { Job } from '../job.ts'
import { kept } from '../policy.ts'

/** Adds what was observed, leaving out what repeats the last observation; of an ended job, what repeats any. */
export function note(job: Job, at: number, kind: Evidence['kind'], detail?: string): Job {
  const known = job.end === null ? job.evidence.slice(-1) : job.evidence
  if (known.some((one) => one.kind === kind && one.detail === detail)) return job
  const fresh: Evidence = detail === undefined ? { at, kind } : { at, kind, detail }
  const evidence = [...job.evidence, fresh]
  return {
    ...job,
    evidence: evidence.length > kept.evidence ? evidence.toSpliced(kept.firstEvidence, 1) : evidence,
  }
}
