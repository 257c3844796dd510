import { cascade, hideNext } from './after-stop.ts'
import type { DeadWorkflows } from './dead-workflows.ts'
import { type EndParts, type Jobs, queuedBeginAfterMs } from './jobs.ts'
import type { QueueTurns } from './queue-turns.ts'
import type { StartQueue } from './start-queue.ts'

/** How long after its request a stop ends the job, in milliseconds. */
const stopTakesMs = 8
const stopRecordedAfterMs = 6
/** How long after a job's own end the stop that met it has its record: some 50 ms, as recorded. */
const stopOverEndAfterMs = 65

interface StopsParts extends EndParts {
  readonly queue: StartQueue
  readonly turns: QueueTurns
  readonly jobs: Jobs
  readonly dead: DeadWorkflows
}

/** The stops of one server run's jobs, from the request to the record. */
export class Stops {
  readonly #parts: StopsParts

  constructor(parts: StopsParts) {
    this.#parts = parts
  }

  /** What `stop` answers. The job is stopped a few milliseconds later, false or not, if it runs. */
  stop(workflowId: number, jobId: string): boolean {
    const { dead, faults, order, queue, steps, table, timers, turns } = this.#parts
    const job = table.findToAct(workflowId, jobId)
    if (!job) return false
    table.change(job, { isBeingStopped: true })
    steps.cancel(job.jobId)
    const mayEnd = !job.isPaused && !job.isWaitingForApproval
    if (mayEnd && faults.happens('stopMeetsEnd')) {
      timers.after(stopTakesMs, () => this.#endAsStopped(jobId))
      return true
    }
    const queues = !queue.isEmpty(workflowId)
    const hitsNext = queues && faults.happens('stopHitsNext')
    const isStuck = hitsNext || faults.happens('entryStuckRunning')
    if (hitsNext)
      timers.after(stopTakesMs + stopRecordedAfterMs + queuedBeginAfterMs, () => this.#stopNext(workflowId))
    timers.after(stopTakesMs, () => this.#endStopped(job.jobId, isStuck))
    const isCleanStop = !isStuck && !faults.happens('stopSaysFalse')
    if (isCleanStop && queues && faults.happens('stopCascades')) {
      const shiftsRecords = faults.happens('cascadeShiftsRecords')
      const end = this.#endToo.bind(this)
      turns.afterStop(workflowId, cascade({ stopped: job, shiftsRecords, end }, faults))
      if (shiftsRecords) {
        table.change(job, { isEntryStuck: true })
        return false
      }
    } else if (isCleanStop && queues && faults.happens('stopHidesNext')) turns.afterStop(workflowId, hideNext)
    const isWaitedFor = order.waitingFor(job.jobId).length > 0
    if (isWaitedFor && faults.happens('stopDeadensWorkflow')) dead.add(workflowId)
    return hitsNext || isCleanStop
  }

  /** A stop that met the job's own end: the job ends by itself, and then the stop's record is written over that. */
  #endAsStopped(jobId: string): void {
    const { counts, faults, jobs, queue, records, streams, table, timers, truths, turns } = this.#parts
    const job = table.byId(jobId)
    if (job?.state !== 'running') return
    const { id } = job.workflow
    if (!queue.isEmpty(id)) {
      if (faults.happens('queueStandsStill')) turns.loseNext(id, faults.happens('standstillIsDead'))
      else if (faults.happens('stopHidesNext')) turns.afterStop(id, hideNext)
    }
    jobs.end(job, job.fate.outcome)
    turns.keepNext(id)
    const ended = table.byId(jobId)
    if (ended?.state !== 'ended' || ended.isStuck) return
    const endedAt = Date.now()
    timers.after(stopOverEndAfterMs, () => {
      table.change(ended, { status: 'Stopped' })
      truths.note(jobId, { outcome: 'Stopped', endedAlone: truths.of(jobId)?.outcome ?? null })
      records.stopEnded(ended, endedAt)
      counts.move('Running', 'Stopped')
      streams.sendCounts()
    })
  }

  /** A stop announces itself first, with a frame that says Running, and is recorded (and counted) after that. */
  #endStopped(jobId: string, isStuck: boolean): void {
    const { counts, faults, jobs, order, records, streams, table, timers, truths, turns } = this.#parts
    const job = table.byId(jobId)
    if (job?.state !== 'running') return
    if (job.isPaused && faults.happens('stopKeepsSuspended')) jobs.suspendNext(job.workflow.id)
    const next = table.byId(order.waitingFor(jobId)[0] ?? '')
    if (next && faults.happens('stopSaidOfNext'))
      streams.sendFrame(table.change(next, { isHidden: true }), 'Stopped')
    const ended = table.change(jobs.leave(job, 'Stopped'), { isStuck })
    counts.move(job.isPaused ? 'Pending' : 'Running', null)
    streams.sendFrame(ended, faults.happens('frameSaysRunning') ? 'Running' : 'Stopped')
    streams.sendCounts()
    if (isStuck) {
      truths.note(jobId, { observable: false })
    } else {
      timers.after(stopRecordedAfterMs, () => {
        if (ended.isEntryStuck) records.endInHistory(ended)
        else records.end(ended, null)
        counts.move(null, 'Stopped')
        streams.sendCounts()
      })
    }
    turns.next(job.workflow)
  }

  /** A stop that ended another job ends this one as well. */
  #endToo(jobId: string, isStuck: boolean): void {
    this.#parts.steps.cancel(jobId)
    this.#endStopped(jobId, isStuck)
  }

  /** The record of a stop lands on the job that began in its place. */
  #stopNext(workflowId: number): void {
    const { records, streams, table, truths } = this.#parts
    const [next] = table.runningOf(workflowId)
    // That happens as it begins: one that somebody has suspended since could never be resumed.
    if (next === undefined || next.isPaused) return
    // Only `workflow` names it from now on, as it does the queue's next job after a stop.
    table.change(next, { isHidden: true })
    truths.note(next.jobId, { unlistedAt: Date.now(), saidStopped: true })
    records.stopRunning(next)
    streams.sendCounts()
  }
}
