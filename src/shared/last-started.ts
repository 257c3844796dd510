import type { JobView } from './job-view.ts'
import { workflowKeyOf } from './usual.ts'
import { isOthers } from './watch.ts'

/** So many of them are offered to be started again, in the tray's menu and in the window. */
export const mostRecent = 5

/**
 * The workflows that were started with this app, each once, the last start first, by `workflowKeyOf`.
 * @param jobs newest first
 */
export function* lastStarted(jobs: Iterable<JobView>): Generator<string> {
  const seen = new Set<string>()
  for (const job of jobs) {
    if (isOthers(job)) continue
    const key = workflowKeyOf(job)
    if (seen.has(key)) continue
    seen.add(key)
    yield key
  }
}
