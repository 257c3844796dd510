import { beforeEach, describe, expect, test } from 'vitest'
import { WexflowError } from '../../src/main/wexflow/errors.ts'
import { WexflowSim } from '../wexflow-sim/sim.ts'
import { faultsOfThisTest } from './faults.ts'
import { endedJob } from './job.ts'
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
} from './main-process.ts'

beforeEach(useFakeClock)

const failureOf = async (promise: Promise<unknown>): Promise<string> => {
  const error: unknown = await answered(promise.catch((reason: unknown) => reason))
  return error instanceof WexflowError ? error.failure.kind : String(error)
}

describe('what is shown of the server', () => {
  test('connecting, then its workflows, with the stars of this profile', async () => {
    const machine = new Machine()
    const main = await MainProcess.launch(machine)
    const links = new Set<string>()
    main.model.onChange(() => links.add(main.model.state.link))
    await answered(main.commands.connect(form))
    expect([...links]).toEqual(['signedOut', 'connecting', 'online'])
    expect(main.model.state).toMatchObject({ link: 'online', failure: null, workflowsKnown: true })
    expect(main.model.state.workflows).toHaveLength(machine.sim.workflows.length)
    main.commands.setFavourite(second.id, true)
    expect(main.model.state.workflows.filter(({ isFavourite }) => isFavourite)).toEqual([
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
    expect(main.model.state).toMatchObject({ link: 'offline', failure: { kind: 'refused' } })
    expect(main.model.state.workflows).toHaveLength(machine.sim.workflows.length)
    machine.sim.startUp()
    await pass(60_000)
    expect(main.model.state).toMatchObject({ link: 'online', failure: null })
  })

  test('that it has no streams is said, and no longer once it has', async () => {
    const machine = new Machine(new WexflowSim({ workflows: [second], faults: { noSse: 1 } }))
    const main = await MainProcess.signedIn(machine)
    await pass(30_000)
    expect(main.model.state.link).toBe('slow')
    expect(main.notices).toContain('noStream')
    machine.sim.faults.set({ noSse: 0 })
    await pass(120_000)
    expect(main.model.state.link).toBe('online')
    expect(main.notices).not.toContain('noStream')
  })

  test('of one profile says nothing about the server of the next', async () => {
    const machine = new Machine(new WexflowSim({ workflows: [second], faults: { noSse: 1 } }))
    const main = await MainProcess.signedIn(machine)
    await pass(30_000)
    machine.sim.faults.set({ noSse: 0 })
    const told: boolean[] = []
    main.model.onChange(() => {
      if (main.model.state.link === 'connecting') told.push(main.notices.includes('noStream'))
    })
    await answered(main.commands.connect({ ...form, address: 'http://other:8000' }))
    expect(new Set(told)).toEqual(new Set([false]))
  })

  test('stays while the same user signs in again, so that no menu empties itself', async () => {
    const main = await MainProcess.signedIn()
    const counts = new Set<number>()
    let isStarred = false
    main.model.onChange(() => {
      counts.add(main.model.state.workflows.length)
      if (isStarred || main.model.state.link !== 'connecting') return
      isStarred = true
      main.commands.setFavourite(second.id, true)
    })
    await answered(main.commands.connect(form))
    expect(isStarred).toBe(true)
    expect(counts).toEqual(new Set([4]))
  })

  test('is not touched by the end of the app', async () => {
    const main = await MainProcess.signedIn()
    const before = main.model.state
    main.session.close()
    expect(main.model.state).toBe(before)
    expect(main.session.tracker).toBeNull()
    expect(main.transports.size).toBe(0)
  })
})

describe('a job’s log', () => {
  test('tells the last error of a failure', async () => {
    const logLines = ['[MailsSend] Sending.', { error: '[MailsSend] Connection refused.' }]
    const machine = new Machine(new WexflowSim({ workflows: [{ ...failing, logLines }] }))
    const main = await MainProcess.signedIn(machine)
    await answered(main.commands.startWorkflow(failing.id))
    await pass(5000)
    expect(main.job.errorLine).toBe('MailsSend: Connection refused.')
    expect(main.toaster.toasts).toMatchObject([
      { title: 'Send invoices: Failed', body: 'Took 1.0s\nMailsSend: Connection refused.' },
    ])
  })

  test('tells how long a job took that nobody saw end', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    await answered(main.commands.startWorkflow(second.id))
    await main.quit()
    await pass(10_000)

    const next = await MainProcess.launch(machine)
    await pass(5000)
    expect(next.job).toMatchObject({ outcome: 'done', durationMs: 1000 })
    expect(next.toaster.toasts).toMatchObject([{ title: 'Import orders: Done', body: 'Took 1.0s' }])
  })

  test('that a person reads changes nothing that is known of the job', async () => {
    const main = await MainProcess.signedIn()
    await answered(main.commands.startWorkflow(second.id))
    await pass(5000)
    const before = main.storedJob
    await answered(main.session.readLog(main.job.key))
    expect(main.storedJob).toEqual(before)
  })

  test('of a job that runs changes nothing', async () => {
    const main = await MainProcess.signedIn()
    await answered(main.commands.startWorkflow(hour.id))
    await pass(5000)
    const before = main.storedJob
    await answered(main.session.readLog(before.key))
    expect(main.storedJob).toBe(before)
  })

  test('can’t be had without a sign-in, nor of a job of another server, nor of none', async () => {
    const main = await MainProcess.signedIn()
    main.jobStore.put(endedJob('done', {}, { key: 'other', serverId: 'of another server' }))
    expect(await failureOf(main.session.readLog('other'))).toBe('signInExpired')
    expect(await failureOf(main.session.readLog('no such job'))).toBe('signInExpired')
    await answered(main.commands.startWorkflow(second.id))
    main.commands.signOut()
    expect(await failureOf(main.session.readLog(main.job.key))).toBe('signInExpired')
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
    await answered(main.commands.startWorkflow(failing.id))
    await pass(5000)
    await answered(main.commands.startWorkflow(second.id))
    await pass(5000)
    expect(main.toaster.titles).toEqual(['Send invoices: Failed', 'Import orders: Done'])
    expect(faults).toEqual([fault])
  })

  test('at the workflows that are read after an absence: what ended meanwhile is told', async () => {
    const faults = faultsOfThisTest()
    const main = await MainProcess.signedIn(lossy())
    await answered(main.commands.startWorkflow(second.id))
    throwOnceWhen(main, () => main.model.state.workflows.some(({ isFavourite }) => isFavourite))
    main.appStore.setFavourite(main.model.state.profile?.id ?? '', second.id, true)
    main.session.tracker?.wake()
    await pass(5000)
    expect(main.toaster.titles).toEqual(['Import orders: Done'])
    expect(faults).toEqual([fault])
  })

  test('at the link: the person is told of the outage and of its end', async () => {
    const faults = faultsOfThisTest()
    const machine = lossy()
    const main = await MainProcess.signedIn(machine)
    throwOnceWhen(main, () => main.model.state.link === 'offline')
    machine.sim.shutDown('killed')
    await pass(120_000)
    throwOnceWhen(main, () => main.model.state.link === 'online')
    machine.sim.startUp()
    await pass(61_000)
    expect(main.toaster.titles).toEqual([
      'The Wexflow server does not answer',
      'The Wexflow server answers again',
    ])
    expect(faults).toEqual([fault, fault])
  })
})
