import type { Counts } from './counts.ts'
import type { Faults } from './faults.ts'
import { acceptedJob, type SimJob } from './job.ts'
import type { JobOrder } from './job-order.ts'
import type { JobRecords } from './job-records.ts'
import type { JobSteps } from './job-steps.ts'
import type { JobTable } from './job-table.ts'
import type { StatusName } from './status.ts'
import type { Streams } from './streams.ts'
import type { Timers } from './timers.ts'
import type { TruthBook } from './truth.ts'
import type { JobFate, SimWorkflow, Variables } from './workflows.ts'

/** How long after the end of another job one begins that waited for it, in milliseconds. */
export const queuedBeginAfterMs = 6
/** How often a waiting job looks whether it was approved or rejected, in milliseconds. */
const approvalNoticedAfterMs = 300
/** A status that no version of Wexflow has. */
const unknownStatus = { number: 42, text: 'Archived' }

/** When an accepted job begins: after a while, or with the end of another job. */
type Beginning = { readonly inMs: number } | { readonly afterEndOf: string }

/** A start on its way to a job. `answeredId` null: it came from the queue. */
interface Start {
  readonly workflow: SimWorkflow
  readonly name: string | null
  readonly jobId: string
  readonly answeredId: string | null
  /** Left out: those of the workflow's start before it. */
  readonly variables?: Variables
  readonly isHidden?: boolean
  readonly borrowedLine?: string | null
}

/** What both the ends that jobs come to by themselves and those by a stop are made with. */
export interface EndParts {
  readonly faults: Faults
  readonly timers: Timers
  readonly streams: Streams
  readonly counts: Counts
  readonly truths: TruthBook
  readonly table: JobTable
  readonly order: JobOrder
  readonly steps: JobSteps
  readonly records: JobRecords
}

interface JobsParts extends EndParts {
  /** What a new job of a workflow will do when nobody interferes. */
  readonly fateOf: (workflow: SimWorkflow) => JobFate
  /** A job of the workflow has ended by itself, and the queue's next has its turn. */
  readonly onEnded: (workflow: SimWorkflow) => void
}

/** The jobs of one server run, from the accepted start to the record of the end that each comes to by itself. */
export class Jobs {
  readonly #parts: JobsParts
  readonly #started = new Map<number, number>()
  /** Of each workflow the variables of its last start. */
  readonly #variables = new Map<number, Variables>()
  /** Workflows whose next job is suspended from its begin. */
  readonly #suspended = new Set<number>()

  constructor(parts: JobsParts) {
    this.#parts = parts
  }

