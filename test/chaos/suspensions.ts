import type { WexflowSim } from '../wexflow-sim/sim.ts'
import type { Draw } from './draw.ts'
import { after } from './virtual-clock.ts'
import { changeable } from './workflows.ts'

/** A job that a stop of the one before has left suspended is resumed by somebody after so long, in milliseconds. */
const leftForMs = 150_000

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

  /** Resumes the jobs that have been suspended since they began, as a stop of the job before had left them so. */
  resumeLeft(): void {
    if (this.#sim.power !== 'up') return
    for (const { workflowId, jobId, beganAt, suspensions } of this.#sim.truths()) {
      const [first] = suspensions
      if (first === undefined || first.from !== beganAt || first.to !== null) continue
      if (Date.now() - first.from >= leftForMs) this.#sim.resumeElsewhere(workflowId, jobId)
    }
  }
}
