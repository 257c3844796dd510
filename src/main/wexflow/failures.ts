import type { Failure, FailureKind } from '../../shared/failure.ts'
import { WexflowError } from './errors.ts'

/**
 * What the network's errors mean, and what kinds of failures have in common: the one place where it is decided. What an
 * answer means that is no success stands in refusal.ts.
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
  ERR_SSL_WRONG_VERSION_NUMBER: neverReached('notHttps'),
  ERR_SSL_PACKET_LENGTH_TOO_LONG: neverReached('notHttps'),
  ERR_SSL_UNSUPPORTED_PROTOCOL: neverReached('tlsTooOld'),
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: neverReached('tlsTooOld'),
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: neverReached('tlsTooOld'),
  CERT_HAS_EXPIRED: neverReached('tlsExpired'),
  CERT_NOT_YET_VALID: neverReached('tlsExpired'),
  CERT_UNTRUSTED: neverReached('tlsUntrusted'),
  DEPTH_ZERO_SELF_SIGNED_CERT: neverReached('tlsUntrusted'),
  ERR_TLS_CERT_ALTNAME_INVALID: neverReached('tlsOtherName'),
  SELF_SIGNED_CERT_IN_CHAIN: neverReached('tlsUntrusted'),
  UNABLE_TO_GET_ISSUER_CERT: neverReached('tlsUntrusted'),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: neverReached('tlsUntrusted'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: neverReached('tlsUntrusted'),
  // The server's word on the certificate that it was shown, or that it missed.
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: neverReached('clientCertificateNeeded'),
  ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED: neverReached('clientCertificateNeeded'),
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: neverReached('clientCertificateNeeded'),
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: neverReached('clientCertificateNeeded'),
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: neverReached('clientCertificateNeeded'),
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: neverReached('clientCertificateNeeded'),
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: neverReached('clientCertificateNeeded'),
}

/** The error of the system under the wrappings of an attempt over several addresses. */
function innermost(error: unknown): { readonly code: string; readonly isConnect: boolean } {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0])
  if (error instanceof Error && error.cause !== undefined) return innermost(error.cause)
  if (!(error instanceof Error)) return { code: 'unknown', isConnect: false }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  // Node notes the way that it had chosen on a connection that breaks before its encryption stands.
  const isHandshake = code === 'ECONNRESET' && 'localAddress' in error
  return { code, isConnect: isHandshake || ('syscall' in error && error.syscall === 'connect') }
}

/** What has been decided already, such as by the dialer, under its wrappings; null for nothing. */
function decided(error: unknown): WexflowError | null {
  if (error instanceof WexflowError) return error
  return error instanceof Error && error.cause !== undefined ? decided(error.cause) : null
}

/** The failure behind an error of the network. */
export function networkFailure(error: unknown): WexflowError {
  const known = decided(error)
  if (known !== null) return known
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

/** Whether no connection could be had, or it was closed as soon as it was there: also where others are in use. */
export const isRefusedConnection = (error: WexflowError): boolean =>
  error.failure.kind === 'refused' || error.failure.kind === 'proxyUnreachable' || isClosedConnection(error)

/** Failures that a Wexflow server at work answers with: it was reached, and what it failed at may work the next time. */
const stumbles: ReadonlySet<FailureKind> = new Set(['serverError', 'badAnswer'] as const)
export const isStumble = ({ kind }: Failure): boolean => stumbles.has(kind)

/**
 * Whether the server itself said that it can't or won't answer, so that everything else may still be asked. What
 * somebody else answered in its place (`portal`, `gateway`, `busy`, `notWexflow`) means that the server is away.
 */
export const isServersWord = (failure: Failure): boolean =>
  failure.kind === 'forbidden' || failure.kind === 'tooLarge' || isStumble(failure)

/** Failures of answers that somebody gave in the server's place. */
const strangers: ReadonlySet<FailureKind> = new Set([
  'portal',
  'gateway',
  'busy',
  'notWexflow',
  'proxySignIn',
  'frontSignIn',
] as const)
export const isStrangers = ({ kind }: Failure): boolean => strangers.has(kind)

/** The failure of a request that was given up at its deadline. */
export const deadlineFailure = (ms: number): WexflowError =>
  new WexflowError('timedOut', `no answer within ${ms} ms`, true)

/** Whether the password is stored, and the keychain does not give it now. */
export const isKeychains = ({ kind }: Failure): boolean =>
  kind === 'keychainLocked' || kind === 'keychainAway'

/** Whether only a person can go on, by a new sign-in or by unlocking the keychain: trying again is no help. */
export const isSignInOver = (failure: Failure): boolean =>
  failure.kind === 'signInExpired' || failure.kind === 'badCredentials' || isKeychains(failure)

/** The failure of a server's answer that can't be read. What it held is not kept: it may be a secret. */
export const shapeFailure = (what: string): WexflowError => new WexflowError('badAnswer', what, true)

/** The failure of an answer that no Wexflow server gives. What it held is not kept: it may be a secret. */
export const strangerFailure = (what: string): WexflowError => new WexflowError('notWexflow', what, true)
