import type { LoginItemSettings, Settings } from 'electron'
import { expect, test } from 'vitest'
import { LoginItem, loginItemState } from '../../../../src/main/platform/start-at-login/login-item.ts'
import { systemStartAtLogin } from '../../../../src/main/platform/start-at-login/start-at-login.ts'

/** What Electron answers where nobody has asked for anything. */
const nothing: LoginItemSettings = {
  openAtLogin: false,
  wasOpenedAtLogin: false,
  status: 'not-registered',
  executableWillLaunchAtLogin: false,
  launchItems: [],
}
const log = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} }

/** A system that takes what it is told, as far as its person lets it. */
class System {
  isPackaged = true
  readonly asked: unknown[] = []
  settings = nothing
  readonly #after: (isOn: boolean) => Partial<LoginItemSettings>

  /** @param after what it says once it was told to start the app, or not to */
  constructor(after: (isOn: boolean) => Partial<LoginItemSettings>) {
    this.#after = after
  }

  getLoginItemSettings = (options?: unknown): LoginItemSettings => {
    this.asked.push(options)
    return this.settings
  }

  setLoginItemSettings = (settings: Settings): void => {
    this.asked.push(settings)
    this.settings = { ...nothing, ...this.#after(settings.openAtLogin === true) }
  }
}

test.each([
  ['win32', nothing, 'off'],
  ['win32', { ...nothing, openAtLogin: true, executableWillLaunchAtLogin: true }, 'on'],
  // Turned off in Task Manager.
  ['win32', { ...nothing, openAtLogin: true, executableWillLaunchAtLogin: false }, 'turnedOff'],
  // Somebody has the app started with other arguments.
  ['win32', { ...nothing, executableWillLaunchAtLogin: true }, 'off'],
  ['darwin', nothing, 'off'],
  ['darwin', { ...nothing, status: 'not-found' }, 'off'],
  ['darwin', { ...nothing, openAtLogin: true, status: 'enabled' }, 'on'],
  ['darwin', { ...nothing, status: 'requires-approval' }, 'needsApproval'],
] as const)('on %s %j is %s', (platform, item, state) => {
  expect(loginItemState(platform, item)).toBe(state)
})

test('Windows is asked to start the app hidden, and asked for the same item again', async () => {
  const system = new System((isOn) => ({ openAtLogin: isOn, executableWillLaunchAtLogin: isOn }))
  const item = new LoginItem(system, 'win32', log)
  expect(await item.set(true)).toEqual({ state: 'on', problem: null })
  expect(system.asked).toEqual([{ args: ['--hidden'], openAtLogin: true }, { args: ['--hidden'] }])
  expect(await item.set(false)).toEqual({ state: 'off', problem: null })
})

test('macOS may want to ask the person first, which is no failure', async () => {
  const system = new System((isOn) => ({ status: isOn ? 'requires-approval' : 'not-registered' }))
  const item = new LoginItem(system, 'darwin', log)
  expect(await item.set(true)).toEqual({ state: 'needsApproval', problem: null })
  expect(system.asked).toEqual([{ type: 'mainAppService', openAtLogin: true }, { type: 'mainAppService' }])
})

test('a system that does not take it is told so', async () => {
  const item = new LoginItem(new System(() => ({})), 'win32', log)
  expect(await item.set(true)).toEqual({ state: 'off', problem: 'failed' })
})

test('an app that runs from its sources leaves the system alone', async () => {
  const system = new System(() => ({}))
  system.isPackaged = false
  for (const platform of ['win32', 'darwin', 'linux'] as const) {
    const start = systemStartAtLogin({
      app: system,
      process: { platform, env: {}, execPath: '/electron' },
      log,
    })
    expect(await start.read()).toBe('notInstalled')
    expect(await start.set(true)).toEqual({ state: 'notInstalled', problem: null })
  }
  expect(system.asked).toEqual([])
})
