import type { FaultSettings } from '../wexflow-sim/faults.ts'
import type { WexflowSim } from '../wexflow-sim/sim.ts'
import type { Draw } from './draw.ts'
import { after } from './virtual-clock.ts'

/** A stop as any other, of which nothing else goes wrong than what is said beside this. */
const plainStop: Partial<FaultSettings> = {
  entryStuckRunning: 0,
  stopSaysFalse: 0,
  stopHitsNext: 0,
  stopMeetsEnd: 0,
}
const meetsEnd = { ...plainStop, stopMeetsEnd: { next: 1 } } as const
const standsStill = { ...meetsEnd, queueStandsStill: { next: 1 } } as const
const endsInARow = (more: number): Partial<FaultSettings> => ({
  ...plainStop,
  stopCascades: { next: 1 },
  cascadeGoesOn: { next: more },
})

/** What such a stop was seen to do. */
const ways = [
  meetsEnd,
  standsStill,
  { ...standsStill, standstillIsDead: { next: 1 } },
  endsInARow(1),
  endsInARow(3),
  { ...endsInARow(3), cascadeShiftsRecords: { next: 1 } },
] as const satisfies readonly Partial<FaultSettings>[]

/** A stop by the app reaches its server within this time, in milliseconds, and has done its work. */
const worksWithinMs = 3000
/** Somebody saves a workflow that such a stop may have left dead, in milliseconds. */
const savedAfterMs = 300_000

export interface QueueStopsOptions {
  readonly draw: Draw
  readonly sim: WexflowSim
  /** What goes wrong from now on besides the weather; null: nothing. */
  readonly force: (faults: Partial<FaultSettings> | null) => void
  /** The app asks to stop this job; false where it does not know it for one of its own. */
  readonly stopInApp: (jobId: string) => boolean
}

/** Whoever stops jobs with starts in the queue behind them, in the app or not. It draws for itself. */
export class QueueStops {
  readonly #options: QueueStopsOptions

  constructor(options: QueueStopsOptions) {
    this.#options = options
  }

  /** Stops one of the jobs with starts behind them; false where there is none. */
  async stopOne(): Promise<boolean> {
    const { draw, sim, force, stopInApp } = this.#options
    if (sim.power !== 'up') return false
    const [first, ...others] = sim.jobsBeforeQueues()
    if (first === undefined) return false
    const { workflowId, jobId } = draw.pick([first, ...others])
    const way = draw.pick(ways)
    force(way)
    const isInApp = draw.chance(0.6) && stopInApp(jobId)
    if (!isInApp) sim.stopElsewhere(workflowId, jobId)
    await after(worksWithinMs)
    force(null)
    if ('standstillIsDead' in way) setTimeout(() => this.#save(workflowId), savedAfterMs)
    return true
  }

  #save(workflowId: number): void {
    const { sim } = this.#options
    if (sim.power === 'up') sim.saveElsewhere(workflowId)
  }
}
