import type { JobView } from './job-view.ts'

/** How many of a workflow's newest runs its usual time is taken from: what it was like a year ago says nothing. */
const countedRuns = 20

/** What tells a workflow from those of all servers. */
export const workflowKeyOf = ({ serverId, workflowId }: Pick<JobView, 'serverId' | 'workflowId'>): string =>
  `${workflowId} ${serverId}`

/** A run that failed or was stopped says nothing of how long the work takes. */
const workedDuration = ({ state }: JobView): number | null =>
  state.phase === 'ended' && (state.outcome === 'done' || state.outcome === 'warning')
    ? state.durationMs
    : null

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? 0
  const lower = sorted[Math.ceil(middle) - 1] ?? upper
  return (lower + upper) / 2
}

/**
 * How long the workflows usually take, in milliseconds: the median of their newest runs that did their work. Those of
 * which no duration is known are left out.
 * @param jobs newest first
 * @returns by `workflowKeyOf`
 */
export function usualDurations(jobs: Iterable<JobView>): ReadonlyMap<string, number> {
  const byWorkflow = new Map<string, number[]>()
  for (const job of jobs) {
    const duration = workedDuration(job)
    if (duration === null) continue
    const key = workflowKeyOf(job)
    const durations = byWorkflow.get(key)
    if (durations === undefined) byWorkflow.set(key, [duration])
    else if (durations.length < countedRuns) durations.push(duration)
  }
  return new Map(Array.from(byWorkflow, ([key, durations]) => [key, median(durations)]))
}
