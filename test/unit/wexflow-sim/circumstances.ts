import type { DatabaseName } from '../../wexflow-sim/databases.ts'
import type { FaultSettings } from '../../wexflow-sim/faults.ts'
import type { WexflowSim } from '../../wexflow-sim/sim.ts'
import type { SimWorkflow } from '../../wexflow-sim/workflows.ts'

/** What a transcript takes for granted. */
export interface Circumstances {
  readonly username: string
  readonly faults: Partial<FaultSettings>
  readonly workflows: readonly SimWorkflow[]
  readonly database: DatabaseName
  /** How long the jobs of a workflow ran, in milliseconds, in their order; others as the workflow says. */
  readonly durations: Readonly<Record<number, readonly number[]>>
  /** Happens before the first event; returns the jobs that the transcript knows by other ids. */
  readonly before: (sim: WexflowSim, wait: (ms: number) => void) => Record<string, string>
  /** When it began, in milliseconds since 1970, where it matters. */
  readonly begins: number | null
  /** What others do meanwhile, at seconds after the beginning. */
  readonly meanwhile: readonly { at: number; act: (sim: WexflowSim) => void }[]
  /** How far, in milliseconds, a stream's message may be from its recorded time. */
  readonly toleranceMs: number
  /** Whether each message of the change stream is compared, or, where jobs of others ran, only their kinds. */
  readonly changes: 'each' | 'kinds'
}

export function earlierJobs(workflowId: number, count: number, takesMs: number): Circumstances['before'] {
  return (sim, wait) => {
    for (let job = 0; job < count; job += 1) {
      sim.startElsewhere(workflowId)
      wait(takesMs)
    }
    return {}
  }
}

export function runningJob(workflowId: number, recordedJobId: string): Circumstances['before'] {
  return (sim, wait) => {
    const jobId = sim.startElsewhere(workflowId)
    wait(50)
    return { [recordedJobId]: jobId }
  }
}
