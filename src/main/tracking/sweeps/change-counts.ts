import { WexflowError } from '../../wexflow/errors.ts'
import { Rest } from '../../wexflow/rest.ts'
import type { WexflowServer } from '../../wexflow/server.ts'
import { sweeps } from '../policy.ts'

/**
 * Tells by the server's counts of jobs whether a sweep could bring anything new: they change with every job that starts,
 * ends, is suspended or resumed, also where the change stream's message got lost. Only that they change counts: they drift.
 */
export class ChangeCounts {
  readonly #server: Pick<WexflowServer, 'statusCounts'>
  readonly #rest = new Rest()
  #counts: string | null = null
  /** Sweeps that were due since the counts last changed. */
  #sweeps = 0
  /** When one was due last: milliseconds of `performance.now()`, which no setting of the clock moves. */
  #dueAt = Number.NEGATIVE_INFINITY

  constructor(server: Pick<WexflowServer, 'statusCounts'>) {
    this.#server = server
  }

  /** To be asked before each sweep that nothing announced. Never rejects: where the counts can't be read, one is due. */
  async isSweepDue(): Promise<boolean> {
    const counts = await this.#read()
    const now = performance.now()
    if (counts === null || counts !== this.#counts) this.#sweeps = 0
    this.#counts = counts
    if (this.#sweeps >= sweeps.whileUnchanged && now - this.#dueAt < sweeps.atLeastEvery) return false
    this.#sweeps += 1
    this.#dueAt = now
    return true
  }

  async #read(): Promise<string | null> {
    if (!this.#rest.isOver) return null
    try {
      return await this.#server.statusCounts()
    } catch (error) {
      this.#rest.note(error)
      if (error instanceof WexflowError) return null
      throw error
    }
  }
}
