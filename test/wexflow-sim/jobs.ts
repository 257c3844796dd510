import type { Counts } from './counts.ts'
import type { Faults } from './faults.ts'
import { firstLogLine, fullLog } from './job-log.ts'
import { guid, noJobId, type Random } from './random.ts'
import type { Records, SimRecord } from './records.ts'
import type { ServerTime } from './server-time.ts'
import { type StatusName, statusNumber } from './status.ts'
import type { Streams } from './streams.ts'
import type { Timers } from './timers.ts'
import type { TruthBook } from './truth.ts'
import type { JobFate, SimWorkflow } from './workflows.ts'

/** How long after the request of its start a job begins, in milliseconds: after the answer, as recorded. */
const beginAfterMs = 15
const queuedBeginAfterMs = 6
const stopTakesMs = 8
const stopRecordedAfterMs = 6
/** How often a waiting job looks whether it was approved or rejected, in milliseconds. */
const approvalNoticedAfterMs = 300
/** A status that no version of Wexflow has. */
const unknownStatus = { number: 42, text: 'Archived' }

/** A job of this server run. */
export interface SimJob {
  readonly jobId: string
  readonly workflow: SimWorkflow
  readonly fate: JobFate
  readonly number: number
  readonly entryId: string | null
  readonly beganAt: number | null
  readonly state: 'accepted' | 'running' | 'ended'
  readonly status: StatusName
  readonly isPaused: boolean
  readonly isWaitingForApproval: boolean
  /** Approved or rejected, which the job has not noticed yet. */
  readonly isDecided: boolean
  readonly isBeingStopped: boolean
  /** It came to its end while suspended, which resume will let happen. */
  readonly dueOutcome: StatusName | null
  /** Its entry stays at Running for ever. */
  readonly isStuck: boolean
}

/** When an accepted job begins: after a while, or with the end of another job. */
type Beginning = { readonly inMs: number } | { readonly afterEndOf: string }

/** What the jobs of one server run work with. */
export interface JobsParts {
  readonly faults: Faults
  readonly random: Random
  readonly time: ServerTime
  readonly timers: Timers
  readonly streams: Streams
  readonly counts: Counts
  readonly entries: Records
  readonly history: Records
  readonly truths: TruthBook
  /** What a new job of a workflow will do when nobody interferes. */
  readonly fateOf: (workflow: SimWorkflow) => JobFate
}

/** The jobs of one server run, from the accepted start to the record of the end. */
export class Jobs {
  readonly #parts: JobsParts
  readonly #jobs = new Map<string, SimJob>()
  readonly #cancelNext = new Map<string, () => void>()
  readonly #openIds = new Map<number, Set<string>>()
  readonly #lastJobId = new Map<number, string>()
  readonly #started = new Map<number, number>()
  /** Jobs of workflows that were replaced. */
  readonly #orphans = new Set<string>()
  /** The names of the queued starts, first in first out. */
  readonly #queued = new Map<number, readonly (string | null)[]>()
  /** The jobs that begin one after the other once another one has ended. */
  readonly #waiting = new Map<string, readonly string[]>()

  constructor(parts: JobsParts) {
    this.#parts = parts
  }

