import type { JournalFile } from '../../src/main/job-store/journal-file.ts'
import type { Draw } from './draw.ts'
import { after } from './virtual-clock.ts'

/** A write under way, in milliseconds: a fast disk and a slow one. */
const fastestWriteMs = 1
const slowestWriteMs = 12

interface Handle extends JournalFile {
  /** The process that held the file is gone: what it was writing may be there in part. */
  crash(): void
}

/** A disk with one journal file, which outlives the app's crashes. */
export class MemoryDisk {
  readonly #draw: Draw
  #text: string | null = null
  /** No room: what is written is refused. */
  isFull = false

  constructor(draw: Draw) {
    this.#draw = draw
  }

  /** The file as one process sees it. */
  open(): Handle {
    let isGone = false
    let cut: (() => void) | null = null
    const write = async (done: () => void, half: () => void): Promise<void> => {
      cut = half
      await after(this.#draw.between(fastestWriteMs, slowestWriteMs))
      // A process that is gone waits for nothing any more.
      if (isGone) return new Promise(() => {})
      cut = null
      if (this.isFull) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      done()
    }
    return {
      read: () => Promise.resolve(this.#text),
      append: (text) =>
        write(
          () => {
            this.#text = `${this.#text ?? ''}${text}`
          },
          () => {
            this.#text = `${this.#text ?? ''}${text.slice(0, this.#draw.between(0, text.length))}`
          },
        ),
      replace: (text) =>
        write(
          () => {
            this.#text = text
          },
          () => {},
        ),
      keepAside: () => Promise.resolve('jobs.damaged'),
      crash: () => {
        isGone = true
        cut?.()
      },
    }
  }
}
