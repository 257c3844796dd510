import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { busyServer } from '../../wexflow-sim/faults.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { SimClient } from './sim-client.ts'

const workflows = [simWorkflow({ id: 1, name: 'Slow', durationMs: 45_000 })]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 0, 1) })
})

afterEach(() => {
  vi.useRealTimers()
})

const keepAlives = (text: string): number => text.match(/keep-alive/g)?.length ?? 0

test('a busy server says nothing and answers late, but delivers to streams that are open', async () => {
  const client = new SimClient({ workflows })
  const changes = client.listen('sse/status-count')
  const jobId = await client.start(1)
  const early = client.listen(`sse/1/${jobId}`)
  await vi.advanceTimersByTimeAsync(0)
  client.sim.faults.set(busyServer)
  const late = client.listen('sse/status-count')
  const answer = client.get('hello').catch(() => 'late')
  await vi.advanceTimersByTimeAsync(40_000)
  expect(keepAlives(changes.text)).toBe(1)
  expect(keepAlives(late.text)).toBe(0)
  expect(await answer).toMatchObject({ message: expect.any(String) })
  await vi.advanceTimersByTimeAsync(6000)
  expect(early.text).toContain('"status":"Done"')
  client.sim.faults.clear()
  await vi.advanceTimersByTimeAsync(15_000)
  expect(keepAlives(changes.text)).toBe(2)
  expect(keepAlives(late.text)).toBeGreaterThan(0)
})

test('calls take as long as they are told to', async () => {
  const client = new SimClient({ workflows, faults: { slowCallMs: 20_000 } })
  const startedAt = Date.now()
  const answer = client.get('hello').then(() => Date.now() - startedAt)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(await answer).toBeGreaterThan(20_000)
})

test('a new stream that the server comes to late misses what happened meanwhile', async () => {
  const client = new SimClient({ workflows, faults: { newStreamSilentMs: 50_000 } })
  const stream = client.listen(`sse/1/${await client.start(1)}`)
  await vi.advanceTimersByTimeAsync(120_000)
  expect(stream).toMatchObject({ text: '', isOver: false })
  expect(client.sim.openStreams('jobStream')).toBe(1)
})

test('a stream that goes away before the server came to it is forgotten', async () => {
  const client = new SimClient({ workflows, faults: { newStreamSilentMs: 20_000 } })
  const stream = client.listen(`sse/1/${await client.start(1)}`)
  await vi.advanceTimersByTimeAsync(10_000)
  stream.abort.abort()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(client.sim.openStreams('jobStream')).toBe(0)
})
