import { hasWorked } from '../../../shared/usual.ts'
import { instanceId, logDuration } from '../../wexflow/log.ts'
import type { Entry, EntryPage, WexflowServer } from '../../wexflow/server.ts'
import { newestRowsFor, type Sought } from './history-search.ts'
import { namedByRow } from '../ids.ts'
import { outcomeOf } from '../job.ts'
import { history, usualTime } from '../policy.ts'
import { insteadOfRefusal } from '../refused.ts'

/** A run that the history tells of: how long it took by its log, in milliseconds. */
export interface PastRun {
  /** Wexflow's instance id, or the row's name where its log does not say it. */
  readonly id: string
  readonly durationMs: number
}

/** The tracker's way to what is kept of how long workflows usually take. */
export interface UsualTimesOf {
  /** Whether the history of a workflow is to be read for it. */
  needsHistory(workflowId: number): boolean
  /** It was read, and tells of these runs, the newest first. */
  noteHistory(workflowId: number, runs: readonly PastRun[]): void
}

/** Where nobody wants to know. */
export const noUsualTimes: UsualTimesOf = { needsHistory: () => false, noteHistory: () => undefined }

/** The newest runs of a workflow that did their work, as the history tells them. Rejects with a `WexflowError`. */
export async function readPastRuns(
  server: Pick<WexflowServer, 'history' | 'historyLog'>,
  workflow: Sought['workflow'],
): Promise<PastRun[]> {
  const { rows } = await newestRowsFor(workflow, (text) =>
    server.history(text, 1, history.pageRows).catch(insteadOfRefusal<EntryPage>({ rows: [], isLast: true })),
  )
  const worked = rows.filter((row) => row.workflowId === workflow.id && isWorked(row))
  const runs: PastRun[] = []
  for (const { id } of worked.slice(0, usualTime.mostLogs)) {
    const lines = await server.historyLog(id).catch(insteadOfRefusal<string[]>([]))
    const durationMs = logDuration(lines)
    if (durationMs !== null) runs.push({ id: instanceId(lines) ?? namedByRow(id), durationMs })
  }
  return runs
}

function isWorked({ status }: Entry): boolean {
  const outcome = outcomeOf({ word: status })
  return outcome !== undefined && hasWorked(outcome)
}
