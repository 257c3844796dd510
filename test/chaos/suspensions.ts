import type { WexflowSim } from '../wexflow-sim/sim.ts'
import type { Draw } from './draw.ts'
import { after } from './virtual-clock.ts'
import { changeable } from './workflows.ts'

/** Whoever suspends jobs that run, and resumes them. It draws for itself: the rest of a day stays as it is without it. */
export class Suspensions {
  readonly #draw: Draw
  readonly #sim: WexflowSim

  constructor(draw: Draw, sim: WexflowSim) {
    this.#draw = draw
    this.#sim = sim
  }

  /** Suspends one of the jobs that run, for so many milliseconds; false where none does. */
  async suspendOne(lastsMs: number): Promise<boolean> {
    if (this.#sim.power !== 'up') return false
    const [first, ...others] = this.#sim.truths().filter(
      ({ workflowId, beganAt, endedAt, unlistedAt, suspensions }) =>
        beganAt !== null &&
        endedAt === null &&
        unlistedAt === null &&
        suspensions.at(-1)?.to !== null &&
        // Nobody can resume a parallel job whose workflow was saved meanwhile.
        !changeable.some(({ id }) => id === workflowId),
    )
    if (first === undefined) return false
    const { workflowId, jobId } = this.#draw.pick([first, ...others])
    if (!this.#sim.suspendElsewhere(workflowId, jobId)) return false
    await after(lastsMs)
    this.#sim.resumeElsewhere(workflowId, jobId)
    return true
  }
}
