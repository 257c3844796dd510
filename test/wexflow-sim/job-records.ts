import type { SimJob } from './job.ts'
import { firstLogLine, firstTaskLines, lastLogLines, lineEnd } from './job-log.ts'
import type { Records, Storage } from './records.ts'
import { type StatusName, statusNumber } from './status.ts'
import type { TruthBook } from './truth.ts'

/** What the records of jobs are written with. */
export interface JobRecordsParts {
  readonly storage: Storage
  readonly entries: Records
  readonly history: Records
  readonly truths: TruthBook
}

/** What the server writes down of its jobs: an entry as one begins, and a row of the history as it ends. */
export class JobRecords {
  readonly #parts: JobRecordsParts

  constructor(parts: JobRecordsParts) {
    this.#parts = parts
  }

  /** The beginning of a job; null where its entry can't be written, so that it never runs. */
  begin(job: SimJob, now: number): Pick<SimJob, 'entryId' | 'firstLines'> | null {
    const { entries, storage } = this.#parts
    const { jobId, workflow, isHidden, borrowedLine } = job
    if (longestTextOf(job) > storage.database.longestText) return null
    const ownLine = isHidden ? [] : [firstLogLine(job, now, storage.time)]
    const named = borrowedLine === null ? ownLine : [borrowedLine]
    const log = named.join(lineEnd)
    const entry = entries.add({ workflow, jobId, status: statusNumber('Running'), changedAt: now, log })
    this.#parts.truths.recorded('entry', entry.id, jobId)
    return { entryId: entry.id, firstLines: [...named, ...firstTaskLines(job, now, storage.time)] }
  }

  /** What the entry says while the job lives. */
  setStatus({ entryId }: SimJob, status: StatusName): void {
    const change = { status: statusNumber(status), changedAt: Date.now() }
    if (entryId !== null) this.#parts.entries.change(entryId, change)
  }

  /** Whether the database can take what an ended job wrote. */
  canStore(job: SimJob): boolean {
    return this.#parts.storage.database.stores(this.#log(job, Date.now()))
  }

  /** @param unknownNumber a status that no version of Wexflow has, in place of the job's */
  end(job: SimJob, unknownNumber: number | null): void {
    const now = Date.now()
    this.#write(job, unknownNumber ?? statusNumber(job.status), now)
    const isTold = unknownNumber === null
    this.#parts.truths.note(job.jobId, isTold ? { recordedAt: now } : { observable: false })
  }

  /** The record of another job's stop, written over that of a job that runs on. */
  stopRunning(job: SimJob): void {
    this.#write(job, statusNumber('Stopped'), Date.now())
  }

  /** The record of its own stop, written over that of a job that has ended by itself: its log stays as it was. */
  stopEnded(job: SimJob, endedAt: number): void {
    const now = Date.now()
    this.#write(job, statusNumber('Stopped'), now, this.#log(job, endedAt))
    this.#parts.truths.note(job.jobId, { recordedAt: now, observable: true })
  }

  /** The row of a job whose entry stays at Running. */
  endInHistory(job: SimJob): void {
    const now = Date.now()
    this.#write({ ...job, entryId: null }, statusNumber(job.status), now)
    this.#parts.truths.note(job.jobId, { recordedAt: now })
  }

  #write(job: SimJob, status: number, now: number, log = this.#log(job, now)): void {
    const { entries, history, truths } = this.#parts
    const { jobId, workflow, entryId } = job
    const ended = { status, changedAt: now, log }
    if (entryId !== null) entries.change(entryId, ended)
    const row = history.add({ workflow, jobId, ...ended })
    truths.recorded('row', row.id, jobId)
  }

  /** A stopped job's log says no more than that it began. */
  #log(job: SimJob, now: number): string {
    if (job.status === 'Stopped') return job.borrowedLine ?? (job.isHidden ? '' : (job.firstLines[0] ?? ''))
    return [...job.firstLines, ...lastLogLines(job, now, this.#parts.storage.time)].join(lineEnd)
  }
}

const longestTextOf = ({ workflow: { name, description } }: SimJob): number =>
  Math.max(name.length, description.length)
