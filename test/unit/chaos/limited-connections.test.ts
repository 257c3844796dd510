import { expect, it } from 'vitest'
import { judgedDay } from '../../chaos/chaos.ts'
import type { DayPlan } from '../../chaos/day-plan.ts'
import { faultsText } from '../../chaos/report.ts'

const workflows = [
  { id: 3, name: 'Second', isApproval: false },
  { id: 4, name: 'Seconds', isApproval: false },
  { id: 5, name: 'Half minute', isApproval: false },
] as const

/** Bursts of 25 starts, one each 20 ms, over at most ten connections. */
const dayOf = (seed: number): DayPlan => ({
  seed,
  servers: [{ username: 'admin', database: 'sqlite' }],
  starts: Array.from({ length: 50 }, (_, place) => ({
    server: 0,
    at: 5000 + Math.floor(place / 25) * 30_000 + (place % 25) * 20,
    workflow: workflows[place % 3] ?? workflows[0],
    acts: [],
  })),
  startsElsewhere: [],
  weather: [{ kind: 'limitedConnections', server: 0, at: 0, lastsMs: 100_000 }],
  incidents: [],
  endsAt: 110_000,
})

it.each([1000, 3000, 6000])(
  'of bursts of starts over ten connections none is refused, as none is sent where a read was not answered (seed %i)',
  async (seed) => {
    const day = await judgedDay(dayOf(seed))
    expect(faultsText(day)).toBe('')
    const told = day.verdict.starts.map((start) => start.told)
    expect(told.filter((outcome) => outcome === 'unknown' || outcome === 'notStarted')).toEqual([])
    expect(told).toHaveLength(50)
  },
  60_000,
)
