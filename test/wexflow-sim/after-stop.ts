import type { Faults } from './faults.ts'
import type { SimJob } from './job.ts'

/** How the next job of a queue runs. */
interface NextJob {
  /** `jobs` does not show it. */
  readonly isHidden: boolean
  /** The line of the stopped job that its log begins with in place of its own; null where that is not so. */
  readonly borrowedLine: string | null
  /** Whether the job after it meets the same. */
  readonly goesOn: boolean
  /** Ends it as well; null: it runs on. */
  readonly endToo: ((jobId: string) => void) | null
}

/** What a stop does to the next job of its workflow's queue, asked for as that has left the queue. */
export type AfterStop = (isQueueEmpty: boolean) => NextJob

/** Where no stop has done anything to it. */
export const usualNext: NextJob = { isHidden: false, borrowedLine: null, goesOn: false, endToo: null }

export const hideNext: AfterStop = () => ({ ...usualNext, isHidden: true })

/** A stop that ends the queue's next jobs as well. */
interface Cascade {
  /** The job that was to be stopped. */
  readonly stopped: SimJob
  /** Whether each of its records lands one job further on. */
  readonly shiftsRecords: boolean
  /** @param isStuck no record tells the end */
  readonly end: (jobId: string, isStuck: boolean) => void
}

export function cascade({ stopped, shiftsRecords, end }: Cascade, faults: Faults): AfterStop {
  return (isQueueEmpty) => {
    const goesOn = !isQueueEmpty && faults.happens('cascadeGoesOn')
    const isStuck = shiftsRecords && !goesOn
    const keepsLine = !isStuck && faults.happens('cascadeKeepsLine')
    const borrowedLine = keepsLine ? (stopped.firstLines[0] ?? null) : null
    const endToo = (jobId: string): void => end(jobId, isStuck)
    // The last of those that a stop ends has its own line in its log where the records of the stop lie one job further on.
    return { isHidden: !isStuck, borrowedLine, goesOn, endToo }
  }
}
