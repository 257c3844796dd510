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
  /** Since when `jobs` no longer lists it although it runs; null: it does. */
  readonly unlistedAt: number | null
  /** Whether its record said Stopped while it ran on: another's stop. */
  readonly saidStopped: boolean
}

/** What became of a start that a client asked for under a name. Absent: it never reached the server, or was refused. */
export interface StartTruth {
  readonly name: string
  readonly workflowId: number
  /** The job; null while it waits in the queue, and for ever where it was dropped. */
  readonly jobId: string | null
  /** Why it never ran: a stop emptied the queue, or the server was gone. Null otherwise. */
  readonly dropped: 'byStop' | 'withServer' | null
}

/** The book of truth of one simulated server, across its runs. */
export class TruthBook {
  readonly #truths = new Map<string, Truth>()
  readonly #starts = new Map<string, StartTruth>()

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
      unlistedAt: null,
      saidStopped: false,
    })
  }

  note(jobId: string, facts: Partial<Truth>): void {
    const truth = this.#truths.get(jobId)
    if (truth) this.#truths.set(jobId, { ...truth, ...facts })
  }

  /** A named start was carried out, or taken from the queue (`jobId`), or put there (null). */
  startTaken(name: string | null, workflowId: number, jobId: string | null): void {
    if (name !== null) this.#starts.set(name, { name, workflowId, jobId, dropped: null })
  }

  startDropped(name: string | null, dropped: 'byStop' | 'withServer'): void {
    const start = name === null ? undefined : this.#starts.get(name)
    if (start) this.#starts.set(start.name, { ...start, dropped })
  }

  start(name: string): StartTruth | null {
    return this.#starts.get(name) ?? null
  }

  /** The server is gone: whatever has no record will never have one, and whatever queues will never run. */
  serverGone(at: number): void {
    for (const { name, jobId, dropped } of this.#starts.values()) {
      if (jobId === null && dropped === null) this.startDropped(name, 'withServer')
    }
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
