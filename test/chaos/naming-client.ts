import { history } from '../../src/main/tracking/policy.ts'
import { WexflowClient } from '../../src/main/wexflow/client.ts'
import { WexflowError } from '../../src/main/wexflow/errors.ts'
import type { EntryPage, StartAnswer, StartVariable } from '../../src/main/wexflow/server.ts'
import type { SignIn } from '../../src/main/wexflow/sign-in.ts'
import type { Transport } from '../../src/main/wexflow/transport.ts'
import { startNameHeader } from '../wexflow-sim/requests.ts'

/** What came of the request of a start: an answer, or an error that says that it never left. */
export type AnswerKind = StartAnswer['kind'] | 'refused' | 'unsent'

/** Whose start goes out, and what came of it. */
export interface StartBook {
  /** The name of the start of a workflow that goes out now. */
  readonly nameOf: (workflowId: number) => string
  /** Not called where the request may have been carried out and no answer tells. */
  readonly onAnswer: (name: string, answer: AnswerKind) => void
  /** The newest row of the history was asked for, as before each start. */
  readonly onNewestRow: (text: string, isRead: boolean) => void
}

/** What Node says of a connection that never came about. */
const unsentCodes = /ENOTFOUND|ENETUNREACH|ECONNREFUSED|UND_ERR_CONNECT_TIMEOUT/u

/** The app's client, whose starts carry the name of the app's job, so that the simulation knows whose each job is. */
export class NamingClient extends WexflowClient {
  readonly #transport: Transport
  readonly #signIn: SignIn
  readonly #book: StartBook
  readonly #baseUrl: string

  constructor(base: string, transport: Transport, signIn: SignIn, book: StartBook) {
    super(base, transport, signIn)
    this.#baseUrl = base
    this.#transport = transport
    this.#signIn = signIn
    this.#book = book
  }

  override async history(text: string, page: number, count: number): Promise<EntryPage> {
    try {
      const read = await super.history(text, page, count)
      if (count === history.markRows) this.#book.onNewestRow(text, true)
      return read
    } catch (error) {
      if (count === history.markRows) this.#book.onNewestRow(text, false)
      throw error
    }
  }

  override async start(
    workflowId: number,
    variables: readonly StartVariable[] = [],
    onSend: () => void = () => {},
  ): Promise<StartAnswer> {
    const name = this.#book.nameOf(workflowId)
    // Of the last request: one that was refused for its token is sent again with a new one.
    let outcome: AnswerKind | null = 'unsent'
    const call: Transport['call'] = async (url, options) => {
      outcome = null
      try {
        const headers = { ...options.headers, [startNameHeader]: name }
        const answer = await this.#transport.call(url, { ...options, headers })
        if (answer.status >= 400 && answer.status < 500) outcome = 'refused'
        return answer
      } catch (error) {
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
        if (unsentCodes.test(cause)) outcome = 'unsent'
        throw error
      }
    }
    const client = new WexflowClient(this.#baseUrl, { ...this.#transport, call }, this.#signIn)
    try {
      const answer = await client.start(workflowId, variables, onSend)
      this.#book.onAnswer(name, answer.kind)
      return answer
    } catch (error) {
      // A sign-in page, as any other answer that says so, comes in the place of the server, which never got the request.
      if (error instanceof WexflowError && !error.mayHaveReached) outcome ??= 'refused'
      if (outcome !== null) this.#book.onAnswer(name, outcome)
      throw error
    }
  }
}
