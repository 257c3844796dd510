import { onTestFinished, vi } from 'vitest'
import { inMemoryFetch } from '../../wexflow-sim/in-memory.ts'
import { seededRandom } from '../../wexflow-sim/random.ts'
import { startNameHeader } from '../../wexflow-sim/requests.ts'
import { type SimOptions, WexflowSim } from '../../wexflow-sim/sim.ts'

/** What came of a stream so far. */
interface Heard {
  text: string
  isOver: boolean
  /** What broke it; null while nothing did. */
  error: unknown
  readonly abort: AbortController
}

/** What goes with a request beside its address. */
interface Sent {
  readonly signal?: AbortSignal
  readonly startName?: string | undefined
}

/** A signed-in client of a simulated server, on virtual time. */
export class SimClient {
  readonly sim: WexflowSim
  readonly #fetch: ReturnType<typeof inMemoryFetch>
  readonly #token: string

  constructor(options: SimOptions) {
    this.sim = new WexflowSim({ random: seededRandom(7), ...options })
    this.#fetch = inMemoryFetch(this.sim)
    this.#token = this.sim.tokens.issue('admin', null)
  }

  /** Asks, and lets 25 ms pass: more than any call takes by itself. An empty body is null. */
  async ask(method: 'GET' | 'POST', path: string, startName?: string): Promise<unknown> {
    const answer = this.#send(method, path, { startName }).then((one) => one.text())
    answer.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(25)
    const text = await answer
    return text === '' ? null : JSON.parse(text)
  }

  get(path: string): Promise<unknown> {
    return this.ask('GET', path)
  }

  /** @param name under which the truth book keeps it */
  async start(workflowId: number, name?: string): Promise<string> {
    return String(await this.ask('POST', `start?w=${workflowId}`, name))
  }

  /** Starts at the same moment; the answers in their order. */
  startTogether(workflowId: number, names: readonly string[]): Promise<string[]> {
    return Promise.all(names.map((name) => this.start(workflowId, name)))
  }

  stop(workflowId: number, jobId: string): Promise<unknown> {
    return this.ask('POST', `stop?w=${workflowId}&i=${jobId}`)
  }

  entry(workflowId: number, jobId: string): Promise<unknown> {
    return this.get(`entry?w=${workflowId}&i=${jobId}`)
  }

  /** The history, newest first. */
  history(text = ''): Promise<unknown> {
    const range = 'from=0&to=4102444800000&page=1&entriesCount=50&heo=1'
    return this.get(`search-history-entries-by-page-order-by?s=${encodeURIComponent(text)}&${range}`)
  }

  /** The text of a stream as it comes. */
  listen(path: string): Heard {
    const abort = new AbortController()
    const heard: Heard = { text: '', isOver: false, error: null, abort }
    const read = async (): Promise<void> => {
      const { body } = await this.#send('GET', path, { signal: abort.signal })
      const reader = body?.getReader()
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        heard.text += new TextDecoder().decode(part.value)
      }
    }
    const finished = read()
      .catch((error: unknown) => {
        heard.error = error
      })
      .finally(() => {
        heard.isOver = true
      })
    onTestFinished(() => {
      abort.abort()
      return finished
    })
    return heard
  }

  #send(method: 'GET' | 'POST', path: string, { signal = new AbortController().signal, startName }: Sent) {
    const named = startName === undefined ? {} : { [startNameHeader]: startName }
    const headers = { Authorization: `Bearer ${this.#token}`, ...named }
    return this.#fetch(`http://sim/api/v1/${path}`, { method, headers, signal })
  }
}
