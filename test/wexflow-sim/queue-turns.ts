import { type AfterStop, usualNext } from './after-stop.ts'
import type { DeadWorkflows } from './dead-workflows.ts'
import type { Faults } from './faults.ts'
import { type Jobs, queuedBeginAfterMs } from './jobs.ts'
import { guid, type Random } from './random.ts'
import type { StartQueue } from './start-queue.ts'
import type { Timers } from './timers.ts'
import type { TruthBook } from './truth.ts'
import type { SimWorkflow } from './workflows.ts'

/** How long a job lives that the stop of the job before it ends as well. */
const cascadeAfterMs = 4

interface QueueTurnsParts {
  readonly faults: Faults
  readonly random: Random
  readonly timers: Timers
  readonly truths: TruthBook
  readonly queue: StartQueue
  readonly jobs: Jobs
  readonly dead: DeadWorkflows
}

/** What becomes of the queued starts as their turns come. */
export class QueueTurns {
  readonly #parts: QueueTurnsParts
  /** What stops do to their workflows' next jobs from the queue. */
  readonly #afterStops = new Map<number, AfterStop>()
  /** Workflows whose next start from the queue is lost as it is taken, and whether the workflow is dead then. */
  readonly #losesNext = new Map<number, boolean>()

  constructor(parts: QueueTurnsParts) {
    this.#parts = parts
  }

  /** A stop does this to the next job of the workflow's queue. */
  afterStop(workflowId: number, does: AfterStop): void {
    this.#afterStops.set(workflowId, does)
  }

  /** From now on the next start of the workflow's queue is lost, and the workflow is dead then, or its queue stands still. */
  loseNext(workflowId: number, isDead: boolean): void {
    this.#losesNext.set(workflowId, isDead)
  }

  /** From now on the next start is not lost. */
  keepNext(workflowId: number): void {
    this.#losesNext.delete(workflowId)
  }

  /** A job of the workflow is over: the first of those that queue has its turn. */
  next(workflow: SimWorkflow): void {
    const { faults, jobs, queue, random, timers } = this.#parts
    const { id } = workflow
    const afterStop = this.#afterStops.get(id)
    this.#afterStops.delete(id)
    const next = queue.take(id)
    if (!next) return
    const isDead = this.#losesNext.get(id)
    if (isDead !== undefined) {
      this.#lose(id, next.name, isDead)
      return
    }
    const inMs = queuedBeginAfterMs + faults.delay('lateEntryMs')
    const jobId = guid(random)
    const { isHidden, borrowedLine, goesOn, endToo } = afterStop?.(queue.isEmpty(id)) ?? usualNext
    if (afterStop && goesOn) this.#afterStops.set(id, afterStop)
    jobs.accept({ workflow, ...next, jobId, answeredId: null, isHidden, borrowedLine }, { inMs })
    if (endToo) timers.after(inMs + cascadeAfterMs, () => endToo(jobId))
  }

  #lose(workflowId: number, name: string | null, isDead: boolean): void {
    const { dead, queue, truths } = this.#parts
    truths.startHeld(name, true)
    truths.startDropped(name, 'byDeadWorkflow')
    if (isDead) dead.add(workflowId)
    else queue.standStill(workflowId)
  }
}
