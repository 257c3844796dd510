/** Electron's side of the app: one process at a time, from its start to its end. */
import { release } from 'node:os'
import { join } from 'node:path'
import * as electron from 'electron'
import type { Command } from '../shared/commands.ts'
import type { App } from './app.ts'
import { openTray } from './composition/opening.ts'
import { giveUp } from './platform/desktop.ts'
import { startText } from './platform/diagnostics.ts'
import { openDeepLinks } from './platform/deep-link-client.ts'
import { commandLineIn } from './platform/launch-arguments.ts'
import { onLaunch } from './platform/launches.ts'
import { logLevelIn } from './platform/log.ts'
import { LogFile } from './platform/log-file.ts'
import { memoryGiver } from './platform/memory.ts'
import { electronPorts } from './platform/ports.ts'
import { onWake } from './platform/power.ts'
import { finishBeforeQuit, quitOnSignals, quitWithSession } from './platform/quit.ts'
import { Redactor } from './platform/redaction.ts'
import { requestLock } from './platform/single-instance.ts'
import { prepareElectron } from './window/before-ready.ts'

const { app, powerMonitor, protocol } = electron
const { platform } = process
const userData = app.getPath('userData')
const built = join(import.meta.dirname, '..')
const redactor = new Redactor()
const log = new LogFile({ folder: app.getPath('logs'), level: logLevelIn(process.env), redactor })

const words = app.isPackaged ? commandLineIn(process.argv) : null
if (words === null) begin()
else {
  const { runCommandLine } = await import('./platform/command-line.ts')
  runCommandLine({ words, process, built })
}

function begin(): void {
  log.info(startText({ appVersion: app.getVersion(), process, osRelease: release() }))
  process.on('uncaughtException', (error) => log.error('uncaught exception', error))
  process.on('unhandledRejection', (reason) => log.error('unhandled rejection', reason))
  if (requestLock(userData, () => app.requestSingleInstanceLock()))
    start().catch((fault: unknown) => giveUp(app, log, fault))
  else app.exit()
}

async function start(): Promise<void> {
  prepareElectron(app, protocol, platform, log)
  const building = app.whenReady().then(build)
  const run = (command: Command): void => void building.then((one) => one?.run(command))
  onLaunch(app, process.argv, run)
  const giveMemoryBackWhenIdle = memoryGiver(app)
  // Without a listener Electron would quit; the tray goes on.
  app.on('window-all-closed', giveMemoryBackWhenIdle)
  const trayApp = await building
  if (trayApp === null) return
  onWake(powerMonitor, () => trayApp.wake())
  // Nobody waits for it: a command line that comes earlier signs in by itself.
  const control = import('./control/open-control.ts').then(({ openControl }) =>
    openControl(trayApp, { platform, env: process.env, userData, log }),
  )
  const close = async (): Promise<void> => {
    await Promise.all([trayApp.close(), control.then((one) => one?.close())])
  }
  finishBeforeQuit(app, close, log)
  quitWithSession(powerMonitor, app, () => trayApp.updates.holdBack())
  openDeepLinks(app, platform, process.execPath)
  giveMemoryBackWhenIdle()
}

/** The tray first: what is behind it is loaded once the desktop has had the time to show it. */
async function build(): Promise<App | null> {
  quitOnSignals(process, () => app.quit(), log)
  const ports = electronPorts({ electron, platform, userData, built, log, redactor })
  const opening = openTray(ports)
  // What went wrong with it is told by `createApp`.
  await opening.shown.catch(() => {})
  const { createApp } = await import('./app.ts')
  return createApp(ports, opening)
}
