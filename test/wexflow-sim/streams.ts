import type { Counts } from './counts.ts'
import type { Faults } from './faults.ts'
import type { SimJob } from './job.ts'
import type { Headers, Sink } from './requests.ts'
import type { Timers } from './timers.ts'

/** How often a change stream says that it lives, in milliseconds. */
const keepAliveMs = 15_000

const streamHeaders: Headers = {
  Connection: 'keep-alive',
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache',
}

/** One open stream. Its headers go out with its first message, never before. */
export class SimStream {
  readonly #sink: Sink
  readonly #faults: Faults
  readonly #buffer: Uint8Array[] | null
  readonly #onGone: () => void
  #headersSent = false
  #gone = false
  #halfOpen = false

  constructor(sink: Sink, faults: Faults, timers: Timers, onGone: () => void) {
    this.#sink = sink
    this.#faults = faults
    this.#buffer = faults.happens('streamsBuffered') ? [] : null
    const cutAfterMs = faults.delay('streamsCutAfterMs')
    const keepWhole = cutAfterMs > 0 ? timers.after(cutAfterMs, () => this.reset()) : () => undefined
    this.#onGone = () => {
      keepWhole()
      onGone()
    }
  }

  send(text: string): void {
    if (this.#gone || this.#halfOpen) return
    if (this.#faults.happens('streamReset')) {
      this.reset()
      return
    }
    if (this.#faults.happens('streamHalfOpen')) {
      this.goSilent()
      return
    }
    const bytes = new TextEncoder().encode(text)
    if (this.#buffer) this.#buffer.push(bytes)
    else this.#write(bytes)
  }

  end(): void {
    if (this.#gone || this.#halfOpen) return
    for (const bytes of this.#buffer ?? []) this.#write(bytes)
    this.#leave()
    this.#sink.end()
  }

  reset(): void {
    if (this.#gone) return
    this.#leave()
    this.#sink.reset()
  }

  /** Nothing comes any more, and the connection stays. */
  goSilent(): void {
    this.#halfOpen = true
  }

  /** The client went away. */
  abandon(): void {
    if (!this.#gone) this.#leave()
  }

  #write(bytes: Uint8Array): void {
    if (!this.#headersSent) this.#sink.headers(200, streamHeaders)
    this.#headersSent = true
    if (!this.#faults.happens('frameSplit')) {
      this.#sink.write(bytes)
      return
    }
    for (let at = 0; at < bytes.length; at += 1) this.#sink.write(bytes.subarray(at, at + 1))
  }

  #leave(): void {
    this.#gone = true
    this.#onGone()
  }
}

/** The open streams of one server run. */
export class Streams {
  readonly #faults: Faults
  readonly #timers: Timers
  readonly #counts: Counts
  readonly #jobStreams = new Map<string, Set<SimStream>>()
  readonly #changeStreams = new Set<SimStream>()

  constructor(faults: Faults, timers: Timers, counts: Counts) {
    this.#faults = faults
    this.#timers = timers
    this.#counts = counts
  }

  /** Waits for a job's one frame; if the job has ended, or never was, for ever. */
  openJobStream(workflowId: number, jobId: string, sink: Sink): () => void {
    return this.#openLater(() => this.#listenForFrame(workflowId, jobId, sink))
  }

  openChangeStream(sink: Sink): () => void {
    return this.#openLater(() => this.#listenForChanges(sink))
  }

  /** Lets a stream listen once the server comes to it; the answer abandons it. */
  #openLater(listen: () => () => void): () => void {
    const silentMs = this.#faults.delay('newStreamSilentMs')
    if (silentMs === 0) return listen()
    let abandon = this.#timers.after(silentMs, () => {
      abandon = listen()
    })
    return () => abandon()
  }

  #listenForFrame(workflowId: number, jobId: string, sink: Sink): () => void {
    const key = streamKey(workflowId, jobId)
    const waiting = this.#jobStreams.get(key) ?? new Set()
    this.#jobStreams.set(key, waiting)
    const stream = new SimStream(sink, this.#faults, this.#timers, () => {
      waiting.delete(stream)
      if (waiting.size === 0) this.#jobStreams.delete(key)
    })
    waiting.add(stream)
    return () => stream.abandon()
  }

  #listenForChanges(sink: Sink): () => void {
    let cancelNext: (() => void) | undefined
    const stream = new SimStream(sink, this.#faults, this.#timers, () => {
      cancelNext?.()
      this.#changeStreams.delete(stream)
    })
    this.#changeStreams.add(stream)
    const keepAlive = () => {
      cancelNext = this.#timers.after(keepAliveMs, keepAlive)
      if (!this.#faults.happens('keepAliveSkipped')) stream.send(': keep-alive\n\n')
    }
    keepAlive()
    return () => stream.abandon()
  }

  /** Sends a job's frame to whoever waits for it now, and ends those streams. */
  sendFrame({ workflow, jobId }: SimJob, status: string): void {
    const { id, name, description } = workflow
    const frame = { workflowId: id, jobId, status, name, description }
    const deliver = (): void => this.#deliver(streamKey(id, jobId), frame)
    const delayMs = this.#faults.delay('frameDelayedMs')
    if (delayMs > 0) this.#timers.after(delayMs, deliver)
    else deliver()
  }

  /** The counts have changed, and the change streams say so. */
  sendCounts(): void {
    const counts = JSON.stringify(this.#counts.message())
    for (const stream of this.#changeStreams) stream.send(`event: statusCount\ndata: ${counts}\n\n`)
  }

  /** All open streams of a kind. */
  open(kind: 'jobStream' | 'changeStream'): SimStream[] {
    if (kind === 'changeStream') return [...this.#changeStreams]
    return [...this.#jobStreams.values()].flatMap((streams) => Array.from(streams))
  }

  resetAll(): void {
    for (const stream of [...this.open('jobStream'), ...this.open('changeStream')]) stream.reset()
  }

  #deliver(key: string, frame: object): void {
    for (const stream of this.#jobStreams.get(key) ?? []) {
      if (this.#faults.happens('frameDropped')) {
        stream.goSilent()
        continue
      }
      const message = `data: ${JSON.stringify(frame)}\n\n`
      stream.send(message)
      if (this.#faults.happens('frameDuplicated')) stream.send(message)
      stream.end()
    }
  }
}

function streamKey(workflowId: number, jobId: string): string {
  return `${workflowId}/${jobId.toLowerCase()}`
}
