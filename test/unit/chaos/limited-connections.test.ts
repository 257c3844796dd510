import { expect, it } from 'vitest'
import { judgedDay } from '../../chaos/chaos.ts'
import { faultsText } from '../../chaos/report.ts'
import { burstDay } from './bursts.ts'

/** Two bursts of 25 starts, one each 20 ms. */
const times = Array.from(
  { length: 50 },
  (_, place) => 5000 + Math.floor(place / 25) * 30_000 + (place % 25) * 20,
)

it.each([1000, 3000, 6000])(
  'of bursts of starts over ten connections none is refused, as none is sent where a read was not answered (seed %i)',
  async (seed) => {
    const day = await judgedDay(burstDay(seed, times))
    expect(faultsText(day)).toBe('')
    const told = day.verdict.starts.map((start) => start.told)
    expect(told.filter((outcome) => outcome === 'unknown' || outcome === 'notStarted')).toEqual([])
    expect(told).toHaveLength(50)
  },
  60_000,
)
