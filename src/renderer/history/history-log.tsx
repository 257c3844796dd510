import { type ReactElement, useEffect, useState } from 'react'
import type { HistoryRow } from '../../shared/history.ts'
import { bridge } from '../bridge.ts'
import { useTexts } from '../hooks.ts'
import { type ReadLog, readLog } from '../jobs/log/read-log.ts'
import { LogView } from '../jobs/log/log-view.tsx'

/** The log of a job in the history. For another row it is made anew. */
export function HistoryLog({
  serverId,
  row,
}: {
  readonly serverId: string
  readonly row: HistoryRow
}): ReactElement {
  const { t } = useTexts()
  const [log, setLog] = useState<ReadLog | null>(null)
  useEffect(() => {
    let isWanted = true
    const read = async (): Promise<void> => {
      const answer = await readLog(bridge.run({ kind: 'historyLog', serverId, rowId: row.id }))
      if (isWanted) setLog(answer)
    }
    void read()
    return () => {
      isWanted = false
    }
  }, [serverId, row.id])
  if (log === null) return <output className="log-note log-loading">{t('job.log.loading')}</output>
  switch (log.state) {
    case 'read':
      return <LogView log={log.log} workflow={row.workflowName} />
    case 'empty':
      return <p className="log-note">{t('job.log.empty')}</p>
    case 'failed':
      return (
        <p className="log-note" role="alert">
          {t('job.log.failed')} {log.failure !== null && t(`failure.${log.failure}`)}
        </p>
      )
  }
}
