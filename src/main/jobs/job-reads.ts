import type { Job } from '../../shared/job.ts'
import { WexflowError } from '../wexflow/errors.ts'
import { isServersWord } from '../wexflow/failures.ts'
import type { WexflowServer } from '../wexflow/server.ts'
import { adopt, awaitsJobId, isBeingSent } from './adopt.ts'
import type { QuestionKind } from './decide/decision.ts'
import type { Fact, Watch } from './decide/facts.ts'
import type { HistoryFound, HistoryRow, HistorySearch } from './history-search.ts'
import type { ProfileJobs } from './profile-jobs.ts'
import type { ServerRun } from './server-run.ts'

/** What the reads need of the tracker. */
export interface FactSink {
  readonly jobs: ProfileJobs
  readonly run: ServerRun
  apply(key: string, fact: Fact): void
}

type Read = 'entry' | 'job'

/** Within this time a queued start does not get its turn, and end, before its answer has come. */
const promptMs = 2000

/** Callers of one turn of the event loop share one piece of work, which begins after that turn. */
function gather(next: Map<number, Promise<void>>, id: number, work: () => Promise<void>): Promise<void> {
  const waiting = next.get(id)
  if (waiting !== undefined) return waiting
  const begun = new Promise<void>((resolve) => setTimeout(resolve, 0)).then(() => {
    next.delete(id)
    return work()
  })
  next.set(id, begun)
  return begun
}

/**
 * Asks the server what the decision wants to know about a job and turns the answers into facts. Reads that answer
 * for all jobs of a workflow are made once, however many of its jobs want them.
 */
export class JobReads {
  readonly #server: WexflowServer
  readonly #history: HistorySearch
  readonly #sink: FactSink
  readonly #nextRead = new Map<number, Promise<void>>()
  readonly #nextSearch = new Map<number, Promise<void>>()
  readonly #searchedFor = new Map<number, Set<string>>()
  /** When a job was last asked for its entry, or seen on a page; milliseconds of `performance.now()`. */
  readonly #entryReadAt = new Map<string, number>()
  readonly #workflowReadAt = new Map<number, number>()
  /** Workflows whose running jobs the server does not list for this user. */
  readonly #unlisted = new Set<number>()
  /** When a workflow was last seen to run anything, milliseconds of `performance.now()`. */
  readonly #busyAt = new Map<number, number>()
  /** When an instance of a workflow was last taken for a start. */
  readonly #adoptedAt = new Map<number, number>()

  constructor(server: WexflowServer, history: HistorySearch, sink: FactSink) {
    this.#server = server
    this.#history = history
    this.#sink = sink
  }

  /** Answers one question. Rejects with a `WexflowError`. */
  async answer(key: string, kind: QuestionKind): Promise<void> {
    const job = this.#sink.jobs.get(key)
    if (job === undefined) return
    if (kind === 'jobs') return this.runningJobs(job.workflowId)
    if (kind === 'history') return this.#search(job)
    if (job.jobId !== null) await this.#read(job, kind, job.jobId)
  }

  /** The jobs among these that were asked for their entry longest ago. */
  longestUnasked(jobs: readonly Job[], count: number): Job[] {
    const readAt = (job: Job): number => this.#entryReadAt.get(job.key) ?? Number.NEGATIVE_INFINITY
    return [...jobs].sort((a, b) => readAt(a) - readAt(b)).slice(0, count)
  }

