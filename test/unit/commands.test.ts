import { beforeEach, describe, expect, test } from 'vitest'
import { perform } from '../../src/main/tray/perform.ts'
import { defaultSettings } from '../../src/shared/settings.ts'
import { WexflowSim } from '../wexflow-sim/sim.ts'
import { simWorkflow } from '../wexflow-sim/workflows.ts'
import { endedJob, runningJob, startAt } from './job.ts'
import {
  answered,
  approval,
  form,
  hour,
  Machine,
  MainProcess,
  pass,
  second,
  useFakeClock,
} from './main-process.ts'

beforeEach(useFakeClock)

describe('starting the app', () => {
  test('for the first time asks who is there', async () => {
    const main = await MainProcess.launch(new Machine())
    expect(main.window.shown).toEqual([['connect', null]])
    expect(main.model.state).toMatchObject({ link: 'signedOut', profile: null })
  })

  test('takes up the jobs that were under way, and tells what ended meanwhile as one', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    await answered(main.commands.startWorkflow(second.id))
    await answered(main.commands.startWorkflow(second.id))
    await main.quit()
    await pass(60_000)
    const next = await MainProcess.launch(machine)
    await pass(5000)
    expect(next.toaster.titles).toEqual(['2 jobs ended: 2 done'])
  })
})

describe('signing in', () => {
  test('shows the jobs', async () => {
    const main = await MainProcess.signedIn()
    expect(main.window.shown.at(-1)).toEqual(['jobs', null])
  })

  test('that fails leaves the form where it is, and says why', async () => {
    const main = await MainProcess.launch(new Machine())
    const result = await answered(main.commands.connect({ ...form, password: 'wrong' }))
    expect(result).toEqual({ ok: false, failure: { kind: 'badCredentials', detail: '401' } })
    expect(main.window.shown).toEqual([['connect', null]])
  })
})

describe('starting a workflow', () => {
  test('gives feedback at once, before the server has answered', async () => {
    const main = await MainProcess.signedIn()
    const started = main.commands.startWorkflow(second.id)
    expect(main.job).toMatchObject({ workflowName: 'Import orders', phase: 'starting' })
    await answered(started)
    expect(main.job.phase).toBe('running')
    await pass(5000)
    expect(main.toaster.titles).toEqual(['Import orders: Done'])
  })

  test('without a sign-in leads to the form', async () => {
    const main = await MainProcess.launch(new Machine())
    await main.commands.startWorkflow(second.id)
    expect(main.window.shown).toEqual([
      ['connect', null],
      ['connect', null],
    ])
    expect(main.jobStore.list()).toEqual([])
  })

  test('while the sign-in has expired leads to the form', async () => {
    const main = await MainProcess.signedIn()
    main.model.update({ link: 'signInNeeded' })
    await main.commands.startWorkflow(second.id)
    expect(main.window.shown.at(-1)).toEqual(['connect', null])
    expect(main.jobStore.list()).toEqual([])
  })

  test('that the server no longer has does nothing', async () => {
    const main = await MainProcess.signedIn()
    await main.commands.startWorkflow(4711)
    expect(main.jobStore.list()).toEqual([])
  })

  test('that is disabled is told as not started', async () => {
    const disabled = simWorkflow({ id: 8, name: 'Old archive', isEnabled: false })
    const machine = new Machine(new WexflowSim({ workflows: [disabled] }))
    const main = await MainProcess.signedIn(machine)
    await answered(main.commands.startWorkflow(8))
    await pass()
    expect(main.toaster.toasts).toMatchObject([
      { title: 'Old archive: Not started', body: 'The workflow is disabled on the server.' },
    ])
  })

  test('on a server that is down is told as not started', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    machine.sim.shutDown('killed')
    await answered(main.commands.startWorkflow(second.id))
    await pass()
    expect(main.toaster.toasts).toMatchObject([
      { title: 'Import orders: Not started', body: 'The server could not be reached.' },
    ])
  })
})