  /**
   * The job id of the new job, or the all-zero guid of a disabled workflow or a queued start.
   * @param name what a test calls the start
   */
  start(workflow: SimWorkflow, name: string | null = null): string {
    if (!workflow.isEnabled) return noJobId
    const overtaken = this.#open(workflow.id).find(({ state }) => state === 'accepted')
    if (overtaken !== undefined && this.#parts.faults.happens('startWaitsForOther'))
      return this.#accept(workflow, name, { afterEndOf: overtaken.jobId })
    if (!workflow.enableParallelJobs && this.#open(workflow.id).length > 0) {
      this.#queued.set(workflow.id, [...this.#queuedOf(workflow.id), name])
      this.#parts.truths.startTaken(name, workflow.id, null)
      return noJobId
    }
    return this.#accept(workflow, name, { inMs: beginAfterMs + this.#parts.faults.delay('lateEntryMs') })
  }

  /** What `stop` answers. The job is stopped a few milliseconds later, false or not, if it runs. */
  stop(workflowId: number, jobId: string): boolean {
    const job = this.#running(workflowId, jobId)
    if (!job) return false
    const { faults, timers } = this.#parts
    this.#change(job, { isBeingStopped: true })
    this.#cancelNext.get(job.jobId)?.()
    if (faults.happens('queueDroppedByStop')) this.#dropQueue(workflowId)
    const hitsNext = this.#queuedOf(workflowId).length > 0 && faults.happens('stopHitsNext')
    const isStuck = hitsNext || faults.happens('entryStuckRunning')
    if (hitsNext)
      timers.after(stopTakesMs + stopRecordedAfterMs + queuedBeginAfterMs, () => this.#stopNext(workflowId))
    timers.after(stopTakesMs, () => this.#endStopped(job.jobId, isStuck))
    return hitsNext || (!isStuck && !faults.happens('stopSaysFalse'))
  }

  suspend(workflowId: number, jobId: string): boolean {
    const job = this.#running(workflowId, jobId)
    if (!job || job.isPaused) return false
    this.#change(job, { isPaused: true })
    this.#setEntry(job, 'Pending')
    this.#parts.counts.move('Running', 'Pending')
    this.#wake()
    return true
  }

  resume(workflowId: number, jobId: string): void {
    const job = this.#running(workflowId, jobId)
    if (!job?.isPaused) return
    const resumed = this.#change(job, { isPaused: false })
    this.#setEntry(job, 'Running')
    this.#parts.counts.move('Pending', 'Running')
    this.#wake()
    if (job.dueOutcome) this.#end(resumed, job.dueOutcome)
  }

  /**
   * The workflow is replaced, as by whoever saves it (source): the job that runs as the workflow itself is stopped,
   * those beside it run on where `jobs`, `job` and a stop no longer find them.
   */
  replace(workflowId: number): void {
    const [first, ...others] = this.runningOf(workflowId)
    for (const { jobId } of others) this.#leaveUnlisted(jobId)
    if (first !== undefined) this.stop(workflowId, first.jobId)
  }

  /** Approves or rejects a job that waits for it; the job notices a moment later. */
  decide(workflowId: number, jobId: string, isApproved: boolean): boolean {
    const job = this.#running(workflowId, jobId)
    if (!job?.isWaitingForApproval || job.isDecided) return false
    this.#change(job, { isDecided: true })
    this.#next(job.jobId, approvalNoticedAfterMs, (waiting) => {
      const decided = this.#change(waiting, { isWaitingForApproval: false, isDecided: false })
      if (isApproved) this.#work(decided)
      else this.#finish(decided, 'Rejected')
    })
    return true
  }

  /** The jobs of a workflow that run now. */
  runningOf(workflowId: number): SimJob[] {
    return this.#open(workflowId).filter(
      ({ state, jobId }) => state === 'running' && !this.#orphans.has(jobId),
    )
  }

  /** The workflow's latest job of this run. */
  latestOf(workflowId: number): SimJob | null {
    return this.#jobs.get(this.#lastJobId.get(workflowId) ?? '') ?? null
  }

  /** A job while it runs, or if it was the workflow's last and its end was recorded. */
  find(workflowId: number, jobId: string): SimJob | null {
    const job = this.#jobs.get(jobId.toLowerCase())
    if (!job || job.workflow.id !== workflowId || job.state === 'accepted') return null
    if (this.#orphans.has(job.jobId)) return null
    return job.state === 'running' || (this.latestOf(workflowId) === job && !job.isStuck) ? job : null
  }

  #queuedOf(workflowId: number): readonly (string | null)[] {
    return this.#queued.get(workflowId) ?? []
  }

  #dropQueue(workflowId: number): void {
    for (const name of this.#queuedOf(workflowId)) this.#parts.truths.startDropped(name, 'byStop')
    this.#queued.delete(workflowId)
  }

