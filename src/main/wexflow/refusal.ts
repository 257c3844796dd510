import type { FailureKind } from '../../shared/failure.ts'
import type { Answer } from './ask.ts'
import { WexflowError } from './errors.ts'
import { forbiddenSchema } from './schemas.ts'

/**
 * What an answer means that is no success: the one place where it is decided. Proxies, gateways and the sign-in pages
 * of networks answer in a server's place; only what has Wexflow's own shape is the server's word.
 */

/** An hour that somebody names is not waited for: the person may have mended it sooner. */
const longestRetryAfterMs = 10 * 60_000
/** As long as a name can be. */
const longestHost = 255

interface Meaning {
  readonly kind: FailureKind
  /** Whether the request may have been carried out before it was answered so. */
  readonly mayHaveReached: boolean
}

/** Statuses that Wexflow itself never answers, by what answers them. */
const meaningOfStatus: Readonly<Record<number, Meaning>> = {
  403: { kind: 'portal', mayHaveReached: false },
  407: { kind: 'proxySignIn', mayHaveReached: false },
  408: { kind: 'gateway', mayHaveReached: true },
  429: { kind: 'busy', mayHaveReached: false },
  502: { kind: 'gateway', mayHaveReached: true },
  503: { kind: 'gateway', mayHaveReached: true },
  504: { kind: 'gateway', mayHaveReached: true },
  511: { kind: 'portal', mayHaveReached: false },
}

/** 520 to 530: what Cloudflare says of a server that it can't reach. */
const isOfCloudflare = (status: number): boolean => status >= 520 && status <= 530

/** The failure behind an answer that is no success. */
export function refusal(answer: Answer): WexflowError {
  const { status } = answer
  if (status === 401) return unauthorised(answer)
  if (status >= 300 && status < 400) return redirected(answer)
  const meaning = isOfCloudflare(status) ? meaningOfStatus[502] : meaningOfStatus[status]
  if (meaning !== undefined) {
    const retryAfterMs = retryAfter(answer)
    const kind = status === 503 && retryAfterMs !== undefined ? 'busy' : meaning.kind
    const more = retryAfterMs === undefined ? {} : { retryAfterMs }
    return new WexflowError(kind, String(status), meaning.mayHaveReached, undefined, more)
  }
  if (status === 400 && wantsCertificate(answer))
    return new WexflowError('clientCertificateNeeded', '400', false)
  // Wexflow's own refusals have no body, or one line of text.
  if (isPage(answer) && !isOfNetFramework(answer))
    return new WexflowError(status >= 500 ? 'gateway' : 'portal', `${status} with a page`, status >= 500)
  if (status >= 500) return new WexflowError('serverError', String(status), true)
  return new WexflowError('badAnswer', String(status), status < 300)
}

/** How nginx says that it was shown no certificate, or one that it does not accept. */
const wantsCertificate = (answer: Answer): boolean =>
  isPage(answer) && /No required SSL certificate was sent|The SSL certificate error/u.test(answer.body)

/**
 * The failure of a request that was refused again with a token of this moment: all tokens were revoked in between, or
 * the server takes none. The password was right, so a person who signs in is no help, and time may be.
 */
export function secondRefusal(answer: Answer): WexflowError {
  const error = refusal(answer)
  if (error.failure.kind !== 'signInExpired') return error
  return new WexflowError('serverError', '401 with a new token', false)
}

/** Whether this is a web page. Wexflow sends none to a call, and says JSON even where it sends nothing. */
export const isPage = ({ headers, body }: Answer): boolean =>
  /^[\s\uFEFF]*</u.test(body) ||
  (body.trim() === '' && /^text\/html\b/iu.test(headers.get('content-type') ?? ''))

/** Wexflow on .NET Framework serves its own errors as pages (source); what answers then is Windows' own server. */
export const isOfNetFramework = ({ headers }: Answer): boolean =>
  /^Microsoft-HTTPAPI\b/iu.test(headers.get('server') ?? '')

/** The failure of a success that is a web page. */
export const pageFailure = (status: number): WexflowError =>
  new WexflowError('portal', `${status} with a page`, true)

/**
 * Of Wexflow's two kinds of 401 only the one with this body means "not permitted"; the other, a word or nothing at all,
 * asks for a new sign-in. Any other is of somebody in front of it, who wants a sign-in of their own.
 */
function unauthorised(answer: Answer): WexflowError {
  const challenge = answer.headers.get('www-authenticate') ?? ''
  if (/^\s*basic\b/iu.test(challenge)) return new WexflowError('frontSignIn', '401 for Basic', false)
  if (isPage(answer) || /^\s*(?:digest|ntlm|negotiate)\b/iu.test(challenge))
    return new WexflowError('portal', '401 of somebody else', false)
  const value = jsonObject(answer.body)
  if (value === null) return new WexflowError('signInExpired', '401', false)
  if (forbiddenSchema.safeParse(value).success) return new WexflowError('forbidden', '401', false)
  return new WexflowError('portal', '401 of somebody else', false)
}

/** Wexflow redirects no call, and the token must not follow to another host. */
function redirected({ status, headers }: Answer): WexflowError {
  const location = headers.get('location') ?? ''
  const host = URL.canParse(location) ? new URL(location).host.slice(0, longestHost) : ''
  if (host === '') return new WexflowError('portal', String(status), false)
  return new WexflowError('portal', `${status} to ${host}`, false, undefined, { host })
}

/** Milliseconds, from the seconds or the date of a Retry-After header; undefined where there is none. */
export function retryAfter({ headers }: Pick<Answer, 'headers'>): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? ''
  const ms = /^\d+$/u.test(value) ? Number(value) * 1000 : Date.parse(value) - clockOf(headers)
  return Number.isNaN(ms) ? undefined : Math.min(longestRetryAfterMs, Math.max(0, ms))
}

/** The clock that a date in an answer was told by. */
function clockOf(headers: Answer['headers']): number {
  const date = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(date) ? Date.now() : date
}

function jsonObject(body: string): object | null {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
