import type { JournalFile } from '../../../src/main/job-store/journal-file.ts'

/** A disk with one journal on it, which outlives the app. */
export class MemoryDisk {
  #text: string | null = null
  #handles = 0

  /** The journal as one run of the app has it; what an earlier run still writes is lost, as that run is over. */
  open(): JournalFile {
    this.#handles += 1
    const handle = this.#handles
    const change = (text: string): Promise<void> => {
      if (handle === this.#handles) this.#text = text
      return Promise.resolve()
    }
    return {
      read: () => Promise.resolve(this.#text),
      append: (text) => change((this.#text ?? '') + text),
      replace: change,
      keepAside: () => Promise.reject(new Error('the journal was damaged')),
    }
  }
}
