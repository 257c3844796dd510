import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import Store from 'electron-store'

/** What the settings file holds, or why it could not be read. */
export type FileContent =
  | { readonly kind: 'missing' }
  | { readonly kind: 'content'; readonly value: unknown }
  | { readonly kind: 'unreadable' }

/** The settings file on disk. `app-store.ts` decides what stands in it. */
export interface SettingsFile {
  /** Reads the whole file, once. Never throws. */
  read(): FileContent
  /** Replaces the whole file, atomically. Throws the file system's error. */
  write(value: Readonly<Record<string, unknown>>): void
  /** Renames the file so that it is kept. Returns its new name, or null where that was refused. */
  setAside(now: number): string | null
}

const name = 'settings'

/** The settings file by electron-store: one JSON file, written to a temporary file that is renamed. */
export class ElectronSettingsFile implements SettingsFile {
  readonly #folder: string
  readonly #path: string
  #store: Store | null = null

  /** @param folder the app's folder for user data */
  constructor(folder: string) {
    this.#folder = folder
    this.#path = join(folder, `${name}.json`)
  }

  read(): FileContent {
    if (!existsSync(this.#path)) return { kind: 'missing' }
    try {
      return { kind: 'content', value: this.#open().store }
    } catch {
      return { kind: 'unreadable' }
    }
  }

  write(value: Readonly<Record<string, unknown>>): void {
    this.#open().store = { ...value }
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

  /** Opened late: electron-store reads the file at once and throws when it is not JSON. */
  #open(): Store {
    this.#store ??= new Store({ name, cwd: this.#folder, configFileMode: 0o600 })
    return this.#store
  }
}
