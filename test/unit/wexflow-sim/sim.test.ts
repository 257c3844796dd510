import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FaultSettings } from '../../wexflow-sim/faults.ts'
import { noJobId } from '../../wexflow-sim/random.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { SimClient } from './sim-client.ts'

const workflows = [
  simWorkflow({ id: 1, name: 'Second', durationMs: 1000 }),
  simWorkflow({ id: 2, name: 'Queue', durationMs: 1000, enableParallelJobs: false }),
  simWorkflow({ id: 3, name: 'Approval', waitsForApprovalAfterMs: 100, durationMs: 1000 }),
  simWorkflow({ id: 4, name: 'Instant', durationMs: 0, outcome: 'Failed' }),
]

const clientOf = (faults: Partial<FaultSettings> = {}): SimClient => new SimClient({ workflows, faults })

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 0, 1) })
})

afterEach(() => {
  vi.useRealTimers()
})

describe('job streams', () => {
  test('who comes after the end hears nothing for ever', async () => {
    const client = clientOf()
    const jobId = await client.start(4)
    const late = client.listen(`sse/4/${jobId}`)
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(late).toMatchObject({ text: '', isOver: false })
    expect(await client.ask('GET', `entry?w=4&i=${jobId}`)).toMatchObject({ Status: 3 })
  })

  test('who goes away is forgotten', async () => {
    const client = clientOf()
    const stream = client.listen(`sse/1/${await client.start(1)}`)
    await vi.advanceTimersByTimeAsync(1)
    expect(client.sim.openStreams('jobStream')).toBe(1)
    stream.abort.abort()
    expect(client.sim.openStreams('jobStream')).toBe(0)
  })
})

describe('the queue', () => {
  test('the head starts under a fresh job id when the running job ends', async () => {
    const client = clientOf()
    const first = await client.start(2)
    expect(await client.start(2)).toBe(noJobId)
    await vi.advanceTimersByTimeAsync(1100)
    const head = client.sim.truths().find(({ jobId }) => jobId !== first)
    expect(client.sim.truth(first)).toMatchObject({ outcome: 'Done' })
    expect(await client.ask('GET', 'jobs?w=2')).toMatchObject([{ InstanceId: head?.jobId }])
    expect(client.sim.startsCarriedOut(2)).toBe(2)
  })
})

describe('approval', () => {
  test('the wait sends no signal, and only approval lets the job go on', async () => {
    const client = clientOf()
    const counts = client.listen('sse/status-count')
    const jobId = await client.start(3)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(counts.text.match(/event: statusCount/g)).toHaveLength(1)
    expect(await client.ask('GET', 'search?s=Approval')).toMatchObject([{ IsWaitingForApproval: true }])
    expect(await client.ask('POST', `approve?w=3&i=${jobId}`)).toBe(true)
    await vi.advanceTimersByTimeAsync(1300)
    expect(client.sim.truth(jobId)).toMatchObject({ outcome: 'Done' })
  })
})

describe('a restart', () => {
  test('takes entries and running jobs with it, keeps the history, and counts as another run', async () => {
    const client = clientOf()
    const ended = await client.start(4)
    const running = await client.start(1)
    const stream = client.listen(`sse/1/${running}`)
    const runId = client.sim.runId
    client.sim.restart('killed', 5000)
    await vi.advanceTimersByTimeAsync(1)
    expect(stream).toMatchObject({ isOver: true, error: { cause: { code: 'ECONNRESET' } } })
    await expect(client.ask('GET', 'hello')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
    await vi.advanceTimersByTimeAsync(5000)
    expect(client.sim.runId).toBeGreaterThan(runId)
    expect(await client.ask('GET', `entry?w=4&i=${ended}`)).toBeNull()
    expect(await client.ask('GET', `entry?w=1&i=${running}`)).toBeNull()
    const page =
      'search-history-entries-by-page-order-by?s=&from=0&to=4102444800000&page=1&entriesCount=9&heo=1'
    expect(await client.ask('GET', page)).toMatchObject([{ Name: 'Instant', Status: 3 }])
    expect(client.sim.truth(ended)).toMatchObject({ outcome: 'Failed', observable: true })
    expect(client.sim.truth(running)).toMatchObject({ outcome: 'lost', observable: false })
  })
})

describe('faults', () => {
  test('an exact count is used up', async () => {
    const client = clientOf({ restStatus500: { next: 1 } })
    expect(await client.ask('GET', 'search?s=')).toBeNull()
    expect(await client.ask('GET', 'search?s=')).toHaveLength(workflows.length)
  })

  test('a record that is late is announced by a change before it can be read', async () => {
    const client = clientOf({ changeBeforeRecordMs: 500 })
    const jobId = await client.start(1)
    await vi.advanceTimersByTimeAsync(1100)
    expect(client.sim.truth(jobId)).toMatchObject({ outcome: 'Done', recordedAt: null })
    expect(await client.ask('GET', `entry?w=1&i=${jobId}`)).toMatchObject({ Status: 1 })
    await vi.advanceTimersByTimeAsync(500)
    expect(await client.ask('GET', `entry?w=1&i=${jobId}`)).toMatchObject({ Status: 2 })
  })

  test('a frame can come byte by byte, twice, or never', async () => {
    const client = clientOf({ frameSplit: 1, frameDuplicated: { next: 1 } })
    const twice = client.listen(`sse/1/${await client.start(1)}`)
    await vi.advanceTimersByTimeAsync(1100)
    expect(twice.text.match(/"status":"Done"/g)).toHaveLength(2)
    client.sim.faults.set({ frameDropped: 1 })
    const never = client.listen(`sse/1/${await client.start(1)}`)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(never).toMatchObject({ text: '', isOver: false })
  })

  test('a token is good for its lifetime and no longer', async () => {
    const client = clientOf()
    const token = client.sim.tokens.issue('admin', 60_000)
    await vi.advanceTimersByTimeAsync(59_999)
    expect(client.sim.tokens.username(token)).toBe('admin')
    await vi.advanceTimersByTimeAsync(1)
    expect(client.sim.tokens.username(token)).toBeNull()
  })
})
