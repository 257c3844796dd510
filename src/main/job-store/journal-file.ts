import { constants } from 'node:fs'
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { codeOf } from '../platform/error-code.ts'
import { readTextFile } from '../platform/text-file.ts'

/** How a file is kept aside: `copy` leaves it where it is, `move` takes no room. */
export type KeepHow = 'copy' | 'move'

/** A file of text that only grows or is replaced as a whole. Rejections are the file system's errors. */
export interface JournalFile {
  /** The whole text; null when there is no file. */
  read(): Promise<string | null>
  /**
   * Adds text at the end; resolved means that it is on the disk. A crash may leave a part of it, a refusal leaves none.
   */
  append(text: string): Promise<void>
  /** Replaces everything; a crash leaves either the old text or the new one. */
  replace(text: string): Promise<void>
  /** Keeps the file under another name, and returns that name. */
  keepAside(how: KeepHow, now: number): Promise<string>
}

const noSuchFile = 'ENOENT'

/** A pipe in the file's place refuses at once what it would hold for ever otherwise. Windows has no such files. */
const writing = constants.O_WRONLY | constants.O_CREAT | (constants.O_NONBLOCK ?? 0)

/** A journal file on the disk, readable by its user only. */
export class DiskJournalFile implements JournalFile {
  readonly #path: string

  /** @param filePath absolute; the folder is made when it is first written */
  constructor(filePath: string) {
    this.#path = filePath
  }

  async read(): Promise<string | null> {
    try {
      return await readTextFile(this.#path)
    } catch (error) {
      if (codeOf(error) === noSuchFile) return null
      throw error
    }
  }

  async append(text: string): Promise<void> {
    await writeAndSync(this.#path, writing | constants.O_APPEND, text)
  }

  async replace(text: string): Promise<void> {
    await mkdir(path.dirname(this.#path), { recursive: true })
    const fresh = `${this.#path}.new`
    try {
      await writeAndSync(fresh, writing | constants.O_TRUNC, text)
      await rename(fresh, this.#path)
    } catch (error) {
      await rm(fresh, { force: true }).catch(() => {})
      throw error
    }
  }

  async keepAside(how: KeepHow, now: number): Promise<string> {
    const aside = `${this.#path}.damaged-${new Date(now).toISOString().replaceAll(':', '-')}`
    await (how === 'copy' ? copyFile(this.#path, aside) : rename(this.#path, aside))
    return aside
  }
}

async function writeAndSync(file: string, flags: number, text: string): Promise<void> {
  const handle = await open(file, flags, 0o600)
  try {
    const { size } = await handle.stat()
    try {
      await handle.writeFile(text)
      await handle.datasync()
    } catch (error) {
      // A full disk takes what it has room for before it refuses the rest.
      await handle.truncate(size).catch(() => {})
      throw error
    }
  } finally {
    await handle.close()
  }
}
