import type { WexflowSim } from '../wexflow-sim/sim.ts'
import type { Draw } from './draw.ts'
import { after } from './virtual-clock.ts'
import { changeable, workflows } from './workflows.ts'

/** A polite stop lets open streams live for so long at most, in milliseconds. */
const longestGraceMs = 30_000

/** What happens to the server and its workflows. Each answers whether it could happen. */
export class ServerIncidents {
  readonly #draw: Draw
  readonly #sim: WexflowSim
  #renames = 0

  constructor(draw: Draw, sim: WexflowSim) {
    this.#draw = draw
    this.#sim = sim
  }

  /** Somebody saves a workflow while several of its jobs run: they run on, but nothing can be done to them any more. */
  saveWorkflow(): boolean {
    if (this.#sim.power !== 'up') return false
    const saved = workflows.find(({ id }) => this.#sim.mayBeSaved(id))
    if (saved === undefined) return false
    this.#sim.saveElsewhere(saved.id)
    return true
  }

  /** Somebody gives a workflow another name, between its listing and a start. */
  renameWorkflow(): boolean {
    if (this.#sim.power !== 'up') return false
    const { id, name } = this.#draw.pick(changeable)
    this.#renames += 1
    this.#sim.renameWorkflow(id, `${name} ${this.#renames}`)
    return true
  }

  /** A workflow takes every start and begins none, until somebody saves it. */
  async deadenWorkflow(lastsMs: number): Promise<boolean> {
    if (this.#sim.power !== 'up') return false
    const { id } = this.#draw.pick(changeable)
    this.#sim.deadenWorkflow(id)
    await after(lastsMs)
    if (this.#sim.power === 'up') this.#sim.saveElsewhere(id)
    return true
  }

  /** The server ends, at once or politely, and comes back. */
  async restart(how: 'polite' | 'killed', downMs: number): Promise<boolean> {
    if (this.#sim.power !== 'up') return false
    const back = new Promise<void>((resolve) => {
      const unfollow = this.#sim.onPower((power) => {
        if (power !== 'up') return
        unfollow()
        resolve()
      })
    })
    this.#sim.restart(how, downMs, this.#draw.between(0, longestGraceMs))
    await back
    return true
  }
}
