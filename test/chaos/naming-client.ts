import { WexflowClient } from '../../src/main/wexflow/client.ts'
import type { StartAnswer } from '../../src/main/wexflow/server.ts'
import type { SignIn } from '../../src/main/wexflow/sign-in.ts'
import type { Transport } from '../../src/main/wexflow/transport.ts'
import { startNameHeader } from '../wexflow-sim/requests.ts'

/** The app's client, whose starts carry the name of the app's job, so that the simulation knows whose each job is. */
export class NamingClient extends WexflowClient {
  readonly #transport: Transport
  readonly #signIn: SignIn
  readonly #nameOf: (workflowId: number) => string
  readonly #baseUrl: string

  /** `nameOf` is asked for each start, when it goes out. */
  constructor(base: string, transport: Transport, signIn: SignIn, nameOf: (workflowId: number) => string) {
    super(base, transport, signIn)
    this.#baseUrl = base
    this.#transport = transport
    this.#signIn = signIn
    this.#nameOf = nameOf
  }

  override start(workflowId: number): Promise<StartAnswer> {
    const name = this.#nameOf(workflowId)
    const call: Transport['call'] = (url, options) =>
      this.#transport.call(url, { ...options, headers: { ...options.headers, [startNameHeader]: name } })
    return new WexflowClient(this.#baseUrl, { ...this.#transport, call }, this.#signIn).start(workflowId)
  }
}
