import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { usualTime } from '../../../../src/main/tracking/policy.ts'
import type { PastRun, UsualTimesOf } from '../../../../src/main/tracking/reads/usual-read.ts'
import { failing, Followed, type FollowedOptions, hour, second, useFakeClock } from '../followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

/** What is kept of usual times, and what the tracker told it. */
class Kept implements UsualTimesOf {
  readonly told: (readonly [workflowId: number, runs: readonly PastRun[]])[] = []
  needsHistory = (workflowId: number): boolean => !this.told.some(([id]) => id === workflowId)
  noteHistory = (workflowId: number, runs: readonly PastRun[]): void =>
    void this.told.push([workflowId, runs])
}

/** The server has run this workflow seven times, each for a second, and runs it for an hour now, twice. */
async function afterRuns(options: FollowedOptions = {}) {
  const usual = new Kept()
  const app = await Followed.begin({ usual, ...options })
  for (let times = 0; times < 7; times += 1) {
    app.sim.startElsewhere(second.id)
    await app.advance(1500)
  }
  app.sim.saveWorkflows([{ ...second, durationMs: 3_600_000 }])
  await app.start(second)
  await app.start(second)
  return { app, usual }
}

describe('of a workflow of which too few runs are known', () => {
  it('the history is read once, for a job that goes on for a while', async () => {
    const { app, usual } = await afterRuns()
    await app.advance(usualTime.readAfter - 1000)
    expect(usual.told).toEqual([])
    await app.advance(3000)
    const [told] = usual.told
    expect(told?.[0]).toBe(second.id)
    expect(told?.[1].map(({ durationMs }) => durationMs)).toEqual([1000, 1000, 1000, 1000, 1000])
    expect(app.wire.count('history-entry-logs')).toBe(usualTime.mostLogs)
    await app.advance(120_000)
    expect(usual.told).toHaveLength(1)
  })

  it('nothing is read for jobs that are soon over', async () => {
    const usual = new Kept()
    const app = await Followed.begin({ usual })
    await app.start(second)
    await app.advance(60_000)
    expect(usual.told).toEqual([])
  })

  it('nothing is taken from runs that failed', async () => {
    const usual = new Kept()
    const app = await Followed.begin({ usual })
    await app.start(failing)
    await app.advance(2000)
    app.sim.saveWorkflows([{ ...failing, durationMs: 3_600_000 }])
    await app.start(failing)
    await app.advance(20_000)
    expect(usual.told).toEqual([[failing.id, []]])
  })

  it('its rows are found where the history finds no name', async () => {
    const { app, usual } = await afterRuns({ database: 'litedb' })
    await app.advance(20_000)
    expect(usual.told[0]?.[1]).toHaveLength(usualTime.mostLogs)
  })

  it('a history that is refused is asked no second time', async () => {
    const usual = new Kept()
    const app = await Followed.begin({ usual, faults: { pagesRefused: 1 } })
    await app.start(hour)
    await app.advance(60_000)
    expect(usual.told).toEqual([[hour.id, []]])
  })
})
