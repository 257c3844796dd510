import type { ServerView } from '../../shared/app-state.ts'
import type { HistoryRow } from '../../shared/history.ts'
import { isoTime, type Table } from './table.ts'

const columns = [
  'server',
  'serverAddress',
  'workflowId',
  'workflow',
  'outcome',
  'status',
  'endedAtServerTime',
  'historyId',
]

/** The server's clock tells no zone: its times are written without one, as ISO 8601 writes local times. */
const serverTime = ({ endedAt, endedText }: HistoryRow): string =>
  isoTime(endedAt)?.replace(/\.\d+Z$/u, '') ?? endedText

/** Rows of a server's history. */
export function historyTable(
  found: readonly HistoryRow[],
  { name, baseUrl }: Pick<ServerView, 'name' | 'baseUrl'>,
): Table {
  const rows = found.map((row) => [
    name,
    baseUrl,
    row.workflowId,
    row.workflowName,
    row.outcome,
    row.rawStatus,
    serverTime(row),
    row.id,
  ])
  return { columns, rows }
}
