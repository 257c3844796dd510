import type { DayRecord } from '../../chaos/day.ts'
import type { KnownJob } from '../../known-job.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'

/** A day on which nothing was wished for, shown or broken, and on which the app ran all the time; with what a test says of it. */
export const dayWith = (part: Partial<DayRecord>): DayRecord => ({
  servers: [],
  disturbances: [],
  toasts: [],
  incidents: new Map(),
  virtualMs: 3_600_000,
  wishes: [],
  jobs: new Map(),
  answers: new Map(),
  remembered: new Set(),
  newestRows: [],
  settled: [],
  phasesTold: [],
  memoryTold: [],
  launchesBegun: [0],
  launchesEnded: [],
  ...part,
})

/** An end of the job that a toast told at this moment, in milliseconds since 1970, as it was known then. */
export const toldOf = (
  { key, jobId }: Pick<KnownJob, 'key' | 'jobId'>,
  outcome: Outcome,
  at: number,
): DayRecord['settled'][number] => ({ key, since: at, jobId, told: { at, outcome, how: 'shown' } })
