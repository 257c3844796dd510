import { type Job, jobSchema } from '../tracking/job.ts'
import type { JournalFile, KeepHow } from './journal-file.ts'

/** What the journal held. */
export interface JournalContent {
  readonly jobs: Job[]
  /** How the file is to be kept aside before it is written over, since a part can't be read; null when it is sound. */
  readonly keepBy: KeepHow | null
  /** How many lines it has. */
  readonly lines: number
}

function parseLine(line: string): Job | null {
  try {
    return jobSchema.parse(JSON.parse(line))
  } catch {
    return null
  }
}

/**
 * The jobs file: one line of JSON for each state of a job that was written, the last one of a key counts. Appending
 * costs the same however many jobs there are, and a crash can only cut the last line. `rewrite` makes it small again.
 */
export class Journal {
  readonly #file: JournalFile

  constructor(file: JournalFile) {
    this.#file = file
  }

  /** Reads what can be read. Never rejects. */
  async read(): Promise<JournalContent> {
    let text: string | null
    try {
      text = await this.#file.read()
    } catch {
      return { jobs: [], keepBy: 'move', lines: 0 }
    }
    if (text === null) return { jobs: [], keepBy: null, lines: 0 }
    const lines = text.split('\n')
    const byKey = new Map<string, Job>()
    let isDamaged = false
    for (const line of lines) {
      if (line === '') continue
      const job = parseLine(line)
      if (job === null) isDamaged = true
      else byKey.set(job.key, job)
    }
    return { jobs: [...byKey.values()], keepBy: isDamaged ? 'copy' : null, lines: lines.length }
  }

  /** Keeps a damaged file under another name, and returns that name. */
  keepAside(how: KeepHow): Promise<string> {
    return this.#file.keepAside(how, Date.now())
  }

  /** Adds states of jobs; resolved means that they are on the disk. Starts on a new line, whatever a crash left. */
  async append(jobs: readonly Job[]): Promise<void> {
    await this.#file.append(`\n${jobs.map((job) => JSON.stringify(job)).join('\n')}\n`)
  }

  /** Replaces the file by one that holds these jobs; a crash leaves either the old one or the new one. */
  async rewrite(jobs: readonly Job[]): Promise<void> {
    await this.#file.replace(jobs.map((job) => `${JSON.stringify(job)}\n`).join(''))
  }
}