  /** A start has become a job, which begins as said here. */
  accept(start: Start, begins: Beginning): void {
    const { workflow, name, jobId, answeredId, isHidden = false, borrowedLine = null } = start
    const { fateOf, order, steps, table, truths } = this.#parts
    const number = (this.#started.get(workflow.id) ?? 0) + 1
    this.#started.set(workflow.id, number)
    const variables = start.variables ?? this.#variables.get(workflow.id) ?? {}
    this.#variables.set(workflow.id, variables)
    const fate = fateOf(workflow)
    table.add(acceptedJob({ jobId, workflow, fate, number, variables, isHidden, borrowedLine }))
    truths.begin(jobId, workflow.id, Date.now())
    truths.startTaken({ name, workflowId: workflow.id, answeredId, jobId })
    if ('inMs' in begins) steps.next(jobId, begins.inMs, (accepted) => this.#begin(accepted))
    else order.wait(jobId, begins.afterEndOf)
  }

  /** The workflow is dead: what was accepted never begins. */
  dropAccepted(workflowId: number): void {
    const { steps, table, truths } = this.#parts
    for (const job of table.open(workflowId)) {
      if (job.state !== 'accepted') continue
      steps.cancel(job.jobId)
      truths.neverBegins(job.jobId, 'byDeadWorkflow')
      table.remove(job)
    }
  }

  /** The workflow's next job is suspended from its begin. */
  suspendNext(workflowId: number): void {
    this.#suspended.add(workflowId)
  }

  /** The workflow's jobs begin as they should. */
  suspendNoNext(workflowId: number): void {
    this.#suspended.delete(workflowId)
  }

  suspend(workflowId: number, jobId: string): boolean {
    const { counts, records, streams, table, truths } = this.#parts
    const job = table.findToAct(workflowId, jobId)
    if (!job) return false
    if (job.isPaused) return true
    table.change(job, { isPaused: true })
    truths.suspended(jobId)
    records.setStatus(job, 'Pending')
    counts.move('Running', 'Pending')
    streams.sendCounts()
    return true
  }

  resume(workflowId: number, jobId: string): void {
    const { counts, records, streams, table, truths } = this.#parts
    const job = table.findToAct(workflowId, jobId)
    if (!job?.isPaused) return
    this.#suspended.delete(workflowId)
    const resumed = table.change(job, { isPaused: false })
    truths.suspensionOver(jobId)
    records.setStatus(job, 'Running')
    counts.move('Pending', 'Running')
    streams.sendCounts()
    if (job.dueOutcome) this.end(resumed, job.dueOutcome)
  }

  /** Approves or rejects a job that waits for it; the job notices a moment later. */
  decide(workflowId: number, jobId: string, isApproved: boolean): boolean {
    const { steps, table } = this.#parts
    const job = table.findToAct(workflowId, jobId)
    if (!job?.isWaitingForApproval || job.isDecided) return false
    table.change(job, { isDecided: true })
    steps.next(job.jobId, approvalNoticedAfterMs, (waiting) => {
      const decided = table.change(waiting, { isWaitingForApproval: false, isDecided: false })
      if (isApproved) this.#work(decided)
      else this.#finish(decided, 'Rejected')
    })
    return true
  }

  /** An end of its own: normally the record is written before anything announces it. */
  end(job: SimJob, outcome: StatusName): void {
    const { counts, faults, onEnded, records, streams, timers } = this.#parts
    if (faults.happens('databaseAway')) {
      this.#leaveListed(job, outcome)
      return
    }
    if (!records.canStore(job) || faults.happens('endNotStored')) {
      this.#failUnwritten(job)
      return
    }
    const ended = this.leave(job, outcome)
    counts.move('Running', outcome)
    const status = faults.happens('unknownStatusNumber') ? unknownStatus : null
    const record = () => records.end(ended, status?.number ?? null)
    const recordLateMs = faults.delay('changeBeforeRecordMs')
    if (recordLateMs > 0) timers.after(recordLateMs, record)
    else record()
    streams.sendCounts()
    const saysDone = outcome === 'Failed' && faults.happens('frameSaysDone')
    streams.sendFrame(ended, status?.text ?? (saysDone ? 'Done' : outcome))
    onEnded(job.workflow)
  }

  /** The job is over; that is neither recorded nor announced. */
  leave(job: SimJob, outcome: StatusName): SimJob {
    const { order, steps, table, truths } = this.#parts
    table.close(job)
    truths.suspensionOver(job.jobId)
    const next = order.ended(job)
    if (next !== null) steps.next(next, queuedBeginAfterMs, (accepted) => this.#begin(accepted))
    const ended = table.change(job, {
      state: 'ended',
      status: outcome,
      isPaused: false,
      isWaitingForApproval: false,
    })
    this.#noteEnd(job.jobId, outcome)
    return ended
  }

  #begin(job: SimJob): void {
    const { counts, faults, order, records, steps, streams, table, truths } = this.#parts
    const now = Date.now()
    const { jobId, workflow, isHidden } = job
    const beginning = records.begin(job, now)
    if (!beginning) {
      this.#failUnwritten(job)
      return
    }
    const saidStatus = isHidden && faults.happens('hiddenSaysStopped') ? 'Stopped' : null
    const isPaused = this.#suspended.has(workflow.id) && table.runningOf(workflow.id).length === 0
    const change = {
      state: 'running',
      status: 'Running',
      beganAt: now,
      saidStatus,
      isPaused,
      ...beginning,
    } as const
    const begun = table.change(job, change)
    table.noteBegun(begun)
    order.begun(begun)
    truths.note(jobId, { beganAt: now })
    if (isPaused) truths.suspended(jobId)
    if (isHidden) truths.note(jobId, { unlistedAt: now, isNamedInHistory: false })
    counts.move(null, 'Running')
    streams.sendCounts()
    const waitMs = workflow.waitsForApprovalAfterMs
    if (waitMs === null) this.#work(begun)
    else steps.next(jobId, waitMs, (waiting) => table.change(waiting, { isWaitingForApproval: true }))
  }

  #work(job: SimJob): void {
    this.#parts.steps.next(job.jobId, job.fate.durationMs, (done) => this.#finish(done, job.fate.outcome))
  }

  #finish(job: SimJob, outcome: StatusName): void {
    if (job.isPaused) this.#parts.table.change(job, { dueOutcome: outcome })
    else this.end(job, outcome)
  }

  /** What can't be written down fails: its frame says so, and what was written stays as it is for ever. */
  #failUnwritten(job: SimJob): void {
    const { counts, onEnded, streams, table, truths } = this.#parts
    const failed = table.change(this.leave(job, 'Failed'), { isStuck: true })
    counts.move(job.state === 'running' ? 'Running' : null, 'Failed')
    truths.note(job.jobId, { observable: false })
    streams.sendCounts()
    streams.sendFrame(failed, 'Failed')
    onEnded(job.workflow)
  }

  /** Without its database the server comes no further than the frame: the job stays in its lists, and holds its queue. */
  #leaveListed(job: SimJob, outcome: StatusName): void {
    const { streams, truths } = this.#parts
    this.#noteEnd(job.jobId, outcome)
    truths.note(job.jobId, { observable: false })
    streams.sendFrame(job, 'Running')
  }

  #noteEnd(jobId: string, outcome: StatusName): void {
    if (outcome !== 'Pending' && outcome !== 'Running' && outcome !== 'Disabled')
      this.#parts.truths.note(jobId, { endedAt: Date.now(), outcome })
  }
}
