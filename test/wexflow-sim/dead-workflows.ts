import type { Jobs } from './jobs.ts'
import { guid, type Random } from './random.ts'
import type { StartQueue } from './start-queue.ts'
import type { TruthBook } from './truth.ts'

interface DeadWorkflowsParts {
  readonly random: Random
  readonly truths: TruthBook
  readonly queue: StartQueue
  readonly jobs: Jobs
}

/** The workflows that take every start, with an id, and begin none. */
export class DeadWorkflows {
  readonly #parts: DeadWorkflowsParts
  /** Each with when it took its last start; null: none yet. */
  readonly #takenAt = new Map<number, number | null>()

  constructor(parts: DeadWorkflowsParts) {
    this.#parts = parts
  }

  has(workflowId: number): boolean {
    return this.#takenAt.has(workflowId)
  }

  /** When the workflow took a start that it does not begin; null where it took none. */
  takenInVainAt(workflowId: number): number | null {
    return this.#takenAt.get(workflowId) ?? null
  }

  /** From now on every start of the workflow is answered with an id and none begins; what runs goes on. */
  add(workflowId: number): void {
    this.#takenAt.set(workflowId, null)
    this.#parts.queue.dropWithWorkflow(workflowId)
    this.#parts.jobs.dropAccepted(workflowId)
  }

  /** A start of such a workflow; answers the id of a job that never exists. */
  takeInVain(workflowId: number, name: string | null): string {
    const { random, truths } = this.#parts
    this.#takenAt.set(workflowId, Date.now())
    const answeredId = guid(random)
    truths.startTaken({ name, workflowId, answeredId, jobId: null })
    truths.startDropped(name, 'byDeadWorkflow')
    return answeredId
  }

  /** The workflow begins what it takes again. */
  delete(workflowId: number): void {
    this.#takenAt.delete(workflowId)
  }
}
