import { hasRun, isExplainedByLog } from '../../../shared/outcome.ts'
import type { EndedJob } from '../job.ts'
import { asking } from '../policy.ts'
import type { Rule } from './rule.ts'

/** What an end needs of its log: how long it took where nobody witnessed that, and what went wrong. */
export const logRule: Rule = {
  read: 'log',
  why: 'how long it took, and what went wrong',
  due: ({ job, asked }) =>
    job.end !== null && needsLog({ ...job, end: job.end })
      ? Math.max(job.end.endedAt, asked.logAt + asking.logAgain)
      : null,
}

/** Whether the job's log is still to be read for what its end does not tell yet. */
export function needsLog({ end, run }: EndedJob): boolean {
  if (run === null || end.isLogRead || !hasRun(end.outcome)) return false
  return end.durationMs === null || (isExplainedByLog(end.outcome) && end.errorLine === null)
}