  /** The jobs among these whose entry was neither asked for nor seen on a page since then, by `performance.now()`. */
  notReadSince(jobs: readonly Job[], since: number): Job[] {
    return jobs.filter((job) => (this.#entryReadAt.get(job.key) ?? Number.NEGATIVE_INFINITY) < since)
  }

  /** The workflows among these that were asked for their running jobs longest ago. */
  longestUnread(workflowIds: Iterable<number>, count: number): number[] {
    const readAt = (id: number): number => this.#workflowReadAt.get(id) ?? Number.NEGATIVE_INFINITY
    return [...workflowIds].sort((a, b) => readAt(a) - readAt(b)).slice(0, count)
  }

  /** A row of a page stood for this job's entry. */
  noteEntryRead(key: string): void {
    this.#entryReadAt.set(key, performance.now())
  }

  /** A job that ended is not asked for again. */
  forget(key: string): void {
    this.#entryReadAt.delete(key)
  }

  /** Reads which jobs of a workflow run. Rejects with a `WexflowError`. */
  runningJobs(workflowId: number): Promise<void> {
    return gather(this.#nextRead, workflowId, () => this.#readRunningJobs(workflowId))
  }

  async #read({ key, workflowId }: Job, kind: Read, jobId: string): Promise<void> {
    if (kind === 'job') {
      this.#sink.apply(key, { kind: 'jobRead', info: await this.#server.job(workflowId, jobId) })
      return
    }
    const entry = await this.#server.entry(workflowId, jobId)
    this.noteEntryRead(key)
    if (entry !== null) this.#sink.run.seenAlive(key)
    const hadOne = (this.#sink.jobs.get(key)?.entryId ?? null) !== null
    const isHidden = entry === null && hadOne && this.#sink.run.isMember(key)
    this.#sink.apply(key, isHidden ? { kind: 'entryHidden' } : { kind: 'entry', entry, witnessed: false })
  }

  async #readRunningJobs(workflowId: number): Promise<void> {
    this.#workflowReadAt.set(workflowId, performance.now())
    // Only what was known before the read can be missing from its answer.
    const asked = this.#sink.jobs.unresolved().filter((job) => job.workflowId === workflowId)
    const listed = await this.#server.runningJobs(workflowId)
    if (listed === null) {
      // The workflow is unknown or no longer permitted: that says nothing about jobs that run, but no start queues for ever.
      this.#unlisted.add(workflowId)
      for (const { key, phase, endSignalledAt } of asked)
        if (phase === 'queued' || endSignalledAt !== null) this.#sink.apply(key, { kind: 'notListed' })
      return
    }
    this.#unlisted.delete(workflowId)
    if (listed.length > 0) this.#busyAt.set(workflowId, performance.now())
    const infos = new Map(listed.map((info) => [info.jobId, info]))
    const instances = listed.flatMap(({ jobId }) => jobId ?? [])
    for (const { key, jobId } of this.#adopt(workflowId, asked, instances)) {
      this.#sink.apply(key, { kind: 'adopted', jobId, wasHeldUp: this.#wasHeldUp(key) })
      this.#sink.run.seenAlive(key)
    }
    for (const job of asked) {
      const info = job.jobId === null ? undefined : infos.get(job.jobId)
      if (info !== undefined) {
        this.#sink.run.seenAlive(job.key)
        this.#sink.apply(job.key, { kind: 'listed', info })
      } else if (job.jobId !== null || (job.phase === 'queued' && listed.length === 0)) {
        this.#sink.apply(job.key, { kind: 'notListed' })
      } else if (job.phase === 'queued') {
        this.#sink.apply(job.key, { kind: 'queueAlive' })
      }
    }
  }

  /** No instance is given away while the answer of a start of that workflow can still come: it may be that start's own. */
  #adopt(workflowId: number, jobs: readonly Job[], instances: readonly string[]): ReturnType<typeof adopt> {
    const waiting = jobs.filter(awaitsJobId)
    if (waiting.length === 0 || this.#isSending(workflowId)) return []
    const known = this.#sink.jobs.knownJobIds()
    const adoptions = adopt(waiting, instances, (jobId) => known.has(jobId))
    if (adoptions.length > 0) this.#adoptedAt.set(workflowId, Date.now())
    return adoptions
  }

  /** Whether a job of its workflow was known when the start was asked for: only that explains a queue. */
  #wasHeldUp(key: string): boolean {
    const start = this.#sink.jobs.get(key)
    if (start === undefined || start.runningBefore.length > 0) return true
    return this.#sink.jobs
      .ofWorkflow(start.workflowId)
      .some((one) => one.key !== key && one.requestedAt <= start.requestedAt && !isEndedBefore(one, start))
  }

  /** Others may queue for the same workflow: once an instance was taken for a start, which one never ran is open. */
  #watchOf({ key, workflowId, historyMark, requestedAt, queuedAt }: Job): Watch {
    const isOfThisRun = this.#sink.run.isMember(key)
    const isUntouched = (this.#adoptedAt.get(workflowId) ?? 0) < requestedAt
    // What began before the server answered, which may take a minute, was not watched for.
    const isPrompt = queuedAt !== null && queuedAt - requestedAt < promptMs
    const isSeen = isPrompt && !this.#unlisted.has(workflowId) && historyMark !== null
    const isStopSeen = this.#sink.jobs.ofWorkflow(workflowId).some(({ outcome, stopAskedAt, endedAt }) => {
      const stoppedAt = outcome === 'stopped' ? endedAt : stopAskedAt
      return stoppedAt !== null && stoppedAt >= requestedAt
    })
    const idleForMs = performance.now() - (this.#busyAt.get(workflowId) ?? Number.NEGATIVE_INFINITY)
    return { isOfThisRun, isWhole: isOfThisRun && isUntouched && isSeen, isStopSeen, idleForMs }
  }

