import { newestRowsFor, type Sought } from '../tracking/reads/history-search.ts'
import type { WexflowServer } from '../wexflow/server.ts'
import { serverTimeOf } from '../wexflow/server-clock.ts'
import { hasCome } from './missed.ts'

/** Rows of the history that are looked through. */
const pageRows = 100

/**
 * What a server shows of a workflow since a run of it was due: `runs`: a job of it goes on, which may have begun before;
 * `ran`: it ran, or that can't be said; `none`: it shows nothing.
 */
export type Trace = 'runs' | 'ran' | 'none'

/**
 * What the server shows of a workflow since a run of it was due. A job that runs beside others leaves no trace in the list
 * of workflows, so that the server is asked before anything is told. Rejects with a `WexflowError`.
 * @param due by the server's clock
 */
export async function traceSince(
  server: Pick<WexflowServer, 'runningJobs' | 'history'>,
  workflow: Sought['workflow'],
  due: number,
): Promise<Trace> {
  const running = await server.runningJobs(workflow.id)
  if (running === null || running.length > 0) return 'runs'
  const { rows, isLast } = await newestRowsFor(workflow, (text) => server.history(text, 1, pageRows))
  const isOwn = ({ workflowId }: { readonly workflowId: number }): boolean => workflowId === workflow.id
  const times = rows.map(({ statusDate }) => serverTimeOf(statusDate))
  if (times.includes(null)) return 'ran'
  if (rows.some((row, index) => isOwn(row) && hasCome(due, times[index] ?? null))) return 'ran'
  const isDeepEnough = rows.some(isOwn) || isLast
  return !isDeepEnough && hasCome(due, times.at(-1) ?? null) ? 'ran' : 'none'
}
