import type { App, Protocol } from 'electron'
import type { Log } from '../platform/log.ts'
import { appScheme } from './protocol.ts'
import { restrictPages } from './security.ts'

/** What has to be said to Electron before it is ready. */
export function prepareElectron(app: App, protocol: Protocol, platform: NodeJS.Platform, log: Log): void {
  protocol.registerSchemesAsPrivileged([appScheme])
  // Every call to a server is Node's: Chromium's network only serves the pages, and needs no process of its own (10
  // MB).
  app.commandLine.appendSwitch('enable-features', 'NetworkServiceInProcess2')
  restrictPages(app, log)
  // Windows shows notifications of known apps only; the installer's shortcut has the same id.
  if (platform === 'win32') app.setAppUserModelId('org.wexflow.tray')
  if (platform === 'darwin') app.setActivationPolicy('accessory')
}
