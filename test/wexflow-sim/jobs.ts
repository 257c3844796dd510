import type { Counts } from './counts.ts'
import type { Faults } from './faults.ts'
import { acceptedJob, type SimJob } from './job.ts'
import { JobRecords, type JobRecordsParts } from './job-records.ts'
import { JobSteps } from './job-steps.ts'
import { JobTable } from './job-table.ts'
import { guid, noJobId, type Random } from './random.ts'
import { StartQueue } from './start-queue.ts'
import type { StatusName } from './status.ts'
import type { Streams } from './streams.ts'
import type { Timers } from './timers.ts'
import type { JobFate, SimWorkflow, Variables } from './workflows.ts'

/** How long after the request of its start a job begins, in milliseconds: after the answer, as recorded. */
const beginAfterMs = 15
const queuedBeginAfterMs = 6
const stopTakesMs = 8
const stopRecordedAfterMs = 6
/** How long a job lives that the stop of the job before it ends as well. */
const cascadeAfterMs = 4
/** How long after a job's own end the stop that met it has its record: some 50 ms, as recorded. */
const stopOverEndAfterMs = 65
/** How often a waiting job looks whether it was approved or rejected, in milliseconds. */
const approvalNoticedAfterMs = 300
/** A status that no version of Wexflow has. */
const unknownStatus = { number: 42, text: 'Archived' }

/** When an accepted job begins: after a while, or with the end of another job. */
type Beginning = { readonly inMs: number } | { readonly afterEndOf: string }

/** A start that was carried out. */
interface Started {
  /** What the server answers: a job id, which may never exist, or the all-zero guid. */
  readonly answeredId: string
  /** The job that runs for it; the answered id where none does. */
  readonly jobId: string
}

/** A start on its way to a job. `answeredId` null: it came from the queue. */
interface Start {
  readonly workflow: SimWorkflow
  readonly name: string | null
  readonly jobId: string
  readonly answeredId: string | null
  readonly variables: Variables
  readonly isHidden?: boolean
  readonly borrowedLine?: string | null
}

/** A stop that ends the queue's next jobs as well. */
interface Cascade {
  /** The job that was to be stopped. */
  readonly stopped: SimJob
  /** Whether each of its records lands one job further on. */
  readonly shiftsRecords: boolean
}

/** What the jobs of one server run work with. */
export interface JobsParts extends JobRecordsParts {
  readonly faults: Faults
  readonly random: Random
  readonly timers: Timers
  readonly streams: Streams
  readonly counts: Counts
  /** What a new job of a workflow will do when nobody interferes. */
  readonly fateOf: (workflow: SimWorkflow) => JobFate
}

/** The jobs of one server run, from the accepted start to the record of the end. */
export class Jobs {
  readonly table = new JobTable()
  readonly #parts: JobsParts
  readonly #records: JobRecords
  readonly #queue: StartQueue
  readonly #steps: JobSteps
  readonly #started = new Map<number, number>()
  /** The jobs that begin one after the other once another one has ended. */
  readonly #waiting = new Map<string, readonly string[]>()
  /** Workflows whose next job from the queue runs where `jobs` does not show it, and the stop that ends it too. */
  readonly #hidesNext = new Map<number, Cascade | null>()
  /** Workflows whose next start from the queue is lost as it is taken, and whether the workflow is dead then. */
  readonly #losesNext = new Map<number, boolean>()
  /** Workflows whose queues stand still until something begins them anew, each with since when. */
  readonly #standstills = new Map<number, number>()
  /** Of each workflow the variables of the last start that was not queued: queued ones run with these. */
  readonly #variables = new Map<number, Variables>()
  /** Workflows that take every start and begin none, each with when it took the last one; null: none yet. */
  readonly #dead = new Map<number, number | null>()
  /** By the workflow's id, the job that it runs itself; what begins meanwhile runs beside it. */
  readonly #ofWorkflowItself = new Map<number, string>()
  /** Workflows whose next job is suspended from its begin. */
  readonly #suspended = new Set<number>()

  constructor(parts: JobsParts) {
    this.#parts = parts
    this.#records = new JobRecords(parts)
    this.#queue = new StartQueue(parts.truths)
    this.#steps = new JobSteps(this.table, parts.timers)
  }

