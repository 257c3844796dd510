import type { StatusName } from './status.ts'

/** How a job really ended; `lost`: it ran, or had no record yet, when the server was gone. */
type TrueOutcome = Extract<StatusName, 'Done' | 'Failed' | 'Warning' | 'Stopped' | 'Rejected'> | 'lost'

/** What really happened to a job, beside what the server says. Times in milliseconds since 1970. */
export interface Truth {
  readonly jobId: string
  readonly workflowId: number
  /** When the server accepted the start, or took it from the queue. */
  readonly acceptedAt: number
  /** When it got its entry; null while it has none. */
  readonly beganAt: number | null
  readonly endedAt: number | null
  /** null while it runs. */
  readonly outcome: TrueOutcome | null
  /**
   * Since when its record (entry, then history) tells how it ended. Null while none does, and for ever for a job
   * that is `lost`, whose entry is stuck at Running, or whose record carries an unknown status.
   */
  readonly recordedAt: number | null
  /** Whether the end has been, or can still be, told by a record. */
  readonly observable: boolean
}

/** The book of truth of one simulated server, across its runs. */
export class TruthBook {
  readonly #truths = new Map<string, Truth>()

  begin(jobId: string, workflowId: number, acceptedAt: number): void {
    this.#truths.set(jobId, {
      jobId,
      workflowId,
      acceptedAt,
      beganAt: null,
      endedAt: null,
      outcome: null,
      recordedAt: null,
      observable: true,
    })
  }

  note(jobId: string, facts: Partial<Truth>): void {
    const truth = this.#truths.get(jobId)
    if (truth) this.#truths.set(jobId, { ...truth, ...facts })
  }

  /** The server is gone: whatever has no record will never have one. */
  serverGone(at: number): void {
    for (const truth of this.#truths.values()) {
      if (truth.recordedAt !== null || !truth.observable) continue
      this.note(truth.jobId, {
        endedAt: truth.endedAt ?? at,
        outcome: truth.outcome ?? 'lost',
        observable: false,
      })
    }
  }

  of(jobId: string): Truth | null {
    return this.#truths.get(jobId) ?? null
  }

  all(): Truth[] {
    return [...this.#truths.values()]
  }
}
