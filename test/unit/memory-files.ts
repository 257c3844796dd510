import type { JournalFile } from '../../src/main/jobs/journal-file.ts'
import type { FileContent, SettingsFile } from '../../src/main/settings/settings-file.ts'

/** A jobs file that outlives the app's objects, as a disk does. */
export class MemoryJournalFile implements JournalFile {
  text: string | null = null

  async read(): Promise<string | null> {
    return this.text
  }

  async append(text: string): Promise<void> {
    this.text = (this.text ?? '') + text
  }

  async replace(text: string): Promise<void> {
    this.text = text
  }

  async keepAside(): Promise<string> {
    return 'jobs.ndjson.damaged'
  }
}

/** A settings file that outlives the app's objects, as a disk does. */
export class MemorySettingsFile implements SettingsFile {
  text: string | null = null

  read(): FileContent {
    return this.text === null ? { kind: 'missing' } : { kind: 'content', value: JSON.parse(this.text) }
  }

  async write(value: Readonly<Record<string, unknown>>): Promise<void> {
    this.text = JSON.stringify(value)
  }

  setAside(): string {
    return 'settings.json.damaged'
  }
}
