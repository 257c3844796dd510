import { useCallback, useEffect, useState } from 'react'
import type { FailureKind } from '../../shared/failure.ts'
import type { TakenVariables } from '../../shared/variables.ts'
import { bridge } from '../bridge.ts'

/** How far the reading of a workflow's variables is. */
export type TakenState =
  | { readonly kind: 'loading' }
  | ({ readonly kind: 'read' } & TakenVariables)
  /** `failure` is null where main itself failed to answer. */
  | { readonly kind: 'failed'; readonly failure: FailureKind | null }

const loading: TakenState = { kind: 'loading' }

async function read(serverId: string, workflowId: number): Promise<TakenState> {
  try {
    const answer = await bridge.run({ kind: 'readVariables', serverId, workflowId })
    return answer.ok ? { ...answer, kind: 'read' } : { kind: 'failed', failure: answer.failure.kind }
  } catch {
    return { kind: 'failed', failure: null }
  }
}

/** Reads which variables a workflow takes, and once more with each `retry`. */
export function useTakenVariables(
  serverId: string,
  workflowId: number,
): { readonly taken: TakenState; readonly retry: () => void } {
  const [taken, setTaken] = useState(loading)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let isWanted = true
    void read(serverId, workflowId).then((state) => {
      if (isWanted) setTaken(state)
    })
    return () => {
      isWanted = false
    }
  }, [serverId, workflowId, tries])
  const retry = useCallback(() => {
    setTaken(loading)
    setTries((count) => count + 1)
  }, [])
  return { taken, retry }
}
