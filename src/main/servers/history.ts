import type { HistoryDay, HistoryPage, HistoryQuery, HistoryRow } from '../../shared/history.ts'
import { outcomeOf } from '../tracking/job.ts'
import type { Entry, ServerHistory } from '../wexflow/server.ts'
import { dayOf, daysUpTo, rangeOfDay, serverTimeOf } from '../wexflow/server-clock.ts'

/** Rows that are asked for at once, as many as the server answers in some ten milliseconds. */
const pageRows = 100
/** What a look at the history shows at least, if there is so much. */
const wantedRows = 50
/** Where few rows are of the wanted kind, so many pages are read before the person is asked whether to go on. */
const mostPagesAtOnce = 10
/** Two weeks fit beside each other, and a server's owner thinks in weeks. */
const daysInChart = 14
/** Counts are asked for side by side, and leave connections for the rest. */
const countsAtOnce = 4

function rowOf({ id, workflowId, name, status, rawStatus, statusDate }: Entry): HistoryRow {
  const outcome = outcomeOf({ word: status }) ?? null
  const endedAt = serverTimeOf(statusDate)
  return { id, workflowId, workflowName: name, outcome, rawStatus, endedAt, endedText: statusDate }
}

/**
 * Reads on in the history, newest first, until there is something to show. The server lets everybody read all of it:
 * only the workflows that this user may see are shown. Rejects with a `WexflowError`.
 * @param maySee the workflows that the user was granted
 * @param first the page to begin with; it counts from 1
 */
export async function readHistory(
  server: Pick<ServerHistory, 'historyBetween'>,
  { text, day, outcome }: HistoryQuery,
  maySee: ReadonlySet<number>,
  first: number,
): Promise<HistoryPage> {
  const range = day === null ? null : rangeOfDay(day)
  const rows: HistoryRow[] = []
  for (let page = first; page < first + mostPagesAtOnce; page += 1) {
    const read = await server.historyBetween({ search: text, range, page, count: pageRows })
    const shown = read.rows.filter(({ workflowId }) => maySee.has(workflowId)).map(rowOf)
    rows.push(...shown.filter((row) => outcome === null || row.outcome === outcome))
    if (read.isLast) return { rows, next: null }
    if (rows.length >= wantedRows) return { rows, next: page + 1 }
  }
  return { rows, next: first + mostPagesAtOnce }
}

/**
 * How many jobs ended on each of the last days, by the server's calendar, oldest first. Rejects with a `WexflowError`.
 */
export async function countHistory(
  server: Pick<ServerHistory, 'historyCount' | 'historyNewestAt'>,
  text: string,
): Promise<HistoryDay[]> {
  const days = daysUpTo(dayOf(await server.historyNewestAt()), daysInChart)
  const counted: HistoryDay[] = []
  for (let at = 0; at < days.length; at += countsAtOnce) {
    const some = days.slice(at, at + countsAtOnce)
    const counts = await Promise.all(some.map((day) => server.historyCount(text, rangeOfDay(day))))
    counted.push(...some.map((day, index) => ({ day, count: counts[index] ?? 0 })))
  }
  return counted
}
