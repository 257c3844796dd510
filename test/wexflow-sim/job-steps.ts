import type { SimJob } from './job.ts'
import type { JobTable } from './job-table.ts'
import type { Timers } from './timers.ts'

/** What happens next to each job by itself. */
export class JobSteps {
  readonly #table: JobTable
  readonly #timers: Timers
  readonly #cancels = new Map<string, () => void>()

  constructor(table: JobTable, timers: Timers) {
    this.#table = table
    this.#timers = timers
  }

  /** This happens to the job in so many milliseconds, and not what was to happen to it before. */
  next(jobId: string, ms: number, work: (job: SimJob) => void): void {
    this.cancel(jobId)
    const run = (): void => {
      const job = this.#table.byId(jobId)
      if (job) work(job)
    }
    this.#cancels.set(jobId, this.#timers.after(ms, run))
  }

  /** Nothing happens to the job by itself any more. */
  cancel(jobId: string): void {
    this.#cancels.get(jobId)?.()
  }
}
