import { once } from 'node:events'
import { WebSocket } from 'undici'
import { z } from 'zod'

/** What Chromium says: the answer to a request by its number, or an event. */
const messageSchema = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
})
const targetSchema = z.object({ targetInfo: z.object({ targetId: z.string(), type: z.string() }) })
const goneSchema = z.object({ targetId: z.string() })
const sessionSchema = z.object({ sessionId: z.string() })
const evaluatedSchema = z.object({
  result: z.object({ value: z.unknown().optional() }),
  exceptionDetails: z.unknown().optional(),
})

interface Waiting {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * Drives an app's pages over Chromium's debugging port. Unlike Playwright it never halts a page that comes, which
 * would count as the app's time.
 */
export class DevTools {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, Waiting>()
  readonly #pages = new Set<string>()
  readonly #listeners = new Set<() => void>()
  #last = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#onMessage(String(data)))
  }

  /** @param address as `ElectronApp.devtools` answers it */
  static async connect(address: string): Promise<DevTools> {
    const socket = new WebSocket(address)
    await once(socket, 'open')
    const devTools = new DevTools(socket)
    await devTools.#ask('Target.setDiscoverTargets', { discover: true })
    return devTools
  }

  close(): void {
    this.#socket.close()
  }

  /** The page that is open, or the next one that opens. */
  async page(): Promise<Page> {
    const targetId = await this.#until(() => [...this.#pages][0])
    const answer = await this.#ask('Target.attachToTarget', { targetId, flatten: true })
    const { sessionId } = sessionSchema.parse(answer)
    return new Page((method, params) => this.#ask(method, params, sessionId))
  }

  /** Closes the page that is open; resolves when it is gone. */
  async closePage(): Promise<void> {
    const [targetId] = this.#pages
    if (targetId === undefined) return
    await this.#ask('Target.closeTarget', { targetId })
    await this.#until(() => (this.#pages.has(targetId) ? undefined : true))
  }

  #until<Value>(look: () => Value | undefined): Promise<Value> {
    return new Promise((resolve) => {
      const onChange = (): void => {
        const value = look()
        if (value === undefined) return
        this.#listeners.delete(onChange)
        resolve(value)
      }
      this.#listeners.add(onChange)
      onChange()
    })
  }

  #ask(method: string, params: object, sessionId?: string): Promise<unknown> {
    this.#last += 1
    const id = this.#last
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#socket.send(JSON.stringify({ id, method, params, sessionId }))
    })
  }

  #onMessage(text: string): void {
    const { id, method, params, result, error } = messageSchema.parse(JSON.parse(text))
    if (id === undefined) {
      this.#onEvent(method, params)
      return
    }
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error === undefined) waiting?.resolve(result)
    else waiting?.reject(new Error(error.message))
  }

  #onEvent(method: string | undefined, params: unknown): void {
    if (method === 'Target.targetCreated') {
      const { targetInfo } = targetSchema.parse(params)
      if (targetInfo.type === 'page') this.#pages.add(targetInfo.targetId)
    } else if (method === 'Target.targetDestroyed') this.#pages.delete(goneSchema.parse(params).targetId)
    else return
    for (const listener of this.#listeners) listener()
  }
}

/** A page, driven as a person does. */
class Page {
  readonly #ask: (method: string, params: object) => Promise<unknown>

  constructor(ask: (method: string, params: object) => Promise<unknown>) {
    this.#ask = ask
  }

  /** Runs an expression in the page, and waits for its promise. */
  async evaluate(expression: string): Promise<unknown> {
    const answer = await this.#ask('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })
    const { result, exceptionDetails } = evaluatedSchema.parse(answer)
    if (exceptionDetails !== undefined)
      throw new Error(`The page failed: ${JSON.stringify(exceptionDetails)}`)
    return result.value
  }

  /** Turns the wheel at a place of the page. `deltaY`: pixels. */
  async wheel(x: number, y: number, deltaY: number): Promise<void> {
    await this.#ask('Input.dispatchMouseEvent', { type: 'mouseWheel', x, y, deltaX: 0, deltaY })
  }

  /** Types a text where the focus is, a key after the other. */
  async type(text: string): Promise<void> {
    for (const key of text) await this.#ask('Input.dispatchKeyEvent', { type: 'char', text: key, key })
  }
}
