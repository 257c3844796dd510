import { useState } from 'react'
import type { FailureKind } from '../../shared/failure.ts'
import { bridge } from '../bridge.ts'

/** What a person can ask the server to do with a job. */
export type Wish = 'stop' | 'approve' | 'reject'

const kinds = { stop: 'stopJob', approve: 'approveJob', reject: 'rejectJob' } as const

/** A wish that did not come true. */
export interface FailedWish {
  readonly wish: Wish
  /** Null where main itself failed to answer. */
  readonly failure: FailureKind | null
}

/** Makes wishes for one job, one at a time. */
export function useWish(key: string): {
  /** The one that waits for its answer. */
  readonly pending: Wish | null
  readonly failed: FailedWish | null
  readonly make: (wish: Wish) => void
} {
  const [pending, setPending] = useState<Wish | null>(null)
  const [failed, setFailed] = useState<FailedWish | null>(null)

  const ask = async (wish: Wish): Promise<void> => {
    setPending(wish)
    setFailed(null)
    try {
      const result = await bridge.run({ kind: kinds[wish], key })
      if (!result.ok) setFailed({ wish, failure: result.failure.kind })
    } catch {
      setFailed({ wish, failure: null })
    }
    setPending(null)
  }
  return { pending, failed, make: (wish) => void (pending === null && ask(wish)) }
}
