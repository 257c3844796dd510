import { expect, it } from 'vitest'
import { runChaos } from '../../chaos/chaos.ts'
import { faultsText } from '../../chaos/report.ts'
import { isClean, Tally } from '../../chaos/totals.ts'

/** Small, but with crashes, restarts and every kind of weather; `npm run chaos` runs as many as one likes. */
it.each([4, 8])(
  'loses nothing, tells nothing wrong and nothing twice: 200 jobs of seed %i',
  async (seed) => {
    const tally = new Tally()
    const faults: string[] = []
    await runChaos({ jobs: 200, seed, jobsOfDay: 50, day: null }, (day) => {
      tally.add(day)
      faults.push(faultsText(day))
    })
    const totals = tally.totals(seed, 0, 0)
    expect(faults.join('')).toBe('')
    expect(isClean(totals)).toBe(true)
    expect(totals.jobs).toBe(200)
    expect(totals.unknown).toBeGreaterThan(0)
    expect(Object.keys(totals.faults).length).toBeGreaterThan(10)
  },
  90_000,
)
