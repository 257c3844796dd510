import type { DayRecord } from '../../chaos/day.ts'

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
