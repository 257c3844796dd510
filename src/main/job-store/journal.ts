import type { z } from 'zod'
import type { JournalFile, KeepHow } from './journal-file.ts'

/** What the journal held. */
export interface JournalContent<Entry> {
  readonly entries: Entry[]
  /** How the file is to be kept aside before it is written over, since a part can't be read; null when it is sound. */
  readonly keepBy: KeepHow | null
  /** How many lines it has; 0 where there is no file. */
  readonly lines: number
}

/** What is kept under a key. */
export interface Keyed {
  readonly key: string
}

/**
 * A file of one line of JSON for each state of an entry that was written; the last one of a key counts. Appending
 * costs the same however many entries there are, and a crash can only cut the last line. `rewrite` makes it small
 * again.
 */
export class Journal<Entry extends Keyed> {
  readonly #file: JournalFile
  readonly #schema: z.ZodType<Entry>

  /** @param schema what a line has to be: one that is not costs itself and no other */
  constructor(file: JournalFile, schema: z.ZodType<Entry>) {
    this.#file = file
    this.#schema = schema
  }

  /** Reads what can be read. Never rejects. */
  async read(): Promise<JournalContent<Entry>> {
    let text: string | null
    try {
      text = await this.#file.read()
    } catch {
      return { entries: [], keepBy: 'move', lines: 0 }
    }
    if (text === null) return { entries: [], keepBy: null, lines: 0 }
    const lines = text.split('\n')
    const byKey = new Map<string, Entry>()
    let isDamaged = false
    for (const line of lines) {
      if (line === '') continue
      const entry = this.#parse(line)
      if (entry === null) isDamaged = true
      else byKey.set(entry.key, entry)
    }
    return { entries: [...byKey.values()], keepBy: isDamaged ? 'copy' : null, lines: lines.length }
  }

  /** Keeps a damaged file under another name, and returns that name. */
  keepAside(how: KeepHow): Promise<string> {
    return this.#file.keepAside(how, Date.now())
  }

  /** Adds states of entries; resolved means that they are on the disk. Starts on a new line, whatever a crash left. */
  async append(entries: readonly Entry[]): Promise<void> {
    await this.#file.append(`\n${entries.map((entry) => JSON.stringify(entry)).join('\n')}\n`)
  }

  /** Replaces the file by one that holds these entries; a crash leaves either the old one or the new one. */
  async rewrite(entries: readonly Entry[]): Promise<void> {
    await this.#file.replace(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
  }

  #parse(line: string): Entry | null {
    try {
      return this.#schema.parse(JSON.parse(line))
    } catch {
      return null
    }
  }
}
