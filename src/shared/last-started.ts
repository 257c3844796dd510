import type { JobView } from './job-view.ts'
import { workflowKeyOf } from './usual.ts'
import { isOthers } from './watch.ts'

/** So many of them are offered to be started again, in the tray's menu and in the window. */
export const mostRecent = 5

/**
 * Those of the offered workflows that were started with this app, each once, the last start first, at most `mostRecent`.
 * @param jobs newest first
 * @param offered a set or a map by `workflowKeyOf`, as the answer is
 */
export function lastStarted(
  jobs: Iterable<JobView>,
  offered: Pick<ReadonlySet<string>, 'has' | 'size'>,
): readonly string[] {
  const most = Math.min(mostRecent, offered.size)
  const last = new Set<string>()
  for (const job of jobs) {
    if (last.size === most) break
    if (isOthers(job)) continue
    const key = workflowKeyOf(job)
    if (offered.has(key)) last.add(key)
  }
  return [...last]
}
