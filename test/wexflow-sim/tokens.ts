import { guid, type Random } from './random.ts'

/** What a token says. `exp` is absent from one that was asked for with `stayConnected`. */
interface Claims {
  readonly sub: string
  readonly stay: '0' | '1'
  readonly nbf?: number
  readonly exp?: number
  readonly iss: 'wexflow'
  readonly aud: 'wexflow-users'
}

/** The tokens of a server. They stay good across its restarts, as the signing key does. */
export class Tokens {
  readonly #random: Random
  readonly #issued = new Map<string, { username: string; expiresAt: number }>()

  constructor(random: Random) {
    this.#random = random
  }

  /** @param lifetimeMs how long it is good, in milliseconds; null: for ever */
  issue(username: string, lifetimeMs: number | null): string {
    const now = Date.now()
    const common = { sub: username, iss: 'wexflow', aud: 'wexflow-users' } as const
    const expiresAt = lifetimeMs === null ? Number.POSITIVE_INFINITY : now + lifetimeMs
    const claims: Claims =
      lifetimeMs === null
        ? { ...common, stay: '1' }
        : { ...common, stay: '0', nbf: Math.floor(now / 1000), exp: Math.floor(expiresAt / 1000) }
    const parts = [JSON.stringify({ alg: 'HS256', typ: 'JWT' }), JSON.stringify(claims), guid(this.#random)]
    const token = parts.map((part) => Buffer.from(part).toString('base64url')).join('.')
    this.#issued.set(token, { username, expiresAt })
    return token
  }

  /** Whose token it is; null when it is not good. */
  username(token: string | null): string | null {
    const issued = token === null ? undefined : this.#issued.get(token)
    return issued && Date.now() < issued.expiresAt ? issued.username : null
  }

  /** All tokens stop being good at once, as with a new signing key. */
  revokeAll(): void {
    this.#issued.clear()
  }
}
