import { beforeEach, expect, test } from 'vitest'
import { requestHandlers } from '../../../src/main/window/requests.ts'
import { viewOf } from '../../../src/main/tracking/job-view.ts'
import { type RequestHandlers, requests } from '../../../src/shared/ipc.ts'
import { defaultSettings } from '../../../src/shared/settings.ts'
import { answered, approval, form, hour, Machine, MainProcess, pass, useFakeClock } from '../main-process.ts'

beforeEach(useFakeClock)

/** A window's way to a main process that is signed in. */
async function open(): Promise<{ main: MainProcess; machine: Machine; ask: RequestHandlers }> {
  const machine = new Machine()
  const main = await MainProcess.signedIn(machine)
  const { commands, model, jobStore, appStore } = main
  return { main, machine, ask: requestHandlers({ commands, model, jobStore, appStore, version: '1.2.3' }) }
}

test('the snapshot holds all that the first picture needs, in the contract’s shape', async () => {
  const { main, ask } = await open()
  await answered(Promise.resolve(ask.startWorkflow({ workflowId: hour.id })))
  const snapshot = requests.snapshot.out.parse(await ask.snapshot(undefined))
  expect(snapshot).toEqual({
    state: main.model.state,
    jobs: [viewOf(main.storedJob)],
    settings: defaultSettings,
    view: main.appStore.view,
    version: '1.2.3',
  })
})

test('the reasoning behind an outcome is asked for by the job, and grows with it', async () => {
  const { main, ask } = await open()
  expect(await ask.jobEvidence({ key: 'no such job' })).toEqual([])
  await answered(Promise.resolve(ask.startWorkflow({ workflowId: hour.id })))
  const kinds = async (): Promise<unknown[]> =>
    requests.jobEvidence.out.parse(await ask.jobEvidence({ key: main.job.key })).map(({ kind }) => kind)
  expect((await kinds()).slice(0, 2)).toEqual(['startAsked', 'startAnswered'])
  await answered(Promise.resolve(ask.stopJob({ key: main.job.key })))
  expect(await kinds()).toContain('stopAsked')
})

test('each request reaches its own wish', async () => {
  const { main, ask } = await open()
  await answered(Promise.resolve(ask.startWorkflow({ workflowId: approval.id })))
  await pass(15_000)
  expect(await answered(Promise.resolve(ask.approveJob({ key: main.job.key })))).toEqual({ ok: true })
  await pass(10_000)
  expect(main.job.outcome).toBe('done')
  expect(await answered(Promise.resolve(ask.jobLog({ key: main.job.key })))).toMatchObject({ ok: true })

  await answered(Promise.resolve(ask.startWorkflow({ workflowId: approval.id })))
  await pass(15_000)
  expect(await answered(Promise.resolve(ask.rejectJob({ key: main.job.key })))).toEqual({ ok: true })
  await answered(Promise.resolve(ask.startWorkflow({ workflowId: hour.id })))
  expect(await answered(Promise.resolve(ask.stopJob({ key: main.job.key })))).toEqual({ ok: true })
  await pass(10_000)
  expect(main.outcomes).toEqual(['stopped', 'rejected', 'done'])

  await ask.setFavourite({ workflowId: hour.id, isFavourite: true })
  expect(main.model.state.workflows.find(({ isFavourite }) => isFavourite)?.id).toBe(hour.id)
  expect(await ask.saveSettings({ ...defaultSettings, keepJobs: 10 })).toMatchObject({ keepJobs: 10 })
  await ask.saveView({ page: 'settings', selectedKey: null, scrollTop: 0 })
  expect(main.appStore.view.page).toBe('settings')
  await ask.openLogFile(undefined)
  await ask.copyDiagnostics(undefined)
  expect(main.asked).toHaveLength(2)
  await ask.signOut(undefined)
  expect(main.model.state.link).toBe('signedOut')
  expect(await answered(Promise.resolve(ask.connect(form)))).toEqual({ ok: true })
  expect(main.model.state.link).toBe('online')
})
