import { constants } from 'node:fs'
import { copyFile, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { type Job, jobSchema } from '../../shared/job.ts'

const fileName = 'jobs.ndjson'
const noSuchFile = 'ENOENT'

/** What the journal held. */
export interface JournalContent {
  readonly jobs: Job[]
  /** The copy of a damaged file that was kept aside; null when it was sound. */
  readonly damagedCopy: string | null
  /** How many lines it has. */
  readonly lines: number
}

/** The error code of a file operation, such as `ENOSPC`. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'

function parseLine(line: string): Job | null {
  try {
    return jobSchema.parse(JSON.parse(line))
  } catch {
    return null
  }
}

async function writeAndSync(file: string, flags: number, text: string): Promise<void> {
  const handle = await open(file, flags, 0o600)
  try {
    await handle.writeFile(text)
    await handle.datasync()
  } finally {
    await handle.close()
  }
}

/**
 * The jobs file: one line of JSON for each state of a job that was written, the last one of a key counts. Appending
 * costs the same however many jobs there are, and a crash can only cut the last line. `rewrite` makes it small again
 * by writing a new file and renaming it over the old one.
 */
export class Journal {
  readonly #folder: string
  readonly #file: string

  constructor(folder: string) {
    this.#folder = folder
    this.#file = path.join(folder, fileName)
  }

  /** Reads what can be read. Rejects only where the system neither reads the file nor moves it aside. */
  async read(now: number): Promise<JournalContent> {
    const aside = `${this.#file}.damaged-${new Date(now).toISOString().replaceAll(':', '-')}`
    let text: string
    try {
      text = await readFile(this.#file, 'utf8')
    } catch (error) {
      if (codeOf(error) === noSuchFile) return { jobs: [], damagedCopy: null, lines: 0 }
      await rename(this.#file, aside)
      return { jobs: [], damagedCopy: aside, lines: 0 }
    }
    const lines = text.split('\n')
    // A crash in the middle of an append leaves a line without its end: it was never confirmed to anybody.
    const cut = lines.pop() ?? ''
    const byKey = new Map<string, Job>()
    let isDamaged = lines.length === 0 && cut !== ''
    for (const line of lines) {
      if (line === '') continue
      const job = parseLine(line)
      if (job === null) isDamaged = true
      else byKey.set(job.key, job)
    }
    if (isDamaged) await copyFile(this.#file, aside)
    return { jobs: [...byKey.values()], damagedCopy: isDamaged ? aside : null, lines: lines.length }
  }

  /** Adds states of jobs; resolved means that they are on the disk. Starts on a new line, whatever a crash left. */
  async append(jobs: readonly Job[]): Promise<void> {
    await writeAndSync(
      this.#file,
      constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT,
      `\n${jobs.map((job) => JSON.stringify(job)).join('\n')}\n`,
    )
  }

  /** Replaces the file by one that holds these jobs; a crash leaves either the old one or the new one. */
  async rewrite(jobs: readonly Job[]): Promise<void> {
    await mkdir(this.#folder, { recursive: true })
    const fresh = `${this.#file}.new`
    try {
      await writeAndSync(
        fresh,
        constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC,
        jobs.map((job) => `${JSON.stringify(job)}\n`).join(''),
      )
      await rename(fresh, this.#file)
    } catch (error) {
      await rm(fresh, { force: true }).catch(() => {})
      throw error
    }
  }
}
