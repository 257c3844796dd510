import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Followed, hour, tenSeconds, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)

afterEach(() => vi.useRealTimers())

describe('without streams', () => {
  it('an entry id that is given anew does not lend a job another one’s end', async () => {
    const app = await Followed.begin({ faults: { noSse: 1, runRepeatsNumbers: 1 } })
    const job = await app.start(hour, 6000)
    app.sim.restart('killed', 500)
    await app.advance(600)
    const other = app.sim.startElsewhere(hour.id)
    await app.advance(50)
    app.sim.stopElsewhere(hour.id, other)
    await app.advance(300_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'endedWithServer' }])
  })

  it.each([0, 20_000, 40_000])(
    'two starts at once are followed as closely as one, %i ms after a poll',
    async (phase) => {
      const app = await Followed.begin({ faults: { noSse: 1 } })
      await app.advance(61_000 + phase)
      const jobs = [tenSeconds, tenSeconds].map((workflow) => app.start(workflow, 0))
      await app.advance(17_000)
      expect(await Promise.all(jobs)).toHaveLength(2)
      expect(app.told.map(({ outcome }) => outcome)).toEqual(['done', 'done'])
    },
  )

  it('jobs are followed though the list of workflows is broken', async () => {
    const app = await Followed.begin({ faults: { noSse: 1 } })
    const job = await app.start(tenSeconds)
    app.wire.disturb((path) => (path === 'search' ? 'status500' : null))
    await app.restartApp(20_000)
    await app.advance(60_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })
})
