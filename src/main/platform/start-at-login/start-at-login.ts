import type { App } from 'electron'
import type { StartAtLoginChange, StartAtLoginState } from '../../../shared/start-at-login.ts'
import { ownAppImage } from '../app-image.ts'
import type { Log } from '../log.ts'
import { AutostartFile, autostartPath } from './autostart-file.ts'
import { LoginItem } from './login-item.ts'

/** Whether the system starts the app when the person logs in. None of its functions rejects. */
export interface StartAtLogin {
  read(): Promise<StartAtLoginState>
  set(isOn: boolean): Promise<StartAtLoginChange>
  /** Keeps what was asked for true where the app has moved since. */
  followMove(): Promise<void>
}

/** Where no app is installed that the system could start: of one that runs from its sources it would start Electron. */
export const notInstalled: StartAtLogin = {
  read: async () => 'notInstalled',
  set: async () => ({ state: 'notInstalled', problem: null }),
  followMove: async () => {},
}

export interface StartAtLoginOptions {
  readonly app: Pick<App, 'isPackaged' | 'getLoginItemSettings' | 'setLoginItemSettings'>
  /** Node's. */
  readonly process: Pick<NodeJS.Process, 'platform' | 'env' | 'execPath'>
  readonly log: Log
}

/** Each system's own way. */
export function systemStartAtLogin({ app, process, log }: StartAtLoginOptions): StartAtLogin {
  const { platform, env, execPath } = process
  if (!app.isPackaged) return notInstalled
  if (platform !== 'linux') return new LoginItem(app, platform, log)
  // An AppImage runs from a folder that is gone when it ends.
  return new AutostartFile({ path: autostartPath(env), program: ownAppImage(process) ?? execPath, log })
}
