import type { Job } from '../job.ts'
import type { Evidence } from '../../../shared/outcome.ts'

/** What can be asked about one job. `history` searches the rows above the job's mark for its id. */
export type QuestionKind = 'entry' | 'jobs' | 'job' | 'history'

/** A question and how long to wait before it is asked, in milliseconds. */
export interface Question {
  readonly kind: QuestionKind
  readonly inMs: number
}

/** What is known of a job now, and what to ask next. */
export interface Decision {
  readonly job: Job
  readonly ask: readonly Question[]
}

/** Nothing to ask. */
export const noQuestions: readonly Question[] = []

/** One question. */
export const question = (kind: QuestionKind, inMs = 0): readonly Question[] => [{ kind, inMs }]

/** The evidence of one job is kept this short. */
const mostEvidence = 40
/** How it began is kept of it. */
const firstEvidence = 10

/** Adds what was observed, leaving out what repeats the last observation; of an ended job, what repeats any. */
export function note(job: Job, at: number, kind: Evidence['kind'], detail?: string): Job {
  const known = job.phase === 'ended' ? job.evidence : job.evidence.slice(-1)
  if (known.some((one) => one.kind === kind && one.detail === detail)) return job
  const fresh: Evidence = detail === undefined ? { at, kind } : { at, kind, detail }
  const evidence = [...job.evidence, fresh]
  return {
    ...job,
    evidence: evidence.length > mostEvidence ? evidence.toSpliced(firstEvidence, 1) : evidence,
  }
}
