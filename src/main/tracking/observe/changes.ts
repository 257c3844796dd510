import type { ChangeWish } from '../../../shared/wish.ts'
import type { Job, Run } from '../job.ts'
import { changing } from '../policy.ts'

/** What a wish to suspend, resume, approve or reject a job comes to. */

/** The server is asked. */
export const onChangeAsked = (job: Job, kind: ChangeWish, now: number): Job => ({
  ...job,
  wish: { kind, askedAt: now },
})

/** It did not do it. */
export const onChangeRefused = (job: Job): Job => ({ ...job, wish: null })

/** Whether a job that does this does what was wished. */
const isFulfilled = (wish: ChangeWish, activity: Run['activity']): boolean => {
  switch (wish) {
    case 'suspend':
      return activity === 'suspended'
    case 'resume':
      return activity !== 'suspended'
    case 'approve':
    case 'reject':
      return activity !== 'waiting'
  }
}

/** The wish of which a job that does this now does not show what became of it; null where there is none. */
export const pendingChange = ({ wish }: Job, activity: Run['activity'], now: number): Job['wish'] =>
  wish === null || isFulfilled(wish.kind, activity) || now - wish.askedAt >= changing.worksWithin
    ? null
    : wish
