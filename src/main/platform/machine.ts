import { networkInterfaces, release } from 'node:os'
import type { App } from 'electron'
import { addressFingerprint } from './network-addresses.ts'

/** What the app runs on, as Electron and Node tell it. After the app's `ready`. */
export const electronMachine = (app: Pick<App, 'getVersion' | 'getPreferredSystemLanguages'>) => ({
  appVersion: app.getVersion(),
  process,
  osRelease: release(),
  languages: app.getPreferredSystemLanguages(),
  networkFingerprint: (): string => addressFingerprint(networkInterfaces()),
})
