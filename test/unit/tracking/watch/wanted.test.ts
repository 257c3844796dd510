import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { seededRandom } from '../../../wexflow-sim/random.ts'
import { simWorkflow } from '../../../wexflow-sim/workflows.ts'
import { Followed, hour, instant, second, tenSeconds, useFakeClock } from '../followed.ts'
import { all, change, favourites, nothing, watched, watchful } from './watchful.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

describe('what is wanted changes:', () => {
  it('what is wanted no more leaves the list, for good', async () => {
    const app = await watchful()
    app.sim.startElsewhere(second.id)
    app.sim.startElsewhere(hour.id)
    const job = await app.start(second)
    await app.advance(5000)
    expect(app.jobs).toHaveLength(3)
    change(app, nothing)
    await app.advance(2000)
    expect(app.jobs.map(({ key }) => key)).toEqual([job.key])
    await app.restartApp()
    expect(app.jobs.map(({ key }) => key)).toEqual([job.key])
    const since = app.now
    app.sim.startElsewhere(second.id)
    await app.advance(30_000)
    expect(app.wire.sent.filter(({ at, path }) => at >= since && path !== 'search')).toEqual([])
  })

  it('a run of a new favourite that goes on is followed from then on', async () => {
    const app = await watchful({ watching: favourites(instant.id) })
    app.sim.startElsewhere(tenSeconds.id)
    await app.advance(3000)
    expect(app.jobs).toEqual([])
    change(app, favourites(instant.id, tenSeconds.id))
    await app.advance(10_000)
    expect(app.told).toMatchObject([{ workflow: 'P10s', outcome: 'done' }])
  })

  it('a run that has gone on for long is found below hundreds that ended since', async () => {
    const app = await Followed.begin()
    app.sim.startElsewhere(hour.id)
    for (let count = 0; count < 250; count += 1) app.sim.startElsewhere(instant.id)
    await app.start(second)
    await app.advance(5000)
    change(app, all)
    await app.advance(5000)
    expect(watched(app).map(({ workflowName }) => workflowName)).toEqual(['Hour'])
    expect(watched(app)[0]?.historyMark).not.toBeNull()
  })

  it('a run that the person took off the list does not come back', async () => {
    const app = await watchful()
    const jobId = app.sim.startElsewhere(hour.id)
    await app.advance(1000)
    expect(app.jobs).toHaveLength(1)
    change(app, { ...all, isDismissed: (id) => id === jobId })
    await app.advance(60_000)
    expect(app.jobs).toEqual([])
  })
})

describe('what it costs', () => {
  it('is bounded where others run 400 jobs a minute of 118 workflows', async () => {
    const workflows = Array.from({ length: 118 }, (_, index) =>
      simWorkflow({ id: index + 1, name: `W${index}`, durationMs: 3000, enableParallelJobs: index % 3 > 0 }),
    )
    const app = await watchful({ workflows })
    const random = seededRandom(1)
    const since = app.now
    for (let count = 0; count < 400; count += 1) {
      app.sim.startElsewhere(1 + Math.floor(random() * 118))
      await app.advance(150)
    }
    const pages = app.wire.count('search-entries-by-page-order-by', since)
    expect(pages).toBeLessThanOrEqual(30 + 10 + 6)
    expect(app.wire.count('entry-logs', since)).toBeLessThanOrEqual(2 * 405)
    const others = app.wire.count(null, since) - pages - app.wire.count('entry-logs', since)
    expect(others).toBeLessThanOrEqual(12)
    await app.advance(30_000)
    expect(app.told).toHaveLength(400)
    expect(new Set(app.told.map(({ outcome }) => outcome))).toEqual(new Set(['done']))
  }, 60_000)

  it('is a handful of reads a minute where others’ jobs go on and nothing changes', async () => {
    const app = await watchful()
    for (let count = 0; count < 50; count += 1) app.sim.startElsewhere(hour.id)
    await app.advance(30_000)
    const since = app.now
    await app.advance(600_000)
    expect(app.wire.count(null, since)).toBeLessThanOrEqual(10 * (5 * 4 + 4 + 2 + 2))
  })
})
