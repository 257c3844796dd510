import { Agent, fetch } from 'undici'

/** The calls of the two simple clients, over connections without limits of their own. */
export class Rest {
  readonly agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 })
  readonly #baseUrl: string
  readonly headers: Readonly<Record<string, string>>

  constructor({ baseUrl, token }: { baseUrl: string; token: string }) {
    this.#baseUrl = baseUrl
    this.headers = { Authorization: `Bearer ${token}` }
  }

  /** The answer's body; null where none came, as a simple client does with every error. */
  async ask(method: 'GET' | 'POST', path: string): Promise<unknown> {
    try {
      const options = { method, headers: this.headers, dispatcher: this.agent }
      const answer = await fetch(`${this.#baseUrl}/${path}`, options)
      return await answer.json()
    } catch {
      return null
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy()
  }
}
