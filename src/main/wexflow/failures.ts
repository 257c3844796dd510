import type { Failure, FailureKind } from '../../shared/failure.ts'
import { WexflowError } from './errors.ts'
import { forbiddenSchema } from './schemas.ts'

/**
 * What the network's and the server's refusals mean: the one place where it is decided.
 */

interface Meaning {
  readonly kind: FailureKind
  readonly mayHaveReached: boolean
}

const neverReached = (kind: FailureKind): Meaning => ({ kind, mayHaveReached: false })
const perhapsReached = (kind: FailureKind): Meaning => ({ kind, mayHaveReached: true })

/** Error codes of Node's network, of its TLS and of undici. */
const meaningOfCode: Readonly<Record<string, Meaning>> = {
  ENOTFOUND: neverReached('noSuchHost'),
  EAI_AGAIN: neverReached('noSuchHost'),
  EAI_FAIL: neverReached('noSuchHost'),
  ECONNREFUSED: neverReached('refused'),
  UND_ERR_CONNECT_TIMEOUT: neverReached('timedOut'),
  ETIMEDOUT: perhapsReached('timedOut'),
  EPROTO: neverReached('notWexflow'),
  ERR_SSL_WRONG_VERSION_NUMBER: neverReached('notWexflow'),
  ERR_SSL_PACKET_LENGTH_TOO_LONG: neverReached('notWexflow'),
  CERT_HAS_EXPIRED: neverReached('tlsUntrusted'),
  CERT_NOT_YET_VALID: neverReached('tlsUntrusted'),
  CERT_UNTRUSTED: neverReached('tlsUntrusted'),
  DEPTH_ZERO_SELF_SIGNED_CERT: neverReached('tlsUntrusted'),
  ERR_TLS_CERT_ALTNAME_INVALID: neverReached('tlsUntrusted'),
  SELF_SIGNED_CERT_IN_CHAIN: neverReached('tlsUntrusted'),
  UNABLE_TO_GET_ISSUER_CERT: neverReached('tlsUntrusted'),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: neverReached('tlsUntrusted'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: neverReached('tlsUntrusted'),
}

/** The error of the system under the wrappings of fetch and of an attempt over several addresses. */
function innermost(error: unknown): { readonly code: string; readonly isConnect: boolean } {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0])
  if (error instanceof Error && error.cause !== undefined) return innermost(error.cause)
  if (!(error instanceof Error)) return { code: 'unknown', isConnect: false }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  return { code, isConnect: 'syscall' in error && error.syscall === 'connect' }
}

/** The failure behind an error of the network. */
export function networkFailure(error: unknown): WexflowError {
  if (error instanceof WexflowError) return error
  const { code, isConnect } = innermost(error)
  // The parser of HTTP: something answered, but not in HTTP.
  const isNotHttp = code.startsWith('HPE_') || code === 'HTTPParserError'
  const notHttp = isNotHttp ? perhapsReached('notWexflow') : undefined
  const meaning = meaningOfCode[code] ?? notHttp ?? perhapsReached('unreachable')
  return new WexflowError(meaning.kind, code, meaning.mayHaveReached && !isConnect, error)
}

/** Codes of a connection that the other end closed or reset while a request or its answer was on its way. */
const closedCodes: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])
export const isClosedConnection = (error: unknown): boolean =>
  error instanceof WexflowError &&
  error.failure.kind === 'unreachable' &&
  closedCodes.has(error.failure.detail)

/** Failures that a server at work answers with: it was reached, and what it failed at may work the next time. */
const stumbles: ReadonlySet<FailureKind> = new Set(['serverError', 'badAnswer'] as const)
export const isStumble = ({ kind }: Failure): boolean => stumbles.has(kind)

/** Whether the server itself said that it can't or won't answer, so that everything else may still be asked. */
export const isServersWord = (failure: Failure): boolean => failure.kind === 'forbidden' || isStumble(failure)

/** The failure of a request that was given up at its deadline. */
export const deadlineFailure = (ms: number): WexflowError =>
  new WexflowError('timedOut', `no answer within ${ms} ms`, true)

/**
 * The failure behind an answer that is no success. Of the two kinds of 401 only the one with this body means "not
 * permitted"; any other asks for a new sign-in.
 */
export function statusFailure(status: number, body: string): WexflowError {
  if (status === 401) return new WexflowError(isForbidden(body) ? 'forbidden' : 'signInExpired', '401', false)
  // A proxy in front of a server that is away; Wexflow itself has no such answers.
  if (status >= 502 && status <= 504) return new WexflowError('unreachable', String(status), true)
  if (status >= 500) return new WexflowError('serverError', String(status), true)
  return new WexflowError('badAnswer', String(status), status < 300)
}

/**
 * The failure of a request that was refused again with a token of this moment: all tokens were revoked in between, or
 * the server takes none. The password was right, so a person who signs in is no help, and time may be.
 */
export function renewedFailure(body: string): WexflowError {
  const failure = statusFailure(401, body)
  if (failure.failure.kind === 'forbidden') return failure
  return new WexflowError('serverError', '401 with a new token', false)
}

/** Whether only a person can go on: a new sign-in is needed, and trying again is no help. */
export const isSignInOver = ({ kind }: Failure): boolean =>
  kind === 'signInExpired' || kind === 'badCredentials'

/** The failure of an answer that is not what a Wexflow server sends. What it held is not kept: it may be a secret. */
export const shapeFailure = (what: string): WexflowError => new WexflowError('badAnswer', what, true)

function isForbidden(body: string): boolean {
  try {
    return forbiddenSchema.safeParse(JSON.parse(body)).success
  } catch {
    return false
  }
}
