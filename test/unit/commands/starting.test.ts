import { beforeEach, describe, expect, test } from 'vitest'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { answered, form, hour, Machine, MainProcess, pass, second, useFakeClock } from '../main-process.ts'

beforeEach(useFakeClock)

describe('starting the app', () => {
  test('for the first time asks who is there', async () => {
    const main = await MainProcess.launch(new Machine())
    expect(main.window.shown).toEqual([['connect', null]])
    expect(main.model.state).toMatchObject({ servers: [], shownId: null })
  })

  test('takes up the jobs that were under way, and tells what ended meanwhile as one', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    await main.start(second)
    await main.start(second)
    await main.quit()
    await pass(60_000)
    const next = await MainProcess.launch(machine)
    await pass(5000)
    expect(next.toaster.titles).toEqual(['2 jobs ended: 2 done'])
  })
})

describe('signing in', () => {
  test('tells what happens from now on the first time, and shows the jobs each time after', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    expect(main.window.shown.at(-1)).toEqual(['welcome', null])
    await main.signIn()
    expect(main.window.shown.at(-1)).toEqual(['jobs', null])
    await main.quit()
    const next = await MainProcess.signedIn(machine)
    expect(next.window.shown.at(-1)).toEqual(['jobs', null])
  })

  test('that fails leaves the form where it is, and says why', async () => {
    const main = await MainProcess.launch(new Machine())
    const result = await answered(main.run({ kind: 'signIn', form: { ...form, password: 'wrong' } }))
    expect(result).toEqual({ ok: false, failure: { kind: 'badCredentials', detail: '401' } })
    expect(main.window.shown).toEqual([['connect', null]])
  })
})

describe('starting a workflow', () => {
  test('gives feedback at once, before the server has answered', async () => {
    const main = await MainProcess.signedIn()
    const started = main.start(second)
    expect(main.job).toMatchObject({ workflowName: 'Import orders', phase: 'starting' })
    await answered(started)
    expect(main.job.phase).toBe('running')
    await pass(5000)
    expect(main.toaster.titles).toEqual(['Done: Import orders'])
  })

  test('without a sign-in leads to the form', async () => {
    const main = await MainProcess.launch(new Machine())
    await main.start(second)
    expect(main.window.shown).toEqual([
      ['connect', null],
      ['connect', null],
    ])
    expect(main.jobStore.list()).toEqual([])
  })

  test('while the sign-in has expired leads to the form', async () => {
    const tokenLifetimeMs = 60_000
    const machine = new Machine(new WexflowSim({ workflows: [hour], faults: { tokenLifetimeMs } }))
    const main = await MainProcess.signedIn(machine, { staySignedIn: false })
    await main.start(hour)
    await pass(10 * tokenLifetimeMs)
    expect(main.link).toBe('signInNeeded')
    await main.start(hour)
    expect(main.window.shown.at(-1)).toEqual(['connect', null])
    expect(main.jobStore.list()).toHaveLength(1)
  })

  test('that the server no longer has does nothing', async () => {
    const main = await MainProcess.signedIn()
    await main.start({ id: 4711 })
    expect(main.jobStore.list()).toEqual([])
  })

  test('that is disabled is told as not started', async () => {
    const disabled = simWorkflow({ id: 8, name: 'Old archive', isEnabled: false })
    const machine = new Machine(new WexflowSim({ workflows: [disabled] }))
    const main = await MainProcess.signedIn(machine)
    await main.start(disabled)
    await pass()
    expect(main.toaster.toasts).toMatchObject([
      { title: 'Not started: Old archive', body: 'The workflow is disabled on the server.' },
    ])
  })

  test('on a server that is down is told as not started', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    machine.sim.shutDown('killed')
    await main.start(second)
    await pass()
    expect(main.toaster.toasts).toMatchObject([
      { title: 'Not started: Import orders', body: 'The server could not be reached.' },
    ])
  })
})

describe('running a job again', () => {
  test('starts its workflow once more', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    await main.start(second)
    await pass(5000)
    await answered(main.run({ kind: 'runAgain', key: main.job.key }))
    await pass(5000)
    expect(main.outcomes).toEqual(['done', 'done'])
    expect(machine.sim.requests('start')).toBe(2)
  })

  test('of a workflow that is gone is told as not started, rather than nothing', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    await main.start(second)
    await pass(5000)
    machine.sim.saveWorkflows([hour])
    await pass(120_000)
    await answered(main.run({ kind: 'runAgain', key: main.job.key }))
    await pass()
    expect(main.toaster.titles).toContain('Not started: Import orders')
  })

  test('without a sign-in leads to the form', async () => {
    const main = await MainProcess.signedIn()
    await main.start(second)
    await pass(5000)
    await main.run({ kind: 'signOut', serverId: main.serverId })
    expect(await main.run({ kind: 'runAgain', key: main.job.key })).toBeNull()
    expect(main.window.shown.at(-1)).toEqual(['connect', null])
    expect(main.jobStore.list()).toHaveLength(1)
  })
})
