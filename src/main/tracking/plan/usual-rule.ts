import { usualTime } from '../policy.ts'
import type { Rule } from './rule.ts'

/** When the history is read for how long earlier runs of a job's workflow took. */
export const usualRule: Rule = {
  read: 'usual',
  why: 'too few runs of its workflow are known to say how long it usually takes',
  due: ({ job: { run }, needsUsual }) =>
    run?.shownAt == null || !needsUsual ? null : run.shownAt + usualTime.readAfter,
}
