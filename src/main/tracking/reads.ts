import type { DueRead } from './agenda.ts'
import { endedUnseen, factsOfEntries, factsOfLaterEntries } from './answers/entries.ts'
import { canBeNamed, factsOfHistory } from './answers/history.ts'
import { factsOfRunningJobs, factsOfWatched, shownAfterAll } from './answers/running-jobs.ts'
import type { JobFact, WorkflowView } from './answers/workflow-view.ts'
import { markOf } from './claim.ts'
import type { AskedNotes } from './asked.ts'
import type { Fact } from './facts.ts'
import type { HistoryFound, HistorySearch } from './history-search.ts'
import { greatest, isUnnamed } from './ids.ts'
import {
  awaitsRun,
  isBeingSent,
  isOpen,
  isShown,
  isWatched,
  type Job,
  jobIdOf,
  mayBeAnothersStop,
  wireIdOf,
} from './job.ts'
import { claimsFrom } from './claim.ts'
import { gone, stopping } from './policy.ts'
import type { ProfileJobs } from './profile-jobs.ts'
import { insteadOfRefusal } from './refused.ts'
import type { ServerRun } from './server-run.ts'
import { UnclaimedRuns } from './unclaimed-runs.ts'
import { instanceId, lastErrorLine, logDuration } from '../wexflow/log.ts'
import type { Entry, WexflowServer, WorkflowInfo } from '../wexflow/server.ts'

/** What the reads need of the tracker. */
export interface FactSink {
  readonly jobs: ProfileJobs
  readonly run: ServerRun
  readonly asked: AskedNotes
  /** Since when the app has been following this server without a break; milliseconds since 1970. */
  followedSince(): number
  isServerSlow(): boolean
  apply(key: string, fact: Fact): void
}

/** Makes the reads that were planned, and turns their answers into facts. */
export class JobReads {
  readonly #server: WexflowServer
  readonly #history: HistorySearch
  readonly #sink: FactSink
  readonly #unclaimed: UnclaimedRuns
  /** Whether the newest entries could be read last. */
  #hasPages = false

  constructor(server: WexflowServer, history: HistorySearch, sink: FactSink) {
    this.#server = server
    this.#history = history
    this.#sink = sink
    this.#unclaimed = new UnclaimedRuns(server)
  }

  /** Another change stream lives: the run of the server may be another one, whose entries have ids of their own. */
  onStream(): void {
    this.#unclaimed.clear()
  }

  /** The newest entries were read: runs that belong to nobody are claimed by the starts that wait for one. */
  async onPages(rows: readonly Entry[]): Promise<void> {
    this.#hasPages = true
    const waiting = this.#sink.jobs
      .unresolved()
      .filter(({ start, run }) => start.sentAt !== null && run?.entry == null)
    const workflowIds = new Set(waiting.map(({ workflowId }) => workflowId))
    this.#unclaimed.take(rows, workflowIds)
    for (const id of workflowIds) await this.#claimByEntries(id)
    this.#noteFollowed(rows)
  }