  #isSending(workflowId: number): boolean {
    return this.#sink.jobs.unresolved().some((job) => job.workflowId === workflowId && isBeingSent(job))
  }

  #search(job: Job): Promise<void> {
    const { workflowId, workflowName } = job
    const keys = this.#searchedFor.get(workflowId) ?? new Set()
    this.#searchedFor.set(workflowId, keys.add(job.key))
    return gather(this.#nextSearch, workflowId, () => this.#searchHistory(workflowId, workflowName))
  }

  async #searchHistory(workflowId: number, name: string): Promise<void> {
    const keys = [...(this.#searchedFor.get(workflowId) ?? [])]
    this.#searchedFor.delete(workflowId)
    const { rows, isWhole } = await this.#readHistory(
      { id: workflowId, name },
      keys.flatMap((key) => this.#sink.jobs.get(key) ?? []).filter(canBeNamed),
    )
    const rowOf = new Map(rows.map((found) => [found.jobId, found.row]))
    const oldestFirst = rows.map(({ jobId }) => jobId)
    // Other answers may have come while the logs were read.
    const jobs = keys.flatMap((key) => this.#sink.jobs.get(key) ?? [])
    const marked = jobs.flatMap((job) => withHistoryBefore(job, rows) ?? [])
    const adoptions = this.#adopt(workflowId, marked, oldestFirst)
    const adopted = new Map(adoptions.map(({ key, jobId }) => [key, jobId]))
    const isSending = this.#isSending(workflowId)
    for (const job of jobs) {
      const jobId = job.jobId ?? adopted.get(job.key)
      const row = jobId === undefined ? undefined : rowOf.get(jobId)
      if (jobId !== undefined && row !== undefined)
        this.#sink.apply(job.key, { kind: 'historyFound', row, jobId })
      else if (!isWhole && canBeNamed(job))
        this.#sink.apply(job.key, { kind: 'historyUnread', watch: this.#watchOf(job) })
      else if (!isSending || !awaitsJobId(job))
        this.#sink.apply(job.key, { kind: 'historyMissing', watch: this.#watchOf(job) })
    }
  }

  /** From a history that can't be read nothing is found; what it holds stays open. */
  async #readHistory(
    workflow: { readonly id: number; readonly name: string },
    jobs: readonly Job[],
  ): Promise<HistoryFound> {
    if (jobs.length === 0) return { rows: [], isWhole: false }
    const ids = jobs.flatMap(({ jobId }) => jobId ?? [])
    const marks = jobs.map(({ historyMark }) => historyMark)
    const wanted = ids.length === jobs.length ? new Set(ids) : null
    try {
      return await this.#history.find(workflow, marks, wanted)
    } catch (error) {
      if (error instanceof WexflowError && isServersWord(error.failure)) return { rows: [], isWhole: false }
      throw error
    }
  }
}

const isEndedBefore = ({ endedAt }: Job, { requestedAt }: Job): boolean =>
  endedAt !== null && endedAt < requestedAt

/** Without an id, and without a mark before the start, any old job could be the start's. */
const canBeNamed = ({ jobId, historyMark }: Job): boolean => jobId !== null || historyMark !== null

/**
 * The job with what stood in the history before its start among the jobs that it can't be. Null where that is not
 * known, so that any old job could be taken for it.
 */
function withHistoryBefore(job: Job, rows: readonly HistoryRow[]): Job | null {
  const { historyMark } = job
  if (historyMark === null) return null
  const before = rows.flatMap(({ jobId, olderThan }) => (olderThan.includes(historyMark) ? jobId : []))
  return { ...job, runningBefore: [...job.runningBefore, ...before] }
}
