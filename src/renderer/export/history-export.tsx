import { type ReactElement, useState } from 'react'
import type { ServerView } from '../../shared/app-state.ts'
import type { CommandAnswer } from '../../shared/commands.ts'
import type { HistoryQuery, HistoryRow } from '../../shared/history.ts'
import { bridge } from '../bridge.ts'
import { withPage } from '../history/with-page.ts'
import { useTexts } from '../hooks.ts'
import { ExportDialog, type ExportSource } from './export-dialog.tsx'
import { datedName } from './file-name.ts'
import { historyTable } from './history-table.ts'

/** So many rows are handed on: they are read page by page from a server that has other things to do. */
const mostRows = 5000

interface HistoryExportProps {
  readonly server: ServerView
  readonly query: HistoryQuery
  /** Those that the page shows. */
  readonly shown: readonly HistoryRow[]
  readonly onClose: () => void
}

/** Hands on what was found in a server's history: what is shown, or all of it. */
export function HistoryExport({ server, query, shown, onClose }: HistoryExportProps): ReactElement {
  const { t } = useTexts()
  const [sources] = useState((): readonly [ExportSource, ExportSource] => [
    {
      id: 'shown',
      label: t('exporting.shown', { count: shown.length }),
      read: async () => ({ table: historyTable(shown, server), isCut: false }),
    },
    {
      id: 'all',
      label: t('exporting.all', { most: mostRows }),
      read: async (onCount, isWanted) => {
        const { rows, isCut } = await readAll(server.id, query, onCount, isWanted)
        return { table: historyTable(rows, server), isCut }
      },
    },
  ])
  return <ExportDialog name={datedName('wexflow-history')} sources={sources} onClose={onClose} />
}

/** Reads the history from its newest end. Rejects where it can't be read. */
async function readAll(
  serverId: string,
  query: HistoryQuery,
  onCount: (count: number) => void,
  isWanted: () => boolean,
): Promise<{ rows: HistoryRow[]; isCut: boolean }> {
  let rows: HistoryRow[] = []
  let page: number | null = 1
  while (page !== null && rows.length < mostRows && isWanted()) {
    const answer: CommandAnswer<'readHistory'> = await bridge.run({
      kind: 'readHistory',
      serverId,
      query,
      page,
    })
    if (!answer.ok) throw new Error(answer.failure.kind)
    rows = withPage(rows, answer.page.rows)
    page = answer.page.next
    onCount(rows.length)
  }
  return { rows: rows.slice(0, mostRows), isCut: page !== null || rows.length > mostRows }
}
