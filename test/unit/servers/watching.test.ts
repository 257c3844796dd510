import { beforeEach, describe, expect, test } from 'vitest'
import type { Watch } from '../../../src/shared/watch.ts'
import { knownJob } from '../../known-job.ts'
import { seededRandom } from '../../wexflow-sim/random.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import {
  answered,
  approval,
  failing,
  hour,
  Machine,
  MainProcess,
  pass,
  second,
  useFakeClock,
} from '../main-process.ts'

const nightly = simWorkflow({ id: 9, name: 'Nightly', launchType: 'cron', durationMs: 1000 })

let machine: Machine

beforeEach(() => {
  useFakeClock()
  machine = new Machine(
    new WexflowSim({ workflows: [second, hour, failing, approval, nightly], random: seededRandom(11) }),
  )
})

/** The app, signed in, following these jobs. */
async function following(watch: Watch): Promise<MainProcess> {
  const main = await MainProcess.signedIn(machine)
  await main.run({ kind: 'setWatch', serverId: main.serverId, watch })
  await pass(2000)
  return main
}

const names = (main: MainProcess): string[] => main.jobStore.list().map(({ workflowName }) => workflowName)

describe('the runs of others', () => {
  test('are told where they are wanted, with what is known of who began them', async () => {
    const main = await following('all')
    machine.sim.startElsewhere(failing.id)
    await pass(15_000)
    machine.sim.startElsewhere(nightly.id)
    await pass(5000)
    expect(main.toaster.titles).toEqual(['Failed: Send invoices', 'Done: Nightly'])
    expect(main.toaster.toasts.map(({ body }) => body.split('\n').at(-1))).toEqual([
      'Not started by this app.',
      'Not started by this app: by its schedule, or by hand.',
    ])
  })

  test('that run are told apart in the tray', async () => {
    const main = await following('all')
    machine.sim.startElsewhere(hour.id)
    await main.start(hour)
    await pass(1000)
    expect(main.tray?.picture.tooltip).toContain('2 jobs under way, 1 started elsewhere')
    const labels = main.tray?.picture.menu.flatMap((item) => (item.type === 'separator' ? [] : item.label))
    expect(
      labels?.filter((label) => label.startsWith('Nightly export') && label.includes('Running')),
    ).toEqual([
      expect.stringMatching(/^Nightly export.* – Running$/u),
      expect.stringMatching(/^Nightly export.* – Running, started elsewhere$/u),
    ])
  })

  test('that wait for approval are told, and approved by the notification’s button', async () => {
    const main = await following('all')
    machine.sim.startElsewhere(approval.id)
    await pass(20_000)
    expect(main.toaster.titles).toEqual(['Waiting for approval: Release payments'])
    expect(main.toaster.toasts[0]?.actions.map(({ id }) => id)).toEqual(['approve', 'reject'])
    main.toaster.press('approve')
    await pass(10_000)
    expect(main.toaster.titles.at(-1)).toBe('Done: Release payments')
  })

  test('of favourites follow what is a favourite now', async () => {
    const main = await following('favourites')
    machine.sim.startElsewhere(hour.id)
    machine.sim.startElsewhere(second.id)
    await pass(3000)
    expect(names(main)).toEqual([])
    await main.setFavourite(hour)
    await pass(2000)
    expect(names(main)).toEqual(['Nightly export'])
    await main.setFavourite(hour, false)
    await pass(2000)
    expect(names(main)).toEqual([])
    expect(main.toaster.titles).toEqual([])
  })

  test('stay wanted across a restart of the app and a new sign-in', async () => {
    const main = await following('all')
    await main.quit()
    const next = await MainProcess.launch(machine)
    expect(next.server.watch).toBe('all')
    await next.signIn()
    expect(next.server.watch).toBe('all')
  })

  test('leave the list when they are wanted no more, also while nobody is signed in', async () => {
    const main = await following('all')
    machine.sim.startElsewhere(second.id)
    await main.start(second)
    await pass(5000)
    expect(names(main)).toHaveLength(2)
    await main.signOut()
    await main.run({ kind: 'setWatch', serverId: main.serverId, watch: 'mine' })
    await pass()
    expect(main.jobStore.list().map((job) => knownJob(job).origin)).toEqual(['app'])
  })

  test('can be taken off the list, one by one, and those that go on do not come back with the next start', async () => {
    const main = await following('all')
    machine.sim.startElsewhere(hour.id)
    machine.sim.startElsewhere(second.id)
    await pass(5000)
    const keys = main.jobStore.list().map(({ key }) => key)
    expect(await main.run({ kind: 'removeJobs', keys })).toBe(2)
    await pass(60_000)
    expect(names(main)).toEqual([])
    await main.quit()
    const next = await MainProcess.launch(machine)
    await pass(60_000)
    expect(names(next)).toEqual([])
  })

  test('that were taken off the list are followed again when the person brings them back', async () => {
    const main = await following('all')
    machine.sim.startElsewhere(hour.id)
    await pass(5000)
    const { key, jobId } = main.job
    await main.run({ kind: 'removeJobs', keys: [key] })
    await pass(5000)
    expect(await main.run({ kind: 'restoreJobs' })).toBe(key)
    machine.sim.stopElsewhere(hour.id, jobId ?? '')
    await pass(20_000)
    expect(main.toaster.titles).toEqual(['Stopped: Nightly export'])
    expect(names(main)).toHaveLength(1)
  })

  test('are not a job of this person’s own, which stays on the list', async () => {
    const main = await following('all')
    await main.start(hour)
    expect(await main.run({ kind: 'removeJobs', keys: [main.job.key] })).toBe(0)
    await pass()
    expect(names(main)).toHaveLength(1)
  })

  test('of the same server, which two users see, are told once', async () => {
    const main = await following('all')
    await answered(
      main.run({
        kind: 'signIn',
        form: {
          address: 'http://wexflow:8000',
          username: 'administrator',
          password: 'wexflow2018',
          staySignedIn: true,
        },
      }),
    )
    await main.run({ kind: 'setWatch', serverId: main.serverId, watch: 'all' })
    await pass(2000)
    machine.sim.startElsewhere(second.id)
    await main.start(second)
    await pass(5000)
    expect(main.toaster.titles).toEqual(['Done: Import orders', 'Done: Import orders'])
    expect(
      main.jobStore
        .list()
        .map((job) => knownJob(job).origin)
        .toSorted(),
    ).toEqual(['app', 'others'])
  })

  test('are told a few by themselves, and as one where there are many, apart from the person’s own', async () => {
    const main = await following('all')
    for (let count = 0; count < 20; count += 1) machine.sim.startElsewhere(second.id)
    await main.start(second)
    await pass(60_000)
    const summary = main.toaster.toasts.find(({ title }) => title.includes('jobs ended'))
    expect(summary).toMatchObject({
      title: '19 jobs ended: 19 done',
      body: 'Done: Import orders\n19 of them were not started by this app',
    })
    expect(main.toaster.titles).toHaveLength(1 + 1 + 1)
  })

  test('that turn out to be the person’s own are not told again', async () => {
    const main = await following('all')
    machine.sim.faults.set({ slowStartMs: { upToMs: 110_000, chance: 1 } })
    for (let count = 0; count < 8; count += 1)
      void main.run({ kind: 'startWorkflow', serverId: main.serverId, workflowId: second.id })
    await pass(65_000)
    const before = main.jobStore.list().filter((job) => knownJob(job).origin === 'others')
    expect(before.length).toBeGreaterThan(0)
    await pass(120_000)
    const told = main.toaster.titles.flatMap((title) => {
      const count = /^(\d+) jobs ended/u.exec(title)?.[1]
      return count === undefined ? [1] : [Number(count)]
    })
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(8)
    expect(main.jobStore.list().map((job) => knownJob(job).origin)).toEqual(Array(8).fill('app'))
  })
})