  #accept(workflow: SimWorkflow, name: string | null, begins: Beginning): string {
    const number = (this.#started.get(workflow.id) ?? 0) + 1
    this.#started.set(workflow.id, number)
    const job: SimJob = {
      jobId: guid(this.#parts.random),
      workflow,
      fate: this.#parts.fateOf(workflow),
      number,
      entryId: null,
      beganAt: null,
      state: 'accepted',
      status: 'Pending',
      isPaused: false,
      isWaitingForApproval: false,
      isDecided: false,
      isBeingStopped: false,
      dueOutcome: null,
      isStuck: false,
    }
    this.#jobs.set(job.jobId, job)
    this.#openIds.set(workflow.id, (this.#openIds.get(workflow.id) ?? new Set()).add(job.jobId))
    this.#parts.truths.begin(job.jobId, workflow.id, Date.now())
    this.#parts.truths.startTaken(name, workflow.id, job.jobId)
    if ('inMs' in begins) this.#next(job.jobId, begins.inMs, (accepted) => this.#begin(accepted))
    else this.#waiting.set(begins.afterEndOf, [...this.#waitingFor(begins.afterEndOf), job.jobId])
    return job.jobId
  }

  #waitingFor(jobId: string): readonly string[] {
    return this.#waiting.get(jobId) ?? []
  }

