import { type Asked, nothingAsked } from '../../../../src/main/tracking/asked.ts'
import type { Job, Run } from '../../../../src/main/tracking/job.ts'
import { plan } from '../../../../src/main/tracking/plan/plan.ts'
import type { PlanContext, ReadKind } from '../../../../src/main/tracking/plan/rule.ts'
import { runningJob, waitingJob } from '../../job.ts'
import { planningNothing } from '../knowing.ts'

/** When a read of this kind is due; null where none is planned. */
export const dueOf = (
  kind: ReadKind,
  job: Job,
  asked: Partial<Asked> = {},
  context: Partial<PlanContext> = {},
): number | null =>
  plan(job, { ...nothingAsked, ...asked }, { ...planningNothing, ...context }).find(
    (read) => read.kind === kind,
  )?.dueAt ?? null

/** A run that the server has shown. */
export const shown = (part: Partial<Run> = {}, of: Partial<Job> = {}): Job =>
  runningJob({ isListed: true, shownAt: 0, ...part }, of)

/** One whose stream said then that it ended, and not how. */
export const framed = (at: number): Job =>
  shown({ frame: { status: { word: 'Running', raw: 'Running' }, at } })

/** One that so many reads did not find any more. */
export const goneJob = (count: number, part: Partial<Run> = {}): Job =>
  shown({ gone: { count, since: 1000, at: 2500 }, ...part })

/** A start without an id since 100 ms after its wish. */
export const waiting = (
  kind: 'queued' | 'lost',
  part: Partial<Job['start']> = {},
  of: Partial<Job> = {},
): Job => waitingJob(kind, { answer: { kind, at: 100 }, ...part }, of)

export const searched = (at: number, unreadSince: number | null = null): Job['search'] => ({
  at,
  unreadSince,
})
