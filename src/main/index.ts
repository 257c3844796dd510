/** Electron's side of the app: makes the ports that `createApp` builds the app on. */
import { release } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as electron from 'electron'
import { createApp, type Ports } from './app.ts'
import { DiskJournalFile } from './job-store/journal-file.ts'
import { DBusToaster } from './notify/dbus-toaster.ts'
import { ElectronToaster } from './notify/electron-toaster.ts'
import { electronDesktop, giveUp } from './platform/desktop.ts'
import { startText } from './platform/diagnostics.ts'
import { createKeychain } from './platform/keychain.ts'
import { LogFile } from './platform/log-file.ts'
import { giveMemoryBackWhenIdle } from './platform/memory.ts'
import { electronMachine } from './platform/machine.ts'
import { onWake } from './platform/power.ts'
import { finishBeforeQuit, quitOnSignals, quitWithSession } from './platform/quit.ts'
import { Redactor } from './platform/redaction.ts'
import { requestLock } from './platform/single-instance.ts'
import { ElectronSettingsFile } from './settings/settings-file.ts'
import { AppTray } from './tray/tray.ts'
import { networkWire } from './servers/access.ts'
import { prepareElectron } from './window/before-ready.ts'
import { AppWindow } from './window/window.ts'

const { app, powerMonitor, protocol, safeStorage } = electron
const { platform } = process
const userData = app.getPath('userData')
const built = join(import.meta.dirname, '..')
const assets = join(built, '../assets')
const linuxIcon = join(assets, 'app/linux/256x256.png')
const redactor = new Redactor()
const log = new LogFile({ folder: app.getPath('logs'), level: 'info', redactor })

log.info(startText({ appVersion: app.getVersion(), process, osRelease: release() }))
process.on('uncaughtException', (error) => log.error('uncaught exception', error))
process.on('unhandledRejection', (reason) => log.error('unhandled rejection', reason))

if (requestLock(userData, () => app.requestSingleInstanceLock()))
  start().catch((fault: unknown) => giveUp(app, log, fault))
else app.exit()

async function start(): Promise<void> {
  prepareElectron(app, protocol, platform, log)
  const building = app.whenReady().then(() => {
    quitOnSignals(process, () => app.quit(), log)
    return createApp(ports())
  })
  const showWindow = (): void => void building.then((one) => one?.run({ kind: 'showWindow' }))
  app.on('second-instance', showWindow)
  app.on('activate', showWindow)
  // Without a listener Electron would quit; the tray goes on.
  app.on('window-all-closed', giveMemoryBackWhenIdle)
  const whole = await building
  if (whole === null) return
  onWake(powerMonitor, () => whole.servers.wake())
  finishBeforeQuit(app, whole.close, log)
  quitWithSession(powerMonitor, app)
  giveMemoryBackWhenIdle()
}

/** After the app's `ready`. */
const ports = (): Ports => ({
  files: {
    settings: new ElectronSettingsFile(userData),
    jobs: new DiskJournalFile(join(userData, 'jobs.ndjson')),
    told: new DiskJournalFile(join(userData, 'told.ndjson')),
  },
  keychain: () => createKeychain(safeStorage, platform),
  log,
  redactor,
  machine: electronMachine(app),
  wire: networkWire,
  toaster: (clickLabel) =>
    platform === 'linux'
      ? new DBusToaster({
          clickLabel,
          icon: app.isPackaged ? 'wexflow-tray' : pathToFileURL(linuxIcon).href,
        })
      : new ElectronToaster(electron.Notification, platform),
  tray: (options) => new AppTray({ ...options, electron, platform, iconFolder: join(assets, 'tray'), log }),
  window: (options) => {
    const icon = platform === 'win32' ? join(assets, 'app/icon.ico') : linuxIcon
    return new AppWindow({ ...options, electron, platform, built, icon, log })
  },
  desktop: electronDesktop(app),
})
