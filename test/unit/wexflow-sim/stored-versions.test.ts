import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { SimClient } from './sim-client.ts'

const workflows = [
  simWorkflow({ id: 1, name: 'First', durationMs: 100, laterVersionNames: ['Second'] }),
  simWorkflow({ id: 2, name: 'Other' }),
]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 0, 1) })
})

afterEach(() => {
  vi.useRealTimers()
})

test('of two stored versions of one id both are listed and the first one runs', async () => {
  const client = new SimClient({ workflows })
  expect(await client.get('search?s=')).toMatchObject([
    { Id: 1, Name: 'First' },
    { Id: 2, Name: 'Other' },
    { Id: 1, Name: 'Second' },
  ])
  expect(await client.get('search?s=Second')).toMatchObject([{ Id: 1, Name: 'Second' }])
  const jobId = await client.start(1)
  expect(await client.entry(1, jobId)).toMatchObject({ Name: 'First' })
  await vi.advanceTimersByTimeAsync(200)
  expect(await client.history()).toMatchObject([{ WorkflowId: 1, Name: 'First' }])
})

test('a workflow that is renamed between its listing and a start runs under its new name', async () => {
  const client = new SimClient({ workflows })
  await client.get('search?s=')
  client.sim.renameWorkflow(1, 'Renamed')
  const jobId = await client.start(1)
  expect(await client.entry(1, jobId)).toMatchObject({ WorkflowId: 1, Name: 'Renamed' })
  expect(await client.get('search?s=')).toMatchObject([
    { Name: 'Renamed' },
    { Name: 'Other' },
    { Name: 'Second' },
  ])
})
