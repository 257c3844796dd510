import { logTimes } from '../wexflow/log.ts'
import { serverTimeOf } from '../wexflow/server-clock.ts'
import type { Entry } from '../wexflow/server.ts'
import { sweeps } from './policy.ts'

/**
 * Whether a log is of a later run of the server, which has given the entry's id anew: it begins after the entry's date,
 * which is that of its run's end, or of its beginning while it goes on.
 */
export function isOfLaterRun({ statusDate }: Entry, lines: readonly string[]): boolean {
  const datedAt = serverTimeOf(statusDate)
  const begunAt = logTimes(lines)?.firstAt
  return datedAt !== null && begunAt !== undefined && begunAt - datedAt > sweeps.logBegins
}
