import type { DeadWorkflows } from './dead-workflows.ts'
import type { JobTable } from './job-table.ts'
import type { Jobs } from './jobs.ts'
import type { StartQueue } from './start-queue.ts'
import type { Stops } from './stops.ts'
import type { TruthBook } from './truth.ts'

interface WorkflowSavesParts {
  readonly truths: TruthBook
  readonly table: JobTable
  readonly queue: StartQueue
  readonly jobs: Jobs
  readonly dead: DeadWorkflows
  readonly stops: Stops
}

/** What it does to a workflow's starts and jobs that somebody saves it. */
export class WorkflowSaves {
  readonly #parts: WorkflowSavesParts

  constructor(parts: WorkflowSavesParts) {
    this.#parts = parts
  }

  /** The workflow was saved: it begins what it takes again, but nothing of a queue that stands still. */
  revive(workflowId: number): void {
    const { queue, jobs, dead } = this.#parts
    queue.dropStandstill(workflowId)
    dead.delete(workflowId)
    jobs.suspendNoNext(workflowId)
  }

  /**
   * The workflow is replaced, as by whoever saves it (source): the job that runs as the workflow itself is stopped,
   * those beside it run on where `jobs`, `job` and a stop no longer find them.
   */
  replace(workflowId: number): void {
    const { truths, table, stops } = this.#parts
    this.revive(workflowId)
    const [first, ...others] = table.runningOf(workflowId)
    for (const { jobId } of others) {
      table.orphan(jobId)
      truths.note(jobId, { unlistedAt: Date.now() })
    }
    if (first !== undefined) stops.stop(workflowId, first.jobId)
  }
}
