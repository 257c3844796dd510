import type { App, LoginItemSettings, LoginItemSettingsOptions } from 'electron'
import type { StartAtLoginChange, StartAtLoginState } from '../../../shared/start-at-login.ts'
import { hiddenArgument } from '../launch-arguments.ts'
import type { Log } from '../log.ts'
import type { StartAtLogin } from './start-at-login.ts'

type LoginItemApp = Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>

/** What names the app's own item among others: on macOS the app itself, which gets no arguments. */
const itemOf = (platform: NodeJS.Platform): LoginItemSettingsOptions =>
  platform === 'darwin' ? { type: 'mainAppService' } : { args: [hiddenArgument] }

const macStates = {
  enabled: 'on',
  'requires-approval': 'needsApproval',
  'not-registered': 'off',
  // Nobody has asked for it yet (source: SMAppService.Status).
  'not-found': 'off',
} as const satisfies Record<LoginItemSettings['status'], StartAtLoginState>

/** How it stands, of what Electron says about the app's own item. */
export function loginItemState(
  platform: NodeJS.Platform,
  item: Pick<LoginItemSettings, 'openAtLogin' | 'executableWillLaunchAtLogin' | 'status'>,
): StartAtLoginState {
  if (platform === 'darwin') return macStates[item.status]
  if (!item.openAtLogin) return 'off'
  // Task Manager and Settings leave the item where it is and note beside it that it is off.
  return item.executableWillLaunchAtLogin ? 'on' : 'turnedOff'
}

/** The login item of Windows (a value under the person's key `Run`) and macOS 13 and later (SMAppService). */
export class LoginItem implements StartAtLogin {
  readonly #app: LoginItemApp
  readonly #platform: NodeJS.Platform
  readonly #log: Pick<Log, 'warn'>

  constructor(app: LoginItemApp, platform: NodeJS.Platform, log: Pick<Log, 'warn'>) {
    this.#app = app
    this.#platform = platform
    this.#log = log
  }

  async read(): Promise<StartAtLoginState> {
    try {
      return loginItemState(this.#platform, this.#app.getLoginItemSettings(itemOf(this.#platform)))
    } catch (error) {
      this.#log.warn('the login item could not be read', error)
      return 'unknown'
    }
  }

  /** Electron tells of no failure: what holds afterwards does. */
  async set(isOn: boolean): Promise<StartAtLoginChange> {
    this.#app.setLoginItemSettings({ ...itemOf(this.#platform), openAtLogin: isOn })
    const state = await this.read()
    const isAsked = isOn ? state === 'on' || state === 'needsApproval' : state === 'off'
    return { state, problem: isAsked ? null : 'failed' }
  }

  /** Installers put the app where it stays, and macOS keeps the item with the app. */
  async followMove(): Promise<void> {}
}
