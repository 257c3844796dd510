import { beforeEach, expect, test } from 'vitest'
import { viewOf } from '../../../src/main/tracking/job-view.ts'
import { requests, snapshotSchema, type WindowHandlers } from '../../../src/shared/ipc.ts'
import { defaultSettings } from '../../../src/shared/settings.ts'
import { workflowKeyOf } from '../../../src/shared/usual.ts'
import { answered, hour, Machine, MainProcess, pass, second, useFakeClock } from '../main-process.ts'

beforeEach(useFakeClock)

/** A window's way to a main process that is signed in. */
async function open(): Promise<{ main: MainProcess; machine: Machine; ask: WindowHandlers }> {
  const machine = new Machine()
  const main = await MainProcess.signedIn(machine)
  return { main, machine, ask: main.handlers }
}

test('the snapshot holds all that the first picture needs, in the contract’s shape', async () => {
  const { main, ask } = await open()
  await main.start(second)
  await pass(3000)
  const snapshot = snapshotSchema.parse(JSON.parse(ask.snapshot()))
  expect(snapshot).toEqual({
    state: main.model.state,
    jobs: [viewOf(main.storedJob)],
    olderThan: null,
    usual: { [workflowKeyOf(main.job)]: main.job.durationMs },
    settings: defaultSettings,
    view: main.appStore.view,
    version: '1.2.3',
    formats: { times: 'en-GB', numbers: 'en-GB' },
    desktop: 'linux',
  })
})

test('the licences of what is bundled can be read', async () => {
  const { ask } = await open()
  expect(requests.licences.out.parse(await ask.licences(undefined))).toBe('zod 4: MIT')
})

test('the reasoning behind an outcome is asked for by the job, and grows with it', async () => {
  const { main, ask } = await open()
  expect(await ask.jobEvidence({ key: 'no such job' })).toEqual([])
  await main.start(hour)
  const kinds = async (): Promise<unknown[]> =>
    requests.jobEvidence.out.parse(await ask.jobEvidence({ key: main.job.key })).map(({ kind }) => kind)
  expect((await kinds()).slice(0, 2)).toEqual(['startAsked', 'startAnswered'])
  await answered(main.run({ kind: 'stopJob', key: main.job.key }))
  expect(await kinds()).toContain('stopAsked')
})

test('what was told of an end is asked for by the job', async () => {
  const { main, ask } = await open()
  await main.start(second)
  const told = async (): Promise<unknown> =>
    requests.jobTold.out.parse(await ask.jobTold({ key: main.job.key }))
  expect(await told()).toBeNull()
  await pass(5000)
  expect(await told()).toMatchObject({ outcome: 'done', how: 'shown' })
})

test('the person’s commands are carried out by what the tray and the notifications speak to', async () => {
  const { main, ask } = await open()
  const command = { kind: 'startWorkflow', serverId: main.serverId, workflowId: hour.id }
  await answered(Promise.resolve(ask.run(requests.run.in.parse(command))))
  expect(main.job.workflowName).toBe(hour.name)
  const answer = await answered(Promise.resolve(ask.run({ kind: 'stopJob', key: main.job.key })))
  expect(requests.run.out.parse(answer)).toEqual({ ok: true })
})
