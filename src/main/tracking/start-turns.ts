import { within } from '../platform/within.ts'
import { isShown, type Job } from './job.ts'
import { starting } from './policy.ts'

/** The first start of a burst, behind which the others wait. */
class First {
  readonly key: string
  /** Until when, in milliseconds of `performance.now()`. */
  readonly until: number
  /** Resolves when it is known what became of it, to whether its run has ended already. */
  readonly over: Promise<boolean>
  tell: (hasEnded: boolean) => void = () => {}

  constructor(key: string, now: number) {
    this.key = key
    this.until = now + starting.behindFirst
    this.over = new Promise((resolve) => {
      this.tell = resolve
    })
  }
}

/**
 * Starts of one workflow that reach the server before it has begun the first of them race: they wait there for each other's
 * ends, also where their jobs could run side by side, and the ids of some never exist (docs/job-ends.md, points 13 and
 * 16). Once it runs one, it begins the others at once, or queues them. So the first of a burst goes out alone, and the
 * others when the server has shown its run, or after a moment.
 */
export class StartTurns {
  /** By the workflow's id. */
  readonly #firsts = new Map<number, First>()

  /** Resolves when the start of this key may go out. */
  async take(key: string, workflowId: number): Promise<void> {
    const until = performance.now() + starting.behindFirst
    for (;;) {
      const now = performance.now()
      const first = this.#firsts.get(workflowId)
      if (first === undefined || first.until <= now) {
        this.#firsts.set(workflowId, new First(key, now))
        return
      }
      const hasEnded = await within(first.over, Math.min(until, first.until) - now)
      // Behind an instant job the next start is a first one again.
      if (hasEnded !== true) return
    }
  }

  /** Something else is known of a job than before. */
  note(job: Job): void {
    const first = this.#firsts.get(job.workflowId)
    if (first?.key !== job.key || !isKnown(job)) return
    this.#firsts.delete(job.workflowId)
    first.tell(job.end !== null && job.run !== null)
  }
}

/** Whether the server has shown the start's run, or need not: it queues the start, or has taken none for all that is known. */
const isKnown = ({ start, run, end }: Job): boolean =>
  end !== null || (run === null ? start.answer.kind !== 'awaited' : isShown(run))
