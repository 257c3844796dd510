import type { SimJob } from './job.ts'
import type { JobTable } from './job-table.ts'

/** Which jobs of one server run begin only after others, and which ones their workflows run themselves. */
export class JobOrder {
  readonly #table: JobTable
  /** The jobs that begin one after the other once another one has ended. */
  readonly #waiting = new Map<string, readonly string[]>()
  /** By the workflow's id, the job that it runs itself; what begins meanwhile runs beside it. */
  readonly #ofWorkflowItself = new Map<number, string>()

  constructor(table: JobTable) {
    this.#table = table
  }

  /** Whether the workflow runs a job itself. */
  isRun(workflowId: number): boolean {
    return this.#ofWorkflowItself.has(workflowId)
  }

  /**
   * The job whose beginning a start can overtake: not one that waits for another's end, which may take minutes. Where the
   * workflow runs a job itself, it begins others beside that at once (source).
   */
  aboutToBegin(workflowId: number): SimJob | undefined {
    if (this.isRun(workflowId)) return undefined
    const waiting = new Set([...this.#waiting.values()].flat())
    return this.#table
      .open(workflowId)
      .find(({ state, jobId }) => state === 'accepted' && !waiting.has(jobId))
  }

  /** The jobs that wait for the end of this one, in their order. */
  waitingFor(jobId: string): readonly string[] {
    return this.#waiting.get(jobId) ?? []
  }

  /** The job begins with the end of another, behind those that do so already. */
  wait(jobId: string, endOf: string): void {
    this.#waiting.set(endOf, [...this.waitingFor(endOf), jobId])
  }

  begun({ jobId, workflow }: SimJob): void {
    if (!this.isRun(workflow.id)) this.#ofWorkflowItself.set(workflow.id, jobId)
  }

  /** The job is over. Answers the one that begins now, for which the others wait from then on; null where none waits. */
  ended({ jobId, workflow }: SimJob): string | null {
    if (this.#ofWorkflowItself.get(workflow.id) === jobId) this.#ofWorkflowItself.delete(workflow.id)
    const [next, ...others] = this.waitingFor(jobId)
    this.#waiting.delete(jobId)
    if (next === undefined) return null
    this.#waiting.set(next, others)
    return next
  }
}
