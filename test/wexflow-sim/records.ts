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
  readonly log: string
}

/** What a paged read asks for. `from` and `to` are compared by `at`, which the asker chooses. */
export interface PageQuery {
  readonly text: string
  readonly from: number
  readonly to: number
  /** Counts from 1. */
  readonly page: number
  readonly count: number
  readonly oldestFirst: boolean
  readonly at: (record: SimRecord) => number
}

/** SQLite's LOWER knows the capitals of ASCII only, while the server makes all of what it seeks small (source). */
const lowerAscii = (text: string): string => text.replace(/[A-Z]/gu, (capital) => capital.toLowerCase())

/** Records with ids of a sequence of their own. */
export class Records {
  readonly #records: SimRecord[] = []
  readonly #places = new Map<string, number>()
  #lastId: number

  constructor(lastId = 0) {
    this.#lastId = lastId
  }

  add(record: Omit<SimRecord, 'id'>): SimRecord {
    this.#lastId += 1
    const added = { ...record, id: String(this.#lastId) }
    this.#places.set(added.id, this.#records.length)
    this.#records.push(added)
    return added
  }

  /** Changes the record of this id; unknown ids are ignored, as by a server whose run has ended. */
  change(id: string, change: Partial<Pick<SimRecord, 'status' | 'changedAt' | 'log'>>): void {
    const place = this.#places.get(id)
    const record = place === undefined ? undefined : this.#records[place]
    if (place !== undefined && record) this.#records[place] = { ...record, ...change }
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

  page(query: PageQuery): SimRecord[] {
    const text = query.text.toLowerCase()
    const found = this.#records.filter(
      (record) =>
        query.at(record) >= query.from &&
        query.at(record) <= query.to &&
        lowerAscii(`${record.workflow.name}\n${record.workflow.description}`).includes(text),
    )
    const sign = query.oldestFirst ? 1 : -1
    found.sort((a, b) => sign * (a.changedAt - b.changedAt || Number(a.id) - Number(b.id)))
    return found.slice((query.page - 1) * query.count, query.page * query.count)
  }

  /** Forgets all records; the sequence of ids goes on, or begins anew. */
  clear(beginsAnew: boolean): void {
    if (beginsAnew) this.#lastId = 0
    this.#records.length = 0
    this.#places.clear()
  }
}
