import { beforeEach, describe, expect, test } from 'vitest'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { hour, Machine, MainProcess, pass, second, useFakeClock } from '../main-process.ts'

beforeEach(useFakeClock)

/** Opens a link, more than a second after the one before. */
async function open(main: MainProcess, rest: string): Promise<void> {
  await pass(1000)
  await main.run({ kind: 'openDeepLink', address: `wexflow-tray://${rest}` })
}

const failed = (problem: string): unknown => ['deepLink', { kind: 'failed', problem }]
const asked = (main: MainProcess, workflow: { id: number; name: string }): unknown => [
  'deepLink',
  {
    kind: 'start',
    serverId: main.serverId,
    workflowId: workflow.id,
    workflowName: workflow.name,
    variables: [],
  },
]

describe('a link to a start', () => {
  test('shows the start with its values, and starts nothing', async () => {
    const main = await MainProcess.signedIn()
    await open(main, 'start/wexflow:8000/Import%20orders?who=Zo%C3%AB')
    expect(main.window.shown.at(-1)).toEqual(['jobs', undefined])
    expect(main.window.told).toEqual([
      [
        'deepLink',
        {
          kind: 'start',
          serverId: main.serverId,
          workflowId: second.id,
          workflowName: second.name,
          variables: [{ name: 'who', value: 'Zoë' }],
        },
      ],
    ])
    await pass(60_000)
    expect(main.jobStore.list()).toEqual([])
  })

  test.each(['wexflow:8000', 'WEXFLOW', 'The%20office', 'the%20OFFICE'])(
    'finds the server that it calls %s',
    async (called) => {
      const main = await MainProcess.signedIn()
      await main.run({ kind: 'renameServer', serverId: main.serverId, name: 'The office' })
      await open(main, `start/${called}/2`)
      expect(main.window.told).toEqual([asked(main, hour)])
    },
  )

  test.each(['2', 'Nightly%20export', 'nightly%20EXPORT'])(
    'finds the workflow that it calls %s',
    async (called) => {
      const main = await MainProcess.signedIn()
      await open(main, `start/wexflow/${called}`)
      expect(main.window.told).toEqual([asked(main, hour)])
    },
  )

  test('finds none where it could be one of several, or is disabled', async () => {
    const workflows = [
      simWorkflow({ id: 7, name: 'Twice' }),
      simWorkflow({ id: 8, name: 'Twice' }),
      simWorkflow({ id: 9, name: 'Off', isEnabled: false }),
    ]
    const main = await MainProcess.signedIn(new Machine(new WexflowSim({ workflows })))
    await open(main, 'start/wexflow/Twice')
    await open(main, 'start/wexflow/9')
    await open(main, 'start/wexflow/10')
    await open(main, 'start/elsewhere/7')
    expect(main.window.told).toEqual([
      failed('noSuchWorkflow'),
      failed('noSuchWorkflow'),
      failed('noSuchWorkflow'),
      failed('noSuchServer'),
    ])
  })

  test('of two users of one server means the one who is signed in', async () => {
    const main = await MainProcess.signedIn()
    await main.signIn({ username: 'administrator' })
    await main.signOut()
    await open(main, 'start/wexflow/2')
    expect(main.window.told).toEqual([asked(main, hour)])
  })

  test('leads to the form of a server that nobody is signed in to, or to that of the first', async () => {
    const main = await MainProcess.launch(new Machine())
    await open(main, 'start/wexflow/2')
    expect(main.window.shown.slice(1)).toEqual([['connect', null]])
    await main.signIn()
    const { serverId } = main
    await main.signOut()
    await open(main, 'start/wexflow/2')
    expect(main.window.shown.at(-1)).toEqual(['connect', null])
    expect(main.serverId).toBe(serverId)
    expect(main.window.told).toEqual([])
  })

  test('that starts the app is shown as soon as the server has told its workflows', async () => {
    const machine = new Machine()
    await (await MainProcess.signedIn(machine)).quit()
    const main = new MainProcess(machine)
    await main.build()
    await main.run({ kind: 'openDeepLink', address: 'wexflow-tray://start/wexflow/2' })
    expect(main.window.shown).toEqual([['jobs', undefined]])
    expect(main.window.told).toEqual([])
    await pass(5000)
    expect(main.window.told).toEqual([asked(main, hour)])
    await pass(60_000)
    expect(main.window.told).toHaveLength(1)
  })

  test('that waits for a server which does not answer says so in the end, and a later one takes its place', async () => {
    const machine = new Machine()
    await (await MainProcess.signedIn(machine)).quit()
    machine.sim.restart('killed', 3_600_000)
    const main = new MainProcess(machine)
    await main.build()
    await open(main, 'start/wexflow/1')
    await pass(20_000)
    await open(main, 'start/wexflow/2')
    await pass(20_000)
    expect(main.window.told).toEqual([])
    await pass(15_000)
    expect(main.window.told).toEqual([failed('serverAway')])
  })
})

describe('a link to a job', () => {
  test('shows that job', async () => {
    const main = await MainProcess.signedIn()
    await main.start(hour)
    await open(main, `job/${main.job.key}`)
    expect(main.window.shown.at(-1)).toEqual(['jobs', main.job.key])
    expect(main.window.told).toEqual([])
  })

  test('says so where there is none', async () => {
    const main = await MainProcess.signedIn()
    await open(main, 'job/none')
    expect(main.window.told).toEqual([failed('noSuchJob')])
  })
})

test('a link that nobody understands is told, and neither it nor what it says is written anywhere', async () => {
  const main = await MainProcess.signedIn()
  await open(main, 'start/hunter2')
  expect(main.window.told).toEqual([failed('unreadable')])
  expect(main.logged.join()).not.toContain('hunter2')
})

test('of links that come within a second the first is shown', async () => {
  const main = await MainProcess.signedIn()
  await open(main, 'start/wexflow/1')
  for (let fired = 0; fired < 50; fired += 1)
    await main.run({ kind: 'openDeepLink', address: 'wexflow-tray://start/wexflow/2' })
  expect(main.window.told).toEqual([asked(main, second)])
  await open(main, 'start/wexflow/2')
  expect(main.window.told).toHaveLength(2)
})
