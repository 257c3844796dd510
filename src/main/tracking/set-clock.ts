import type { Job } from './job.ts'

/** Milliseconds: what moves the clock by less needs no attention. */
const leastMs = 1000

/** Notices that the computer's clock was set back: what is counted from before would last as long as it was set back. */
export class SetClock {
  /** How far the clock is ahead of one that nobody sets, in milliseconds. Sleep moves it ahead on some systems. */
  #aheadMs = Date.now() - performance.now()

  /** Milliseconds by which the clock was set back since the last call; 0 where it was not. */
  setBackByMs(): number {
    const aheadMs = Date.now() - performance.now()
    const backMs = this.#aheadMs - aheadMs
    this.#aheadMs = aheadMs
    return backMs < leastMs ? 0 : backMs
  }
}

/** The job as it would be had the clock been right before. */
export function movedBack(job: Job, ms: number): Job {
  const moved = (at: number | null): number | null => (at === null ? null : at - ms)
  return {
    ...job,
    requestedAt: job.requestedAt - ms,
    sentAt: moved(job.sentAt),
    queuedAt: moved(job.queuedAt),
    startedAt: moved(job.startedAt),
    endedAt: moved(job.endedAt),
    stopAskedAt: moved(job.stopAskedAt),
    endSignalledAt: moved(job.endSignalledAt),
    goneSince: moved(job.goneSince),
    historyUnreadSince: moved(job.historyUnreadSince),
    evidence: job.evidence.map((one) => ({ ...one, at: one.at - ms })),
  }
}