describe('wishes about a job', () => {
  test('stop', async () => {
    const main = await MainProcess.signedIn()
    await answered(main.commands.startWorkflow(hour.id))
    expect(await answered(main.commands.stopJob(main.job.key))).toEqual({ ok: true })
    await pass(5000)
    expect(main.toaster.titles).toEqual(['Nightly export: Stopped'])
  })

  test.each([
    ['approveJob', 'Release payments: Done'],
    ['rejectJob', 'Release payments: Rejected'],
  ] as const)('%s a job that waits', async (wish, title) => {
    const main = await MainProcess.signedIn()
    await answered(main.commands.startWorkflow(approval.id))
    await pass(15_000)
    expect(main.job.phase).toBe('waiting')
    expect(await answered(main.commands[wish](main.job.key))).toEqual({ ok: true })
    await pass(10_000)
    expect(main.toaster.titles).toEqual([title])
  })

  test('log', async () => {
    const main = await MainProcess.signedIn()
    await answered(main.commands.startWorkflow(second.id))
    await pass(5000)
    const answer = await answered(main.commands.jobLog(main.job.key))
    expect(answer).toMatchObject({ ok: true })
    expect(answer.ok && answer.lines.at(-1)).toContain('Workflow finished.')
  })

  const wishes = ['stopJob', 'approveJob', 'rejectJob', 'jobLog'] as const

  test.each(wishes)('%s without a sign-in is a failure, no crash', async (wish) => {
    const main = await MainProcess.launch(new Machine())
    main.jobStore.put(runningJob())
    expect(await main.commands[wish]('key')).toMatchObject({
      ok: false,
      failure: { kind: 'signInExpired' },
    })
  })

  test.each(wishes)('%s of a job of another server is a failure', async (wish) => {
    const main = await MainProcess.signedIn()
    main.jobStore.put(runningJob({}, { serverId: 'another' }))
    expect(await main.commands[wish]('key')).toMatchObject({ ok: false })
  })

  test.each(wishes)('%s of a job that there is not is a failure', async (wish) => {
    const main = await MainProcess.signedIn()
    expect(await main.commands[wish]('no such job')).toMatchObject({ ok: false })
  })

  test('a server that is down is a failure', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    await answered(main.commands.startWorkflow(hour.id))
    machine.sim.shutDown('killed')
    expect(await answered(main.commands.stopJob(main.job.key))).toMatchObject({
      ok: false,
      failure: { kind: 'refused' },
    })
    expect(main.job.stopAskedAt).toBeNull()
  })
})

describe('from the tray, where there is no place for an answer', () => {
  test('a wish that the server refuses is told', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    await answered(main.commands.startWorkflow(hour.id))
    machine.sim.shutDown('killed')
    await answered(perform({ name: 'stopJob', key: main.job.key }, main.commands, main.notifier))
    expect(main.toaster.toasts).toMatchObject([
      {
        title: 'Nightly export could not be stopped',
        body: 'Nothing answers at this port. Check the port, and that Wexflow runs.',
      },
    ])
  })

  test('a wish that comes true is not', async () => {
    const main = await MainProcess.signedIn()
    await answered(perform({ name: 'startWorkflow', workflowId: hour.id }, main.commands, main.notifier))
    await answered(perform({ name: 'stopJob', key: main.job.key }, main.commands, main.notifier))
    await pass(5000)
    expect(main.toaster.titles).toEqual(['Nightly export: Stopped'])
  })

  test.each([
    [{ name: 'showJob', key: 'k' }, ['jobs', 'k']],
    [{ name: 'showJobs' }, ['jobs', null]],
    [{ name: 'showSettings' }, ['settings', null]],
    [{ name: 'showConnect' }, ['connect', null]],
  ] as const)('%j shows %j', async (command, shown) => {
    const main = await MainProcess.signedIn()
    await perform(command, main.commands, main.notifier)
    expect(main.window.shown.at(-1)).toEqual(shown)
  })

  test('approve and reject reach the server', async () => {
    const main = await MainProcess.signedIn()
    for (const wish of ['approveJob', 'rejectJob'] as const) {
      await answered(main.commands.startWorkflow(approval.id))
      await pass(15_000)
      await answered(perform({ name: wish, key: main.job.key }, main.commands, main.notifier))
      await pass(10_000)
    }
    expect(main.outcomes).toEqual(['rejected', 'done'])
  })

  test('sign out and quit', async () => {
    const main = await MainProcess.signedIn()
    await perform({ name: 'signOut' }, main.commands, main.notifier)
    expect(main.model.state.link).toBe('signedOut')
    await perform({ name: 'quit' }, main.commands, main.notifier)
    expect(main.asked).toEqual(['quit'])
  })
})

