import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Followed, hour, second, tenSeconds, useFakeClock } from './followed.ts'

const isHistory = (path: string): boolean => path.startsWith('search-history')

beforeEach(useFakeClock)

afterEach(() => vi.useRealTimers())

describe('what can never be read', () => {
  it.each([
    ['the history', isHistory],
    ['the logs of the history', (path: string) => path === 'history-entry-logs'],
  ])('leaves an end unknown after a while, and not unsaid: %s', async (_, isBroken) => {
    const app = await Followed.begin()
    app.sim.startElsewhere(tenSeconds.id)
    const job = await app.start(tenSeconds, 5000)
    await app.restartUnseen(7000)
    app.wire.disturb((path) => (isBroken(path) ? 'status500' : null))
    app.sim.startElsewhere(second.id)
    await app.advance(300_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'historyUnread' }])
  })

  it('is not one log that hides the others of its workflow', async () => {
    const app = await Followed.begin()
    const job = await app.start(second, 500)
    app.wire.goDark()
    await app.advance(2000)
    app.sim.startElsewhere(second.id)
    await app.advance(2000)
    app.sim.restart('killed', 1000)
    await app.advance(2000)
    app.wire.repair()
    let broken = 0
    app.wire.disturb((path) => {
      if (path !== 'history-entry-logs') return null
      broken += 1
      return broken === 1 ? 'status500' : null
    })
    app.sim.startElsewhere(tenSeconds.id)
    await app.advance(60_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
  })

  it('are the running jobs of a workflow: a job that said that it ended does not wait for them', async () => {
    const app = await Followed.begin({ faults: { entryStuckRunning: 1 } })
    const job = await app.start(hour, 3000)
    app.wire.disturb((path) => (path === 'jobs' ? 'status500' : null))
    app.sim.stopElsewhere(hour.id, app.job(job).jobId ?? '')
    await app.advance(300_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'notRecorded' }])
  })

  it('are those of a workflow that is gone: nor does it wait for these', async () => {
    const app = await Followed.begin({ faults: { entryStuckRunning: 1 } })
    const job = await app.start(hour, 3000)
    app.sim.saveWorkflows([second])
    app.sim.stopElsewhere(hour.id, app.job(job).jobId ?? '')
    await app.advance(60_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'notRecorded' }])
  })

  it('is not the record of a stop that was written as the network went: it is read once that is back', async () => {
    const app = await Followed.begin()
    const job = await app.start(hour, 3000)
    app.sim.stopElsewhere(hour.id, app.job(job).jobId ?? '')
    // Its stream has said so by then; its record comes a few milliseconds later.
    await app.advance(12)
    app.wire.goDark()
    await app.advance(600_000)
    expect(app.toldOf(job)).toEqual([])
    app.wire.repair()
    await app.advance(120_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'stopped', from: 'entry' }])
  })
})
