import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WexflowClient } from '../../../src/main/wexflow/client.ts'
import { SignIn } from '../../../src/main/wexflow/sign-in.ts'
import { inMemoryTransport } from '../../wexflow-sim/in-memory.ts'
import { type SimOptions, WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})

afterEach(() => {
  vi.useRealTimers()
})

function clientOf(options: SimOptions): WexflowClient {
  const transport = inMemoryTransport(new WexflowSim(options))
  const signIn = new SignIn({
    fetch: transport.call,
    baseUrl: 'http://sim',
    username: 'admin',
    password: () => Promise.resolve('wexflow2018'),
    token: null,
    onToken: () => {},
  })
  return new WexflowClient('http://sim', transport, signIn)
}

/** Lets the clock run until the answer is there. */
async function answered<Value>(answer: Promise<Value>): Promise<Value> {
  await vi.advanceTimersByTimeAsync(500)
  return answer
}

test('of two stored versions the client names the one that the server runs', async () => {
  const workflows = [simWorkflow({ id: 1, name: 'First', durationMs: 0, laterVersionNames: ['Second'] })]
  const client = clientOf({ workflows })
  const listed = await answered(client.workflows())
  expect(listed.map(({ id, name }) => [id, name])).toEqual([[1, 'First']])
  await answered(client.start(1))
  const [row] = await answered(client.history('', 1, 10))
  expect(row?.name).toBe('First')
})

test('a history that finds no capital letters is searched with an empty text', async () => {
  const client = clientOf({
    workflows: [simWorkflow({ id: 1, name: 'P1s', durationMs: 0 })],
    database: 'litedb',
  })
  await answered(client.start(1))
  expect(await answered(client.history('P1s', 1, 10))).toEqual([])
  expect(await answered(client.history('', 1, 10))).toMatchObject([{ workflowId: 1, name: 'P1s' }])
})
