import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Electron from 'electron'
import type { Ports } from '../composition/ports.ts'
import { DiskJournalFile } from '../job-store/journal-file.ts'
import { type ToastIcon, toastIconFile } from '../notify/toast-icon.ts'
import { ElectronSettingsFile } from '../settings/settings-file.ts'
import { AppTray } from '../tray/tray.ts'
import { electronDesktop, OpenBoxes } from './desktop.ts'
import { createKeychain } from './keychain.ts'
import { electronMachine } from './machine.ts'
import { SecretService } from './secret-service.ts'
import { systemStartAtLogin } from './start-at-login/start-at-login.ts'
import { updateWay } from './update-way.ts'

export interface ElectronPortsOptions extends Pick<Ports, 'log' | 'redactor'> {
  readonly electron: typeof Electron
  readonly platform: NodeJS.Platform
  /** The absolute folder in which the app remembers. */
  readonly userData: string
  /** The absolute folder of what was built. */
  readonly built: string
}

/** What the app is built on in Electron, after the app's `ready`. What the tray does without is loaded when asked for. */
export function electronPorts({
  electron,
  platform,
  userData,
  built,
  log,
  redactor,
}: ElectronPortsOptions): Ports {
  const { app, Notification, safeStorage, session } = electron
  const assets = join(built, '../assets')
  const linuxIcon = join(assets, 'app/linux/256x256.png')
  const picture = (icon: ToastIcon): string | null => toastIconFile(assets, icon)
  const boxes = new OpenBoxes()
  const isAsked = (): boolean => boxes.areAny
  return {
    files: {
      settings: new ElectronSettingsFile(userData),
      jobs: new DiskJournalFile(join(userData, 'jobs.ndjson')),
      told: new DiskJournalFile(join(userData, 'told.ndjson')),
      usual: new DiskJournalFile(join(userData, 'usual.ndjson')),
    },
    keychain: () =>
      createKeychain(safeStorage, platform, platform === 'linux' ? new SecretService({ log }) : null),
    log,
    redactor,
    machine: electronMachine(app, electron.systemPreferences),
    // As Chromium finds them: the system's settings, PAC, WPAD, on Linux the environment too.
    resolveProxy: (url) => session.defaultSession.resolveProxy(url),
    licences: () => readFile(join(built, 'third-party-notices.txt'), 'utf8'),
    toaster: async (clickLabel) => {
      if (platform !== 'linux') {
        const { ElectronToaster } = await import('../notify/electron-toaster.ts')
        return new ElectronToaster(Notification, platform, picture)
      }
      const { DBusToaster } = await import('../notify/dbus-toaster.ts')
      const icon = app.isPackaged ? 'wexflow-tray' : pathToFileURL(linuxIcon).href
      return new DBusToaster({ clickLabel, icon, picture })
    },
    tray: (options) => new AppTray({ ...options, electron, platform, iconFolder: join(assets, 'tray'), log }),
    window: async (options) => {
      const { AppWindow } = await import('../window/window.ts')
      const icon = platform === 'win32' ? join(assets, 'app/icon.ico') : linuxIcon
      // Wayland lets nobody but the desktop say where a window is.
      const canBeByIcon = process.env['XDG_SESSION_TYPE'] !== 'wayland'
      return new AppWindow({ ...options, electron, platform, canBeByIcon, isAsked, built, icon, log })
    },
    startAtLogin: systemStartAtLogin({ app, process, log }),
    updates: updateWay({ isPackaged: app.isPackaged, process }),
    desktop: electronDesktop(app, platform, boxes),
  }
}
