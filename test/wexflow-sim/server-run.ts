import { Counts } from './counts.ts'
import { DeadWorkflows } from './dead-workflows.ts'
import type { Faults } from './faults.ts'
import { JobOrder } from './job-order.ts'
import { JobRecords, type JobRecordsParts } from './job-records.ts'
import { JobSteps } from './job-steps.ts'
import { JobTable } from './job-table.ts'
import { Jobs } from './jobs.ts'
import { QueueTurns } from './queue-turns.ts'
import type { Random } from './random.ts'
import { StartQueue } from './start-queue.ts'
import { Starts } from './starts.ts'
import { Stops } from './stops.ts'
import { Streams } from './streams.ts'
import { Timers } from './timers.ts'
import { WorkflowSaves } from './workflow-saves.ts'
import type { JobFate, SimWorkflow } from './workflows.ts'

/** What a server has across its runs. */
interface KeptParts extends JobRecordsParts {
  readonly faults: Faults
  readonly random: Random
  /** What a new job of a workflow will do when nobody interferes. */
  readonly fateOf: (workflow: SimWorkflow) => JobFate
}

/** Everything that lives from a start of the server to its end: jobs, their starts and stops, streams, counts, timers. */
export class ServerRun {
  readonly runId: number
  readonly streams: Streams
  readonly counts: Counts
  readonly table = new JobTable()
  readonly queue: StartQueue
  readonly jobs: Jobs
  readonly dead: DeadWorkflows
  readonly starts: Starts
  readonly stops: Stops
  readonly saves: WorkflowSaves
  readonly #timers = new Timers()
  readonly #faults: Faults

  constructor(runId: number, workflows: readonly SimWorkflow[], kept: KeptParts) {
    this.runId = runId
    this.#faults = kept.faults
    const table = this.table
    const timers = this.#timers
    this.counts = new Counts(runId, workflows.filter((workflow) => !workflow.isEnabled).length)
    this.streams = new Streams(kept.faults, timers, this.counts)
    this.queue = new StartQueue(kept.truths)
    const parts = {
      ...kept,
      table,
      timers,
      counts: this.counts,
      streams: this.streams,
      queue: this.queue,
      order: new JobOrder(table),
      steps: new JobSteps(table, timers),
      records: new JobRecords(kept),
    }
    const jobs = new Jobs({ ...parts, onEnded: (workflow) => turns.next(workflow) })
    const dead = new DeadWorkflows({ ...parts, jobs })
    const turns = new QueueTurns({ ...parts, jobs, dead })
    const stops = new Stops({ ...parts, jobs, dead, turns })
    this.jobs = jobs
    this.dead = dead
    this.stops = stops
    this.starts = new Starts({ ...parts, jobs, dead })
    this.saves = new WorkflowSaves({ ...parts, jobs, dead, stops })
    for (const workflow of workflows) {
      if (workflow.launchType === 'startup') this.starts.take(workflow)
      this.#schedule(workflow)
    }
  }

  /** What it starts by itself leaves no other trace than what somebody starts by hand. */
  #schedule(workflow: SimWorkflow): void {
    const { launchType, everyMs } = workflow
    if (everyMs === null || !workflow.isEnabled) return
    const startAndGoOn = (): void => {
      if (!this.#faults.happens('scheduleSkipped')) this.starts.take(workflow)
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
