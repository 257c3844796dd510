import { type Job, wireIdOf } from './job.ts'
import { streams } from './policy.ts'
import type { CloseStream, JobFrame, WexflowServer } from '../wexflow/server.ts'

/** The job streams that are open, at most `streams.most`. A stream that breaks without its frame is opened again. */
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
    const { key, workflowId } = job
    const jobId = wireIdOf(job)
    if (jobId === null || this.#open.has(key) || this.#open.size >= streams.most) return
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
          Math.min(streams.lastReopen, streams.firstReopen * 2 ** reopens),
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
