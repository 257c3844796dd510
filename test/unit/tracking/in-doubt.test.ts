import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Followed, hour, second, tenSeconds, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)

afterEach(() => vi.useRealTimers())

it('a job of which nothing is ever seen is given up after an hour', async () => {
  const app = await Followed.begin({ faults: { lateEntryMs: 10 * 3_600_000 } })
  const job = await app.start(second)
  await app.advance(3_500_000)
  expect(app.told).toEqual([])
  await app.advance(200_000)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'startUnconfirmed' }])
})

it('ends that no record will ever confirm do not keep a job from being asked for', async () => {
  const app = await Followed.begin()
  await app.startMany(tenSeconds, 10)
  await app.advance(9000)
  app.wire.disturb((path) => (path === 'entry' || path.startsWith('search-entries') ? 'status500' : null))
  await app.advance(1200)
  expect(app.told).toHaveLength(10)
  app.sim.restart('killed', 300)
  app.wire.repair()
  app.sim.faults.set({ lateEntryMs: 5000, frameDropped: 1 })
  await app.advance(5000)
  const job = await app.start(second)
  await app.advance(30_000)
  expect(app.outcomesOf(job)).toEqual(['done'])
})

describe('an end that was told as unknown', () => {
  it('is corrected where the job began only after it was given up', async () => {
    const app = await Followed.begin({ faults: { lateEntryMs: 960_000 } })
    const job = await app.start(hour)
    await app.advance(60_000)
    app.sim.breakStreams('changeStream', 'reset')
    await app.advance(860_000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'unknown', reason: 'startUnconfirmed' }])
    await app.advance(4_800_000)
    expect(app.outcomesOf(job)).toEqual(['unknown', 'done'])
  })

  it.each(['the same app', 'the next start of the app'])(
    'is corrected once the history can be read again, by %s',
    async (who) => {
      const app = await Followed.begin()
      const job = await app.start(tenSeconds, 5000)
      app.sim.faults.set({ pagesRefused: 1 })
      await app.restartUnseen(7000)
      app.sim.startElsewhere(second.id)
      await app.advance(300_000)
      expect(app.outcomesOf(job)).toEqual(['unknown'])
      if (who !== 'the same app') app.closeApp()
      app.sim.faults.set({ pagesRefused: 0 })
      if (who !== 'the same app') await app.openApp()
      await app.advance(600_000)
      expect(app.outcomesOf(job)).toEqual(['unknown', 'done'])
    },
  )
})

it('jobs in doubt are not asked about each time that a proxy cuts the streams', async () => {
  const app = await Followed.begin({ faults: { streamsCutAfterMs: 60_000 } })
  await app.startMany(hour, 20, 5)
  await app.advance(20_000)
  app.sim.restart('killed', 500)
  await app.advance(5000)
  app.sim.startElsewhere(second.id)
  await app.advance(60_000)
  expect(app.told).toHaveLength(20)
  const since = app.now
  await app.advance(3_600_000)
  expect(app.wire.count('entry', since)).toBeLessThan(20 * 15)
})

it('an end of which there is no record is not put right by the entry that has its id in the server’s next run', async () => {
  const minute = { ...tenSeconds, durationMs: 60_000 }
  const app = await Followed.begin({ workflows: [second, minute], database: 'litedb' })
  const change = async (ms: number): Promise<void> => {
    app.sim.startElsewhere(second.id)
    await app.advance(ms)
  }
  app.sim.faults.set({ endNotStored: { next: 1 } })
  const job = await app.start(minute)
  await app.advance(65_000)
  expect(app.toldOf(job)).toMatchObject([{ outcome: 'failed', from: 'stream' }])
  app.sim.restart('killed')
  await app.advance(5000)
  app.sim.startElsewhere(minute.id)
  await change(2000)
  await change(2000)
  // While there is no change stream a page shows that a job of its workflow runs.
  await change(100)
  app.wire.disturb((path) => (path === 'sse/status-count' ? 'status500' : null))
  app.sim.breakStreams('changeStream', 'reset')
  await app.advance(2000)
  app.wire.repair()
  await app.advance(20_000)
  // The first page after that shows that the server is still in the same run.
  await change(60_000)
  expect(app.outcomesOf(job)).toEqual(['failed'])
})
