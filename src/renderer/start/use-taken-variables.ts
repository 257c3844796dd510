import { useEffect, useState } from 'react'
import type { Failure } from '../../shared/failure.ts'
import type { TakenVariables } from '../../shared/variables.ts'
import { bridge } from '../bridge.ts'

/** How far the reading of a workflow's variables is. */
type TakenState =
  | { readonly kind: 'loading' }
  | ({ readonly kind: 'read' } & TakenVariables)
  /** `failure` is null where main itself failed to answer. */
  | { readonly kind: 'failed'; readonly failure: Failure | null }

async function readTaken(serverId: string, workflowId: number): Promise<TakenState> {
  try {
    const answer = await bridge.run({ kind: 'readVariables', serverId, workflowId })
    return answer.ok ? { ...answer, kind: 'read' } : { kind: 'failed', failure: answer.failure }
  } catch {
    return { kind: 'failed', failure: null }
  }
}

/** Reads which variables a workflow takes, once in a component's life: an answer that comes after it is dropped. */
export function useTakenVariables(serverId: string, workflowId: number): TakenState {
  const [taken, setTaken] = useState<TakenState>({ kind: 'loading' })
  useEffect(() => {
    let isWanted = true
    const read = async (): Promise<void> => {
      const fresh = await readTaken(serverId, workflowId)
      if (isWanted) setTaken(fresh)
    }
    void read()
    return () => {
      isWanted = false
    }
  }, [serverId, workflowId])
  return taken
}
