import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
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

  it('what was seen of the server’s last run does not make starts of its next one unknown', async () => {
    const line = simWorkflow({ id: 7, name: 'Line', durationMs: 30_000, enableParallelJobs: false })
    const app = await Followed.begin({ workflows: [line], faults: { noSse: 1 } })
    // That the entry on the pages is the first run's, its log says.
    app.wire.disturb((path) => (path === 'entry' ? 'status500' : null))
    await app.start(line)
    await app.start(line)
    await app.advance(20_000)
    app.wire.repair()
    app.sim.faults.set({ pagesRefused: 1 })
    await app.restartUnseen(1000)
    await app.advance(60_000)
    const next = await app.startMany(line, 2)
    await app.advance(50_000)
    app.sim.faults.set({ pagesRefused: 0 })
    await app.advance(120_000)
    expect(next.map((job) => app.outcomesOf(job))).toEqual([['done'], ['done']])
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

  it.each([
    { what: 'while a job runs', phase: 0, isBusy: true },
    { what: 'while nothing runs', phase: 0, isBusy: false },
    { what: 'while nothing runs', phase: 10_000, isBusy: false },
    { what: 'while nothing runs', phase: 20_000, isBusy: false },
  ])('a server that says nothing any more is away in 45 s $what ($phase)', async ({ phase, isBusy }) => {
    const app = await Followed.begin({ faults: { noSse: 1 } })
    await app.advance(200_000 + phase)
    if (isBusy) await app.start(hour)
    await app.advance(10_000)
    expect(app.links.at(-1)).toBe('slow')
    app.wire.goDark()
    await app.advance(45_000)
    expect(app.links.at(-1)).toBe('offline')
    app.wire.repair()
    await app.advance(90_000)
    expect(app.links.at(-1)).toBe('slow')
  })

  it('a server that says nothing any more is away though a start waits of which nothing can be asked', async () => {
    const app = await Followed.begin({ faults: { noSse: 1 } })
    app.wire.disturb((path) => (path.startsWith('search-history') ? 'status500' : null))
    app.sim.faults.set({ startNotReceived: { next: 1 } })
    const job = await app.start(hour, 5000)
    expect(app.job(job).answer).toBe('lost')
    app.wire.disturb(() => null)
    await app.advance(60_000)
    app.wire.goDark()
    await app.advance(45_000)
    expect(app.links.at(-1)).toBe('offline')
  })
})
