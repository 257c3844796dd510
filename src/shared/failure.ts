import { z } from 'zod'
import { certificateSchema } from './certificate.ts'

/**
 * Everything that can go wrong between this app and a server, as a closed set. Each has a sentence in the message
 * catalogue (`failure.*`) that says what happened and what to do.
 */
export const failureKinds = [
  'badAddress',
  'noSuchHost',
  'refused',
  'timedOut',
  'unreachable',
  'notHttps',
  'tlsUntrusted',
  'tlsExpired',
  'tlsOtherName',
  'tlsTooOld',
  'tlsChanged',
  'badCaFile',
  'badClientCertificate',
  'clientCertificateNeeded',
  'badProxyAddress',
  'proxyUnreachable',
  'proxySignIn',
  'proxyRefused',
  'proxyUnsupported',
  'frontSignIn',
  'frontSignInPassedOn',
  'notWexflow',
  'portal',
  'gateway',
  'busy',
  'badCredentials',
  'signInExpired',
  'keychainLocked',
  'keychainAway',
  'forbidden',
  'noStream',
  'serverError',
  'wishRefused',
  'badAnswer',
  'tooLarge',
] as const
const failureKindSchema = z.enum(failureKinds)
export type FailureKind = z.infer<typeof failureKindSchema>

/** A failure as data: it crosses the IPC border and names no secret. */
export const failureSchema = z.object({
  kind: failureKindSchema,
  /** A technical detail for the log and the diagnostics (an error code, a status). Never a secret. */
  detail: z.string(),
  /**
   * Milliseconds after which whoever answered wants to be asked again, at most ten minutes; absent where none said so.
   */
  retryAfterMs: z.number().nonnegative().optional(),
  /** The host that a call was sent on to in place of an answer. */
  host: z.string().optional(),
  /** Where a certificate was refused: the address of the server that showed it. */
  address: z.string().optional(),
  /** The certificate, where it was looked at. */
  certificate: certificateSchema.optional(),
})
export type Failure = z.infer<typeof failureSchema>
