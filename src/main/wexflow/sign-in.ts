import { createHash } from 'node:crypto'
import { ask, parseBody } from './ask.ts'
import { WexflowError } from './errors.ts'
import { isPage, pageFailure, refusal } from './refusal.ts'
import { loginSchema } from './schemas.ts'
import type { Fetch } from './transport.ts'

const loginWithinMs = 30_000
/**
 * Milliseconds: a change stream that is refused is followed by a read at once, which tells whether the server can be had
 * without. Where it was the sign-in that somebody asked to wait with, that read gets the same answer, unsent.
 */
const togetherMs = 1000

const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64')

/**
 * Signs in and returns the token. Rejects with a `WexflowError`: `badCredentials` for a wrong name or password.
 * `stayConnected` would give a token that never expires.
 */
export async function login(
  fetch: Fetch,
  baseUrl: string,
  username: string,
  password: string,
): Promise<string> {
  const answer = await ask(fetch, `${baseUrl}/api/v1/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password, stayConnected: false }),
    withinMs: loginWithinMs,
  })
  if (answer.status !== 200) {
    const error = refusal(answer)
    // Wexflow says it with a 401 that is empty: another's does not make the password a wrong one.
    if (error.failure.kind === 'signInExpired') throw new WexflowError('badCredentials', '401', false)
    throw error
  }
  if (isPage(answer)) throw pageFailure(answer.status)
  return parseBody('login', answer.body, loginSchema).access_token
}

export interface SignInOptions {
  readonly fetch: Fetch
  readonly baseUrl: string
  readonly username: string
  /** The remembered password; null when none is. Rejects with a `WexflowError` where it can't be had now. */
  readonly password: () => Promise<string | null>
  /** The password was used, and is not needed any more. */
  readonly onPasswordUsed?: () => void
  /** The token of a sign-in that was just made; null to sign in when first needed. */
  readonly token: string | null
  /** Called with every new token, so that it can be kept out of logs. */
  readonly onToken: (token: string) => void
}

/** One user's sign-in to one server: holds the token in memory and renews it where the password is remembered. */
export class SignIn {
  readonly #options: SignInOptions
  #token: string | null
  #renewal: Promise<string> | null = null
  /** The digest of a password that the server has refused: it is not sent again, as servers lock accounts for that. */
  #refused: string | null = null
  /** The last answer that asked to be left alone, and until when it stands for another; milliseconds of `performance.now()`. */
  #busy: { readonly error: WexflowError; readonly until: number } | null = null

  constructor(options: SignInOptions) {
    this.#options = options
    this.#token = options.token
  }

  /**
   * The token, after signing in where there is none. Rejects with a `WexflowError`; what the token was wanted for has
   * not been sent then.
   */
  token(): Promise<string> {
    return this.#token === null ? this.#renew() : Promise.resolve(this.#token)
  }

  /**
   * Another token than the one that the server has refused. Requests that are refused together renew it once.
   * Rejects with a `WexflowError`: `signInExpired` where no password is remembered.
   */
  renewed(refused: string): Promise<string> {
    return this.#token === null || this.#token === refused ? this.#renew() : Promise.resolve(this.#token)
  }

  #renew(): Promise<string> {
    this.#token = null
    this.#renewal ??= this.#login().finally(() => {
      this.#renewal = null
    })
    return this.#renewal
  }

  async #login(): Promise<string> {
    const { password, onPasswordUsed } = this.#options
    try {
      return await this.#loginWith(await password())
    } finally {
      onPasswordUsed?.()
    }
  }

  async #loginWith(secret: string | null): Promise<string> {
    const { fetch, baseUrl, username, onToken } = this.#options
    if (secret === null) throw new WexflowError('signInExpired', 'no password is remembered', false)
    if (digestOf(secret) === this.#refused) throw new WexflowError('badCredentials', 'refused before', false)
    if (this.#busy !== null && performance.now() < this.#busy.until) throw this.#busy.error
    try {
      this.#token = await login(fetch, baseUrl, username, secret)
    } catch (error) {
      if (!(error instanceof WexflowError)) throw error
      const { kind, detail, ...more } = error.failure
      if (kind === 'badCredentials') this.#refused = digestOf(secret)
      // What the token was wanted for has not been sent, or was refused.
      const told = new WexflowError(kind, detail, false, error, more)
      if (more.retryAfterMs !== undefined) this.#busy = { error: told, until: performance.now() + togetherMs }
      throw told
    }
    onToken(this.#token)
    return this.#token
  }
}
