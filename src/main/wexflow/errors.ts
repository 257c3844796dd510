import type { Failure, FailureKind } from '../../shared/failure.ts'

/** The only error that a call to a Wexflow server rejects with. */
export class WexflowError extends Error {
  override readonly name = 'WexflowError'
  readonly failure: Failure
  /**
   * Whether the server may have received and carried out the request. False only where that is impossible: the
   * connection was refused, the host was not found, the server answered with a refusal.
   */
  readonly mayHaveReached: boolean

  constructor(
    kind: FailureKind,
    detail: string,
    mayHaveReached: boolean,
    cause?: unknown,
    more: Omit<Failure, 'kind' | 'detail'> = {},
  ) {
    super(`${kind}: ${detail}`, { cause })
    this.failure = { kind, detail, ...more }
    this.mayHaveReached = mayHaveReached
  }
}
