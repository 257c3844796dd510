import { steadyNow } from '../clock.ts'

const everyMs = 1000

/** The web manager's way: asks each second for the entry of every job that runs, and is told by the answer. */
export class Poller {
  /** When it was told of a job's end, by the job's id: milliseconds of the steady clock. */
  readonly toldAt = new Map<string, number>()
  readonly #base: string
  readonly #token: string
  readonly #running = new Map<string, number>()

  constructor(base: string, token: string) {
    this.#base = base
    this.#token = token
    setInterval(() => {
      for (const [jobId, workflowId] of this.#running) void this.#ask(workflowId, jobId)
    }, everyMs)
  }

  follow(workflowId: number, jobId: string): void {
    this.#running.set(jobId, workflowId)
  }

  async #ask(workflowId: number, jobId: string): Promise<void> {
    const headers = { Authorization: `Bearer ${this.#token}` }
    const answer = await fetch(`${this.#base}/entry?w=${workflowId}&i=${jobId}`, { headers })
    if (!(await answer.text()).includes('"Status":2')) return
    this.toldAt.set(jobId, steadyNow())
    this.#running.delete(jobId)
  }
}
