import type { StatusName } from './status.ts'

/** How a job really ended; `lost`: it ran, or had no record yet, when the server was gone. */
type TrueOutcome = Extract<StatusName, 'Done' | 'Failed' | 'Warning' | 'Stopped' | 'Rejected'> | 'lost'

/** A time in which a job was suspended, in milliseconds since 1970; `to` null: it still is. */
export interface Suspension {
  readonly from: number
  readonly to: number | null
}

/** What really happened to a job, beside what the server says. Times in milliseconds since 1970. */
export interface Truth {
  readonly jobId: string
  readonly workflowId: number
  /** When the server accepted the start, or took it from the queue. */
  readonly acceptedAt: number
  /** When it got its entry; null while it has none, and for ever for one that failed for want of an entry. */
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
  /** How it ended by itself, where a stop that met its end was recorded over that. */
  readonly endedAlone: TrueOutcome | null
  /** Whether the log of its history row says which job it is: without that, only its entry is known to be its own. */
  readonly isNamedInHistory: boolean
  /** In their order. */
  readonly suspensions: readonly Suspension[]
}

/** What became of a start that a client asked for under a name. Absent: it never reached the server, or was refused. */
export interface StartTruth {
  readonly name: string
  readonly workflowId: number
  /** The job id that the server answered; null where it put the start into the queue. */
  readonly answeredId: string | null
  /**
   * The job that really ran for it, which may be another than the answered one; null while it waits in the queue, and
   * for ever where none ran.
   */
  readonly jobId: string | null
  /** Why it never ran: the server was gone, or its workflow is dead. Null otherwise. */
  readonly dropped: 'withServer' | 'byDeadWorkflow' | null
  /** When the queue in which it waits stood still; null where it never did, `to` null where it does. */
  readonly held: { readonly from: number; readonly to: number | null } | null
}

/** A start as the server takes it. */
interface TakenStart extends Omit<StartTruth, 'name' | 'dropped' | 'held'> {
  /** Null where no test has named it. */
  readonly name: string | null
}

/** Where a record stands. */
export type RecordKind = 'entry' | 'row'

/** The book of truth of one simulated server, across its runs. */
export class TruthBook {
  readonly #truths = new Map<string, Truth>()
  readonly #starts = new Map<string, StartTruth>()
  readonly #recorded = new Map<string, { readonly jobId: string; readonly at: number }[]>()

  /** A record of a job was written: an entry or a row of the history. */
  recorded(kind: RecordKind, id: string, jobId: string): void {
    const known = this.#recorded.get(`${kind} ${id}`) ?? []
    this.#recorded.set(`${kind} ${id}`, [...known, { jobId, at: Date.now() }])
  }

  /**
   * The job that a record is of; null where there is none. Several runs of the server may have had a record of this id:
   * it is the latest that was written by then.
   */
  jobOfRecord(kind: RecordKind, id: string, until: number): string | null {
    return this.#recorded.get(`${kind} ${id}`)?.findLast(({ at }) => at <= until)?.jobId ?? null
  }

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
      endedAlone: null,
      isNamedInHistory: true,
      suspensions: [],
    })
  }

  note(jobId: string, facts: Partial<Truth>): void {
    const truth = this.#truths.get(jobId)
    if (truth) this.#truths.set(jobId, { ...truth, ...facts })
  }

  suspended(jobId: string): void {
    const suspensions = this.of(jobId)?.suspensions ?? []
    this.note(jobId, { suspensions: [...suspensions, { from: Date.now(), to: null }] })
  }

  /** It was resumed, or has ended. */
  suspensionOver(jobId: string, at = Date.now()): void {
    const truth = this.of(jobId)
    if (truth?.suspensions.at(-1)?.to !== null) return
    const suspensions = truth.suspensions.map(({ from, to }) => ({ from, to: to ?? at }))
    this.note(jobId, { suspensions })
  }

  /** A named start was carried out, or put into the queue (`jobId` null), or taken from there. */
  startTaken({ name, ...taken }: TakenStart): void {
    if (name === null) return
    const held = this.start(name)?.held ?? null
    this.#starts.set(name, { name, ...taken, dropped: null, held })
  }

  /** The queue in which it waits stands still from now on, or no longer. */
  startHeld(name: string | null, isHeld: boolean): void {
    const start = name === null ? undefined : this.#starts.get(name)
    if (!start) return
    const from = start.held?.from ?? Date.now()
    if (isHeld || start.held !== null)
      this.#starts.set(start.name, { ...start, held: { from, to: isHeld ? null : Date.now() } })
  }

  startDropped(name: string | null, dropped: NonNullable<StartTruth['dropped']>): void {
    const start = name === null ? undefined : this.#starts.get(name)
    if (start) this.#starts.set(start.name, { ...start, dropped })
  }

  start(name: string): StartTruth | null {
    return this.#starts.get(name) ?? null
  }

  /** A job that was accepted will never begin: there is no such job. */
  neverBegins(jobId: string, dropped: NonNullable<StartTruth['dropped']>): void {
    this.#truths.delete(jobId)
    for (const start of this.#starts.values()) {
      if (start.jobId === jobId) this.#starts.set(start.name, { ...start, jobId: null, dropped })
    }
  }

  /** The server is gone: whatever has no record will never have one, and whatever queues will never run. */
  serverGone(at: number): void {
    for (const { name, jobId, dropped } of this.#starts.values()) {
      if (jobId === null && dropped === null) this.startDropped(name, 'withServer')
    }
    for (const truth of this.#truths.values()) {
      this.suspensionOver(truth.jobId, at)
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