  #begin(job: SimJob): void {
    const { counts, entries, time, truths } = this.#parts
    const now = Date.now()
    const { jobId, workflow } = job
    const log = firstLogLine(job, now, time)
    const entry = entries.add({ workflow, jobId, status: statusNumber('Running'), changedAt: now, log })
    const begun = this.#change(job, { state: 'running', status: 'Running', beganAt: now, entryId: entry.id })
    this.#lastJobId.set(workflow.id, jobId)
    truths.note(jobId, { beganAt: now })
    counts.move(null, 'Running')
    this.#wake()
    const waitMs = workflow.waitsForApprovalAfterMs
    if (waitMs === null) this.#work(begun)
    else this.#next(jobId, waitMs, (waiting) => this.#change(waiting, { isWaitingForApproval: true }))
  }

  #work(job: SimJob): void {
    this.#next(job.jobId, job.fate.durationMs, (done) => this.#finish(done, job.fate.outcome))
  }

  #finish(job: SimJob, outcome: StatusName): void {
    if (job.isPaused) this.#change(job, { dueOutcome: outcome })
    else this.#end(job, outcome)
  }

  /** An end of its own: normally the record is written before anything announces it. */
  #end(job: SimJob, outcome: StatusName): void {
    const { counts, faults, timers } = this.#parts
    const ended = this.#leave(job, outcome)
    counts.move('Running', outcome)
    const status = faults.happens('unknownStatusNumber') ? unknownStatus : null
    const record = () => this.#record(ended, status?.number ?? null)
    const recordLateMs = faults.delay('wakeBeforeRecordMs')
    if (recordLateMs > 0) timers.after(recordLateMs, record)
    else record()
    this.#wake()
    const saysDone = outcome === 'Failed' && faults.happens('frameSaysDone')
    this.#sendFrame(ended, status?.text ?? (saysDone ? 'Done' : outcome))
    this.#startQueued(job.workflow)
  }

  /** A stop announces itself first, with a frame that says Running, and is recorded (and counted) after that. */
  #endStopped(jobId: string, isStuck: boolean): void {
    const job = this.#jobs.get(jobId)
    if (job?.state !== 'running') return
    const { counts, faults, timers, truths } = this.#parts
    const ended = this.#change(this.#leave(job, 'Stopped'), { isStuck })
    counts.move(job.isPaused ? 'Pending' : 'Running', null)
    this.#sendFrame(ended, faults.happens('frameSaysRunning') ? 'Running' : 'Stopped')
    this.#wake()
    if (isStuck) {
      truths.note(jobId, { observable: false })
    } else {
      timers.after(stopRecordedAfterMs, () => {
        this.#record(ended, null)
        counts.move(null, 'Stopped')
        this.#wake()
      })
    }
    this.#startQueued(job.workflow)
  }

  #leaveUnlisted(jobId: string): void {
    this.#orphans.add(jobId)
    this.#parts.truths.note(jobId, { unlistedAt: Date.now() })
  }

  /** The record of a stop lands on the job that began in its place. */
  #stopNext(workflowId: number): void {
    const [next] = this.runningOf(workflowId)
    if (next === undefined) return
    this.#leaveUnlisted(next.jobId)
    const { entries, history, time, truths } = this.#parts
    truths.note(next.jobId, { saidStopped: true })
    const now = Date.now()
    const log = fullLog(next, next.beganAt ?? now, now, time)
    const stopped = { status: statusNumber('Stopped'), changedAt: now, log }
    if (next.entryId !== null) entries.change(next.entryId, stopped)
    history.add({ workflow: next.workflow, jobId: next.jobId, ...stopped })
    this.#wake()
  }

  #leave(job: SimJob, outcome: StatusName): SimJob {
    this.#openIds.get(job.workflow.id)?.delete(job.jobId)
    const [next, ...others] = this.#waitingFor(job.jobId)
    this.#waiting.delete(job.jobId)
    if (next !== undefined) {
      this.#waiting.set(next, others)
      this.#next(next, queuedBeginAfterMs, (accepted) => this.#begin(accepted))
    }
    const ended = this.#change(job, {
      state: 'ended',
      status: outcome,
      isPaused: false,
      isWaitingForApproval: false,
    })
    if (outcome !== 'Pending' && outcome !== 'Running' && outcome !== 'Disabled') {
      this.#parts.truths.note(job.jobId, { endedAt: Date.now(), outcome })
    }
    return ended
  }

  #record(job: SimJob, unknownNumber: number | null): void {
    const { entries, history, time, truths } = this.#parts
    const now = Date.now()
    const { jobId, workflow } = job
    const status = unknownNumber ?? statusNumber(job.status)
    const log = fullLog(job, job.beganAt ?? now, now, time)
    if (job.entryId !== null) entries.change(job.entryId, { status, changedAt: now, log })
    history.add({ workflow, jobId, status, changedAt: now, log })
    truths.note(jobId, unknownNumber === null ? { recordedAt: now } : { observable: false })
  }

  #setEntry(job: SimJob, status: StatusName): void {
    const change: Partial<SimRecord> = { status: statusNumber(status), changedAt: Date.now() }
    if (job.entryId !== null) this.#parts.entries.change(job.entryId, change)
  }

  #startQueued(workflow: SimWorkflow): void {
    const [name, ...rest] = this.#queuedOf(workflow.id)
    if (name === undefined) return
    this.#queued.set(workflow.id, rest)
    this.#accept(workflow, name, { inMs: queuedBeginAfterMs + this.#parts.faults.delay('lateEntryMs') })
  }

  #sendFrame({ workflow, jobId }: SimJob, status: string): void {
    const { id, name, description } = workflow
    this.#parts.streams.sendFrame(id, jobId, { workflowId: id, jobId, status, name, description })
  }

  #wake(): void {
    this.#parts.streams.sendCounts(this.#parts.counts.message())
  }

  /** The next thing that happens to a job by itself; it replaces what was to happen. */
  #next(jobId: string, ms: number, work: (job: SimJob) => void): void {
    this.#cancelNext.get(jobId)?.()
    const run = () => {
      const job = this.#jobs.get(jobId)
      if (job) work(job)
    }
    this.#cancelNext.set(jobId, this.#parts.timers.after(ms, run))
  }

  #change(job: SimJob, change: Partial<SimJob>): SimJob {
    const changed = { ...job, ...change }
    this.#jobs.set(job.jobId, changed)
    return changed
  }

  #open(workflowId: number): SimJob[] {
    return [...(this.#openIds.get(workflowId) ?? [])].flatMap((jobId) => this.#jobs.get(jobId) ?? [])
  }

  #running(workflowId: number, jobId: string): SimJob | null {
    const job = this.#jobs.get(jobId.toLowerCase())
    const isMine = job?.workflow.id === workflowId && job.state === 'running' && !job.isBeingStopped
    return isMine && !this.#orphans.has(job.jobId) ? job : null
  }
}
