import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FaultSettings } from '../../wexflow-sim/faults.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { SimClient } from './sim-client.ts'

const workflows = [
  simWorkflow({
    id: 2,
    name: 'Queue',
    durationMs: 2000,
    enableParallelJobs: false,
    logLines: ['[Wait] Waiting for 00:00:02 ...', '[Wait] Task finished.'],
  }),
]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 0, 1) })
})

afterEach(() => {
  vi.useRealTimers()
})

/** A job that was stopped with two starts in the queue; `hiddenId` is the job that `workflow` shows then. */
async function stopped(faults: Partial<FaultSettings> = {}) {
  const client = new SimClient({ workflows, faults: { stopHidesNext: 1, ...faults } })
  const first = await client.start(2, 'first')
  await client.start(2, 'second')
  await client.start(2, 'third')
  const answer = await client.stop(2, first)
  const hiddenId = client.sim.startTruth('second')?.jobId ?? ''
  return { client, answer, hiddenId }
}

describe('a stop that is answered true with starts in the queue', () => {
  test('lets the next job run where only `workflow`, `job` and `entry` know it', async () => {
    const { client, answer, hiddenId } = await stopped()
    expect(answer).toBe(true)
    expect(await client.get('jobs?w=2')).toEqual([])
    expect(await client.get('workflow?w=2')).toMatchObject({ InstanceId: hiddenId, IsRunning: true })
    expect(await client.get(`job?w=2&i=${hiddenId}`)).toMatchObject({ Status: 'Running' })
    expect(await client.entry(2, hiddenId)).toMatchObject({ Status: 1 })
    expect(await client.stop(2, hiddenId)).toBe(false)
    const stream = client.listen(`sse/2/${hiddenId}`)
    await vi.advanceTimersByTimeAsync(2000)
    expect(stream.text).toContain('"status":"Done"')
    expect(await client.entry(2, hiddenId)).toMatchObject({ Status: 2 })
  })

  test('drops nothing: the one behind it is listed when its turn comes', async () => {
    const { client } = await stopped()
    await vi.advanceTimersByTimeAsync(2100)
    const third = client.sim.startTruth('third')?.jobId
    expect(await client.get('jobs?w=2')).toMatchObject([{ InstanceId: third }])
    await vi.advanceTimersByTimeAsync(2000)
    expect(client.sim.truth(third ?? '')).toMatchObject({ outcome: 'Done', isNamedInHistory: true })
  })

  test('leaves the history without a name for the hidden job, and the truth says so', async () => {
    const { client, hiddenId } = await stopped()
    await vi.advanceTimersByTimeAsync(2010)
    expect(await client.history()).toMatchObject([{ Status: 2 }, { Status: 6 }])
    const log = String(await client.get('history-entry-logs?id=102'))
    expect(log).not.toContain('Instance Id')
    expect(log.split('\r\n').map((line) => line.split('/ 2] ')[1])).toEqual([
      '[Wait] Waiting for 00:00:02 ...',
      '[Wait] Task finished.',
      'Workflow finished.',
    ])
    expect(client.sim.startTruth('second')).toMatchObject({ answeredId: null, jobId: hiddenId })
    expect(client.sim.truth(hiddenId)).toMatchObject({ outcome: 'Done', isNamedInHistory: false })
    expect(client.sim.truth(hiddenId)?.unlistedAt).toBe(client.sim.truth(hiddenId)?.beganAt)
  })
})

test('a hidden job can be said to be stopped while it is said to run', async () => {
  const { client, hiddenId } = await stopped({ hiddenSaysStopped: 1 })
  const said = { InstanceId: hiddenId, IsRunning: true, Status: 'Stopped' }
  expect(await client.get('workflow?w=2')).toMatchObject(said)
  expect(await client.get(`job?w=2&i=${hiddenId}`)).toMatchObject(said)
  await vi.advanceTimersByTimeAsync(2000)
  expect(await client.entry(2, hiddenId)).toMatchObject({ Status: 2 })
})

test.each<Partial<FaultSettings>>([{ stopSaysFalse: 1 }, { entryStuckRunning: 1 }])(
  'a stop that is answered false hides nothing: %j',
  async (faults) => {
    const { client, answer, hiddenId } = await stopped(faults)
    expect(answer).toBe(false)
    expect(await client.get('jobs?w=2')).toMatchObject([{ InstanceId: hiddenId }])
  },
)