  /** Runs whose entries are followed by that of another run of a workflow that runs one at a time are over. */
  #noteFollowed(rows: readonly Entry[]): void {
    const { jobs, run } = this.#sink
    const open = jobs.unresolved().filter(({ key }) => run.isMember(key))
    for (const workflowId of new Set(open.map((job) => job.workflowId))) {
      const newest = greatest(rows.flatMap((row) => (row.workflowId === workflowId ? row.id : [])))
      const ofWorkflow = open.filter((job) => job.workflowId === workflowId)
      if (newest !== null) this.#applyAll(factsOfLaterEntries(ofWorkflow, BigInt(newest)), workflowId)
    }
  }

  /** The newest entries can't be read. */
  onPagesRefused(): void {
    this.#hasPages = false
  }

  /** Makes one read. Rejects with a `WexflowError`. */
  async make({ kind, workflowId, keys }: DueRead): Promise<void> {
    if (kind === 'jobs') return this.#readRunningJobs(workflowId)
    if (kind === 'history') return this.#searchHistory(workflowId, keys)
    for (const key of keys) {
      const job = this.#sink.jobs.get(key)
      if (job === undefined) continue
      if (kind === 'log') await this.#readLogFacts(job)
      const jobId = wireIdOf(job)
      if (jobId === null) continue
      if (kind === 'entry') await this.#readEntry(job, jobId)
      if (kind === 'memory') await this.#readMemory(job, jobId)
    }
  }

  /** The lines of a job's log; empty while it runs. Rejects with a `WexflowError`. */
  async log(job: Job): Promise<string[]> {
    const { run } = job
    if (run === null) return []
    if (run.history !== null) return this.#server.historyLog(run.history.id)
    if (isUnnamed(run.jobId)) return run.entry === null ? [] : this.#server.entryLog(run.entry.id)
    // Its entry keeps its id for as long as the server runs: a notification that waits for the log waits for one call.
    if (run.entry !== null && this.#sink.run.isMember(job.key)) return this.#server.entryLog(run.entry.id)
    // There may be hundreds of them a minute. A later run of the server may have given the entry's id anew.
    const known = isWatched(job) && run.entry !== null ? await this.#server.entryLog(run.entry.id) : []
    if (instanceId(known) === run.jobId) return known
    const entry = await this.#server.entry(job.workflowId, run.jobId)
    if (entry !== null) return this.#server.entryLog(entry.id)
    const workflow = { id: job.workflowId, name: job.workflowName }
    const isContested = job.end?.outcome !== 'stopped'
    const row = await this.#history.findOne(workflow, job.start.historyMark, run.jobId, isContested)
    if (row === null) return []
    this.#sink.apply(job.key, { kind: 'historyFound', row, jobId: run.jobId })
    return this.#server.historyLog(row.id)
  }

  async #readEntry({ key, workflowId }: Job, jobId: string): Promise<void> {
    const askedAt = Date.now()
    const entry = await this.#server.entry(workflowId, jobId)
    this.#sink.asked.note(key, { entryAt: askedAt })
    const job = this.#sink.jobs.get(key)
    // Its start's answer may have come meanwhile.
    if (job === undefined || jobIdOf(job) !== jobId) return
    if (entry !== null) {
      this.#sink.run.seenAlive(key)
      this.#sink.apply(key, { kind: 'entry', entry, isWitnessed: false })
      return
    }
    // While the server can't have restarted, this user may only no longer read it.
    const isHidden = job.run?.entry != null && this.#sink.run.isMember(key)
    this.#sink.apply(key, isHidden ? { kind: 'nothingNew' } : { kind: 'noEntry' })
  }

  async #readMemory({ key, workflowId }: Job, jobId: string): Promise<void> {
    const askedAt = Date.now()
    const info = await this.#server.job(workflowId, jobId)
    this.#sink.asked.note(key, { memoryAt: askedAt })
    this.#sink.apply(key, { kind: 'remembered', info })
  }

  /** A log that the server refuses tells nothing, and is not asked for again. */
  async #readLogFacts(job: Job): Promise<void> {
    const lines = await this.log(job).catch(insteadOfRefusal<string[]>([]))
    const isBad = job.end?.outcome === 'failed' || job.end?.outcome === 'warning'
    const errorLine = isBad ? lastErrorLine(lines) : null
    this.#sink.apply(job.key, { kind: 'log', durationMs: logDuration(lines), errorLine })
  }

  /** Gives the runs that only entries show to the starts of a workflow that wait for one. */
  async #claimByEntries(workflowId: number): Promise<void> {
    const { jobs } = this.#sink
    const open = jobs.ofWorkflow(workflowId).filter(isOpen)
    const unseen = endedUnseen(jobs.ofWorkflow(workflowId))
    const marks = [...open, ...unseen].flatMap((job) => (job.run?.entry == null ? (markOf(job) ?? []) : []))
    const [first] = marks
    if (first === undefined || !open.some((job) => awaitsRun(job) || claimsFrom(job, false) !== null)) return
    const mark = marks.reduce((least, one) => (one < least ? one : least), first)
    const isOwned = (id: string): boolean =>
      jobs.ofWorkflow(workflowId).some(({ run }) => run?.entry?.id === id)
    // What turns out to be the entry of a known run makes the others plain.
    for (let times = 0; times < 2; times += 1) {
      const runs = await this.#unclaimed.after(workflowId, mark, isOwned)
      if (runs.length === 0) return
      this.#applyAll(factsOfEntries(this.#view(workflowId, open), runs), workflowId)
    }
  }

  async #readRunningJobs(workflowId: number): Promise<void> {
    const { asked, jobs } = this.#sink
    await this.#claimByEntries(workflowId)
    const askedAt = Date.now()
    const before = jobs.ofWorkflow(workflowId).filter(isOpen)
    const watched = jobs.watchedOf(workflowId).filter(isOpen)
    const listed = await this.#server.runningJobs(workflowId)
    if (listed === null) {
      const unlistedSince = asked.workflow(workflowId).unlistedSince ?? askedAt
      asked.noteWorkflow(workflowId, { jobsAt: askedAt, unlistedSince, isBusy: false })
      this.#onUnlisted(workflowId, [...before, ...watched])
      return
    }
    const hidden = listed.length === 0 ? await this.#hiddenRun(workflowId, [...before, ...watched]) : null
    const isBusy = listed.length > 0 || hidden !== null
    const busyAt = isBusy ? Date.now() : asked.workflow(workflowId).busyAt
    asked.noteWorkflow(workflowId, { jobsAt: askedAt, unlistedSince: null, isBusy, busyAt })
    const shown = new Set([...listed, ...(hidden === null ? [] : [hidden])].map(({ jobId }) => jobId))
    this.#applyAll(shownAfterAll(jobs.ofWorkflow(workflowId), shown), workflowId)
    const entryIds = await this.#entriesOfStrangers(workflowId, shown)
    const running = { listed, hidden, entryIds }
    this.#applyAll(factsOfRunningJobs(this.#view(workflowId, before), running), workflowId)
    // Those that are no start's own by now.
    const left = watched.flatMap(({ key }) => jobs.get(key) ?? [])
    this.#applyAll(factsOfWatched(left, jobs.ofWorkflow(workflowId), running), workflowId)
  }

  /** The entries of the runs that belong to nobody, where a run of this app is known by its entry alone. */
  async #entriesOfStrangers(
    workflowId: number,
    jobIds: ReadonlySet<string | null>,
  ): Promise<ReadonlyMap<string, string>> {
    const { jobs } = this.#sink
    if (!jobs.ofWorkflow(workflowId).some(isNameless)) return new Map()
    const strangers = [...jobIds].flatMap((id) => (id === null || jobs.isOwned(id) ? [] : id))
    const entries = await Promise.all(
      strangers.map((id) => this.#server.entry(workflowId, id).catch(insteadOfRefusal(null))),
    )
    return new Map(
      strangers.flatMap((id, index) => {
        const entry = entries[index]
        return entry == null ? [] : [[id, entry.id] as const]
      }),
    )
  }

  /**
   * The workflow is unknown or no longer permitted: that says nothing about jobs that run, but no start queues for
   * ever, what has said that it ended, or was stopped by this app, does not wait for ever, nor does anything else for
   * hours.
   */
  #onUnlisted(workflowId: number, before: readonly Job[]): void {
    const now = Date.now()
    const unlistedForMs = now - (this.#sink.asked.workflow(workflowId).unlistedSince ?? now)
    for (const { key, run, stop } of before) {
      const isOver =
        run === null || run.frame !== null || (stop !== null && now - stop.askedAt > stopping.worksWithin)
      if (isOver || unlistedForMs > gone.unlistedFor)
        this.#sink.apply(key, { kind: 'notListed', mayRunOn: !isOver })
      else this.#sink.apply(key, { kind: 'nothingNew' })
    }
  }

  /**
   * The run that `jobs` does not list although it runs: the queue's next job after a stop. Only `workflow` names it,
   * and it is looked for where a start of this app waits in the queue, or is known to be that run.
   */
  async #hiddenRun(workflowId: number, jobs: readonly Job[]): Promise<WorkflowInfo | null> {
    const mayBeHidden = jobs.some(
      ({ run, isParallel }) => run === null || (run.frame === null && (!isParallel || !isShown(run))),
    )
    if (!mayBeHidden) return null
    const info = await this.#server.workflow(workflowId)
    return info?.isRunning === true && info.jobId !== null ? info : null
  }

  async #searchHistory(workflowId: number, keys: readonly string[]): Promise<void> {
    const searchedAt = Date.now()
    const before = keys.flatMap((key) => this.#sink.jobs.get(key) ?? [])
    const { rows, isWhole } = await this.#find(workflowId, before.filter(canBeNamed))
    for (const key of keys) this.#sink.asked.note(key, { historyAt: searchedAt })
    const facts = factsOfHistory(this.#view(workflowId, before), rows, { isWhole, searchedAt })
    this.#applyAll(facts, workflowId)
    // Whoever the answer says nothing of, as while another start is being sent, is looked for again later.
    const told = new Set(facts.map(({ key }) => key))
    for (const { key } of before) if (!told.has(key)) this.#sink.apply(key, { kind: 'nothingNew' })
  }

  /** From a history that can't be read nothing is found; what it holds stays open. */
  async #find(workflowId: number, jobs: readonly Job[]): Promise<HistoryFound> {
    const [first] = jobs
    if (first === undefined) return { rows: [], isWhole: false }
    const named = jobs.filter(({ run, maybeOthers }) => run !== null && (run.shownAt !== null || maybeOthers))
    const ids = jobs.flatMap((job) => jobIdOf(job) ?? [])
    const contested = new Set(jobs.filter(mayBeAnothersStop).flatMap((job) => jobIdOf(job) ?? []))
    const found = this.#history.find({
      workflow: { id: workflowId, name: first.workflowName },
      marks: jobs.map(({ start }) => start.historyMark),
      // One that the server has shown nowhere may stand there under another id.
      wanted: named.length === jobs.length ? new Set(ids) : null,
      contested,
    })
    return found.catch(insteadOfRefusal<HistoryFound>({ rows: [], isWhole: false }))
  }

  #applyAll(facts: readonly JobFact[], workflowId: number): void {
    for (const { key, fact } of facts) {
      if (fact.kind === 'claimed' || (fact.kind === 'historyFound' && this.#isClaim(key, fact.jobId)))
        this.#sink.asked.noteWorkflow(workflowId, { claimedAt: Date.now() })
      if (fact.kind === 'claimed' || fact.kind === 'listed') this.#sink.run.seenAlive(key)
      this.#sink.apply(key, fact)
    }
  }

  /** Whether the server is, as far as it says itself, still in the run in which the start was taken. */
  #isOfThisRun(key: string): boolean {
    const { run, jobs } = this.#sink
    const serverRun = jobs.get(key)?.serverRun ?? null
    return run.isMember(key) || (run.isWatched && serverRun !== null && serverRun === run.number)
  }

  /** Whether the server has yet to say its run since the stream was opened: the next change does. */
  #mayBeOfThisRun(key: string): boolean {
    const { run, jobs } = this.#sink
    return run.isWatched && run.number === null && (jobs.get(key)?.serverRun ?? null) !== null
  }

  #isClaim(key: string, jobId: string): boolean {
    const job = this.#sink.jobs.get(key)
    return job !== undefined && jobIdOf(job) !== jobId
  }

  /** What is known now of the jobs that were there, with these ids, before the read. */
  #view(workflowId: number, before: readonly Job[]): WorkflowView {
    const { jobs, run, asked } = this.#sink
    const known = before.flatMap((old) => {
      const job = jobs.get(old.key)
      const isSame = job !== undefined && jobIdOf(job) === jobIdOf(old) && (isOpen(job) || !isOpen(old))
      return isSame && !isBeingSent(job) ? [job] : []
    })
    return {
      jobs: jobs.ofWorkflow(workflowId),
      asked: known,
      isOwned: (jobId) => jobs.isOwned(jobId),
      isOfThisRun: (key) => run.isMember(key),
      askedOf: (key) => ({ entryAt: asked.entryAt(key) }),
      isServerSlow: this.#sink.isServerSlow(),
      idleForMs: Date.now() - asked.workflow(workflowId).busyAt,
      hasEntries: (key) => this.#hasPages && this.#isOfThisRun(key),
      mayHaveEntries: (key) => this.#hasPages && (this.#isOfThisRun(key) || this.#mayBeOfThisRun(key)),
      followedSince: this.#sink.followedSince(),
      now: Date.now(),
    }
  }
}

/** Whether it runs, known by its entry alone. */
const isNameless = ({ run, end }: Job): boolean => end === null && run !== null && isUnnamed(run.jobId)
