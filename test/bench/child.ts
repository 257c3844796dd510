import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { z } from 'zod'

/** The main.ts of a folder beside this file, in a process of its own, which answers messages. */
export class Child {
  readonly #process: ChildProcess

  /** @param setup what the process reads from its first argument, as JSON */
  constructor(folder: string, setup: unknown) {
    const file = path.join(import.meta.dirname, folder, 'main.ts')
    this.#process = fork(file, [JSON.stringify(setup)], { execArgv: ['--import', 'tsx', '--expose-gc'] })
  }

  /** The next message that it sends. Rejects where it ends first. */
  async next<Schema extends z.ZodType>(schema: Schema): Promise<z.infer<Schema>> {
    const controller = new AbortController()
    const { signal } = controller
    const ended = once(this.#process, 'exit', { signal }).then(([code]) => {
      throw new Error(`A process of the bench ended with ${String(code)}`)
    })
    const [message] = await Promise.race([once(this.#process, 'message', { signal }), ended])
    controller.abort()
    ended.catch(() => {})
    return schema.parse(message)
  }

  /** Sends a message and awaits the one that answers it. */
  ask<Schema extends z.ZodType>(schema: Schema, question: string): Promise<z.infer<Schema>> {
    const answer = this.next(schema)
    this.#process.send(question)
    return answer
  }

  /** Resolves once it has ended by itself. */
  async ended(): Promise<void> {
    if (this.#isRunning) await once(this.#process, 'exit')
  }

  async kill(): Promise<void> {
    if (!this.#isRunning) return
    const ended = once(this.#process, 'exit')
    this.#process.kill()
    await ended
  }

  get #isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null
  }
}
