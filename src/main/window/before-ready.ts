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
  if (platform === 'linux') drawWithoutGraphicsCard(app)
  restrictPages(app, log)
  // Windows shows notifications of known apps only; the installer's shortcut has the same id.
  if (platform === 'win32') app.setAppUserModelId('org.wexflow.tray')
  if (platform === 'darwin') app.setActivationPolicy('accessory')
}

/**
 * Chromium's GPU process runs from the start to the end, window or none. With a driver of Mesa it takes 67 MB, with
 * Chromium's own substitute, which it loads for 3D where acceleration is off, 31 MB, with neither 20 MB. The pages are
 * text and have no use for either. Measured on Linux only.
 */
function drawWithoutGraphicsCard(app: Pick<App, 'commandLine' | 'disableHardwareAcceleration'>): void {
  app.disableHardwareAcceleration()
  app.commandLine.appendSwitch('disable-software-rasterizer')
}
