import { useEffect, useState } from 'react'
import { bridge } from '../bridge.ts'
import { workflowKeyOf } from '../../shared/usual.ts'

/** When workflows run next by their schedules: milliseconds since 1970, by `workflowKeyOf`. */
export type NextRuns = ReadonlyMap<string, number>

/** How long the answers hold at least and at most, in milliseconds: until the first of them has come, as a rule. */
const leastMs = 30_000
const mostMs = 300_000

async function readNextRuns(serverId: string): Promise<[string, number][]> {
  // Main computes it from what it knows; where it fails, nothing is said.
  const runs = await bridge.nextRuns({ serverId }).catch(() => ({}))
  return Object.entries(runs).map(([id, at]) => [workflowKeyOf({ serverId, workflowId: Number(id) }), at])
}

/** In how many milliseconds the next runs are others than these; none may only mean that the server's clock is not known yet. */
function holdMs(runs: NextRuns, now: number): number {
  if (runs.size === 0) return leastMs
  const first = [...runs.values()].reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  return Math.min(mostMs, Math.max(leastMs, first - now))
}

/** The next runs of the workflows of these servers, asked for anew once the first of them has come. */
export function useNextRuns(serverIds: readonly string[]): NextRuns {
  const [runs, setRuns] = useState<NextRuns>(new Map())
  const wanted = serverIds.join(' ')
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isWanted = true
    const read = async (): Promise<void> => {
      const known = new Map((await Promise.all(wanted.split(' ').map(readNextRuns))).flat())
      if (!isWanted) return
      setRuns(known)
      timer = setTimeout(() => void read(), holdMs(known, Date.now()))
    }
    void read()
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [wanted])
  return runs
}
