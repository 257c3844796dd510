import type { JobView } from '../../shared/job-view.ts'

/** Beyond the usual time by this factor, */
const longFactor = 3
/** and by so many milliseconds at least, a run takes far longer: nobody waits for a short one. */
const longAtLeastMs = 5 * 60_000

/** How often it is looked which runs have come to take far longer than usual, in milliseconds. */
const lookEveryMs = 60_000

/**
 * Whether a job runs that takes far longer than usual. How long one takes that waits for a person, or was suspended, says
 * nothing of its work.
 * @param usualMs what its workflow usually takes, in milliseconds; null where that is not known for sure
 * @param now milliseconds since 1970
 */
export function isLongRun(job: JobView, usualMs: number | null, now: number): boolean {
  const { state, startedAt, wasSuspended, isApproval } = job
  if (state.phase !== 'running' || startedAt === null || wasSuspended || isApproval || usualMs === null)
    return false
  return now - startedAt > Math.max(usualMs * longFactor, usualMs + longAtLeastMs)
}

/** Looks each minute, as long as it is told to. */
export class LongRunTimer {
  readonly #look: () => void
  #timer: NodeJS.Timeout | undefined

  constructor(look: () => void) {
    this.#look = look
  }

  /** Looks once more, within a minute. */
  keepOn(): void {
    if (this.#timer !== undefined) return
    const dueAt = Date.now() + lookEveryMs
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      // A timer that comes late was held up by a sleep: what ran before has yet to be heard of.
      if (Date.now() - dueAt > lookEveryMs) this.keepOn()
      else this.#look()
    }, lookEveryMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
