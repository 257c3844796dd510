import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Draw } from '../../chaos/draw.ts'
import { planDay } from '../../chaos/plan.ts'
import { QueueStops } from '../../chaos/queue-stops.ts'
import { seededRandom } from '../../wexflow-sim/random.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 })
})
afterEach(() => vi.useRealTimers())

const queue = simWorkflow({ id: 12, name: 'Queue', durationMs: 5000, enableParallelJobs: false })

/** What became of a queue of seven jobs, the first of which was stopped at a bad moment. */
async function stoppedBy(seed: number) {
  const sim = new WexflowSim({ workflows: [queue], random: seededRandom(seed) })
  const first = sim.startElsewhere(12)
  for (let count = 0; count < 6; count += 1) sim.startElsewhere(12)
  await vi.advanceTimersByTimeAsync(100)
  const force = vi.fn<(faults: Parameters<typeof sim.faults.set>[0] | null) => void>((faults) => {
    if (faults === null) sim.faults.clear()
    else sim.faults.set(faults)
  })
  const asked: string[] = []
  const stopInApp = (jobId: string): boolean => {
    asked.push(jobId)
    return sim.stopElsewhere(12, jobId)
  }
  const stops = new QueueStops({ draw: new Draw(seededRandom(seed)), sim, force, stopInApp })
  const stopped = stops.stopOne()
  await vi.advanceTimersByTimeAsync(3000)
  return { sim, first, asked, force, isStopped: await stopped, injected: sim.faults.injected }
}

const planOf = (without: readonly 'queueStopped'[]) =>
  planDay(new Draw(seededRandom(7)), 50, false, { mostServers: 4, without: new Set(without) })

describe('who stops a job with starts behind it', () => {
  it('does so in the app or elsewhere, and in each of the ways that such stops were seen to go wrong', async () => {
    const seen = new Set<string>()
    for (let seed = 1; seed <= 40; seed += 1) {
      const { first, asked, force, isStopped, injected } = await stoppedBy(seed)
      expect(isStopped).toBe(true)
      expect(force).toHaveBeenLastCalledWith(null)
      for (const fault of injected.keys()) seen.add(fault)
      expect([[], [first]]).toContainEqual(asked)
      seen.add(asked.length > 0 ? 'in the app' : 'elsewhere')
    }
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'stopMeetsEnd',
        'queueStandsStill',
        'standstillIsDead',
        'stopCascades',
        'cascadeGoesOn',
        'cascadeShiftsRecords',
        'in the app',
        'elsewhere',
      ]),
    )
  })

  it('does nothing where nothing waits', async () => {
    const sim = new WexflowSim({ workflows: [queue], random: seededRandom(1) })
    const stops = new QueueStops({
      draw: new Draw(seededRandom(1)),
      sim,
      force: () => undefined,
      stopInApp: () => false,
    })
    expect(await stops.stopOne()).toBe(false)
    sim.startElsewhere(12)
    await vi.advanceTimersByTimeAsync(100)
    expect(await stops.stopOne()).toBe(false)
  })

  it('leaves everything else of a day as it was drawn', () => {
    const { incidents, ...rest } = planOf([])
    expect(incidents.some(({ kind }) => kind === 'queueStopped')).toBe(true)
    const left = incidents.filter(({ kind }) => kind !== 'queueStopped')
    expect(planOf(['queueStopped'])).toEqual({ ...rest, incidents: left })
  })
})
