import type { ConcludeContext } from '../../../src/main/tracking/conclude.ts'
import { never } from '../../../src/main/tracking/asked.ts'
import type { PlanContext } from '../../../src/main/tracking/plan/rule.ts'

/** What is known beside a job where nothing was asked or seen yet. */
export const knowingNothing: ConcludeContext = {
  isOfThisRun: false,
  isQueueKnown: false,
  mayHaveRun: false,
  idleForMs: Number.POSITIVE_INFINITY,
  entryAt: never,
  isEntryMissing: false,
  ownEntryAt: never,
  followedSince: 0,
  jobsAt: never,
  running: 1,
}

/** The same for a plan: the server was followed from the beginning. */
export const planningNothing: PlanContext = {
  isOfThisRun: false,
  followedSince: 0,
  isBusy: false,
  isServerSlow: false,
  needsUsual: false,
}
