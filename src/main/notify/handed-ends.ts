import type { EndedJobView } from '../../shared/job-view.ts'
import type { Outcome } from '../../shared/outcome.ts'

/** The ends that were handed to the desktop, until it answers. The runs may become other jobs' meanwhile. */
export class HandedEnds {
  /** By the key of the job whose run it is now. */
  readonly #outcomes = new Map<string, Outcome>()
  /**
   * By the key under which a run that became another job's was handed over, the key of the job whose run it is now; null
   * where it is nobody's.
   */
  readonly #movedTo = new Map<string, string | null>()

  /** Whether the end of a job that is known now is with the desktop. */
  has({ key, state }: EndedJobView): boolean {
    return this.#outcomes.get(key) === state.outcome
  }

  /** These ends are handed over. */
  add(jobs: readonly EndedJobView[]): void {
    for (const { key, state } of jobs) this.#outcomes.set(key, state.outcome)
  }

  /** The run of the first job is another's from now on, or nobody's. */
  move(from: string, to: string | null): void {
    const outcome = this.#outcomes.get(from)
    if (outcome === undefined) return
    const handed = [...this.#movedTo].find(([, key]) => key === from)?.[0] ?? from
    this.#movedTo.set(handed, to)
    this.#outcomes.delete(from)
    if (to !== null) this.#outcomes.set(to, outcome)
  }

  /** The desktop has answered for these ends. Answers them under the keys of the jobs whose runs they are now. */
  take(jobs: readonly EndedJobView[]): EndedJobView[] {
    const answered = jobs.flatMap((job) => {
      const key = this.#takeMoved(job.key)
      return key === null ? [] : { ...job, key }
    })
    // One that was corrected meanwhile, and handed over again, is still with the desktop.
    for (const job of answered) if (this.has(job)) this.#outcomes.delete(job.key)
    return answered
  }

  #takeMoved(key: string): string | null {
    const now = this.#movedTo.get(key)
    this.#movedTo.delete(key)
    return now === undefined ? key : now
  }
}
