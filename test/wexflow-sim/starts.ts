import type { DeadWorkflows } from './dead-workflows.ts'
import type { Faults } from './faults.ts'
import type { JobOrder } from './job-order.ts'
import type { JobTable } from './job-table.ts'
import type { Jobs } from './jobs.ts'
import { guid, noJobId, type Random } from './random.ts'
import type { StartQueue } from './start-queue.ts'
import type { SimWorkflow, Variables } from './workflows.ts'

/** How long after the request of its start a job begins, in milliseconds: after the answer, as recorded. */
const beginAfterMs = 15

/** A start that was carried out. */
interface Started {
  /** What the server answers: a job id, which may never exist, or the all-zero guid. */
  readonly answeredId: string
  /** The job that runs for it; the answered id where none does. */
  readonly jobId: string
}

interface StartsParts {
  readonly faults: Faults
  readonly random: Random
  readonly table: JobTable
  readonly order: JobOrder
  readonly queue: StartQueue
  readonly jobs: Jobs
  readonly dead: DeadWorkflows
}

/** What one server run does with each start: it accepts a job, puts the start into the queue, or takes it in vain. */
export class Starts {
  readonly #parts: StartsParts

  constructor(parts: StartsParts) {
    this.#parts = parts
  }

  /**
   * Answers the all-zero guid for a disabled workflow and for a start that queues.
   * @param name what a test calls the start
   * @param variables what is given along; forgotten where the start queues
   */
  take(workflow: SimWorkflow, name: string | null = null, variables: Variables = {}): Started {
    if (!workflow.isEnabled) return { answeredId: noJobId, jobId: noJobId }
    const { faults, random, table, order, queue, jobs, dead } = this.#parts
    const { id, enableParallelJobs } = workflow
    if (dead.has(id)) {
      const answeredId = dead.takeInVain(id, name)
      return { answeredId, jobId: answeredId }
    }
    const overtaken = order.aboutToBegin(id)
    const waits = overtaken !== undefined && faults.happens('startWaitsForOther')
    if (!waits && !enableParallelJobs && table.open(id).length > 0) {
      queue.add(id, name)
      return { answeredId: faults.happens('queuedUnderId') ? guid(random) : noJobId, jobId: noJobId }
    }
    const jobId = guid(random)
    const isReplaced = enableParallelJobs && !waits && !order.isRun(id) && faults.happens('startIdReplaced')
    const answeredId = isReplaced ? guid(random) : jobId
    // Where the id is another, the job was seen to begin with the answer.
    const lateMs = isReplaced ? 0 : faults.delay('lateEntryMs')
    const begins = waits ? { afterEndOf: overtaken.jobId } : { inMs: beginAfterMs + lateMs }
    queue.moveAgain(id)
    jobs.accept({ workflow, name, jobId, answeredId, variables }, begins)
    return { answeredId, jobId }
  }
}