  /**
   * Answers the all-zero guid for a disabled workflow and for a start that queues.
   * @param name what a test calls the start
   * @param variables what is given along; forgotten where the start queues
   */
  start(workflow: SimWorkflow, name: string | null = null, variables: Variables = {}): Started {
    if (!workflow.isEnabled) return { answeredId: noJobId, jobId: noJobId }
    const { faults, random, truths } = this.#parts
    const { id, enableParallelJobs } = workflow
    if (this.#dead.has(id)) {
      this.#dead.set(id, Date.now())
      const answeredId = guid(random)
      truths.startTaken({ name, workflowId: id, answeredId, jobId: null })
      truths.startDropped(name, 'byDeadWorkflow')
      return { answeredId, jobId: answeredId }
    }
    const overtaken = this.#aboutToBegin(id)
    const waits = overtaken !== undefined && faults.happens('startWaitsForOther')
    if (!waits && !enableParallelJobs && this.table.open(id).length > 0) {
      this.#queue.add(id, name)
      return { answeredId: faults.happens('queuedUnderId') ? guid(random) : noJobId, jobId: noJobId }
    }
    const jobId = guid(random)
    const isRun = this.#ofWorkflowItself.has(id)
    const isReplaced = enableParallelJobs && !waits && !isRun && faults.happens('startIdReplaced')
    const answeredId = isReplaced ? guid(random) : jobId
    // Where the id is another, the job was seen to begin with the answer.
    const lateMs = isReplaced ? 0 : faults.delay('lateEntryMs')
    const begins = waits ? { afterEndOf: overtaken.jobId } : { inMs: beginAfterMs + lateMs }
    this.#variables.set(id, variables)
    if (this.#standstills.delete(id)) this.#queue.hold(id, false)
    this.#accept({ workflow, name, jobId, answeredId, variables }, begins)
    return { answeredId, jobId }
  }

  /** What `stop` answers. The job is stopped a few milliseconds later, false or not, if it runs. */
  stop(workflowId: number, jobId: string): boolean {
    const job = this.table.findToAct(workflowId, jobId)
    if (!job) return false
    const { faults, timers } = this.#parts
    this.table.change(job, { isBeingStopped: true })
    this.#steps.cancel(job.jobId)
    const mayEnd = !job.isPaused && !job.isWaitingForApproval
    if (mayEnd && faults.happens('stopMeetsEnd')) {
      timers.after(stopTakesMs, () => this.#endAsStopped(jobId))
      return true
    }
    if (faults.happens('queueDroppedByStop')) this.#queue.drop(workflowId, 'byStop')
    const queues = !this.#queue.isEmpty(workflowId)
    const hitsNext = queues && faults.happens('stopHitsNext')
    const isStuck = hitsNext || faults.happens('entryStuckRunning')
    if (hitsNext)
      timers.after(stopTakesMs + stopRecordedAfterMs + queuedBeginAfterMs, () => this.#stopNext(workflowId))
    timers.after(stopTakesMs, () => this.#endStopped(job.jobId, isStuck))
    const isCleanStop = !isStuck && !faults.happens('stopSaysFalse')
    if (isCleanStop && queues && faults.happens('stopCascades')) {
      const shiftsRecords = faults.happens('cascadeShiftsRecords')
      this.#hidesNext.set(workflowId, { stopped: job, shiftsRecords })
      if (shiftsRecords) {
        this.table.change(job, { isEntryStuck: true })
        return false
      }
    } else if (isCleanStop && queues && faults.happens('stopHidesNext')) this.#hidesNext.set(workflowId, null)
    const isWaitedFor = this.#waitingFor(job.jobId).length > 0
    if (isWaitedFor && faults.happens('stopDeadensWorkflow')) this.deaden(workflowId)
    return hitsNext || isCleanStop
  }

  /** From now on every start of the workflow is answered with an id and none begins; what runs goes on. */
  deaden(workflowId: number): void {
    this.#dead.set(workflowId, null)
    this.#standstills.delete(workflowId)
    this.#queue.hold(workflowId, true)
    this.#queue.drop(workflowId, 'byDeadWorkflow')
    for (const job of this.table.open(workflowId)) {
      if (job.state !== 'accepted') continue
      this.#steps.cancel(job.jobId)
      this.#parts.truths.neverBegins(job.jobId, 'byDeadWorkflow')
      this.table.remove(job)
    }
  }

  /** When the workflow took a start that it does not begin; null where it took none. */
  takenInVainAt(workflowId: number): number | null {
    return this.#dead.get(workflowId) ?? null
  }

  /** The jobs that run, and are listed, while starts wait in the queue behind them. */
  beforeQueues(): SimJob[] {
    return this.#queue.workflowIds().flatMap((id) => this.table.runningOf(id).slice(0, 1))
  }

  /** The workflows whose queues stand still, each with since when. */
  get standstills(): ReadonlyMap<number, number> {
    return new Map(this.#standstills)
  }

  /** The workflow was saved: it begins what it takes again, but nothing of a queue that stands still. */
  revive(workflowId: number): void {
    if (this.#standstills.delete(workflowId)) this.#queue.drop(workflowId, 'byDeadWorkflow')
    this.#dead.delete(workflowId)
    this.#suspended.delete(workflowId)
  }

  suspend(workflowId: number, jobId: string): boolean {
    const job = this.table.findToAct(workflowId, jobId)
    if (!job) return false
    if (job.isPaused) return true
    this.table.change(job, { isPaused: true })
    this.#parts.truths.suspended(jobId)
    this.#records.setStatus(job, 'Pending')
    this.#parts.counts.move('Running', 'Pending')
    this.#announceChange()
    return true
  }

  resume(workflowId: number, jobId: string): void {
    const job = this.table.findToAct(workflowId, jobId)
    if (!job?.isPaused) return
    this.#suspended.delete(workflowId)
    const resumed = this.table.change(job, { isPaused: false })
    this.#parts.truths.suspensionOver(jobId)
    this.#records.setStatus(job, 'Running')
    this.#parts.counts.move('Pending', 'Running')
    this.#announceChange()
    if (job.dueOutcome) this.#end(resumed, job.dueOutcome)
  }

  /**
   * The workflow is replaced, as by whoever saves it (source): the job that runs as the workflow itself is stopped,
   * those beside it run on where `jobs`, `job` and a stop no longer find them.
   */
  replace(workflowId: number): void {
    this.revive(workflowId)
    const [first, ...others] = this.table.runningOf(workflowId)
    for (const { jobId } of others) this.#leaveUnlisted(jobId)
    if (first !== undefined) this.stop(workflowId, first.jobId)
  }

  /** Approves or rejects a job that waits for it; the job notices a moment later. */
  decide(workflowId: number, jobId: string, isApproved: boolean): boolean {
    const job = this.table.findToAct(workflowId, jobId)
    if (!job?.isWaitingForApproval || job.isDecided) return false
    this.table.change(job, { isDecided: true })
    this.#steps.next(job.jobId, approvalNoticedAfterMs, (waiting) => {
      const decided = this.table.change(waiting, { isWaitingForApproval: false, isDecided: false })
      if (isApproved) this.#work(decided)
      else this.#finish(decided, 'Rejected')
    })
    return true
  }

  #accept(start: Start, begins: Beginning): void {
    const { workflow, name, jobId, answeredId, variables, isHidden = false, borrowedLine = null } = start
    const number = (this.#started.get(workflow.id) ?? 0) + 1
    this.#started.set(workflow.id, number)
    const { fateOf, truths } = this.#parts
    const fate = fateOf(workflow)
    this.table.add(acceptedJob({ jobId, workflow, fate, number, variables, isHidden, borrowedLine }))
    truths.begin(jobId, workflow.id, Date.now())
    truths.startTaken({ name, workflowId: workflow.id, answeredId, jobId })
    if ('inMs' in begins) this.#steps.next(jobId, begins.inMs, (accepted) => this.#begin(accepted))
    else this.#waiting.set(begins.afterEndOf, [...this.#waitingFor(begins.afterEndOf), jobId])
  }

  /**
   * The job whose beginning a start can overtake: not one that waits for another's end, which may take minutes. Where the
   * workflow runs a job itself, it begins others beside that at once (source).
   */
  #aboutToBegin(workflowId: number): SimJob | undefined {
    if (this.#ofWorkflowItself.has(workflowId)) return undefined
    const waiting = new Set([...this.#waiting.values()].flat())
    return this.table.open(workflowId).find(({ state, jobId }) => state === 'accepted' && !waiting.has(jobId))
  }

  #waitingFor(jobId: string): readonly string[] {
    return this.#waiting.get(jobId) ?? []
  }

  #begin(job: SimJob): void {
    const { counts, faults, truths } = this.#parts
    const now = Date.now()
    const { jobId, workflow, isHidden } = job
    const beginning = this.#records.begin(job, now)
    if (!beginning) {
      this.#failUnwritten(job)
      return
    }
    const saidStatus = isHidden && faults.happens('hiddenSaysStopped') ? 'Stopped' : null
    const isPaused = this.#suspended.has(workflow.id) && this.table.runningOf(workflow.id).length === 0
    const change = {
      state: 'running',
      status: 'Running',
      beganAt: now,
      saidStatus,
      isPaused,
      ...beginning,
    } as const
    const begun = this.table.change(job, change)
    this.table.noteBegun(begun)
    if (!this.#ofWorkflowItself.has(workflow.id)) this.#ofWorkflowItself.set(workflow.id, jobId)
    truths.note(jobId, { beganAt: now })
    if (isPaused) truths.suspended(jobId)
    if (isHidden) truths.note(jobId, { unlistedAt: now, isNamedInHistory: false })
    counts.move(null, 'Running')
    this.#announceChange()
    const waitMs = workflow.waitsForApprovalAfterMs
    if (waitMs === null) this.#work(begun)
    else
      this.#steps.next(jobId, waitMs, (waiting) => this.table.change(waiting, { isWaitingForApproval: true }))
  }

  #work(job: SimJob): void {
    this.#steps.next(job.jobId, job.fate.durationMs, (done) => this.#finish(done, job.fate.outcome))
  }

  #finish(job: SimJob, outcome: StatusName): void {
    if (job.isPaused) this.table.change(job, { dueOutcome: outcome })
    else this.#end(job, outcome)
  }

  /** An end of its own: normally the record is written before anything announces it. */
  #end(job: SimJob, outcome: StatusName): void {
    const { counts, faults, timers } = this.#parts
    if (faults.happens('databaseAway')) {
      this.#leaveListed(job, outcome)
      return
    }
    if (!this.#records.canStore(job) || faults.happens('endNotStored')) {
      this.#failUnwritten(job)
      return
    }
    const ended = this.#leave(job, outcome)
    counts.move('Running', outcome)
    const status = faults.happens('unknownStatusNumber') ? unknownStatus : null
    const record = () => this.#records.end(ended, status?.number ?? null)
    const recordLateMs = faults.delay('changeBeforeRecordMs')
    if (recordLateMs > 0) timers.after(recordLateMs, record)
    else record()
    this.#announceChange()
    const saysDone = outcome === 'Failed' && faults.happens('frameSaysDone')
    this.#sendFrame(ended, status?.text ?? (saysDone ? 'Done' : outcome))
    this.#startQueued(job.workflow)
  }

  /** A stop that met the job's own end: the job ends by itself, and then the stop's record is written over that. */
  #endAsStopped(jobId: string): void {
    const job = this.table.byId(jobId)
    if (job?.state !== 'running') return
    const { counts, faults, timers, truths } = this.#parts
    const { id } = job.workflow
    if (!this.#queue.isEmpty(id)) {
      if (faults.happens('queueStandsStill')) this.#losesNext.set(id, faults.happens('standstillIsDead'))
      else if (faults.happens('stopHidesNext')) this.#hidesNext.set(id, null)
    }
    this.#end(job, job.fate.outcome)
    this.#losesNext.delete(id)
    const ended = this.table.byId(jobId)
    if (ended?.state !== 'ended' || ended.isStuck) return
    const endedAt = Date.now()
    timers.after(stopOverEndAfterMs, () => {
      this.table.change(ended, { status: 'Stopped' })
      truths.note(jobId, { outcome: 'Stopped', endedAlone: truths.of(jobId)?.outcome ?? null })
      this.#records.stopEnded(ended, endedAt)
      counts.move('Running', 'Stopped')
      this.#announceChange()
    })
  }

  /** What can't be written down fails: its frame says so, and what was written stays as it is for ever. */
  #failUnwritten(job: SimJob): void {
    const { counts, truths } = this.#parts
    const failed = this.table.change(this.#leave(job, 'Failed'), { isStuck: true })
    counts.move(job.state === 'running' ? 'Running' : null, 'Failed')
    truths.note(job.jobId, { observable: false })
    this.#announceChange()
    this.#sendFrame(failed, 'Failed')
    this.#startQueued(job.workflow)
  }

  /** Without its database the server comes no further than the frame: the job stays in its lists, and holds its queue. */
  #leaveListed(job: SimJob, outcome: StatusName): void {
    this.#noteEnd(job.jobId, outcome)
    this.#parts.truths.note(job.jobId, { observable: false })
    this.#sendFrame(job, 'Running')
  }

