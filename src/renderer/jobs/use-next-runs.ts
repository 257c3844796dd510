import { useEffect, useState } from 'react'
import { bridge } from '../bridge.ts'
import { workflowKeyOf } from '../../shared/usual.ts'

/** When workflows run next by their schedules: milliseconds since 1970, by `workflowKeyOf`. */
export type NextRuns = ReadonlyMap<string, number>

async function readNextRuns(serverId: string): Promise<[string, number][]> {
  // Main computes it from what it knows; where it fails, nothing is said.
  const runs = await bridge.nextRuns({ serverId }).catch(() => ({}))
  return Object.entries(runs).map(([id, at]) => [workflowKeyOf({ serverId, workflowId: Number(id) }), at])
}

/** Asks for the next runs of the workflows of these servers, once in a component's life. */
export function useNextRuns(serverIds: readonly string[]): NextRuns {
  const [runs, setRuns] = useState<NextRuns>(new Map())
  const wanted = serverIds.join(' ')
  useEffect(() => {
    let isWanted = true
    const read = async (): Promise<void> => {
      const known = await Promise.all(wanted.split(' ').map(readNextRuns))
      if (isWanted) setRuns(new Map(known.flat()))
    }
    void read()
    return () => {
      isWanted = false
    }
  }, [wanted])
  return runs
}
