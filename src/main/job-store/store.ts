import { isDeepStrictEqual } from 'node:util'
import { isInDoubt, isOpen, isWatched, type Job } from '../tracking/job.ts'
import { doubt } from '../tracking/policy.ts'
import { apart } from '../platform/apart.ts'
import { storedJobSchema } from './stored-job.ts'
import { JobIndex } from './job-index.ts'
import { Journal } from './journal.ts'
import type { JournalFile } from './journal-file.ts'
import { JournaledMap, type OnJournalProblem } from './journaled-map.ts'

/** What changed in the store. */
export interface JobChanges {
  readonly changed: readonly Job[]
  readonly removed: readonly string[]
}

export interface JobStoreOptions {
  /** Where the jobs are kept. */
  readonly file: JournalFile
  /** How many ended jobs are kept; as many watched runs beside them. */
  readonly keep: () => number
  /** Whether an ended job above that number may go: not while its end is still to be told. */
  readonly mayForget: (job: Job) => boolean
  readonly onProblem: OnJournalProblem
}

/**
 * Changes of ended jobs and of watched runs wait this long for company, in milliseconds; those of open starts do
 * not wait.
 */
const coalesceMs = 500

const newestFirst = (a: Job, b: Job): number => b.start.requestedAt - a.start.requestedAt

/** Whether a search for a start's job, in which known jobs are left out, can come across this one. */
const couldBeTakenFor = ({ serverId, workflowId, start }: Job, ended: Job): boolean =>
  ended.serverId === serverId &&
  ended.workflowId === workflowId &&
  (ended.end?.endedAt ?? 0) >= start.requestedAt

/** What was told as unknown is asked for again for a while. */
const mayBeCorrected = (job: Job): boolean =>
  job.end?.outcome === 'unknown' && isInDoubt(job) && Date.now() - job.end.endedAt < doubt.last

/** All jobs that the app knows, in memory, and written through to disk. */
export class JobStore {
  readonly #options: JobStoreOptions
  readonly #jobs: JournaledMap<Job>
  /** What the tracking asks for all the time. */
  readonly index = new JobIndex()
  readonly #listeners = new Set<(changes: JobChanges) => void>()
  #changed = new Set<string>()
  #removed = new Set<string>()
  #isAnnouncing = false

  private constructor(options: JobStoreOptions, jobs: JournaledMap<Job>) {
    this.#options = options
    this.#jobs = jobs
    for (const job of jobs.values()) this.index.put(job, undefined)
    this.#drop()
  }

  /**
   * Reads the jobs file. Never rejects: a damaged file is told by `onProblem`, kept aside, and used as far as it goes.
   */
  static async open(options: JobStoreOptions): Promise<JobStore> {
    const journal = new Journal(options.file, storedJobSchema)
    return new JobStore(options, await JournaledMap.open(journal, options.onProblem))
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
    const isOfOpenStart = (before === undefined || isOpen(before) || isOpen(job)) && !isWatched(job)
    this.#jobs.set(job, isOfOpenStart ? 0 : coalesceMs)
    this.index.put(job, before)
    this.#changed.add(job.key)
    this.#removed.delete(job.key)
    this.#announce()
  }

  /** Forgets these jobs for good, whatever is known of them: watched runs that are wanted no more, or are a start's own. */
  forget(keys: readonly string[]): void {
    const known = keys.filter((key) => this.#jobs.get(key) !== undefined)
    if (known.length === 0) return
    for (const key of known) this.#forget(key)
    this.#jobs.rewriteSoon()
    this.#announce()
  }

  /**
   * Forgets the ended jobs above the number that is kept: to be called when that number, or what may go, is another.
   */
  prune(): void {
    this.#drop()
    if (this.#removed.size > 0) this.#announce()
  }

  /**
   * Forgets these jobs because a person wants it, but none that is under way, whose end is still to be told or corrected,
   * or that a start which lacks its job id could be taken for.
   * @returns those that are gone; `put` brings them back
   */
  remove(keys: readonly string[]): Job[] {
    const isProtected = this.#protection()
    const gone = keys
      .flatMap((key) => this.#jobs.get(key) ?? [])
      .filter((job) => !isOpen(job) && !isProtected(job))
    for (const { key } of gone) this.#forget(key)
    // What is not in memory any more leaves the file as well: else it would be back after a restart.
    this.#jobs.rewriteSoon()
    if (gone.length > 0) this.#announce()
    return gone
  }

  /** Keys of the jobs that this app knows or, since their lines are still in the file, its next start may know again. */
  keysInFile(): ReadonlySet<string> {
    return new Set([...Array.from(this.#jobs.values(), ({ key }) => key), ...this.#jobs.leaving])
  }

  /** Has this called with the keys of jobs that were forgotten, once no start of the app can know them again. */
  onGone(listener: (keys: readonly string[]) => void): void {
    this.#jobs.onGone(listener)
  }

  /** Resolves once everything that was put so far is on disk, or the disk has refused it. */
  flush(): Promise<void> {
    return this.#jobs.flush()
  }

  /** Listens to changes, several puts of one turn as one; returns the function that stops listening. */
  onChange(listener: (changes: JobChanges) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
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
   * Drops the oldest ended jobs above the number that is kept, but none whose end is still to be told or corrected (of
   * a hundred ends in one burst all are told where ten are kept), and none that a start which lacks its job id could be
   * taken for. Their lines leave the file when it is rewritten.
   */
  #drop(): void {
    const kept = this.#options.keep()
    // With each change of a long list nobody goes through all of it.
    if (Math.max(this.index.ended.own, this.index.ended.watched) <= kept) return
    const ended = this.all().filter((job) => !isOpen(job))
    const isProtected = this.#protection()
    const newest = ended.sort(newestFirst)
    // Others may run hundreds a minute: they drive out no job of the person's own.
    const watched = newest.filter(isWatched).slice(kept)
    const own = newest.filter((job) => !isWatched(job)).slice(kept)
    for (const job of [...own, ...watched]) if (!isProtected(job)) this.#forget(job.key)
  }

  #forget(key: string): void {
    const job = this.#jobs.get(key)
    if (job === undefined) return
    this.#jobs.delete(key)
    this.index.delete(job)
    this.#changed.delete(key)
    this.#removed.add(key)
  }

  /** Which ended jobs must not be forgotten yet. */
  #protection(): (job: Job) => boolean {
    const { mayForget } = this.#options
    const nameless = this.all().filter((job) => isOpen(job) && job.run === null)
    return (job) =>
      !mayForget(job) ||
      mayBeCorrected(job) ||
      (!isWatched(job) && nameless.some((open) => couldBeTakenFor(open, job)))
  }
}
