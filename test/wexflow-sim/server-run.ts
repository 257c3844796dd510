import { Counts } from './counts.ts'
import { Jobs, type JobsParts } from './jobs.ts'
import { Streams } from './streams.ts'
import { Timers } from './timers.ts'
import type { SimWorkflow } from './workflows.ts'

/** Everything that lives from a start of the server to its end: jobs, streams, counts, timers. */
export class ServerRun {
  readonly runId: number
  readonly streams: Streams
  readonly counts: Counts
  readonly jobs: Jobs
  readonly #timers = new Timers()
  readonly #faults: JobsParts['faults']

  constructor(
    runId: number,
    workflows: readonly SimWorkflow[],
    kept: Omit<JobsParts, 'timers' | 'streams' | 'counts'>,
  ) {
    this.runId = runId
    this.#faults = kept.faults
    this.streams = new Streams(kept.faults, this.#timers)
    this.counts = new Counts(runId, workflows.filter((workflow) => !workflow.isEnabled).length)
    this.jobs = new Jobs({ ...kept, timers: this.#timers, streams: this.streams, counts: this.counts })
    for (const workflow of workflows) {
      if (workflow.launchType === 'startup') this.jobs.start(workflow)
      this.#schedule(workflow)
    }
  }

  /** What it starts by itself leaves no other trace than what somebody starts by hand. */
  #schedule(workflow: SimWorkflow): void {
    const { launchType, everyMs } = workflow
    if (everyMs === null || !workflow.isEnabled) return
    const startAndGoOn = (): void => {
      if (!this.#faults.happens('scheduleSkipped')) this.jobs.start(workflow)
      this.#timers.after(everyMs, startAndGoOn)
    }
    if (launchType === 'periodic') startAndGoOn()
    else if (launchType === 'cron') this.#timers.after(everyMs - (Date.now() % everyMs), startAndGoOn)
  }

  /** The process is gone: what runs is lost, what is open breaks. */
  end(): void {
    this.#timers.clear()
    this.streams.resetAll()
  }
}
