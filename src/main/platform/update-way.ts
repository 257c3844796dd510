import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'
import type { UpdateWay } from '../updates/updates.ts'
import { ownAppImage } from './app-image.ts'

export interface UpdateWayOptions {
  readonly isPackaged: boolean
  /** Node's, with what Electron adds to it. */
  readonly process: Pick<NodeJS.Process, 'platform' | 'env' | 'execPath'> & { readonly resourcesPath: string }
}

/** How newer versions come to this system: by the app itself, unless it belongs to a package manager. */
export function updateWay({ isPackaged, process }: UpdateWayOptions): UpdateWay {
  const { platform, resourcesPath } = process
  if (!isPackaged) return { kind: 'off', why: 'notInstalled' }
  const appImage = platform === 'linux' ? ownAppImage(process) : null
  if (platform === 'linux' && appImage === null) return { kind: 'off', why: 'packageManager' }
  // electron-builder writes it where it is told, for a release, where newer versions are.
  if (!existsSync(path.join(resourcesPath, 'app-update.yml'))) return { kind: 'off', why: 'noSource' }
  if (appImage !== null && !isWritable(path.dirname(appImage))) return { kind: 'off', why: 'notWritable' }
  return {
    kind: 'on',
    load: async () => {
      const { electronUpdater } = await import('./electron-updater.ts')
      return electronUpdater(platform, appImage)
    },
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
