import { join } from 'node:path'
import type { Profile } from '../shared/app-state.ts'
import type { Settings } from '../shared/settings.ts'
import { AppStore } from '../main/settings/app-store.ts'
import { readSettings } from '../main/settings/file-content.ts'
import type { Terminal } from './terminal.ts'

/** The app's own name for its folder, which Electron takes from package.json (`productName`). */
const folderName = 'Wexflow Tray'

/** The folder in which the app remembers, as Electron finds it. */
export function usualUserData({ platform, env, home }: Pick<Terminal, 'platform' | 'env' | 'home'>): string {
  if (platform === 'win32') return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), folderName)
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', folderName)
  return join(env['XDG_CONFIG_HOME'] || join(home, '.config'), folderName)
}

/** What the app has written down: read, never written. What is damaged counts as not there. */
export function storedIn(userData: string): {
  readonly profiles: readonly Profile[]
  readonly settings: Settings
} {
  const file = { read: () => readSettings(userData), write: async () => {}, setAside: () => null }
  const { profiles, settings } = new AppStore({ file, onProblem: () => {} })
  return { profiles, settings }
}
