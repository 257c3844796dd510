import { type ReactElement, useEffect, useState } from 'react'
import type { HistoryRow } from '../../shared/history.ts'
import { bridge } from '../bridge.ts'
import { focusOn } from '../jobs/focus.ts'
import { type ReadLog, readLog } from '../jobs/log/read-log.ts'
import { LogNote } from '../jobs/log/log-note.tsx'
import { LogView } from '../jobs/log/log-view.tsx'

interface HistoryLogProps {
  readonly serverId: string
  readonly row: HistoryRow
}

/** The log of a job in the history. For another row it is made anew. */
export function HistoryLog({ serverId, row }: HistoryLogProps): ReactElement {
  const [attempt, setAttempt] = useState(0)
  const again = (): void => {
    // The button goes away; what it brings comes here.
    focusOn('detail')
    setAttempt((count) => count + 1)
  }
  return <Log key={attempt} serverId={serverId} row={row} onAgain={again} />
}

function Log({ serverId, row, onAgain }: HistoryLogProps & { readonly onAgain: () => void }): ReactElement {
  const [log, setLog] = useState<ReadLog | { readonly state: 'loading' }>({ state: 'loading' })
  useEffect(() => {
    let isWanted = true
    const read = async (): Promise<void> => {
      const asked = bridge.run({ kind: 'historyLog', serverId, rowId: row.id })
      const answer = await readLog(asked, () => isWanted)
      if (answer !== null) setLog(answer)
    }
    void read()
    return () => {
      isWanted = false
    }
  }, [serverId, row.id])
  return log.state === 'read' ? (
    <LogView log={log.log} workflow={row.workflowName} />
  ) : (
    <LogNote log={log} onAgain={log.state === 'failed' ? onAgain : null} />
  )
}
