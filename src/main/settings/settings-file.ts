import { readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type Store from 'electron-store'
import { type FileContent, readSettings, settingsFileName as name } from './file-content.ts'

/** The settings file on disk. `app-store.ts` decides what stands in it. */
export interface SettingsFile {
  /** Reads the whole file. Never throws. */
  read(): FileContent
  /** Replaces the whole file, atomically and in the order of the calls. Rejects with the file system's error. */
  write(value: Readonly<Record<string, unknown>>): Promise<void>
  /** Renames the file so that it is kept. Returns its new name, or null where that was refused. */
  setAside(now: number): string | null
}

/** The disk took only a part of what was written; `code` is what it would say to the rest. */
class CutShort extends Error {
  override readonly name = 'CutShort'
  readonly code = 'ENOSPC'
}

/**
 * The settings file by electron-store: one JSON file, replaced by a new one. electron-store and what it needs take
 * 17 ms to load (Electron 33, 2 cores), which the start of the app can't spare: the one read at the start is done
 * without it, and it is loaded by the first write.
 */
export class ElectronSettingsFile implements SettingsFile {
  readonly #folder: string
  readonly #path: string
  /** What electron-store writes, until it takes the file's place. */
  readonly #newPath: string
  #store: Promise<Store> | null = null

  /** @param folder the app's folder for user data */
  constructor(folder: string) {
    this.#folder = folder
    this.#path = join(folder, name)
    this.#newPath = `${this.#path}.new`
  }

  read(): FileContent {
    return readSettings(this.#folder)
  }

  async write(value: Readonly<Record<string, unknown>>): Promise<void> {
    this.#store ??= this.#open()
    const store = await this.#store.catch((error: unknown) => {
      this.#store = null
      throw error
    })
    store.store = { ...value }
    this.#replace()
  }

  setAside(now: number): string | null {
    const keptAs = `${name}.damaged-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`
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
    // What a crash left of it is of no use, and electron-store would wait for a pipe for ever.
    rmSync(this.#newPath, { recursive: true, force: true })
    return new ElectronStore({
      name,
      fileExtension: 'new',
      cwd: this.#folder,
      configFileMode: 0o600,
    })
  }

  /**
   * atomically 2, by which electron-store 12 writes, does not look at how much of it the system took, which is less
   * than all where the disk is about to be full. A cut document does not end with its bracket.
   */
  #replace(): void {
    const written = readFileSync(this.#newPath, 'utf8')
    try {
      JSON.parse(written)
    } catch (error) {
      rmSync(this.#newPath, { force: true })
      throw new CutShort('the settings were not written as a whole', { cause: error })
    }
    renameSync(this.#newPath, this.#path)
  }
}
