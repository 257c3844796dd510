import type { Evidence, Job } from '../../../shared/job.ts'

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

/** Adds what was observed, leaving out what repeats the last observation. */
export function note(job: Job, at: number, kind: Evidence['kind'], detail?: string): Job {
  const last = job.evidence.at(-1)
  if (last?.kind === kind && last.detail === detail) return job
  const fresh: Evidence = detail === undefined ? { at, kind } : { at, kind, detail }
  return { ...job, evidence: [...job.evidence, fresh].slice(-mostEvidence) }
}
