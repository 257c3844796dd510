import { beforeEach, describe, expect, test } from 'vitest'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { faultsOfThisTest } from '../faults.ts'
import {
  answered,
  failing,
  form,
  hour,
  Machine,
  MainProcess,
  pass,
  second,
  useFakeClock,
} from '../main-process.ts'

beforeEach(useFakeClock)

describe('what is shown of the server', () => {
  test('connecting, then its workflows, with the stars of this profile', async () => {
    const machine = new Machine()
    const main = await MainProcess.launch(machine)
    const links = new Set<string>()
    main.model.onChange(() => links.add(main.link))
    await answered(main.run({ kind: 'signIn', form: form }))
    expect([...links]).toEqual(['signedOut', 'connecting', 'online'])
    expect(main.server).toMatchObject({ link: 'online', failure: null, workflowsKnown: true })
    expect(main.server.workflows).toHaveLength(machine.sim.workflows.length)
    await main.setFavourite(second)
    expect(main.server.workflows.filter(({ isFavourite }) => isFavourite)).toEqual([
      {
        id: second.id,
        name: second.name,
        description: second.name,
        isEnabled: true,
        isApproval: false,
        isFavourite: true,
      },
    ])
  })

  test('is drawn anew only when the workflows changed', async () => {
    const main = await MainProcess.signedIn()
    const before = main.model.state
    await pass(120_000)
    expect(main.model.state).toBe(before)
  })

  test('that it is away, why, and that it is back', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    machine.sim.shutDown('killed')
    await pass(30_000)
    expect(main.server).toMatchObject({ link: 'offline', failure: { kind: 'refused' } })
    expect(main.server.workflows).toHaveLength(machine.sim.workflows.length)
    machine.sim.startUp()
    await pass(60_000)
    expect(main.server).toMatchObject({ link: 'online', failure: null })
  })

  test('that it has no streams is said, and no longer once it has', async () => {
    const machine = new Machine(new WexflowSim({ workflows: [second], faults: { noSse: 1 } }))
    const main = await MainProcess.signedIn(machine)
    await pass(30_000)
    expect(main.link).toBe('slow')
    expect(main.notices).toContain('noStream')
    machine.sim.faults.set({ noSse: 0 })
    await pass(120_000)
    expect(main.link).toBe('online')
    expect(main.notices).not.toContain('noStream')
  })

  test('of one server is taken back by no other', async () => {
    const machine = new Machine(new WexflowSim({ workflows: [second], faults: { noSse: 1 } }))
    machine.others.set('other:8000', new WexflowSim({ workflows: [hour] }))
    const main = await MainProcess.signedIn(machine)
    const slow = main.serverId
    await pass(30_000)
    await main.signIn({ address: 'http://other:8000' })
    await pass(30_000)
    expect(main.model.state.servers.map(({ link }) => link)).toEqual(['slow', 'online'])
    expect(main.notices).toContain('noStream')
    await main.run({ kind: 'signOut', serverId: slow })
    expect(main.notices).not.toContain('noStream')
  })

  test('stays while the same user signs in again, so that no menu empties itself', async () => {
    const main = await MainProcess.signedIn()
    const counts = new Set<number>()
    let isStarred = false
    main.model.onChange(() => {
      counts.add(main.server.workflows.length)
      if (isStarred || main.link !== 'connecting') return
      isStarred = true
      void main.setFavourite(second)
    })
    await answered(main.run({ kind: 'signIn', form: form }))
    expect(isStarred).toBe(true)
    expect(counts).toEqual(new Set([4]))
  })

  test('is not touched by the end of the app', async () => {
    const main = await MainProcess.signedIn()
    const before = main.model.state
    main.app.servers.close()
    expect(main.model.state).toBe(before)
    expect(main.app.servers.get(main.serverId)?.isFollowed).toBe(false)
    expect(main.transports.size).toBe(0)
  })
})

describe('a job’s log', () => {
  test('tells the last error of a failure', async () => {
    const logLines = ['[MailsSend] Sending.', { error: '[MailsSend] Connection refused.' }]
    const machine = new Machine(new WexflowSim({ workflows: [{ ...failing, logLines }] }))
    const main = await MainProcess.signedIn(machine)
    await main.start(failing)
    await pass(5000)
    expect(main.job.errorLine).toBe('MailsSend: Connection refused.')
    expect(main.toaster.toasts).toMatchObject([
      { title: 'Failed: Send invoices', body: 'Took 1.0s\nMailsSend: Connection refused.' },
    ])
  })

  test('tells how long a job took that nobody saw end', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    await main.start(second)
    await main.quit()
    await pass(10_000)

    const next = await MainProcess.launch(machine)
    await pass(5000)
    expect(next.job).toMatchObject({ outcome: 'done', durationMs: 1000 })
    expect(next.toaster.toasts).toMatchObject([{ title: 'Done: Import orders', body: 'Took 1.0s' }])
  })

  test('that a person reads changes nothing that is known of the job', async () => {
    const main = await MainProcess.signedIn()
    await main.start(second)
    await pass(5000)
    const before = main.storedJob
    await answered(main.run({ kind: 'jobLog', key: before.key }))
    expect(main.storedJob).toEqual(before)
  })

  test('of a job that runs changes nothing', async () => {
    const main = await MainProcess.signedIn()
    await main.start(hour)
    await pass(5000)
    const before = main.storedJob
    await answered(main.run({ kind: 'jobLog', key: before.key }))
    expect(main.storedJob).toBe(before)
  })
})

/** A computer whose server tells of no end but in its records. */
const lossy = (): Machine =>
  new Machine(new WexflowSim({ workflows: [second, failing], faults: { frameDropped: 1 } }))

describe('a fault of whoever draws what is known', () => {
  const fault = new TypeError('Object has been destroyed')

  /** One of those that draw throws once, at the first change of which this holds. */
  function throwOnceWhen(main: MainProcess, holds: () => boolean): void {
    const stop = main.model.onChange(() => {
      if (!holds()) return
      stop()
      throw fault
    })
  }

  test('at an end that a sweep found: it is told all the same, and so are the next ones', async () => {
    const faults = faultsOfThisTest()
    const main = await MainProcess.signedIn(lossy())
    throwOnceWhen(main, () => main.model.unseen.size > 0)
    await main.start(failing)
    await pass(5000)
    await main.start(second)
    await pass(5000)
    expect(main.toaster.titles).toEqual(['Failed: Send invoices', 'Done: Import orders'])
    expect(faults).toEqual([fault])
  })

  test('at the workflows that are read after an absence: what ended meanwhile is told', async () => {
    const faults = faultsOfThisTest()
    const main = await MainProcess.signedIn(lossy())
    await main.start(second)
    throwOnceWhen(main, () => main.server.workflows.some(({ isFavourite }) => isFavourite))
    main.appStore.setFavourite(main.serverId, second.id, true)
    main.app.servers.wake()
    await pass(5000)
    expect(main.toaster.titles).toEqual(['Done: Import orders'])
    expect(faults).toEqual([fault])
  })

  test('at the link: the person is told of the outage and of its end', async () => {
    const faults = faultsOfThisTest()
    const machine = lossy()
    const main = await MainProcess.signedIn(machine)
    throwOnceWhen(main, () => main.link === 'offline')
    machine.sim.shutDown('killed')
    await pass(120_000)
    throwOnceWhen(main, () => main.link === 'online')
    machine.sim.startUp()
    await pass(61_000)
    expect(main.toaster.titles).toEqual([
      'The Wexflow server does not answer',
      'The Wexflow server answers again',
    ])
    expect(faults).toEqual([fault, fault])
  })
})