  /** A stop announces itself first, with a frame that says Running, and is recorded (and counted) after that. */
  #endStopped(jobId: string, isStuck: boolean): void {
    const job = this.table.byId(jobId)
    if (job?.state !== 'running') return
    const { counts, faults, timers, truths } = this.#parts
    if (job.isPaused && faults.happens('stopKeepsSuspended')) this.#suspended.add(job.workflow.id)
    const next = this.table.byId(this.#waitingFor(jobId)[0] ?? '')
    if (next && faults.happens('stopSaidOfNext'))
      this.#sendFrame(this.table.change(next, { isHidden: true }), 'Stopped')
    const ended = this.table.change(this.#leave(job, 'Stopped'), { isStuck })
    counts.move(job.isPaused ? 'Pending' : 'Running', null)
    this.#sendFrame(ended, faults.happens('frameSaysRunning') ? 'Running' : 'Stopped')
    this.#announceChange()
    if (isStuck) {
      truths.note(jobId, { observable: false })
    } else {
      timers.after(stopRecordedAfterMs, () => {
        if (ended.isEntryStuck) this.#records.endInHistory(ended)
        else this.#records.end(ended, null)
        counts.move(null, 'Stopped')
        this.#announceChange()
      })
    }
    this.#startQueued(job.workflow)
  }

  #leaveUnlisted(jobId: string): void {
    this.table.orphan(jobId)
    this.#parts.truths.note(jobId, { unlistedAt: Date.now() })
  }

