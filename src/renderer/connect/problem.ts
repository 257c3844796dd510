import type { Result, SignInForm } from '../../shared/commands.ts'
import type { Failure, FailureKind } from '../../shared/failure.ts'

const neededFields = ['address', 'username', 'password'] as const
type NeededField = (typeof neededFields)[number]

/** The fields that a problem can be shown at; `form` is none of them in particular. */
export type ProblemField =
  | NeededField
  | 'proxyAddress'
  | 'proxyUsername'
  | 'caFile'
  | 'certificateFile'
  | 'frontUsername'
  | 'form'

/** What stands in the way of signing in, and where it is shown. */
export type Problem =
  | { readonly kind: 'missing'; readonly field: NeededField }
  | { readonly kind: 'failure'; readonly field: ProblemField; readonly failure: Failure }
  /** Main did not answer at all. */
  | { readonly kind: 'broken'; readonly field: 'form' }

/** The first field that has to be filled in; null where all are. A password may be made of spaces. */
export function missingField(form: SignInForm): Problem | null {
  const field = neededFields.find((name) => (name === 'password' ? form[name] : form[name].trim()) === '')
  return field === undefined ? null : { kind: 'missing', field }
}

/** The field that a failure is shown at. */
const failureField: Readonly<Record<FailureKind, ProblemField>> = {
  badAddress: 'address',
  noSuchHost: 'address',
  refused: 'address',
  timedOut: 'address',
  unreachable: 'address',
  notHttps: 'address',
  tlsUntrusted: 'address',
  tlsExpired: 'address',
  tlsOtherName: 'address',
  tlsTooOld: 'address',
  tlsChanged: 'address',
  badCaFile: 'caFile',
  badClientCertificate: 'certificateFile',
  clientCertificateNeeded: 'certificateFile',
  badProxyAddress: 'proxyAddress',
  proxyUnreachable: 'proxyAddress',
  proxySignIn: 'proxyUsername',
  proxyRefused: 'address',
  proxyUnsupported: 'proxyAddress',
  frontSignIn: 'frontUsername',
  frontSignInPassedOn: 'frontUsername',
  notWexflow: 'address',
  portal: 'address',
  gateway: 'address',
  busy: 'form',
  badCredentials: 'password',
  signInExpired: 'password',
  keychainLocked: 'password',
  keychainAway: 'password',
  forbidden: 'form',
  noStream: 'form',
  serverError: 'form',
  badAnswer: 'form',
  wishRefused: 'form',
  tooLarge: 'form',
}

const connectionFields: ReadonlySet<ProblemField> = new Set([
  'proxyAddress',
  'proxyUsername',
  'caFile',
  'certificateFile',
  'frontUsername',
])
/** Whether a field stands in the part of the form that is folded at first. */
export const isOfConnection = (field: ProblemField): boolean => connectionFields.has(field)

/** The problem that main's answer tells; null for none. */
export const problemOf = (result: Result): Problem | null =>
  result.ok ? null : { kind: 'failure', field: failureField[result.failure.kind], failure: result.failure }
