import type { Job } from './job.ts'
import type { CloseStream, JobFrame, WexflowServer } from '../wexflow/server.ts'

/**
 * Jobs beyond this number are followed by the change stream alone: a stream only makes the end known some milliseconds
 * sooner. It takes 18 kB here, and REST calls beside 400 of them were as fast as beside none (docs/bench.md); but it is
 * an open file for this process, of which some systems allow only 256, and a connection for the server.
 */
export const mostStreams = 100

const firstReopenMs = 2000
const lastReopenMs = 60_000

/** The job streams that are open, at most `mostStreams`. A stream that breaks without its frame is opened again. */
export class JobStreams {
  readonly #server: Pick<WexflowServer, 'openJobStream'>
  readonly #onFrame: (key: string, frame: JobFrame) => void
  readonly #onLost: (key: string, error: unknown) => boolean
  readonly #open = new Map<string, CloseStream>()

  /** `onLost` hears of a stream that ended without its frame, and says whether to open it again. */
  constructor(
    server: Pick<WexflowServer, 'openJobStream'>,
    onFrame: (key: string, frame: JobFrame) => void,
    onLost: (key: string, error: unknown) => boolean,
  ) {
    this.#server = server
    this.#onFrame = onFrame
    this.#onLost = onLost
  }

  get size(): number {
    return this.#open.size
  }

  open(job: Job, reopens = 0): void {
    const { key, workflowId, jobId } = job
    if (jobId === null || this.#open.has(key) || this.#open.size >= mostStreams) return
    const close = this.#server.openJobStream(workflowId, jobId, {
      onFrame: (frame) => {
        this.#open.delete(key)
        this.#onFrame(key, frame)
      },
      onClosed: (error) => {
        this.#open.delete(key)
        if (!this.#onLost(key, error)) return
        const timer = setTimeout(
          () => {
            this.#open.delete(key)
            this.open(job, reopens + 1)
          },
          Math.min(lastReopenMs, firstReopenMs * 2 ** reopens),
        )
        this.#open.set(key, () => clearTimeout(timer))
      },
    })
    this.#open.set(key, close)
  }

  close(key: string): void {
    this.#open.get(key)?.()
    this.#open.delete(key)
  }

  closeAll(): void {
    for (const close of this.#open.values()) close()
    this.#open.clear()
  }
}
