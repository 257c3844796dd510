import { beforeEach, describe, expect, test } from 'vitest'
import { answered, approval, form, hour, Machine, MainProcess, pass, useFakeClock } from '../main-process.ts'

beforeEach(useFakeClock)

describe('from the tray, where there is no place for an answer', () => {
  test('a wish that the server refuses is told', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    await main.start(hour)
    machine.sim.shutDown('killed')
    await main.choose({ kind: 'stopJob', key: main.job.key })
    expect(main.toaster.toasts).toMatchObject([
      {
        title: 'Nightly export could not be stopped',
        body: 'Wexflow does not answer there any more: perhaps it was stopped. If it stays so, tell the server’s administrator.',
      },
    ])
  })

  test('a wish that comes true is not', async () => {
    const main = await MainProcess.signedIn()
    await main.choose({ kind: 'startWorkflow', serverId: main.serverId, workflowId: hour.id })
    await main.choose({ kind: 'stopJob', key: main.job.key })
    await pass(5000)
    expect(main.toaster.titles).toEqual(['Stopped: Nightly export'])
  })

  test.each([
    [{ kind: 'show', page: 'jobs', key: 'k' }, ['jobs', 'k']],
    [{ kind: 'show', page: 'jobs', key: null }, ['jobs', null]],
    [{ kind: 'show', page: 'settings', key: null }, ['settings', null]],
    [{ kind: 'show', page: 'connect', key: null }, ['connect', null]],
  ] as const)('%j shows %j', async (command, shown) => {
    const main = await MainProcess.signedIn()
    await main.choose(command)
    expect(main.window.shown.at(-1)).toEqual(shown)
  })

  test('"find a workflow" opens the window for it', async () => {
    const main = await MainProcess.signedIn()
    await main.choose({ kind: 'findWorkflow' })
    expect(main.window.told).toEqual([['findWorkflow', undefined]])
  })

  test('approve and reject reach the server', async () => {
    const main = await MainProcess.signedIn()
    for (const wish of ['approveJob', 'rejectJob'] as const) {
      await main.start(approval)
      await pass(15_000)
      await main.choose({ kind: wish, key: main.job.key })
      await pass(10_000)
    }
    expect(main.outcomes).toEqual(['rejected', 'done'])
  })

  test('sign out and quit', async () => {
    const main = await MainProcess.signedIn()
    await main.choose({ kind: 'signOut', serverId: main.serverId })
    expect(main.link).toBe('signedOut')
    await main.choose({ kind: 'quit' })
    expect(main.asked).toEqual(['quit'])
  })
})

test('a second start of the app brings the window to the front where it was', async () => {
  const main = await MainProcess.signedIn()
  await main.run({ kind: 'showWindow' })
  expect(main.window.shown.at(-1)).toEqual([undefined, undefined])
})

test('a menu that opens reads the workflows anew; without a sign-in there is nobody to ask', async () => {
  const machine = new Machine()
  const main = await MainProcess.launch(machine)
  await main.run({ kind: 'refreshWorkflows' })
  expect(machine.sim.requests('search')).toBe(0)
  await answered(main.run({ kind: 'signIn', form: form }))
  const before = machine.sim.requests('search')
  await main.run({ kind: 'refreshWorkflows' })
  await pass()
  expect(machine.sim.requests('search')).toBe(before + 1)
})
