import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Watch } from '../../../src/shared/watch.ts'
import { newRule } from '../../../src/renderer/settings/rules.ts'
import { requests } from '../../../src/shared/ipc.ts'
import type { NotificationRule } from '../../../src/shared/settings.ts'
import { seededRandom } from '../../wexflow-sim/random.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import type { SimWorkflow } from '../../wexflow-sim/workflows.ts'
import { answered, Machine, MainProcess, pass, second, useFakeClock } from '../main-process.ts'
import { quarterly } from './quarterly.ts'

const minute = 60_000

const bell = { kind: 'named', name: 'bell' } as const

let machine: Machine

beforeEach(() => {
  useFakeClock()
  machine = new Machine(new WexflowSim({ workflows: [second, quarterly], random: seededRandom(11) }))
})

const importOf = (id: number): SimWorkflow => ({ ...quarterly, id, name: `Import ${id}` })
/** With workflows of these ids, and the schedule above. */
const withImports = (...ids: readonly number[]): Machine =>
  new Machine(new WexflowSim({ workflows: ids.map(importOf), random: seededRandom(11) }))

async function following(watch: Watch): Promise<MainProcess> {
  const main = await MainProcess.signedIn(machine)
  await main.run({ kind: 'setWatch', serverId: main.serverId, watch })
  return main
}

/** As where the scheduler of the server is broken: the workflow is there as ever, and nobody starts it. */
const breakSchedule = (): void => machine.sim.faults.set({ scheduleSkipped: 1 })

const missed = (main: MainProcess) =>
  main.toaster.toasts.filter(({ title }) => title.startsWith('Did not run'))

/** Those that were due while the server could not be asked. */
const noRecords = (main: MainProcess) =>
  main.toaster.toasts.filter(({ title }) => title.startsWith('No record of a run'))

const many = (main: MainProcess) => main.toaster.toasts.filter(({ title }) => title.endsWith('did not run'))

/** Minute by minute, as the app reads the workflows. */
async function passMinutes(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) await pass(minute)
}

const nextRuns = async (main: MainProcess): Promise<Record<string, number>> =>
  requests.nextRuns.out.parse(await main.handlers.nextRuns({ serverId: main.serverId }))

