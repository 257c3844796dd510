import type { Job } from './job.ts'
import type { Misses } from './misses.ts'
import { clock } from './policy.ts'

/**
 * Notices that the computer's clock was set back: what is counted from before would last as long as it was set back.
 */
export class SetClock {
  /** How far the clock is ahead of one that nobody sets, in milliseconds. Sleep moves it ahead on some systems. */
  #aheadMs = Date.now() - performance.now()

  /** Milliseconds by which the clock was set back since the last call; 0 where it was not. */
  setBackByMs(): number {
    const aheadMs = Date.now() - performance.now()
    const backMs = this.#aheadMs - aheadMs
    this.#aheadMs = aheadMs
    return backMs < clock.leastSetBack ? 0 : backMs
  }
}

/** The job as it would be had the clock been right before. */
export function movedBack(job: Job, ms: number): Job {
  const moved = (at: number | null): number | null => (at === null ? null : at - ms)
  const dated = <Dated extends { readonly at: number } | null>(one: Dated): Dated =>
    one === null ? one : { ...one, at: one.at - ms }
  const misses = (one: Misses | null): Misses | null =>
    one === null ? null : { ...one, since: one.since - ms, at: one.at - ms }
  const { start, run, end, stop, wish, search } = job
  const { answer } = start
  return {
    ...job,
    start: {
      ...start,
      requestedAt: start.requestedAt - ms,
      sentAt: moved(start.sentAt),
      markedAt: moved(start.markedAt),
      answer: answer.kind === 'awaited' ? answer : { ...answer, at: answer.at - ms },
      idle: misses(start.idle),
      heldSince: moved(start.heldSince),
    },
    run: run && {
      ...run,
      startedAt: moved(run.startedAt),
      shownAt: moved(run.shownAt),
      entry: dated(run.entry),
      frame: dated(run.frame),
      remembered: dated(run.remembered),
      history: dated(run.history),
      gone: misses(run.gone),
      notBegunSince: moved(run.notBegunSince),
    },
    end: end && { ...end, endedAt: end.endedAt - ms },
    stop: stop && { ...stop, askedAt: stop.askedAt - ms },
    wish: wish && { ...wish, askedAt: wish.askedAt - ms },
    restartedAt: moved(job.restartedAt),
    search: search && { at: search.at - ms, unreadSince: moved(search.unreadSince) },
    evidence: job.evidence.map((one) => ({ ...one, at: one.at - ms })),
  }
}
