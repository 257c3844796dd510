import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { duration, starting } from '../../../../src/main/tracking/policy.ts'
import { hour, instant, queueing, second, tenSeconds, useFakeClock } from '../followed.ts'
import { watched, watchful } from './watchful.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

describe('a start of this app', () => {
  it('beside many runs of others, which slow the server down, is told by its log how long it took', async () => {
    const app = await watchful()
    for (let count = 1; count < duration.crowd; count += 1) app.sim.startElsewhere(hour.id)
    await app.advance(3000)
    const job = await app.start(tenSeconds, 9500)
    const logs = app.sim.requests('entry-logs')
    await app.advance(1000)
    expect(app.outcomesOf(job)).toEqual(['done'])
    expect(app.sim.requests('entry-logs')).toBe(logs + 1)
  })

  it('is one job, told once, beside the runs of others', async () => {
    const app = await watchful()
    app.sim.startElsewhere(second.id)
    const job = await app.start(second)
    app.sim.startElsewhere(second.id)
    await app.advance(10_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
    expect(app.told).toHaveLength(3)
    expect(watched(app)).toHaveLength(2)
  })

  it('takes no run from the list that had the same entry in the last run of the server', async () => {
    const app = await watchful({ database: 'litedb', faults: { stopHidesNext: 1 } })
    const others = app.sim.startElsewhere(queueing.id)
    app.sim.startElsewhere(queueing.id)
    await app.advance(500)
    app.sim.stopElsewhere(queueing.id, others)
    await app.advance(10_000)
    app.sim.restart('killed', 1000)
    await app.advance(20_000)
    const running = await app.start(queueing)
    const hidden = await app.start(queueing)
    await app.advance(700)
    void app.tracker.stopJob(running.key)
    await app.advance(30_000)
    expect(app.outcomesOf(hidden)).toEqual(['done'])
    expect(watched(app)).toHaveLength(2)
    expect(app.moved).toEqual([])
  })

  it('that ended in the server’s next run before the pages could be read again is not somebody else’s as well', async () => {
    const app = await watchful()
    app.sim.startElsewhere(instant.id)
    await app.advance(3000)
    const refuse = (part: string) => app.wire.disturb((path) => (path.includes(part) ? 'status500' : null))
    refuse('search-entries')
    app.sim.restart('killed', 1000)
    await app.advance(20_000)
    const job = await app.start(second)
    await app.advance(20_000)
    refuse('-logs')
    await app.advance(60_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
    expect(watched(app).map(({ workflowName }) => workflowName)).toEqual(['P0s'])
  })

  it('whose answer is late is not taken for somebody else’s', async () => {
    const app = await watchful()
    app.sim.faults.set({ slowStartMs: { upToMs: 20_000, chance: 1 } })
    const job = await app.start(second, 40_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
    expect(app.told).toHaveLength(1)
    expect(app.jobs).toHaveLength(1)
  })

  it.each(['startAnswerLost', 'startIdReplaced'] as const)(
    '(%s) claims its run as if nobody watched it',
    async (fault) => {
      const app = await watchful({ faults: { [fault]: { next: 1 } } })
      const job = await app.start(tenSeconds)
      await app.advance(30_000)
      expect(app.outcomesOf(job)).toEqual(['done'])
      expect(app.told).toHaveLength(1)
      expect(app.jobs).toHaveLength(1)
    },
  )

  it('that was queued behind the runs of others claims its own', async () => {
    const app = await watchful()
    app.sim.startElsewhere(queueing.id)
    await app.advance(200)
    const job = await app.start(queueing)
    app.sim.startElsewhere(queueing.id)
    await app.advance(15_000)
    expect(app.outcomesOf(job)).toEqual(['done'])
    expect(app.told).toHaveLength(3)
    expect(watched(app)).toHaveLength(2)
  })

  it('whose answer was lost is told once where no log can be read, be it as its own or not at all', async () => {
    const app = await watchful()
    app.sim.faults.set({ startAnswerLost: { next: 1 } })
    app.wire.disturb((path) => (path.includes('-logs') || path === 'jobs' ? 'status500' : null))
    const job = await app.start(second)
    await app.advance(1_000_000)
    expect(app.toldOf(job)).toHaveLength(1)
    expect(app.told).toHaveLength(1)
  })

  it('that turns out to be a run which was watched is one job with it', async () => {
    const app = await watchful()
    app.sim.faults.set({ slowStartMs: { upToMs: 110_000, chance: 1 } })
    const jobs = await app.startMany(second, 8)
    await app.advance(62_000)
    const seen = watched(app).map(({ key }) => key)
    expect(seen.length).toBeGreaterThan(0)
    await app.advance(60_000)
    expect(app.moved.map(([fromKey]) => fromKey).toSorted()).toEqual(seen.toSorted())
    expect(jobs.map((job) => app.outcomesOf(job))).toEqual(jobs.map(() => ['done']))
    expect(app.jobs.map(({ key }) => key).toSorted()).toEqual(jobs.map(({ key }) => key).toSorted())
  })

  it('gives back a run that was told as another’s, and what was told of it goes along both times', async () => {
    const app = await watchful()
    await app.start(hour, 1000)
    app.sim.faults.set({ lateEntryMs: 85_000 })
    await app.start(hour, 50)
    app.sim.faults.set({ lateEntryMs: 87_000 })
    const late = await app.start(hour, starting.behindFirst)
    app.sim.faults.set({ lateEntryMs: 0 })
    const others = app.sim.startElsewhere(hour.id)
    app.wire.disturb((path) => (path === 'start' ? null : 'status500'))
    await app.advance(500)
    app.sim.stopElsewhere(hour.id, others)
    await app.advance(4000)
    app.wire.repair()
    await app.advance(78_000)
    const [told] = watched(app)
    expect(told).toMatchObject({ jobId: others, outcome: 'stopped' })
    await app.advance(20_000)
    const [again] = watched(app)
    expect(again).toMatchObject({ jobId: others, outcome: 'stopped' })
    expect(app.moved).toEqual([
      [told?.key, late.key],
      [late.key, again?.key],
    ])
    expect(app.job(late)).toMatchObject({ phase: 'running', maybeOthers: false })
    expect(app.outcomesOf(late)).toEqual([])
  })
})
