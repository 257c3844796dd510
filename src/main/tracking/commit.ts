import { isExplainedByLog } from '../../shared/outcome.ts'
import type { Conclusion } from './conclude.ts'
import type { EndedJob, Job } from './job.ts'
import { note } from './observe/evidence.ts'

/** The job with what was concluded of it. Pure. */
export function withConclusion(job: Job, conclusion: Conclusion, now: number): Job {
  if (conclusion.kind === 'notBegun') {
    const { since } = conclusion
    return job.run === null
      ? { ...job, start: { ...job.start, heldSince: since } }
      : { ...job, run: { ...job.run, notBegunSince: since } }
  }
  const { end } = conclusion
  if (job.end !== null) return corrected({ ...job, end: job.end }, end, now)
  const isRefused = job.start.answer.kind === 'refused'
  const isConcluded = end.from === 'inferred' && !isRefused
  const missing = isConcluded && job.search !== null ? note(job, now, 'historyMissing') : job
  return { ...(isConcluded ? note(missing, now, 'concluded') : job), end }
}

/** A record says otherwise than what was told, or the same, which then is certain. */
function corrected(job: EndedJob, end: EndedJob['end'], now: number): Job {
  // What the log did not tell is asked for anew: the end was another one, or it was announced before its log was written.
  const isLogRead =
    job.end.isLogRead &&
    job.end.durationMs !== null &&
    !(isExplainedByLog(end.outcome) && job.end.errorLine === null)
  const isSame = job.end.outcome === end.outcome
  return { ...(isSame ? job : note(job, now, 'corrected', job.end.outcome)), end: { ...end, isLogRead } }
}
