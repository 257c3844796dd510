import { beforeEach, describe, expect, test } from 'vitest'
import { defaultSettings } from '../../../src/shared/settings.ts'
import { Machine, MainProcess, useFakeClock } from '../main-process.ts'

beforeEach(useFakeClock)

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
