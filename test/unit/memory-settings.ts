import type { FileContent } from '../../src/main/settings/file-content.ts'
import type { SettingsFile } from '../../src/main/settings/settings-file.ts'

/** A settings file that outlives the app's objects, as a disk does. */
export class MemorySettingsFile implements SettingsFile {
  /** What is on the disk; null for no file. */
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
