import type { TFunction } from 'i18next'
import { formatDuration } from './format.ts'
import type { JobView } from './job-view.ts'
import type { Outcome } from './outcome.ts'

/** What tells a workflow from those of all servers. */
export const workflowKeyOf = ({ serverId, workflowId }: Pick<JobView, 'serverId' | 'workflowId'>): string =>
  `${workflowId} ${serverId}`

/**
 * What a job's workflow usually takes, in milliseconds; null where that is not known, and of a job that waits for a
 * person: how long one took before says nothing of how long one takes now.
 * @param usual by `workflowKeyOf`
 */
export const usualOf = (
  job: Pick<JobView, 'serverId' | 'workflowId' | 'state'>,
  usual: ReadonlyMap<string, number>,
): number | null => (job.state.phase === 'waiting' ? null : (usual.get(workflowKeyOf(job)) ?? null))

/**
 * What a workflow usually takes, for the end of a line about one of its jobs; nothing where that is not known.
 * @param usualMs milliseconds
 */
export const usualPart = (usualMs: number | null, t: TFunction, locale: string): readonly string[] =>
  usualMs === null ? [] : [t('job.when.usual', { duration: formatDuration(usualMs, locale) })]

/** Whether a run that ended so did its work: one that failed or was stopped says nothing of how long that takes. */
export const hasWorked = (outcome: Outcome): boolean => outcome === 'done' || outcome === 'warning'

/** How long runs usually take that took so long: the middle one. */
export function median(durations: readonly number[]): number {
  const sorted = durations.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? 0
  const lower = sorted[Math.ceil(middle) - 1] ?? upper
  return (lower + upper) / 2
}
