import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { SimClient } from './sim-client.ts'

const workflows = [
  simWorkflow({ id: 1, name: 'Parallel', durationMs: 1000 }),
  simWorkflow({ id: 2, name: 'OneByOne', durationMs: 1000, enableParallelJobs: false }),
]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 0, 1) })
})

afterEach(() => {
  vi.useRealTimers()
})

describe('an answered id that never exists', () => {
  test('has no entry, no job and a silent stream, while the run goes under an id of its own', async () => {
    const client = new SimClient({ workflows, faults: { startIdReplaced: { next: 1 }, lateEntryMs: 5000 } })
    const answeredId = await client.start(1, 'replaced')
    const stream = client.listen(`sse/1/${answeredId}`)
    const jobId = client.sim.startTruth('replaced')?.jobId ?? ''
    expect(jobId).not.toBe(answeredId)
    expect(client.sim.startTruth('replaced')).toMatchObject({ answeredId, dropped: null })
    expect(await client.get('jobs?w=1')).toMatchObject([{ InstanceId: jobId }])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(stream).toMatchObject({ text: '', isOver: false })
    expect(await client.entry(1, answeredId)).toBeNull()
    expect(await client.get(`job?w=1&i=${answeredId}`)).toBeNull()
    expect(await client.get('history-entry-logs?id=101')).toContain(`Instance Id: ${jobId}`)
    expect(client.sim.truth(answeredId)).toBeNull()
    expect(client.sim.truth(jobId)).toMatchObject({ outcome: 'Done', beganAt: Date.UTC(2026, 0, 1) + 15 })
  })

  test('is never answered for a workflow that runs one job at a time', async () => {
    const client = new SimClient({ workflows, faults: { startIdReplaced: 1 } })
    const answeredId = await client.start(2, 'usual')
    expect(client.sim.startTruth('usual')?.jobId).toBe(answeredId)
  })
})

test('starts of one moment run one after the other, and a later one beside them, so that each begins', async () => {
  const client = new SimClient({ workflows, faults: { startWaitsForOther: 1 } })
  await client.startTogether(1, ['first', 'second', 'third'])
  await vi.advanceTimersByTimeAsync(500)
  await client.start(1, 'later')
  await vi.advanceTimersByTimeAsync(5000)
  const beganAfter = ['first', 'second', 'third', 'later'].map((name) => {
    const jobId = client.sim.startTruth(name)?.jobId ?? ''
    return Math.round(((client.sim.truth(jobId)?.beganAt ?? 0) - Date.UTC(2026, 0, 1)) / 500) / 2
  })
  expect(beganAfter).toEqual([0, 1, 2, 0.5])
})

test('starts of one moment begin at once, under their own ids, beside a job that their workflow runs', async () => {
  const client = new SimClient({ workflows, faults: { startWaitsForOther: 1, startIdReplaced: 0 } })
  await client.start(1, 'first')
  await vi.advanceTimersByTimeAsync(100)
  client.sim.faults.set({ startIdReplaced: 1 })
  const ids = await client.startTogether(1, ['second', 'third'])
  await vi.advanceTimersByTimeAsync(100)
  expect(['second', 'third'].map((name) => client.sim.startTruth(name)?.jobId)).toEqual(ids)
  expect(ids.map((id) => client.sim.truth(id)?.beganAt)).not.toContain(null)
})

/** Two starts at the same moment, both answered with an id; the one that runs is stopped. */
async function dead() {
  const client = new SimClient({ workflows, faults: { startWaitsForOther: 1, stopDeadensWorkflow: 1 } })
  const [running = '', waiting = ''] = await client.startTogether(2, ['running', 'waiting'])
  expect(await client.stop(2, running)).toBe(true)
  return { client, running, waiting }
}

async function expectTakenAndNotBegun(client: SimClient, jobId: string): Promise<void> {
  expect(jobId).toMatch(/[1-9a-f]/)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await client.entry(2, jobId)).toBeNull()
  expect(await client.get(`job?w=2&i=${jobId}`)).toBeNull()
  expect(await client.get('jobs?w=2')).toEqual([])
}

describe('a dead workflow', () => {
  test('begins neither the start that waited nor a later one, and shows the stopped job', async () => {
    const { client, running, waiting } = await dead()
    const later = await client.start(2, 'later')
    for (const jobId of [waiting, later]) await expectTakenAndNotBegun(client, jobId)
    const shown = { InstanceId: running, IsRunning: false, Status: 'Stopped' }
    expect(await client.get('workflow?w=2')).toMatchObject(shown)
    const swallowed = { jobId: null, dropped: 'byDeadWorkflow' }
    expect(client.sim.startTruth('waiting')).toMatchObject({ answeredId: waiting, ...swallowed })
    expect(client.sim.startTruth('later')).toMatchObject({ answeredId: later, ...swallowed })
    expect(client.sim.truths().map(({ jobId }) => jobId)).toEqual([running])
  })

  test.each([
    ['saved', (client: SimClient) => client.sim.saveElsewhere(2)],
    ['renamed', (client: SimClient) => client.sim.renameWorkflow(2, 'Other')],
    [
      'started with its server',
      (client: SimClient) => {
        client.sim.shutDown('killed')
        client.sim.startUp()
      },
    ],
  ])('lives again once it is %s', async (_, revive) => {
    const { client } = await dead()
    revive(client)
    const jobId = await client.start(2)
    expect(await client.get('jobs?w=2')).toMatchObject([{ InstanceId: jobId }])
  })

  test('can be made by a test, while its job runs on', async () => {
    const client = new SimClient({ workflows })
    const running = await client.start(2)
    await client.start(2, 'queued')
    client.sim.deadenWorkflow(2)
    const taken = await client.start(2)
    await expectTakenAndNotBegun(client, taken)
    expect(client.sim.truth(running)).toMatchObject({ outcome: 'Done' })
    expect(client.sim.startTruth('queued')).toMatchObject({ jobId: null, dropped: 'byDeadWorkflow' })
  })
})

describe('two starts at once of a workflow that runs one job at a time', () => {
  test('run one after the other where nobody stops the first', async () => {
    const client = new SimClient({ workflows, faults: { startWaitsForOther: 1, stopDeadensWorkflow: 1 } })
    const [first = '', second = ''] = await client.startTogether(2, ['first', 'second'])
    await vi.advanceTimersByTimeAsync(2200)
    expect(client.sim.truth(first)).toMatchObject({ outcome: 'Done' })
    expect(client.sim.truth(second)).toMatchObject({ outcome: 'Done' })
  })
})
