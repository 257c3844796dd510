import { beforeEach, describe, expect, test } from 'vitest'
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
    await main.run({ kind: 'runAgain', key: main.job.key })
    expect(main.window.shown.at(-1)).toEqual(['connect', null])
    expect(main.jobStore.list()).toHaveLength(1)
  })
})

describe('removing jobs', () => {
  test('takes ended ones from the list, and brings them back', async () => {
    const main = await MainProcess.signedIn()
    await main.start(second)
    await pass(5000)
    await main.start(hour)
    const keys = main.jobStore.list().map(({ key }) => key)
    expect(await main.run({ kind: 'removeJobs', keys })).toBe(1)
    expect(main.jobStore.list()).toHaveLength(1)
    const back = await main.run({ kind: 'restoreJobs' })
    expect(main.jobStore.list().map(({ key }) => key)).toEqual(keys)
    expect(keys).toContain(back)
    expect(await main.run({ kind: 'restoreJobs' })).toBeNull()
  })
})

describe('wishes about a job', () => {
  test('stop', async () => {
    const main = await MainProcess.signedIn()
    await main.start(hour)
    expect(await answered(main.run({ kind: 'stopJob', key: main.job.key }))).toEqual({ ok: true })
    await pass(5000)
    expect(main.toaster.titles).toEqual(['Stopped: Nightly export'])
  })

  test.each([
    ['approveJob', 'Done: Release payments'],
    ['rejectJob', 'Rejected: Release payments'],
  ] as const)('%s a job that waits', async (wish, title) => {
    const main = await MainProcess.signedIn()
    await main.start(approval)
    await pass(15_000)
    expect(main.job.phase).toBe('waiting')
    expect(await answered(main.run({ kind: wish, key: main.job.key }))).toEqual({ ok: true })
    await pass(10_000)
    expect(main.toaster.titles).toEqual(['Waiting for approval: Release payments', title])
  })

  test.each([
    ['approve', 'done'],
    ['reject', 'rejected'],
  ] as const)('%s by the button of its notification', async (decision, outcome) => {
    const main = await MainProcess.signedIn()
    await main.start(approval)
    await pass(15_000)
    main.toaster.press(decision)
    await pass(10_000)
    expect(main.outcomes).toEqual([outcome])
    expect(main.toaster.withdrawn).toContain(`phase:${main.job.key}`)
  })

  test('looking at it in the window takes its notification off the desktop', async () => {
    const main = await MainProcess.signedIn()
    await main.start(second)
    await pass(5000)
    const view = { page: 'jobs', selectedKey: main.job.key, scrollTop: 0 } as const
    main.window.isFocused = false
    await main.run({ kind: 'saveView', view })
    expect(main.toaster.withdrawn).toEqual([])
    main.window.isFocused = true
    await main.run({ kind: 'saveView', view })
    expect(main.toaster.withdrawn).toContain(main.job.key)
  })

  test('log', async () => {
    const main = await MainProcess.signedIn()
    await main.start(second)
    await pass(5000)
    const answer = await answered(main.run({ kind: 'jobLog', key: main.job.key }))
    expect(answer).toMatchObject({ ok: true })
    expect(answer.ok && answer.text).toMatch(/Workflow finished\.$/u)
  })

  const wishes = ['stopJob', 'approveJob', 'rejectJob', 'jobLog'] as const

  test.each(wishes)('%s without a sign-in is a failure, no crash', async (wish) => {
    const main = await MainProcess.launch(new Machine())
    main.jobStore.put(runningJob())
    expect(await main.run({ kind: wish, key: 'key' })).toMatchObject({
      ok: false,
      failure: { kind: 'signInExpired' },
    })
  })

  test.each(wishes)('%s of a job of another server is a failure', async (wish) => {
    const main = await MainProcess.signedIn()
    main.jobStore.put(runningJob({}, { serverId: 'another' }))
    expect(await main.run({ kind: wish, key: 'key' })).toMatchObject({ ok: false })
  })

  test.each(wishes)('%s of a job that there is not is a failure', async (wish) => {
    const main = await MainProcess.signedIn()
    expect(await main.run({ kind: wish, key: 'no such job' })).toMatchObject({ ok: false })
  })

  test('a server that is down is a failure', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    await main.start(hour)
    machine.sim.shutDown('killed')
    expect(await answered(main.run({ kind: 'stopJob', key: main.job.key }))).toMatchObject({
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
    await main.start(hour)
    machine.sim.shutDown('killed')
    await main.choose({ kind: 'stopJob', key: main.job.key })
    expect(main.toaster.toasts).toMatchObject([
      {
        title: 'Nightly export could not be stopped',
        body: 'Nothing answers at this port. Check the port, and that Wexflow runs.',
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

const favourites = (one: MainProcess): string[] =>
  one.server.workflows.flatMap(({ name, isFavourite }) => (isFavourite ? [name] : []))

describe('what is remembered', () => {
  test('a favourite is shown at once, and is there in the next run', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    await main.run({
      kind: 'setFavourite',
      serverId: main.serverId,
      workflowId: second.id,
      isFavourite: true,
    })
    expect(favourites(main)).toEqual(['Import orders'])
    await main.quit()
    const next = await MainProcess.launch(machine)
    expect(favourites(next)).toEqual(['Import orders'])
    await next.run({
      kind: 'setFavourite',
      serverId: next.serverId,
      workflowId: second.id,
      isFavourite: false,
    })
    expect(favourites(next)).toEqual([])
  })

  test('a favourite of nobody is nothing', async () => {
    const machine = new Machine()
    const main = await MainProcess.launch(machine)
    await main.run({
      kind: 'setFavourite',
      serverId: main.serverId,
      workflowId: second.id,
      isFavourite: true,
    })
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
    expect(await main.run({ kind: 'saveSettings', settings })).toEqual(settings)
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
    await main.run({ kind: 'saveView', view: { page, selectedKey: 'k', scrollTop: 3 } })
    expect(main.appStore.view).toEqual({ page, selectedKey: 'k', scrollTop: 3 })
    expect(main.model.unseen.size).toBe(unseen)
  })
})

describe('help', () => {
  test('opens the log file, and fails where nothing opens it', async () => {
    const main = await MainProcess.launch(new Machine())
    await main.run({ kind: 'openLogFile' })
    expect(main.asked).toEqual(['open /logs/wexflow-tray.log'])
    main.openProblem = 'no application is associated'
    await expect(main.run({ kind: 'openLogFile' })).rejects.toThrow('no application is associated')
  })

  test('has keys find a workflow from anywhere, and says where the system refuses them', async () => {
    const machine = new Machine()
    const main = await MainProcess.launch(machine)
    expect(await main.run({ kind: 'setShortcut', accelerator: 'Control+Taken' })).toBe(false)
    expect(await main.run({ kind: 'setShortcut', accelerator: 'Control+Alt+W' })).toBe(true)
    const told = main.window.told.length
    main.shortcut?.onPress()
    expect(main.window.told).toHaveLength(told + 1)
    const settings = { ...defaultSettings, shortcut: 'Control+Alt+W' }
    await main.run({ kind: 'saveSettings', settings })
    await main.quit()
    const next = await MainProcess.launch(machine)
    expect(next.shortcut?.accelerator).toBe('Control+Alt+W')
  })

  test('tests notifications, and opens the settings of them', async () => {
    const main = await MainProcess.launch(new Machine())
    expect(await main.run({ kind: 'testNotification', sound: null })).toEqual({ status: 'shown', reason: '' })
    expect(main.toaster.titles).toEqual(['This is a test'])
    await main.run({ kind: 'openNotificationSettings' })
    expect(main.asked).toEqual(['notification settings'])
  })

  test('copies diagnostics that name the server and the log, and neither user nor secret', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    main.redactor.add('a-secret-in-use')
    main.logged.push('signed in as admin with a-secret-in-use')
    await main.run({ kind: 'copyDiagnostics' })
    const [text = ''] = main.asked
    expect(text).toContain('server 1: http://wexflow:8000/, link online')
    expect(text).toContain('signed in as [user] with [hidden]')
  })
})

describe('the web manager', () => {
  test('is opened in the browser at the page that was asked for, without anything that signs anybody in', async () => {
    const main = await MainProcess.signedIn()
    await main.run({ kind: 'openWebManager', serverId: main.serverId, page: 'history' })
    expect(main.asked).toEqual(['browse http://wexflow:8000/admin/history.html'])
  })

  test('of a server that nobody knows is nothing', async () => {
    const main = await MainProcess.launch(new Machine())
    await main.run({ kind: 'openWebManager', serverId: 'x', page: 'manager' })
    expect(main.asked).toEqual([])
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

describe('muting notifications', () => {
  test('for an hour holds the ends of that hour back for one summary, also over a restart of the app', async () => {
    const machine = new Machine()
    const main = await MainProcess.signedIn(machine)
    await answered(main.run({ kind: 'mute', choice: 'hour' }))
    expect(main.model.state.quiet).toEqual({ until: expect.any(Number), isMuted: true })
    await main.start(second)
    await pass(5000)
    await main.quit()
    const next = await MainProcess.launch(machine)
    await pass(5000)
    expect(next.model.state.quiet?.isMuted).toBe(true)
    await next.start(second)
    await pass(3_600_000)
    expect(main.toaster.titles).toEqual([])
    expect(next.toaster.titles).toEqual(['2 jobs ended: 2 done'])
    expect(next.model.state.quiet).toBeNull()
  })

  test('until it is ended, whereupon what was held back is told at once', async () => {
    const main = await MainProcess.signedIn()
    await answered(main.run({ kind: 'mute', choice: 'morning' }))
    await main.start(second)
    await pass(5000)
    expect(main.toaster.titles).toEqual([])
    await answered(main.run({ kind: 'unmute' }))
    expect(main.toaster.titles).toEqual(['Done: Import orders'])
    expect(main.model.state.quiet).toBeNull()
  })
})

test('quiet hours that are turned on hold notifications back at once, and no longer when they are turned off', async () => {
  const main = await MainProcess.signedIn()
  const quietHours = { isOn: true, days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 23 * 60 + 59 }
  await answered(main.run({ kind: 'saveSettings', settings: { ...defaultSettings, quietHours } }))
  expect(main.model.state.quiet?.isMuted).toBe(false)
  await main.start(second)
  await pass(5000)
  expect(main.toaster.titles).toEqual([])
  await answered(main.run({ kind: 'saveSettings', settings: defaultSettings }))
  await pass()
  expect(main.toaster.titles).toEqual(['Done: Import orders'])
  expect(main.model.state.quiet).toBeNull()
})
