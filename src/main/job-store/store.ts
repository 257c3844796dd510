import { isDeepStrictEqual } from 'node:util'
import { doubtForMs, isInDoubt, isUnresolved, type Job } from '../tracking/job.ts'
import { apart } from '../apart.ts'
import { Journal } from './journal.ts'
import { codeOf, type JournalFile, type KeepHow } from './journal-file.ts'

/** What changed in the store. */
export interface JobChanges {
  readonly changed: readonly Job[]
  readonly removed: readonly string[]
}

/** A trouble with the jobs file that the person is told of. */
export type StoreProblem =
  | { readonly kind: 'damaged'; readonly keptAs: string }
  | { readonly kind: 'cannotWrite'; readonly code: string }

export interface JobStoreOptions {
  /** Where the jobs are kept. */
  readonly file: JournalFile
  /** How many ended jobs are kept. */
  readonly keep: () => number
  /** Called when the file is damaged or can't be written, and with null when it can be written again. */
  readonly onProblem: (problem: StoreProblem | null) => void
}

/** Changes of ended jobs wait this long for company, in milliseconds; those of jobs in flight do not wait. */
const coalesceMs = 500
/** A disk that refused is tried again after this time. */
const retryMs = 30_000
/** The file is made small again once it holds this many more lines than jobs, and twice as many. */
const spareLines = 2000

const newestFirst = (a: Job, b: Job): number => b.requestedAt - a.requestedAt

/** Whether the person was told of the outcome that is known now, or is not to be told of it. */
const isTold = ({ notified, outcome }: Job): boolean => notified?.outcome === outcome

/** Whether a search for a start's job, in which known jobs are left out, can come across this one. */
const couldBeTakenFor = (start: Job, { serverId, workflowId, endedAt }: Job): boolean =>
  serverId === start.serverId && workflowId === start.workflowId && (endedAt ?? 0) >= start.requestedAt

/** What was told as unknown is asked for again for a while. */
const mayBeCorrected = (job: Job): boolean =>
  job.outcome === 'unknown' && isInDoubt(job) && Date.now() - (job.endedAt ?? 0) < doubtForMs

/** All jobs that the app knows, in memory, and written through to disk. */
export class JobStore {
  readonly #options: JobStoreOptions
  readonly #journal: Journal
  readonly #jobs = new Map<string, Job>()
  readonly #listeners = new Set<(changes: JobChanges) => void>()
  readonly #unwritten = new Set<string>()
  #changed = new Set<string>()
  #removed = new Set<string>()
  #lines = 0
  #mustRewrite = false
  /** How a damaged file is still to be kept aside. Until it is, lines are added to it, but it is not written over. */
  #keepBy: KeepHow | null = null
  #isRefused = false
  #isAnnouncing = false
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  private constructor(options: JobStoreOptions, journal: Journal) {
    this.#options = options
    this.#journal = journal
  }

  /** Reads the jobs file. Never rejects: a damaged file is told by `onProblem`, kept aside, and used as far as it goes. */
  static async open(options: JobStoreOptions): Promise<JobStore> {
    const store = new JobStore(options, new Journal(options.file))
    await store.#load()
    return store
  }

