import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FaultSettings } from '../../wexflow-sim/faults.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { SimClient } from './sim-client.ts'

const workflows = [simWorkflow({ id: 2, name: 'Queue', durationMs: 2000, enableParallelJobs: false })]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 0, 1) })
})

afterEach(() => {
  vi.useRealTimers()
})

/** A job whose stop met its end, with so many starts in the queue. */
async function stopped(queued: readonly string[], faults: Partial<FaultSettings> = {}) {
  const client = new SimClient({ workflows, faults: { stopMeetsEnd: { next: 1 }, ...faults } })
  const first = await client.start(2, 'first')
  for (const name of queued) await client.start(2, name)
  const stream = client.listen(`sse/2/${first}`)
  const answer = await client.stop(2, first)
  return { client, first, stream, answer }
}

describe('a stop that meets the job’s own end', () => {
  test('is answered true, and says Stopped a moment after the job has said Done', async () => {
    const { client, first, stream, answer } = await stopped([])
    expect(answer).toBe(true)
    expect(stream.text).toContain('"status":"Done"')
    expect(await client.entry(2, first)).toMatchObject({ Status: 2 })
    await vi.advanceTimersByTimeAsync(100)
    expect(await client.entry(2, first)).toMatchObject({ Status: 6 })
    expect(await client.history()).toMatchObject([{ Status: 6 }, { Status: 2 }])
    expect(await client.get(`job?w=2&i=${first}`)).toMatchObject({ IsRunning: false, Status: 'Stopped' })
    const logs = [
      await client.get('history-entry-logs?id=101'),
      await client.get('history-entry-logs?id=102'),
    ]
    expect(logs[0]).toContain(first)
    expect(logs[1]).toBe(logs[0])
    expect(client.sim.truth(first)).toMatchObject({
      outcome: 'Stopped',
      endedAlone: 'Done',
      observable: true,
    })
  })

  test('changes nothing for what is started later where nothing waited', async () => {
    const { client } = await stopped([])
    const next = await client.start(2, 'next')
    await vi.advanceTimersByTimeAsync(3000)
    expect(client.sim.truth(next)).toMatchObject({ outcome: 'Done' })
  })

  test('is a stop as any other of a suspended job', async () => {
    const client = new SimClient({ workflows, faults: { stopMeetsEnd: 1 } })
    const first = await client.start(2, 'first')
    client.sim.suspendElsewhere(2, first)
    await client.stop(2, first)
    expect(client.sim.truth(first)).toMatchObject({ outcome: 'Stopped', endedAlone: null })
  })
})

describe('a queue whose job ended as it was stopped', () => {
  test('goes on as after other stops: its next job runs hidden', async () => {
    const { client } = await stopped(['second', 'third'])
    await vi.advanceTimersByTimeAsync(1000)
    const second = client.sim.startTruth('second')?.jobId
    expect(await client.get('jobs?w=2')).toEqual([])
    expect(await client.get('workflow?w=2')).toMatchObject({ InstanceId: second, IsRunning: true })
    await vi.advanceTimersByTimeAsync(5000)
    const ids = ['second', 'third'].map((name) => client.sim.startTruth(name)?.jobId ?? '')
    expect(ids.map((id) => client.sim.truth(id)?.outcome)).toEqual(['Done', 'Done'])
  })
})

/** The same, with a queue that stands still. */
const standingStill = (queued: readonly string[], faults: Partial<FaultSettings> = {}) =>
  stopped(queued, { queueStandsStill: 1, ...faults })

describe('a queue that stands still since its job ended as it was stopped', () => {
  test('begins nothing', async () => {
    const { client, first } = await standingStill(['second', 'third'])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await client.get('jobs?w=2')).toEqual([])
    expect(await client.get('workflow?w=2')).toMatchObject({ InstanceId: first, IsRunning: false })
    expect(client.sim.startTruth('second')).toMatchObject({ jobId: null, dropped: 'byDeadWorkflow' })
    expect(client.sim.startTruth('third')).toMatchObject({ jobId: null, dropped: null, held: { to: null } })
    expect([...client.sim.standstills().keys()]).toEqual([2])
  })

  test('goes on behind whatever begins the workflow anew, without the start that was next', async () => {
    const { client } = await standingStill(['second', 'third', 'fourth'])
    await vi.advanceTimersByTimeAsync(60_000)
    const next = await client.start(2, 'next')
    expect(client.sim.startTruth('third')?.held?.to).toEqual(expect.any(Number))
    await vi.advanceTimersByTimeAsync(10_000)
    const ids = ['third', 'fourth'].map((name) => client.sim.startTruth(name)?.jobId ?? '')
    expect([next, ...ids].map((id) => client.sim.truth(id)?.outcome)).toEqual(['Done', 'Done', 'Done'])
    expect(client.sim.startTruth('second')).toMatchObject({ jobId: null })
    expect(client.sim.standstills().size).toBe(0)
  })

  test('is gone where the workflow is saved', async () => {
    const { client } = await standingStill(['second', 'third'])
    client.sim.saveElsewhere(2)
    await client.start(2, 'next')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(client.sim.startTruth('third')).toMatchObject({ jobId: null, dropped: 'byDeadWorkflow' })
  })

  test('can be that of a workflow that is dead: what is started later has an id and does not begin', async () => {
    const { client } = await standingStill(['second', 'third'], { standstillIsDead: 1 })
    const next = await client.start(2, 'next')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(next).not.toMatch(/^0/u)
    expect(await client.entry(2, next)).toBeNull()
    expect(await client.get('jobs?w=2')).toEqual([])
    expect(client.sim.startTruth('third')).toMatchObject({ dropped: 'byDeadWorkflow', held: { to: null } })
  })
})

/** The ids of three jobs that are started and stopped. */
async function threeIds(faults: Partial<FaultSettings>): Promise<string[]> {
  const client = new SimClient({ workflows, faults, randomApart: () => 0.9 })
  const ids = []
  for (let count = 0; count < 3; count += 1) {
    ids.push(await client.start(2))
    await client.stop(2, ids.at(-1) ?? '')
    await vi.advanceTimersByTimeAsync(100)
  }
  return ids
}

test('these faults leave the chances of the others as they were', async () => {
  const others = { stopSaysFalse: 0.5 }
  expect(await threeIds({ ...others, stopMeetsEnd: 0.5 })).toEqual(await threeIds(others))
})
