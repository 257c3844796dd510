import { isExplainedByLog, type Outcome } from '../../../shared/outcome.ts'
import { lastErrorLine, logDuration } from '../../wexflow/log.ts'
import type { Fact } from '../facts.ts'

/**
 * What the log of a job tells: how long it took and, where its end is explained there, what went wrong.
 * @param outcome how the job ended; undefined where that is not known
 */
export const factOfLog = (lines: readonly string[], outcome: Outcome | undefined): Fact => ({
  kind: 'log',
  durationMs: logDuration(lines),
  errorLine: outcome !== undefined && isExplainedByLog(outcome) ? lastErrorLine(lines) : null,
})
