import { logTimes, workflowName } from '../wexflow/log.ts'
import { serverTimeOf } from '../wexflow/server-clock.ts'
import type { Entry } from '../wexflow/server.ts'
import { isNumber } from './ids.ts'
import { isFinal } from './job.ts'
import { sweeps } from './policy.ts'

/**
 * Whether a log is of a later run of the server, which has given the entry's id anew: it names another workflow, or begins
 * after the entry's date, which is that of its run's end, or of its beginning while it goes on.
 */
export function isOfLaterRun(entry: Entry, lines: readonly string[]): boolean {
  // Ids that are no numbers are never given anew. MongoDB's dates are in UTC, its logs in the server's zone (source).
  if (!isNumber(entry.id)) return false
  const name = workflowName(lines)
  if (name !== null && name !== entry.name) return true
  const within = sweeps.logBegins[isFinal(entry) ? 'ended' : 'running']
  const datedAt = serverTimeOf(entry.statusDate)
  const begunAt = logTimes(lines)?.firstAt
  return datedAt !== null && begunAt !== undefined && begunAt - datedAt > within
}
