import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WexflowClient } from '../../../src/main/wexflow/client.ts'
import { SignIn } from '../../../src/main/wexflow/sign-in.ts'
import { demoWorkflows } from '../../wexflow-sim/demo-workflows.ts'
import { inMemoryTransport } from '../../wexflow-sim/in-memory.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})

afterEach(() => {
  vi.useRealTimers()
})

function clientOf(sim: WexflowSim): WexflowClient {
  const transport = inMemoryTransport(sim)
  const signIn = new SignIn({
    fetch: transport.call,
    baseUrl: 'http://sim',
    username: 'admin',
    password: () => Promise.resolve('wexflow2018'),
    token: null,
    onToken: () => undefined,
  })
  return new WexflowClient('http://sim', transport, signIn)
}

/** Lets the clock run until the answer is there. */
async function answered<Value>(answer: Promise<Value>): Promise<Value> {
  answer.catch(() => undefined)
  await vi.advanceTimersByTimeAsync(200)
  return answer
}

test('the app follows a job over virtual time, through an expired token', async () => {
  const sim = new WexflowSim({ workflows: demoWorkflows, faults: { tokenLifetimeMs: 2000 } })
  const client = clientOf(sim)
  expect(await answered(client.workflows())).toHaveLength(demoWorkflows.length)
  const started = await answered(client.start(5))
  if (started.kind !== 'started') throw new Error('not started')
  const heard: string[] = []
  client.openJobStream(5, started.jobId, {
    onFrame: (frame) => heard.push(frame.rawStatus),
    onClosed: () => heard.push('closed'),
  })
  const close = client.openChangeStream({
    onAlive: () => undefined,
    onKeepAlive: () => undefined,
    onChange: (run) => heard.push(`run ${run}`),
    onClosed: () => heard.push('closed'),
  })
  await vi.advanceTimersByTimeAsync(5000)
  close()
  expect(heard).toEqual(['run 2', 'Warning'])
  expect(await answered(client.entry(5, started.jobId))).toMatchObject({ status: 'Warning' })
  expect(sim.requests('login')).toBe(2)
  const [newest] = (await answered(client.history('', 1, 5))).rows
  const [firstLine] = await answered(client.historyLog(newest?.id ?? ''))
  expect(firstLine).toMatch(new RegExp(`Instance Id: ${started.jobId}$`))
})

test('of two stored versions the client names the one that the server runs', async () => {
  const workflows = [simWorkflow({ id: 1, name: 'First', durationMs: 0, laterVersionNames: ['Second'] })]
  const client = clientOf(new WexflowSim({ workflows }))
  const listed = await answered(client.workflows())
  expect(listed.map(({ id, name }) => [id, name])).toEqual([[1, 'First']])
  await answered(client.start(1))
  const [row] = (await answered(client.history('', 1, 10))).rows
  expect(row?.name).toBe('First')
})

test('a history that finds no capital letters is searched with an empty text', async () => {
  const client = clientOf(
    new WexflowSim({ workflows: [simWorkflow({ id: 1, name: 'P1s', durationMs: 0 })], database: 'litedb' }),
  )
  await answered(client.start(1))
  expect(await answered(client.history('P1s', 1, 10))).toEqual({ rows: [], isLast: true })
  expect(await answered(client.history('', 1, 10))).toMatchObject({
    rows: [{ workflowId: 1, name: 'P1s' }],
  })
})
