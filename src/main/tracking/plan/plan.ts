import type { Asked } from '../asked.ts'
import { awaitsRun, isInDoubt, type Job, wireIdOf } from '../job.ts'
import { doubtRules } from './doubt-rules.ts'
import { entryRules, memoryRules } from './entry-rules.ts'
import { historyRules } from './history-rules.ts'
import { jobsRules } from './jobs-rules.ts'
import { logRule } from './log-rule.ts'
import { usualRule } from './usual-rule.ts'
import type { Case, PlanContext, PlannedRead, ReadKind, Rule } from './rule.ts'

/**
 * What is asked next about one job, when, and why: the only place that decides it. Pure: it follows from what is known
 * and from what was asked when, so that the same state gives the same plan, however it came about.
 */

/** What is asked of a job whose end is not known yet. */
const openRules: readonly Rule[] = [...entryRules, ...memoryRules, ...historyRules, ...jobsRules, usualRule]

/** What is to be read about a job, at most one read of each kind: the one that is due first. */
export function plan(job: Job, asked: Asked, context: PlanContext): PlannedRead[] {
  const rules = rulesFor(job)
  if (rules.length === 0) return []
  const one: Case = { ...context, job, asked }
  const reads = new Map<ReadKind, PlannedRead>()
  const isNamed = job.run === null || wireIdOf(job) !== null
  for (const rule of rules) {
    const { read, why } = rule
    // A run that is known by its entry alone can't be asked for by its id: the pages show how it goes on.
    if (!isNamed && asksByRunId(rule)) continue
    const dueAt = rule.due(one)
    if (dueAt === null) continue
    const known = reads.get(read)
    if (known === undefined || dueAt < known.dueAt) reads.set(read, { kind: read, dueAt, why })
  }
  return [...reads.values()]
}

const asksByRunId = ({ read, isByStartsId }: Rule): boolean =>
  (read === 'entry' || read === 'memory') && isByStartsId !== true

function rulesFor(job: Job): readonly Rule[] {
  if (job.end === null) return job.run === null && !awaitsRun(job) ? [] : openRules
  return isInDoubt(job) ? [...doubtRules, logRule] : [logRule]
}
