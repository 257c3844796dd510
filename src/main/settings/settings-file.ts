import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type Store from 'electron-store'

/** What the settings file holds, or why it could not be read. */
export type FileContent =
  | { readonly kind: 'missing' }
  | { readonly kind: 'content'; readonly value: unknown }
  | { readonly kind: 'unreadable' }

/** The settings file on disk. `app-store.ts` decides what stands in it. */
export interface SettingsFile {
  /** Reads the whole file. Never throws. */
  read(): FileContent
  /** Replaces the whole file, atomically and in the order of the calls. Rejects with the file system's error. */
  write(value: Readonly<Record<string, unknown>>): Promise<void>
  /** Renames the file so that it is kept. Returns its new name, or null where that was refused. */
  setAside(now: number): string | null
}

const name = 'settings'

/**
 * The settings file by electron-store: one JSON file, written to a temporary file that is renamed. electron-store and
 * what it needs take 17 ms to load (Electron 33, 2 cores), which the start of the app can't spare: the one read at the
 * start is done without it, and it is loaded by the first write.
 */
export class ElectronSettingsFile implements SettingsFile {
  readonly #folder: string
  readonly #path: string
  #store: Promise<Store> | null = null

  /** @param folder the app's folder for user data */
  constructor(folder: string) {
    this.#folder = folder
    this.#path = join(folder, `${name}.json`)
  }

  read(): FileContent {
    try {
      return { kind: 'content', value: JSON.parse(readFileSync(this.#path, 'utf8')) }
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
      return { kind: isMissing ? 'missing' : 'unreadable' }
    }
  }

  async write(value: Readonly<Record<string, unknown>>): Promise<void> {
    this.#store ??= this.#open()
    const store = await this.#store.catch((error: unknown) => {
      this.#store = null
      throw error
    })
    store.store = { ...value }
  }

  setAside(now: number): string | null {
    const keptAs = `${name}.json.damaged-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`
    try {
      renameSync(this.#path, join(this.#folder, keptAs))
      return keptAs
    } catch {
      return null
    }
  }

  /** The file holds ciphertext and addresses: nobody else's business. */
  async #open(): Promise<Store> {
    const { default: ElectronStore } = await import('electron-store')
    return new ElectronStore({ name, cwd: this.#folder, configFileMode: 0o600 })
  }
}
