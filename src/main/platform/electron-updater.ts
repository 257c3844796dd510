import { AppImageUpdater, type AppUpdater, MacUpdater, NsisUpdater } from 'electron-updater'
import type { Updater } from '../updates/updates.ts'
import { replaceAppImage, startWhenEnded } from './app-image.ts'

/**
 * electron-updater's own takes the old AppImage away before the new one is there, and runs the new one to have it
 * installed: a full disk in between would leave the person without the app.
 */
class InPlaceUpdater extends AppImageUpdater {
  readonly #appImage: string

  constructor(appImage: string) {
    super()
    this.#appImage = appImage
  }

  protected override doInstall({ isForceRunAfter }: { readonly isForceRunAfter: boolean }): boolean {
    const fresh = this.installerPath
    if (fresh === null) return false
    replaceAppImage(fresh, this.#appImage)
    if (isForceRunAfter) startWhenEnded(process.pid, this.#appImage)
    return true
  }
}

function systemUpdater(platform: NodeJS.Platform, appImage: string | null): AppUpdater {
  if (platform === 'win32') return new NsisUpdater()
  return platform === 'darwin' ? new MacUpdater() : new InPlaceUpdater(appImage ?? '')
}

const ignore = (): void => {}

/**
 * electron-updater, for the place that the package names.
 * @param appImage the absolute path of the AppImage that runs (Linux); null elsewhere
 */
export const electronUpdater = (platform: NodeJS.Platform, appImage: string | null): Updater =>
  quietUpdater(systemUpdater(platform, appImage))

/**
 * An updater that fetches when it is asked to. It checks what it fetches: its digest everywhere, its signature on Windows
 * and macOS.
 */
export function quietUpdater(updater: AppUpdater): Updater {
  updater.autoDownload = false
  updater.allowPrerelease = false
  updater.allowDowngrade = false
  // It writes paths, in which the person's name is. What goes wrong comes back from its functions as well; without a
  // listener it would be thrown.
  updater.logger = { info: ignore, warn: ignore, error: ignore }
  updater.on('error', ignore)
  return {
    holdBack: () => {
      updater.autoInstallOnAppQuit = false
    },
    fetchNewer: async () => {
      const found = await updater.checkForUpdates()
      if (found?.isUpdateAvailable !== true) return null
      await updater.downloadUpdate(found.cancellationToken)
      return found.updateInfo.version
    },
    restart: () => updater.quitAndInstall(true, true),
  }
}