  /** All jobs, in the order in which they were asked for. */
  all(): readonly Job[] {
    return [...this.#jobs.values()]
  }

  /** All jobs, newest request first. */
  list(): readonly Job[] {
    return this.all().toSorted(newestFirst)
  }

  get(key: string): Job | undefined {
    return this.#jobs.get(key)
  }

  /** Adds or replaces a job in memory at once; the disk follows, unless that says nothing new. */
  put(job: Job): void {
    const before = this.#jobs.get(job.key)
    if (isDeepStrictEqual(before, job)) return
    this.#jobs.set(job.key, job)
    this.#unwritten.add(job.key)
    this.#changed.add(job.key)
    this.#announce()
    const isInFlight = before === undefined || isUnresolved(before) || isUnresolved(job)
    this.#scheduleWrite(isInFlight ? 0 : coalesceMs)
  }

  /** Forgets the ended jobs above the number that is kept: to be called when that number is another one. */
  prune(): void {
    this.#drop()
    if (this.#removed.size > 0) this.#announce()
  }

  /** Resolves once everything that was put so far is on disk, or the disk has refused it. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#writing.then(() => this.#write())
    return this.#writing
  }

  /** Listens to changes, several puts of one turn as one; returns the function that stops listening. */
  onChange(listener: (changes: JobChanges) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  async #load(): Promise<void> {
    const { jobs, keepBy, lines } = await this.#journal.read()
    for (const job of jobs) this.#jobs.set(job.key, job)
    this.#lines = lines
    this.#mustRewrite = lines === 0
    this.#keepBy = keepBy
    try {
      await this.#keepDamaged()
    } catch (error) {
      this.#refuse(codeOf(error))
    }
    this.#drop()
  }

  /** What can't be read of a damaged file may be of use to somebody. */
  async #keepDamaged(): Promise<void> {
    if (this.#keepBy === null) return
    const keptAs = await this.#journal.keepAside(this.#keepBy)
    this.#keepBy = null
    this.#mustRewrite = true
    this.#options.onProblem({ kind: 'damaged', keptAs })
  }

  #announce(): void {
    if (this.#isAnnouncing) return
    this.#isAnnouncing = true
    setImmediate(() => {
      this.#isAnnouncing = false
      this.#drop()
      const changed = [...this.#changed].flatMap((changedKey) => this.#jobs.get(changedKey) ?? [])
      const changes = { changed, removed: [...this.#removed] }
      this.#changed = new Set()
      this.#removed = new Set()
      for (const listener of this.#listeners) apart(() => listener(changes))
    })
  }

  /**
   * Drops the oldest ended jobs above the number that is kept, but none whose end is still to be told or corrected (of a
   * hundred ends in one burst all are told where ten are kept), and none that a start which lacks its job id could be
   * taken for. Their lines leave the file when it is rewritten.
   */
  #drop(): void {
    const keep = this.#options.keep()
    if (this.#jobs.size <= keep) return
    const ended = [...this.#jobs.values()].filter((job) => !isUnresolved(job))
    if (ended.length <= keep) return
    const nameless = [...this.#jobs.values()].filter((job) => isUnresolved(job) && job.jobId === null)
    for (const job of ended.sort(newestFirst).slice(keep)) {
      if (!isTold(job) || mayBeCorrected(job) || nameless.some((start) => couldBeTakenFor(start, job)))
        continue
      this.#jobs.delete(job.key)
      this.#unwritten.delete(job.key)
      this.#removed.add(job.key)
    }
  }

  #scheduleWrite(ms: number): void {
    // A disk that refused is not tried later because more is to be written.
    if ((ms > 0 || this.#isRefused) && this.#timer !== undefined) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), this.#isRefused ? retryMs : ms)
  }

  async #write(): Promise<void> {
    const keys = [...this.#unwritten]
    const isLong = this.#lines > spareLines + 2 * this.#jobs.size
    const isNothingNew = keys.length === 0
    if (isNothingNew && !isLong && this.#keepBy === null) return
    this.#unwritten.clear()
    const jobs = keys.flatMap((key) => this.#jobs.get(key) ?? [])
    try {
      if (this.#mustRewrite || isLong || isNothingNew) {
        await this.#keepDamaged()
        const all = [...this.#jobs.values()]
        await this.#journal.rewrite(all)
        this.#lines = all.length
        this.#mustRewrite = false
      } else {
        await this.#journal.append(jobs)
        this.#lines += jobs.length
      }
      if (this.#isRefused) {
        this.#isRefused = false
        this.#options.onProblem(null)
      }
    } catch (error) {
      for (const key of keys) this.#unwritten.add(key)
      this.#refuse(codeOf(error))
    }
  }

  #refuse(code: string): void {
    const wasRefused = this.#isRefused
    this.#isRefused = true
    this.#scheduleWrite(retryMs)
    if (!wasRefused) this.#options.onProblem({ kind: 'cannotWrite', code })
  }
}
