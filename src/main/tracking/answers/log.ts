import { isExplainedByLog, type Outcome } from '../../../shared/outcome.ts'
import { lastErrorLine, logDuration } from '../../wexflow/log.ts'
import type { Fact } from '../facts.ts'

/**
 * What the log of a job tells: how long it took and, where its end is explained there, what went wrong.
 * @param outcome how the job ended; undefined where that is not known
 * @param mayGrow whether the server may not have written all of it yet: then it is read again if it does not tell how long
 * the job took
 */
export const factOfLog = (lines: readonly string[], outcome: Outcome | undefined, mayGrow: boolean): Fact => {
  const durationMs = logDuration(lines)
  return {
    kind: 'log',
    durationMs,
    errorLine: outcome !== undefined && isExplainedByLog(outcome) ? lastErrorLine(lines) : null,
    isLast: durationMs !== null || !mayGrow,
  }
}
