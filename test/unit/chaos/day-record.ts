import type { DayRecord } from '../../chaos/day.ts'
import { accountOf } from '../../chaos/day-server.ts'
import type { KnownJob } from '../../known-job.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import type { WexflowSim } from '../../wexflow-sim/sim.ts'

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

/** Who is signed in on such a day. */
export const account = accountOf(0, { username: 'admin', database: 'sqlite' })

/** A day with one server and this one start there, which the app still remembers; with what a test says of it. */
export const dayOfStart = (sim: WexflowSim, start: KnownJob, part: Partial<DayRecord>): DayRecord =>
  dayWith({
    servers: [{ account, sim, strangersMet: [] }],
    wishes: [{ key: start.key, serverId: account.id }],
    jobs: new Map([[start.key, start]]),
    remembered: new Set([start.key]),
    ...part,
  })
