import { expect, it } from 'vitest'
import { judgedDay } from '../../chaos/chaos.ts'
import { faultsText } from '../../chaos/report.ts'
import { burstDay } from './bursts.ts'

/** A hundred starts, one each 10 ms. */
const times = Array.from({ length: 100 }, (_, place) => 5000 + place * 10)

it.each([1, 2, 3])(
  'every start of a burst over few connections knows the newest row of the history before it (seed %i)',
  async (seed) => {
    const day = await judgedDay(burstDay(seed, times))
    expect(faultsText(day)).toBe('')
    const jobs = [...day.record.jobs.values()]
    expect(jobs).toHaveLength(100)
    expect(jobs.filter(({ historyMark }) => historyMark === null)).toEqual([])
  },
  60_000,
)
