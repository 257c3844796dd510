import { isUnresolved, type Job, mayBeAnothersStop } from './job.ts'
import { WexflowError } from '../wexflow/errors.ts'
import { isServersWord } from '../wexflow/failures.ts'
import type { WexflowServer, WorkflowInfo } from '../wexflow/server.ts'
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

/** Within this time a queued start does not get its turn, and end, before its answer has come. */
const promptMs = 2000

/** What the reads have to remember of one workflow. */
interface WorkflowNotes {
  /** Reads which of its jobs run. */
  readonly read: () => Promise<void>
  /** Looks for the jobs of `soughtKeys` in the history. */
  readonly search: () => Promise<void>
  readonly soughtKeys: Set<string>
  /** When its running jobs were last asked for; milliseconds of `performance.now()`. */
  readAt: number
  /** When it was last seen to run anything; milliseconds of `performance.now()`. */
  busyAt: number
  /** Whether the server does not list its running jobs for this user. */
  isUnlisted: boolean
  /** When one of its instances was last taken for a start; milliseconds since 1970. */
  adoptedAt: number
}

/** Callers of one turn of the event loop share one piece of work, which begins after that turn. */
function gathered(work: () => Promise<void>): () => Promise<void> {
  let next: Promise<void> | null = null
  return () => {
    next ??= new Promise<void>((resolve) => setTimeout(resolve, 0)).then(() => {
      next = null
      return work()
    })
    return next
  }
}

/** Of two searches at once each would read the same logs. */
function oneAfterAnother(work: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  return () => {
    last = last.catch(() => {}).then(work)
    return last
  }
}

/**
 * Asks the server what the decision wants to know about a job and turns the answers into facts. Reads that answer
 * for all jobs of a workflow are made once, however many of its jobs want them.
 */
export class JobReads {
  readonly #server: WexflowServer
  readonly #history: HistorySearch
  readonly #sink: FactSink
  readonly #notes = new Map<number, WorkflowNotes>()
  /** When a job was last asked for its entry, or seen on a page; milliseconds of `performance.now()`. */
  readonly #entryReadAt = new Map<string, number>()

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
    if (job.jobId === null) return
    await (kind === 'entry' ? this.#readEntry(job, job.jobId) : this.#readJob(job, job.jobId))
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
    const readAt = (id: number): number => this.#notesOf(id).readAt
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
    return this.#notesOf(workflowId).read()
  }

