import { type Job, wireIdOf } from './job.ts'
import { link } from './link/policy.ts'
import { streams } from './policy.ts'
import { Rest } from '../wexflow/rest.ts'
import type { CloseStream, JobFrame, WexflowServer } from '../wexflow/server.ts'

type StreamServer = Pick<WexflowServer, 'openJobStream' | 'hello' | 'onRefused'>

interface JobStreamsListener {
  onFrame(key: string, frame: JobFrame): void
  /** A stream ended without its frame. Answers whether to open it again. */
  onLost(key: string, error: unknown): boolean
  /** There is room for more streams than before. */
  onRoom(): void
}

/**
 * The job streams that are open, as many as the way to the server bears and at most `streams.most`. A stream that breaks
 * without its frame is opened again. Streams are only for speed: where connections are refused they give way to calls.
 */
export class JobStreams {
  readonly #server: StreamServer
  readonly #listener: JobStreamsListener
  readonly #open = new Map<string, CloseStream>()
  #most: number = streams.most
  /** Milliseconds of `performance.now()`. */
  #gaveWayAt = Number.NEGATIVE_INFINITY
  readonly #rest = new Rest()
  #isStopped = false
  #growth: NodeJS.Timeout | undefined
  /** So many were open while calls had connections left. */
  #checked: number = streams.neverChecked
  #check: NodeJS.Timeout | undefined

  constructor(server: StreamServer, listener: JobStreamsListener) {
    this.#server = server
    this.#listener = listener
    server.onRefused(() => this.#giveWay())
  }

  get size(): number {
    return this.#open.size
  }

  open(job: Job, reopens = 0): void {
    const { key, workflowId } = job
    const jobId = wireIdOf(job)
    if (jobId === null || this.#open.has(key) || this.#open.size >= this.#most || !this.#rest.isOver) return
    const close = this.#server.openJobStream(workflowId, jobId, {
      onFrame: (frame) => {
        this.#open.delete(key)
        this.#listener.onFrame(key, frame)
      },
      onClosed: (error) => {
        this.#open.delete(key)
        this.#rest.note(error)
        if (!this.#listener.onLost(key, error)) return
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
    this.#checkLater()
  }

  /** Another way to the server, or another server at its end: what the last one bore says nothing. */
  beginAnew(): void {
    clearTimeout(this.#growth)
    clearTimeout(this.#check)
    this.#growth = undefined
    this.#most = streams.most
    this.#checked = streams.neverChecked
  }

  close(key: string): void {
    this.#open.get(key)?.()
    this.#open.delete(key)
  }

  closeAll(): void {
    for (const close of this.#open.values()) close()
    this.#open.clear()
    this.#rest.end()
    this.beginAnew()
  }

  /** Closes every stream, for good. */
  stop(): void {
    this.#isStopped = true
    this.closeAll()
  }

  /** The newest go: they are the likeliest not to have been taken. */
  #giveWay(): void {
    const now = performance.now()
    // Many are refused together.
    if (this.#isStopped || now - this.#gaveWayAt < streams.refusedTogether) return
    this.#gaveWayAt = now
    this.#most = Math.floor(this.#open.size / 2)
    this.#growLater()
    // What was refused is told of in the same turn, and would find itself closed.
    setImmediate(() => {
      for (const key of [...this.#open.keys()].slice(this.#most)) this.close(key)
    })
  }

  #growLater(): void {
    clearTimeout(this.#growth)
    this.#growth = setTimeout(() => {
      this.#most += 1
      if (this.#most < streams.most) this.#growLater()
      this.#listener.onRoom()
    }, streams.growAfter)
  }

  /** A call that finds no connection is refused, which is heard of: here by one that nobody misses. */
  #checkLater(): void {
    if (this.#open.size <= this.#checked) return
    clearTimeout(this.#check)
    this.#check = setTimeout(() => {
      this.#checked = Math.max(this.#checked, this.#open.size)
      for (let count = 0; count < streams.spare; count += 1)
        void this.#server.hello(link.helloWithin).catch(() => {})
    }, streams.checkAfter)
  }
}
