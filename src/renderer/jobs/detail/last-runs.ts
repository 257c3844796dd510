import type { TFunction } from 'i18next'
import type { JobView } from '../../../shared/job-view.ts'
import type { Outcome } from '../../../shared/outcome.ts'
import { workflowKeyOf } from '../../../shared/usual.ts'
import { momentOf } from '../list/moment.ts'

/** As many as fit beside their sum in a narrow window. */
const mostRuns = 20

/** The lowest bar, of the height of the highest. */
const lowest = 0.2

/** A run of the workflow as a bar. */
export interface RunBar {
  readonly job: JobView
  /** 0 to 1. */
  readonly height: number
}

/**
 * The last ended runs of a job's workflow, the newest at the end, and the job itself where it is older.
 * @param jobs all jobs
 */
export function lastRuns(jobs: readonly JobView[], job: JobView): JobView[] {
  const workflow = workflowKeyOf(job)
  const runs = jobs
    .filter((one) => one.state.phase === 'ended' && workflowKeyOf(one) === workflow)
    .map((one) => ({ one, at: momentOf(one) }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)
  const at = runs.findIndex(({ key }) => key === job.key)
  const isAmongLast = at === -1 || at >= runs.length - mostRuns
  const to = isAmongLast ? runs.length : Math.min(runs.length, at + mostRuns / 2)
  return runs.slice(Math.max(0, to - mostRuns), to)
}

/** The runs as bars: heights grow with the durations, and one that took a hundred times as long leaves the others seen. */
export function runBars(runs: readonly JobView[]): RunBar[] {
  const lengths = runs.map(({ state }) => (state.phase === 'ended' ? Math.sqrt(state.durationMs ?? 0) : 0))
  const longest = Math.max(1, ...lengths)
  return runs.map((job, index) => ({
    job,
    height: lowest + (1 - lowest) * ((lengths[index] ?? 0) / longest),
  }))
}

/** How the runs ended, in words, the commonest first. */
export function outcomeWords(runs: readonly JobView[], t: TFunction, locale: string): string {
  const counts = new Map<Outcome, number>()
  for (const { state } of runs)
    if (state.phase === 'ended') counts.set(state.outcome, (counts.get(state.outcome) ?? 0) + 1)
  const words = [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([outcome, count]) => t(`toast.count.${outcome}`, { count }))
  return new Intl.ListFormat(locale, { type: 'unit' }).format(words)
}