  #notesOf(workflowId: number): WorkflowNotes {
    const known = this.#notes.get(workflowId)
    if (known !== undefined) return known
    const notes: WorkflowNotes = {
      read: gathered(() => this.#readRunningJobs(workflowId, notes)),
      search: gathered(oneAfterAnother(() => this.#searchHistory(workflowId, notes))),
      soughtKeys: new Set(),
      readAt: Number.NEGATIVE_INFINITY,
      busyAt: Number.NEGATIVE_INFINITY,
      isUnlisted: false,
      adoptedAt: Number.NEGATIVE_INFINITY,
    }
    this.#notes.set(workflowId, notes)
    return notes
  }

  async #readJob({ key, workflowId }: Job, jobId: string): Promise<void> {
    this.#sink.apply(key, { kind: 'jobRead', info: await this.#server.job(workflowId, jobId) })
  }

  async #readEntry({ key, workflowId }: Job, jobId: string): Promise<void> {
    const entry = await this.#server.entry(workflowId, jobId)
    this.noteEntryRead(key)
    if (entry !== null) this.#sink.run.seenAlive(key)
    const hadOne = (this.#sink.jobs.get(key)?.entryId ?? null) !== null
    const isHidden = entry === null && hadOne && this.#sink.run.isMember(key)
    this.#sink.apply(key, isHidden ? { kind: 'entryHidden' } : { kind: 'entry', entry, witnessed: false })
  }

  async #readRunningJobs(workflowId: number, notes: WorkflowNotes): Promise<void> {
    notes.readAt = performance.now()
    // Only what was known before the read can be missing from its answer.
    const before = this.#sink.jobs.unresolved().filter((job) => job.workflowId === workflowId)
    const listed = await this.#server.runningJobs(workflowId)
    if (listed === null) {
      // The workflow is unknown or no longer permitted: that says nothing about jobs that run, but no start queues for ever.
      notes.isUnlisted = true
      for (const { key, phase, endSignalledAt } of before)
        if (phase === 'queued' || endSignalledAt !== null)
          this.#sink.apply(key, { kind: 'notListed', mayRunOn: false })
      return
    }
    notes.isUnlisted = false
    if (listed.length > 0) {
      notes.busyAt = performance.now()
      await this.#searchUnwatched(before, notes)
    }
    const asked = before.flatMap(({ key }) => this.#sink.jobs.get(key) ?? []).filter(isUnresolved)
    const infos = new Map(listed.map((info) => [info.jobId, info]))
    const instances = listed.flatMap(({ jobId }) => jobId ?? [])
    // What the history hides may be the job of a start that was not watched, and what runs now another's.
    const knowable = asked.filter(
      ({ key, historyUnreadSince }) => historyUnreadSince === null || this.#sink.run.isMember(key),
    )
    for (const { key, jobId } of this.#adopt(workflowId, knowable, instances)) {
      this.#sink.apply(key, { kind: 'adopted', jobId })
      this.#sink.run.seenAlive(key)
    }
    const ofWorkflow = this.#sink.jobs.ofWorkflow(workflowId)
    for (const job of asked) {
      const info = job.jobId === null ? undefined : infos.get(job.jobId)
      if (info !== undefined) {
        this.#sink.run.seenAlive(job.key)
        this.#sink.apply(job.key, { kind: 'listed', info })
      } else if (job.jobId !== null || (job.phase === 'queued' && listed.length === 0)) {
        this.#sink.apply(job.key, { kind: 'notListed', mayRunOn: mayRunOn(job, ofWorkflow, infos) })
      } else if (job.phase === 'queued') {
        this.#sink.apply(job.key, { kind: 'queueAlive' })
      }
    }
  }

  /**
   * A queued start that the app did not see all the time may have run and ended: then the history holds its job, and
   * what runs now is another's.
   */
  async #searchUnwatched(asked: readonly Job[], notes: WorkflowNotes): Promise<void> {
    const unwatched = asked.filter(({ key, phase }) => phase === 'queued' && !this.#sink.run.isMember(key))
    if (unwatched.length === 0) return
    for (const { key } of unwatched) notes.soughtKeys.add(key)
    await notes.search()
  }

  /** No instance is given away while the answer of a start of that workflow can still come: it may be that start's own. */
  #adopt(workflowId: number, jobs: readonly Job[], instances: readonly string[]): ReturnType<typeof adopt> {
    const waiting = jobs.filter(awaitsJobId)
    if (waiting.length === 0 || this.#isSending(workflowId)) return []
    const known = this.#sink.jobs.knownJobIds()
    const adoptions = adopt(waiting, instances, (jobId) => known.has(jobId))
    if (adoptions.length > 0) this.#notesOf(workflowId).adoptedAt = Date.now()
    return adoptions
  }

  /** Others may queue for the same workflow: once an instance was taken for a start, which one never ran is open. */
  #watchOf({ key, workflowId, historyMark, requestedAt, queuedAt }: Job): Watch {
    const isOfThisRun = this.#sink.run.isMember(key)
    const { adoptedAt, busyAt, isUnlisted } = this.#notesOf(workflowId)
    const isUntouched = adoptedAt < requestedAt
    // What began before the server answered, which may take a minute, was not watched for.
    const isPrompt = queuedAt !== null && queuedAt - requestedAt < promptMs
    const isSeen = isPrompt && !isUnlisted && historyMark !== null
    const isStopSeen = this.#sink.jobs.ofWorkflow(workflowId).some(({ outcome, stopAskedAt, endedAt }) => {
      const stoppedAt = outcome === 'stopped' ? endedAt : stopAskedAt
      return stoppedAt !== null && stoppedAt >= requestedAt
    })
    const idleForMs = performance.now() - busyAt
    return { isOfThisRun, isWhole: isOfThisRun && isUntouched && isSeen, isStopSeen, idleForMs }
  }

  #isSending(workflowId: number): boolean {
    return this.#sink.jobs.unresolved().some((job) => job.workflowId === workflowId && isBeingSent(job))
  }

  #search({ key, workflowId }: Job): Promise<void> {
    const notes = this.#notesOf(workflowId)
    notes.soughtKeys.add(key)
    return notes.search()
  }

  async #searchHistory(workflowId: number, { soughtKeys }: WorkflowNotes): Promise<void> {
    const keys = [...soughtKeys]
    soughtKeys.clear()
    const sought = keys.flatMap((key) => this.#sink.jobs.get(key) ?? [])
    const { rows, isWhole } = await this.#readHistory(workflowId, sought.filter(canBeNamed))
    const rowOf = new Map(rows.map((found) => [found.jobId, found.row]))
    const oldestFirst = rows.map(({ jobId }) => jobId)
    // Other answers may have come while the logs were read.
    const jobs = keys.flatMap((key) => this.#sink.jobs.get(key) ?? [])
    const marked = jobs.flatMap((job) => withHistoryBefore(job, rows) ?? [])
    // A row that can't be read may be the start's own, and the next one another's.
    const adoptions = isWhole ? this.#adopt(workflowId, marked, oldestFirst) : []
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
  async #readHistory(workflowId: number, jobs: readonly Job[]): Promise<HistoryFound> {
    const [first] = jobs
    if (first === undefined) return { rows: [], isWhole: false }
    const ids = jobs.flatMap(({ jobId }) => jobId ?? [])
    const marks = jobs.map(({ historyMark }) => historyMark)
    const wanted = ids.length === jobs.length ? new Set(ids) : null
    const contested = new Set(jobs.filter(mayBeAnothersStop).flatMap(({ jobId }) => jobId ?? []))
    try {
      return await this.#history.find({ id: workflowId, name: first.workflowName }, marks, wanted, contested)
    } catch (error) {
      if (error instanceof WexflowError && isServersWord(error.failure)) return { rows: [], isWhole: false }
      throw error
    }
  }
}

const isEndedBefore = ({ endedAt }: Job, { requestedAt }: Job): boolean =>
  endedAt !== null && endedAt < requestedAt

/** Whether a job of its workflow was known to run when the start was asked for. */
const hadElders = (start: Job, ofWorkflow: readonly Job[]): boolean =>
  start.runningBefore.length > 0 ||
  ofWorkflow.some(
    (one) => one.key !== start.key && one.requestedAt <= start.requestedAt && !isEndedBefore(one, start),
  )

/**
 * Whether a job that is not listed may be one that a save of its workflow has hidden (source): it ran beside others,
 * and none of those that ran before it is listed any more.
 */
function mayRunOn(
  job: Job,
  ofWorkflow: readonly Job[],
  listed: ReadonlyMap<string | null, WorkflowInfo>,
): boolean {
  if (!job.isParallel || !hadElders(job, ofWorkflow)) return false
  const isOlder = ({ requestedAt }: Job): boolean => requestedAt < job.requestedAt
  const isListed = ({ jobId }: Job): boolean => listed.has(jobId)
  return (
    !job.runningBefore.some((jobId) => listed.has(jobId)) &&
    !ofWorkflow.some((one) => isOlder(one) && isListed(one))
  )
}

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
