import { expect, it } from 'vitest'
import { judgedDay } from '../../chaos/chaos.ts'
import type { DayPlan } from '../../chaos/day-plan.ts'
import { faultsText } from '../../chaos/report.ts'

const workflows = [
  { id: 3, name: 'Second', isApproval: false },
  { id: 4, name: 'Seconds', isApproval: false },
  { id: 5, name: 'Half minute', isApproval: false },
] as const

/** So many starts, one each 10 ms, over at most ten connections. */
const dayOf = (seed: number, count: number): DayPlan => ({
  seed,
  servers: [{ username: 'admin', database: 'sqlite' }],
  starts: Array.from({ length: count }, (_, place) => ({
    server: 0,
    at: 5000 + place * 10,
    workflow: workflows[place % 3] ?? workflows[0],
    acts: [],
  })),
  startsElsewhere: [],
  weather: [{ kind: 'limitedConnections', server: 0, at: 0, lastsMs: 100_000 }],
  incidents: [],
  endsAt: 110_000,
})

it.each([1, 2, 3])(
  'every start of a burst over few connections knows the newest row of the history before it (seed %i)',
  async (seed) => {
    const day = await judgedDay(dayOf(seed, 100))
    expect(faultsText(day)).toBe('')
    const jobs = [...day.record.jobs.values()]
    expect(jobs).toHaveLength(100)
    expect(jobs.filter(({ historyMark }) => historyMark === null)).toEqual([])
  },
  60_000,
)
