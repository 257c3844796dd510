import { useCallback, useEffect, useState } from 'react'
import type { Failure } from '../../shared/failure.ts'
import type { HistoryDay, HistoryQuery, HistoryRow } from '../../shared/history.ts'
import { bridge } from '../bridge.ts'
import { withPage } from './with-page.ts'

/** What was found in a server's history so far. */
export interface Found {
  readonly rows: readonly HistoryRow[]
  /** What to ask for next; null at the end. */
  readonly next: number | null
  readonly isReading: boolean
  /** Why the last read failed; `appFailed` where it was this app's own fault. */
  readonly failure: Failure | 'appFailed' | null
}

const nothingYet: Found = { rows: [], next: 1, isReading: true, failure: null }

/** Reads the history from its newest end, and on when `more` is called. Once in a component's life. */
export function useHistory(serverId: string, query: HistoryQuery): { found: Found; more: () => void } {
  const [found, setFound] = useState(nothingYet)
  const read = useCallback(
    async (page: number): Promise<(before: Found) => Found> => {
      try {
        const answer = await bridge.run({ kind: 'readHistory', serverId, query, page })
        if (!answer.ok) return (before) => ({ ...before, isReading: false, failure: answer.failure })
        const { rows, next } = answer.page
        return (before) => ({ rows: withPage(before.rows, rows), next, isReading: false, failure: null })
      } catch {
        return (before) => ({ ...before, isReading: false, failure: 'appFailed' })
      }
    },
    [serverId, query],
  )

  useEffect(() => {
    let isWanted = true
    const begin = async (): Promise<void> => {
      const change = await read(1)
      if (isWanted) setFound(change)
    }
    void begin()
    return () => {
      isWanted = false
    }
  }, [read])

  const { next, isReading } = found
  const more = (): void => {
    if (next === null || isReading) return
    setFound((before) => ({ ...before, isReading: true }))
    void read(next).then(setFound)
  }
  return { found, more }
}

/** How much ended on each of the last days; null until it is known, or where it can't be. */
export function useHistoryDays(serverId: string, text: string): readonly HistoryDay[] | null {
  const [known, setKnown] = useState<{ of: string; days: readonly HistoryDay[] } | null>(null)
  const of = `${serverId} ${text}`
  useEffect(() => {
    let isWanted = true
    const count = async (): Promise<void> => {
      const answer = await bridge.run({ kind: 'countHistory', serverId, text })
      if (isWanted && answer.ok) setKnown({ of, days: answer.days })
    }
    // What is wrong the list says.
    count().catch(() => {})
    return () => {
      isWanted = false
    }
  }, [serverId, text, of])
  return known?.of === of ? known.days : null
}
