import type { Database } from './databases.ts'
import type { ServerTime } from './server-time.ts'
import type { SimWorkflow } from './workflows.ts'

/** A stored record of a job: an entry of this server run, or a row of the history. */
export interface SimRecord {
  readonly id: string
  readonly workflow: SimWorkflow
  readonly jobId: string
  /** Normally the number of a status; a fault may write one that nobody knows. */
  readonly status: number
  /** When the status changed last, in milliseconds since 1970 (UTC). */
  readonly changedAt: number
  /** What the server's clock showed then, as milliseconds since 1970. */
  readonly changedLocalMs: number
  readonly log: string
}

/** What a paged read asks for. `from` and `to` are in the server's local time, in milliseconds since 1970. */
export interface PageQuery {
  readonly text: string
  readonly from: number
  readonly to: number
  /** Counts from 1. */
  readonly page: number
  readonly count: number
  readonly oldestFirst: boolean
}

/** What the records lie in, and the clock of the server that writes them. */
export interface Storage {
  readonly database: Database
  readonly time: ServerTime
}

type NewRecord = Omit<SimRecord, 'id' | 'changedLocalMs'>

/** Records with ids of a sequence of their own. */
export class Records {
  readonly #storage: Storage
  readonly #records: SimRecord[] = []
  readonly #places = new Map<string, number>()
  #lastId: number

  constructor(storage: Storage, lastId = 0) {
    this.#storage = storage
    this.#lastId = lastId
  }

  add(record: NewRecord): SimRecord {
    this.#lastId += 1
    const added = { ...record, id: String(this.#lastId), changedLocalMs: this.#localMs(record.changedAt) }
    this.#places.set(added.id, this.#records.length)
    this.#records.push(added)
    return added
  }

  /** Changes the record of this id; unknown ids are ignored, as by a server whose run has ended. */
  change(id: string, change: Pick<NewRecord, 'status' | 'changedAt'> & { readonly log?: string }): void {
    const place = this.#places.get(id)
    const record = place === undefined ? undefined : this.#records[place]
    if (place === undefined || !record) return
    this.#records[place] = { ...record, ...change, changedLocalMs: this.#localMs(change.changedAt) }
  }

  byId(id: string): SimRecord | null {
    const place = this.#places.get(id)
    return place === undefined ? null : (this.#records[place] ?? null)
  }

  /** The record of a job, or without a job id the workflow's latest. */
  ofJob(workflowId: number, jobId: string | null): SimRecord | null {
    const matches = (record: SimRecord) =>
      record.workflow.id === workflowId && (jobId === null || record.jobId === jobId)
    return this.#records.findLast(matches) ?? null
  }

  /** What the server says a record's status changed at: local time, in milliseconds since 1970. */
  statusDate({ changedAt, changedLocalMs }: SimRecord): number {
    return this.#storage.database.keepsLocalTime ? changedLocalMs : this.#localMs(changedAt)
  }

  page({ text, from, to, page, count, oldestFirst }: PageQuery): SimRecord[] {
    const { database } = this.#storage
    const found = this.#records.filter((record) => {
      const at = this.statusDate(record)
      const { name, description } = record.workflow
      if (at < from || at > to) return false
      return text === '' || database.finds(text, name) || database.finds(text, description)
    })
    const sign = oldestFirst ? 1 : -1
    const signOfEqual = database.equalTimes === 'oldestFirst' ? 1 : sign
    found.sort(
      (a, b) =>
        sign * (this.statusDate(a) - this.statusDate(b)) || signOfEqual * (Number(a.id) - Number(b.id)),
    )
    return found.slice((page - 1) * count, page * count)
  }

  /** Forgets all records; the sequence of ids goes on, or begins anew. */
  clear(beginsAnew: boolean): void {
    if (beginsAnew) this.#lastId = 0
    this.#records.length = 0
    this.#places.clear()
  }

  #localMs(at: number): number {
    const localMs = this.#storage.time.localMs(at)
    return localMs - (localMs % this.#storage.database.timeStepMs)
  }
}
