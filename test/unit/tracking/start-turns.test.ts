import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { starting } from '../../../src/main/tracking/policy.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { Followed, instant, queueing, second, useFakeClock } from './followed.ts'

beforeEach(useFakeClock)
afterEach(() => vi.useRealTimers())

const fiveSeconds = simWorkflow({ id: 9102, name: 'P5s', durationMs: 5000 })

/** How long after its run's end each start was told of it, and of how many it was told once, in milliseconds. */
function latencies(app: Followed): number[] {
  return app.told.map(({ key, at }) => {
    const { jobId } = app.job({ key })
    const truth = app.sim.truths().find((one) => one.jobId === jobId)
    return at - (truth?.endedAt ?? Number.NaN)
  })
}

/** When each start's request went out, in milliseconds after the first one's. */
function sentAfter(app: Followed): number[] {
  const sent = app.wire.sent.filter(({ path }) => path.startsWith('start')).map(({ at }) => at)
  return sent.map((at) => at - (sent[0] ?? Number.NaN))
}

describe('many starts of a workflow at once, on a server on which starts race', () => {
  it('run side by side, and each is told within seconds how its own run ended', async () => {
    const app = await Followed.begin({
      workflows: [fiveSeconds],
      faults: { startWaitsForOther: 0.3, startIdReplaced: 0.1 },
    })
    await app.startMany(fiveSeconds, 40, 0)
    await app.advance(20_000)
    expect(app.told.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 40 }, () => 'done'))
    expect(Math.max(...latencies(app))).toBeLessThan(5000)
    expect(app.jobs.filter(({ maybeOthers }) => maybeOthers)).toEqual([])
  })

  it('queue behind the first where one runs at a time: the server says so to each', async () => {
    const app = await Followed.begin({ faults: { startWaitsForOther: 1 } })
    await app.startMany(queueing, 5, 0)
    await app.advance(1000)
    expect(app.jobs.map(({ answer }) => answer).toSorted()).toEqual([
      'id',
      ...Array.from({ length: 4 }, () => 'queued'),
    ])
    await app.advance(20_000)
    expect(app.told.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => 'done'))
  })

  it('go out one after the other where each has ended before the next: none races', async () => {
    const app = await Followed.begin({ faults: { startWaitsForOther: 1 } })
    await app.startMany(instant, 4, 0)
    await app.advance(5000)
    expect(app.told.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done'])
    expect(new Set(sentAfter(app)).size).toBe(4)
  })
})

describe('a start right behind another of its workflow', () => {
  it('waits a moment and no longer for that one to begin', async () => {
    const app = await Followed.begin({ faults: { lateEntryMs: 60_000 } })
    await app.startMany(second, 3, 0)
    await app.advance(starting.behindFirst - 100)
    expect(sentAfter(app)).toEqual([0])
    await app.advance(200)
    const [, ...others] = sentAfter(app)
    expect(others).toHaveLength(2)
    for (const after of others) expect(after).toBeLessThanOrEqual(starting.behindFirst + 10)
  })

  it('goes out at once where that one had its time', async () => {
    const app = await Followed.begin({ faults: { lateEntryMs: 60_000 } })
    await app.start(second, 0)
    await app.advance(starting.behindFirst)
    await app.start(second, 50)
    expect(sentAfter(app)).toHaveLength(2)
  })

  it('does not wait where the server refuses that one, or its answer is lost', async () => {
    const app = await Followed.begin({ faults: { startNotReceived: { next: 1 } } })
    await app.startMany(second, 2, 0)
    await app.advance(200)
    expect(sentAfter(app)).toHaveLength(2)
  })

  it('of another workflow does not wait', async () => {
    const app = await Followed.begin({ faults: { lateEntryMs: 60_000 } })
    await app.start(second, 0)
    await app.start(fiveSeconds, 0)
    await app.start(instant, 50)
    expect(sentAfter(app)).toHaveLength(3)
  })

  it('is not sent any more where the sign-in is over by then: the next tracker tells so', async () => {
    const app = await Followed.begin({ faults: { lateEntryMs: 60_000 } })
    await app.start(second, 0)
    const job = await app.start(second, 100)
    await app.signIn(app.newToken(60_000))
    await app.advance(5000)
    expect(app.toldOf(job)).toMatchObject([{ outcome: 'notStarted', reason: 'notSent' }])
    expect(sentAfter(app)).toEqual([0])
  })
})