  /** The record of a stop lands on the job that began in its place. */
  #stopNext(workflowId: number): void {
    const [next] = this.table.runningOf(workflowId)
    // That happens as it begins: one that somebody has suspended since could never be resumed.
    if (next === undefined || next.isPaused) return
    // Only `workflow` names it from now on, as it does the queue's next job after a stop.
    this.table.change(next, { isHidden: true })
    this.#parts.truths.note(next.jobId, { unlistedAt: Date.now(), saidStopped: true })
    this.#records.stopRunning(next)
    this.#announceChange()
  }

  #leave(job: SimJob, outcome: StatusName): SimJob {
    this.table.close(job)
    if (this.#ofWorkflowItself.get(job.workflow.id) === job.jobId)
      this.#ofWorkflowItself.delete(job.workflow.id)
    this.#parts.truths.suspensionOver(job.jobId)
    const [next, ...others] = this.#waitingFor(job.jobId)
    this.#waiting.delete(job.jobId)
    if (next !== undefined) {
      this.#waiting.set(next, others)
      this.#steps.next(next, queuedBeginAfterMs, (accepted) => this.#begin(accepted))
    }
    const ended = this.table.change(job, {
      state: 'ended',
      status: outcome,
      isPaused: false,
      isWaitingForApproval: false,
    })
    this.#noteEnd(job.jobId, outcome)
    return ended
  }

  #noteEnd(jobId: string, outcome: StatusName): void {
    if (outcome !== 'Pending' && outcome !== 'Running' && outcome !== 'Disabled')
      this.#parts.truths.note(jobId, { endedAt: Date.now(), outcome })
  }

  #startQueued(workflow: SimWorkflow): void {
    const cascade = this.#hidesNext.get(workflow.id) ?? null
    const isHidden = this.#hidesNext.delete(workflow.id)
    const next = this.#queue.take(workflow.id)
    if (!next) return
    const { faults, random, timers, truths } = this.#parts
    const isDead = this.#losesNext.get(workflow.id)
    if (isDead !== undefined) {
      truths.startHeld(next.name, true)
      truths.startDropped(next.name, 'byDeadWorkflow')
      if (isDead) this.deaden(workflow.id)
      else if (!this.#queue.isEmpty(workflow.id)) {
        this.#standstills.set(workflow.id, Date.now())
        this.#queue.hold(workflow.id, true)
      }
      return
    }
    const inMs = queuedBeginAfterMs + faults.delay('lateEntryMs')
    const jobId = guid(random)
    const goesOn = cascade !== null && !this.#queue.isEmpty(workflow.id) && faults.happens('cascadeGoesOn')
    if (goesOn) this.#hidesNext.set(workflow.id, cascade)
    const isStuck = cascade?.shiftsRecords === true && !goesOn
    const keepsLine = cascade !== null && !isStuck && faults.happens('cascadeKeepsLine')
    const borrowedLine = keepsLine ? (cascade.stopped.firstLines[0] ?? null) : null
    const variables = this.#variables.get(workflow.id) ?? {}
    // The last of those that a stop ends has its own line in its log where the records of the stop lie one job further on.
    const runsHidden = isHidden && !isStuck
    const start = {
      workflow,
      ...next,
      jobId,
      answeredId: null,
      variables,
      isHidden: runsHidden,
      borrowedLine,
    }
    this.#accept(start, { inMs })
    const endToo = (): void => {
      this.#steps.cancel(jobId)
      this.#endStopped(jobId, isStuck)
    }
    if (cascade !== null) timers.after(inMs + cascadeAfterMs, endToo)
  }

  #sendFrame({ workflow, jobId }: SimJob, status: string): void {
    const { id, name, description } = workflow
    this.#parts.streams.sendFrame(id, jobId, { workflowId: id, jobId, status, name, description })
  }

  #announceChange(): void {
    this.#parts.streams.sendCounts(this.#parts.counts.message())
  }
}