describe('a watched workflow with a schedule', () => {
  test('that runs is told of as ever, and when it runs next once the server’s clock is known', async () => {
    const main = await following('all')
    expect(await nextRuns(main)).toEqual({})
    await passMinutes(10)
    expect(await nextRuns(main)).toEqual({ [quarterly.id]: Date.UTC(2026, 10, 24, 3, 30) })
    await passMinutes(120)
    expect(missed(main)).toEqual([])
  })

  test('that does not run is told once, until it runs again', async () => {
    const main = await following('all')
    await passMinutes(10)
    breakSchedule()
    await passMinutes(13)
    expect(missed(main)).toEqual([])
    await passMinutes(12)
    expect(missed(main)).toMatchObject([{ title: 'Did not run: Import', body: 'Expected at 03:30' }])
    await passMinutes(60)
    expect(missed(main)).toHaveLength(1)
    machine.sim.startElsewhere(quarterly.id)
    await passMinutes(2)
    expect(main.toaster.withdrawn).toContain(missed(main)[0]?.id)
    await passMinutes(30)
    expect(missed(main)).toHaveLength(2)
  })

  test('whose starts are taken and come to nothing has not run, whatever the list says of when it was started', async () => {
    const main = await following('all')
    await passMinutes(10)
    machine.sim.deadenWorkflow(quarterly.id)
    await passMinutes(25)
    expect(missed(main)).toMatchObject([{ title: 'Did not run: Import', body: 'Expected at 03:30' }])
    await passMinutes(60)
    expect(missed(main)).toHaveLength(1)
    machine.sim.saveWorkflows([second, quarterly])
    await passMinutes(20)
    expect(main.toaster.withdrawn).toContain(missed(main)[0]?.id)
  })

  test('that has not run since the server was restarted is not told again', async () => {
    const main = await following('all')
    await passMinutes(10)
    breakSchedule()
    await passMinutes(25)
    expect(missed(main)).toHaveLength(1)
    machine.sim.restart('killed', minute)
    await passMinutes(60)
    expect(missed(main)).toHaveLength(1)
    expect(main.toaster.withdrawn).not.toContain(missed(main)[0]?.id)
  })

  test('that comes a little late is not told', async () => {
    const main = await following('all')
    await passMinutes(10)
    breakSchedule()
    await passMinutes(10)
    machine.sim.startElsewhere(quarterly.id)
    await passMinutes(20)
    expect(missed(main).map(({ body }) => body)).not.toContain('Expected at 03:30')
  })

  test('that was due while the server was away, and of which it has no record, is told once it is back', async () => {
    const main = await following('all')
    await passMinutes(10)
    breakSchedule()
    machine.sim.restart('killed', 20 * minute)
    await passMinutes(24)
    expect(noRecords(main)).toEqual([])
    await passMinutes(16)
    expect(noRecords(main)).toMatchObject([
      {
        title: 'No record of a run: Import',
        body: 'Expected at 03:30. The server was away or has been restarted since.',
      },
    ])
    expect(missed(main)).toEqual([])
  })

  test('that was seen to begin before the server was restarted is not told, though it ended with it', async () => {
    const long = { ...quarterly, durationMs: 10 * minute }
    machine = new Machine(new WexflowSim({ workflows: [long], random: seededRandom(11) }))
    const main = await following('all')
    await passMinutes(20)
    breakSchedule()
    machine.sim.restart('killed', minute)
    await passMinutes(9)
    expect(main.outcomes).toEqual(['unknown', 'done'])
    expect([...missed(main), ...noRecords(main)]).toEqual([])
  })

  test('that came just before the server was restarted is not told, and the server is asked for it once', async () => {
    // The lists of workflows come some seconds after the quarters of an hour.
    await pass(8000)
    const main = await following('all')
    await pass(minute - 8000)
    await passMinutes(17)
    await pass(3000)
    breakSchedule()
    machine.sim.restart('killed', minute)
    await passMinutes(12)
    expect([...missed(main), ...noRecords(main)]).toEqual([])
    expect(machine.sim.requests('jobs')).toBe(1)
  })

  test('that was due just before the server was restarted may have ended with it, and has no record', async () => {
    const main = await following('all')
    await passMinutes(10)
    breakSchedule()
    await passMinutes(9)
    machine.sim.restart('killed', minute)
    await passMinutes(20)
    expect(missed(main)).toEqual([])
    expect(noRecords(main)).toMatchObject([{ title: 'No record of a run: Import' }])
  })

  test('is not told for the time in which this machine slept', async () => {
    const main = await following('all')
    await passMinutes(10)
    breakSchedule()
    vi.setSystemTime(Date.now() + 20 * minute)
    await passMinutes(7)
    expect([...missed(main), ...noRecords(main)]).toEqual([])
  })

  test('is not told where the settings ask for none', async () => {
    const main = await following('all')
    await main.run({ kind: 'saveSettings', settings: { ...main.appStore.settings, missedRuns: false } })
    await passMinutes(10)
    breakSchedule()
    await passMinutes(60)
    expect(missed(main)).toEqual([])
  })

  test.each<[name: string, rule: Partial<NotificationRule>, told: readonly object[]]>([
    ['an exception asks for none', { workflow: 'import', notify: false }, []],
    [
      'an exception asks for silence that stays',
      { sound: false, stays: true },
      [{ isSilent: true, isStaying: true }],
    ],
    ['an exception has another sound', { chosenSound: bell }, [{ isSilent: false, sound: bell }]],
    [
      'an exception is about other outcomes',
      { notify: false, outcomes: ['done', 'failed'] },
      [{ isSilent: false }],
    ],
    [
      'an exception is about what the person starts',
      { notify: false, startedBy: 'me' },
      [{ isSilent: false }],
    ],
    ['an exception is about another server', { notify: false, serverId: 'other' }, [{ isSilent: false }]],
  ])('is told as its exceptions say: %s', async (_name, rule, told) => {
    const main = await following('all')
    const settings = { ...main.appStore.settings, rules: [{ ...newRule({}), ...rule }] }
    await main.run({ kind: 'saveSettings', settings })
    await passMinutes(10)
    breakSchedule()
    await passMinutes(25)
    expect(missed(main)).toMatchObject(told)
    expect(missed(main)).toHaveLength(told.length)
  })

  test('has the sound of what was not started, and stays as that does, and is told also where that is not', async () => {
    const main = await following('all')
    const { settings } = main.appStore
    const notStarted = { notify: false, sound: true, chosenSound: bell, stays: true }
    await main.run({
      kind: 'saveSettings',
      settings: { ...settings, outcomes: { ...settings.outcomes, notStarted } },
    })
    await passMinutes(10)
    breakSchedule()
    await passMinutes(25)
    expect(missed(main)).toMatchObject([{ isSilent: false, sound: bell, isStaying: true }])
  })

  test('is told together with others after the first ones, until all of them have run', async () => {
    machine = withImports(11, 12, 13)
    const main = await following('all')
    await main.run({ kind: 'saveSettings', settings: { ...main.appStore.settings, oneByOne: 1 } })
    await passMinutes(10)
    breakSchedule()
    await passMinutes(25)
    expect(missed(main)).toMatchObject([{ title: 'Did not run: Import 11' }])
    const [together] = many(main)
    expect(many(main)).toMatchObject([
      { title: '2 workflows did not run', body: 'Import 12, Import 13', isSilent: false },
    ])
    machine.sim.startElsewhere(12)
    await passMinutes(2)
    expect(main.toaster.withdrawn).not.toContain(together?.id)
    machine.sim.startElsewhere(13)
    await passMinutes(2)
    expect(main.toaster.withdrawn).toContain(together?.id)
  })

  test('is told together with others after the server was away', async () => {
    machine = withImports(11, 12, 13)
    const main = await following('all')
    await main.run({ kind: 'saveSettings', settings: { ...main.appStore.settings, oneByOne: 1 } })
    await passMinutes(10)
    breakSchedule()
    machine.sim.restart('killed', 20 * minute)
    await passMinutes(40)
    expect(main.toaster.toasts.find(({ title }) => title.startsWith('2 workflows'))).toMatchObject({
      title: '2 workflows without a record of a run',
      body: 'Import 12, Import 13',
    })
  })

  test('while notifications are muted is told afterwards, if it has not run by then', async () => {
    machine = withImports(11, 12, 13)
    const main = await following('all')
    await passMinutes(10)
    breakSchedule()
    await main.run({ kind: 'mute', choice: 'hour' })
    await passMinutes(25)
    machine.sim.startElsewhere(12)
    await passMinutes(2)
    expect([...missed(main), ...many(main)]).toEqual([])
    await main.run({ kind: 'unmute' })
    await pass(1000)
    expect(missed(main)).toEqual([])
    expect(many(main)).toMatchObject([{ title: '2 workflows did not run', body: 'Import 11, Import 13' }])
  })

  test('is not told once it is disabled', async () => {
    const main = await following('all')
    await passMinutes(10)
    breakSchedule()
    machine.sim.saveWorkflows([second, { ...quarterly, isEnabled: false }])
    await passMinutes(60)
    expect(missed(main)).toEqual([])
    expect(await nextRuns(main)).toEqual({})
  })
})

test('nobody is told of a missed run who signs out while the server is asked whether it came', async () => {
  const main = await following('all')
  await passMinutes(10)
  breakSchedule()
  machine.sim.faults.set({ slowCallMs: 5000 })
  const askedAt = machine.sim.requests('jobs')
  while (machine.sim.requests('jobs') === askedAt) await pass(1000)
  await answered(main.signOut())
  await passMinutes(2)
  expect(missed(main)).toEqual([])
})

test('of a workflow that is not watched it is not told that it did not run, and nothing is asked for it', async () => {
  const main = await following('mine')
  await passMinutes(10)
  breakSchedule()
  await passMinutes(60)
  expect(missed(main)).toEqual([])
  expect(machine.sim.requests('jobs')).toBe(0)
})
