import { z } from 'zod'

/**
 * Everything that can go wrong between this app and a server, as a closed set. Each has a sentence in the message
 * catalogue (`failure.*`) that says what happened and what to do, and a field of the sign-in form that it concerns.
 */
export const failureKinds = [
  'badAddress',
  'noSuchHost',
  'refused',
  'timedOut',
  'unreachable',
  'tlsUntrusted',
  'notWexflow',
  'badCredentials',
  'signInExpired',
  'forbidden',
  'noStream',
  'serverError',
  'badAnswer',
] as const
const failureKindSchema = z.enum(failureKinds)
export type FailureKind = z.infer<typeof failureKindSchema>

/** A failure as data: it crosses the IPC border and names no secret. */
export const failureSchema = z.object({
  kind: failureKindSchema,
  /** A technical detail for the log and the diagnostics (an error code, a status). Never a secret. */
  detail: z.string(),
})
export type Failure = z.infer<typeof failureSchema>

/** The sign-in form's field that a failure is shown at. */
export const failureField: Readonly<Record<FailureKind, 'address' | 'password' | 'form'>> = {
  badAddress: 'address',
  noSuchHost: 'address',
  refused: 'address',
  timedOut: 'address',
  unreachable: 'address',
  tlsUntrusted: 'address',
  notWexflow: 'address',
  badCredentials: 'password',
  signInExpired: 'password',
  forbidden: 'form',
  noStream: 'form',
  serverError: 'form',
  badAnswer: 'form',
}
