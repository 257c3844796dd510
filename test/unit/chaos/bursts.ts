import type { DayPlan } from '../../chaos/day-plan.ts'

const workflows = [
  { id: 3, name: 'Second', isApproval: false },
  { id: 4, name: 'Seconds', isApproval: false },
  { id: 5, name: 'Half minute', isApproval: false },
] as const

/**
 * A day of starts over at most ten connections.
 * @param times when each of them is asked for, in milliseconds from the day's beginning
 */
export const burstDay = (seed: number, times: readonly number[]): DayPlan => ({
  seed,
  servers: [{ username: 'admin', database: 'sqlite' }],
  starts: times.map((at, place) => ({
    server: 0,
    at,
    workflow: workflows[place % 3] ?? workflows[0],
    acts: [],
  })),
  startsElsewhere: [],
  weather: [{ kind: 'limitedConnections', server: 0, at: 0, lastsMs: 100_000 }],
  incidents: [],
  endsAt: 110_000,
})
