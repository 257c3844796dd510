import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { SimClient } from './sim-client.ts'

const hourMs = 3_600_000
const workflows = [
  simWorkflow({ id: 1, name: 'Parallel', durationMs: 4000 }),
  simWorkflow({ id: 2, name: 'OneByOne', durationMs: 4000, enableParallelJobs: false }),
]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 0, 1, 12) })
})

afterEach(() => {
  vi.useRealTimers()
})

const stampOf = (line = ''): number => Date.parse(`${line.slice(0, 23).replace(' ', 'T')}Z`)

/** The time stamps of a log's first and last line, as if they were in UTC. */
function stamps(log: unknown): [number, number] {
  const lines = String(log).split('\r\n')
  return [stampOf(lines.at(0)), stampOf(lines.at(-1))]
}

describe('the first and the last time stamp of a log', () => {
  test('are in the local time of the server', async () => {
    const client = new SimClient({ workflows, serverTimeOffsetMs: 2 * hourMs })
    const jobId = await client.start(1)
    await vi.advanceTimersByTimeAsync(5000)
    const { beganAt, endedAt } = client.sim.truth(jobId) ?? {}
    const log = await client.get('history-entry-logs?id=101')
    expect(stamps(log)).toEqual([(beganAt ?? 0) + 2 * hourMs, (endedAt ?? 0) + 2 * hourMs])
  })

  test.each([
    ['begins late', { lateEntryMs: 20_000 }, 1],
    ['queued', {}, 2],
  ] as const)('are as far apart as a job ran that %s', async (_, faults, workflowId) => {
    const client = new SimClient({ workflows, faults })
    await client.start(workflowId)
    await client.start(workflowId)
    await vi.advanceTimersByTimeAsync(30_000)
    for (const id of [101, 102]) {
      const [first, last] = stamps(await client.get(`history-entry-logs?id=${id}`))
      expect(last - first).toBe(4000)
    }
  })

  test('are what the clock showed then, also where it was set back meanwhile', async () => {
    const client = new SimClient({ workflows, serverTimeOffsetMs: 2 * hourMs })
    await client.start(1)
    client.sim.moveClock(-hourMs)
    await vi.advanceTimersByTimeAsync(5000)
    const [first, last] = stamps(await client.get('history-entry-logs?id=101'))
    expect(last - first).toBe(4000 - hourMs)
  })
})

test('the log of a stopped job ends with its first line', async () => {
  const client = new SimClient({ workflows })
  const jobId = await client.start(1)
  await client.stop(1, jobId)
  const log = await client.get('history-entry-logs?id=101')
  expect(log).toMatch(new RegExp(`Workflow started - Instance Id: ${jobId}$`))
})