const favourites = (one: MainProcess): string[] =>
  one.model.state.workflows.flatMap(({ name, isFavourite }) => (isFavourite ? [name] : []))

describe('what is remembered', () => {
  test('a favourite is shown at once, and is there in the next run', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    main.commands.setFavourite(second.id, true)
    expect(favourites(main)).toEqual(['Import orders'])
    await main.quit()
    const next = await MainProcess.launch(machine)
    expect(favourites(next)).toEqual(['Import orders'])
    next.commands.setFavourite(second.id, false)
    expect(favourites(next)).toEqual([])
  })

  test('a favourite of nobody is nothing', async () => {
    const machine = new Machine()
    const main = await MainProcess.launch(machine)
    main.commands.setFavourite(second.id, true)
    await main.appStore.flush()
    expect(machine.settingsFile.text).toBeNull()
  })

  test('settings hold at once: jobs above the number that is kept are forgotten', async () => {
    const main = await MainProcess.launch(new Machine())
    for (let at = 0; at < 15; at += 1) {
      main.jobStore.put(endedJob('done', {}, { key: String(at), start: startAt(at) }))
      main.told.settle(String(at), { at, outcome: 'done', how: 'shown' })
    }
    const settings = { ...defaultSettings, keepJobs: 10 }
    expect(main.commands.saveSettings(settings)).toEqual(settings)
    expect(main.jobStore.list().map(({ key }) => key)).toEqual(
      Array.from({ length: 10 }, (_, index) => String(14 - index)),
    )
  })

  test.each([
    ['in front of a person, on the jobs', true, 'jobs', 0],
    ['in front of a person, elsewhere', true, 'settings', 1],
    ['behind other windows, where the list moves by itself', false, 'jobs', 1],
  ] as const)('a place %s: %s', async (_name, isFocused, page, unseen) => {
    const main = await MainProcess.launch(new Machine())
    main.model.addUnseen('k')
    main.window.isFocused = isFocused
    main.commands.saveView({ page, selectedKey: 'k', scrollTop: 3 })
    expect(main.appStore.view).toEqual({ page, selectedKey: 'k', scrollTop: 3 })
    expect(main.model.unseen.size).toBe(unseen)
  })
})

describe('help', () => {
  test('opens the log file, and fails where nothing opens it', async () => {
    const main = await MainProcess.launch(new Machine())
    await main.commands.openLogFile()
    expect(main.asked).toEqual(['open /logs/wexflow-tray.log'])
    main.openProblem = 'no application is associated'
    await expect(main.commands.openLogFile()).rejects.toThrow('no application is associated')
  })

  test('copies diagnostics that name the server and the log, and neither user nor secret', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    main.logged.push(`signed in as admin with ${form.password}`)
    await main.commands.copyDiagnostics()
    const [text = ''] = main.asked
    expect(text).toContain('server: http://wexflow:8000/')
    expect(text).toContain('signed in as [user] with [hidden]')
  })
})

test('a second start of the app brings the window to the front where it was', async () => {
  const main = await MainProcess.signedIn()
  main.commands.showWindow()
  expect(main.window.shown.at(-1)).toEqual([undefined, undefined])
})

test('a menu that opens reads the workflows anew; without a sign-in there is nobody to ask', async () => {
  const machine = new Machine()
  const main = await MainProcess.launch(machine)
  main.commands.refreshWorkflows()
  expect(machine.sim.requests('search')).toBe(0)
  await answered(main.commands.connect(form))
  const before = machine.sim.requests('search')
  main.commands.refreshWorkflows()
  await pass()
  expect(machine.sim.requests('search')).toBe(before + 1)
})
