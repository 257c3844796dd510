import type { Failure, FailureKind } from '../../shared/failure.ts'
import { encryptedAddress, possibleAddresses } from './address.ts'
import { ask, parseBody } from './ask.ts'
import { WexflowError } from './errors.ts'
import { networkFailure } from './failures.ts'
import { isPage, pageFailure, refusal } from './refusal.ts'
import { helloSchema } from './schemas.ts'
import type { Fetch } from './transport.ts'

const helloWithinMs = 10_000
/** How long an encrypted address may answer later than one in clear text and still be preferred. */
const preferEncryptedMs = 1000

/** Something spoke there, but it was no Wexflow server. */
const strangers: ReadonlySet<FailureKind> = new Set([
  'badAnswer',
  'serverError',
  'signInExpired',
  'forbidden',
  'tooLarge',
])

/** A page that names no other host may well be what lives at this port: that is the better hint. */
const isStranger = ({ kind, host }: Failure): boolean =>
  strangers.has(kind) || (kind === 'portal' && host === undefined)

/** A certificate that is refused proves that somebody is there: the other attempts only missed. */
const certificates: ReadonlySet<FailureKind> = new Set([
  'tlsUntrusted',
  'tlsExpired',
  'tlsOtherName',
  'tlsTooOld',
])

/** What encryption is no help for. */
const hopeless: ReadonlySet<FailureKind> = new Set(['badAddress', 'noSuchHost', 'timedOut'])

/**
 * Finds the server behind a typed address by asking every address that may be meant. An encrypted one is preferred, and
 * a redirect to one of the same host is followed; where `http` was typed and nothing found, `https` is tried as well,
 * and never the other way round. Resolves with the base URL that was found, without `/api/v1`. Rejects with a
 * `WexflowError` of the most probable address.
 */
export async function findServer(typed: string, fetch: Fetch): Promise<string> {
  const [, afterScheme] = /^\s*http:(.*)$/iu.exec(typed) ?? []
  if (afterScheme === undefined) return find(typed, fetch)
  try {
    return await find(typed, fetch)
  } catch (error) {
    if (!(error instanceof WexflowError) || hopeless.has(error.failure.kind)) throw error
    return await find(`https:${afterScheme}`, fetch).catch((second: unknown) => {
      throw isOfCertificate(second) ? second : error
    })
  }
}

const isOfCertificate = (error: unknown): error is WexflowError =>
  error instanceof WexflowError && certificates.has(error.failure.kind)

async function find(typed: string, fetch: Fetch): Promise<string> {
  const addresses = possibleAddresses(typed)
  if (addresses.length === 0) throw new WexflowError('badAddress', 'no address', false)
  const results = await decisive(addresses.map((address) => hello(address, fetch)))
  const found = results.flatMap((result) => (typeof result === 'string' ? [result] : []))
  const best = found.find(isEncrypted) ?? found[0]
  if (best !== undefined) return best
  const failures = results.flatMap((result) => (result instanceof WexflowError ? [result] : []))
  throw failures.find(isOfCertificate) ?? failures[0] ?? networkFailure(null)
}

/** The address of a server that answered, or why none did. */
type Check = string | WexflowError

const isEncrypted = (address: string): boolean => address.startsWith('https:')

/**
 * Waits until one address answers, and then a little for a better one; or until all have failed. Null: not known, and
 * not waited for.
 */
async function decisive(checks: readonly Promise<Check>[]): Promise<readonly (Check | null)[]> {
  const results: (Check | null)[] = checks.map(() => null)
  await new Promise<void>((resolve) => {
    let timer: NodeJS.Timeout | undefined
    const settle = (): void => {
      const found = results.filter((one) => typeof one === 'string')
      if (found.some(isEncrypted) || results.every((one) => one !== null)) {
        clearTimeout(timer)
        resolve()
      } else if (found.length > 0) timer ??= setTimeout(resolve, preferEncryptedMs)
    }
    const note = async (at: number, check: Promise<Check>): Promise<void> => {
      results[at] = await check
      settle()
    }
    for (const [at, check] of checks.entries()) void note(at, check)
  })
  return results
}

const helloCall = '/api/v1/hello'

async function hello(address: string, fetch: Fetch, mayFollow = true): Promise<Check> {
  try {
    const request = { method: 'GET', headers: {}, withinMs: helloWithinMs } as const
    const answer = await ask(fetch, `${address}${helloCall}`, request)
    const location = answer.headers.get('location') ?? ''
    const isRedirect = answer.status >= 300 && answer.status < 400
    const encrypted = mayFollow && isRedirect ? encryptedAddress(address, helloCall, location) : null
    if (encrypted !== null) return await hello(encrypted, fetch, false)
    if (answer.status !== 200) throw refusal(answer)
    if (isPage(answer)) throw pageFailure(answer.status)
    parseBody('hello', answer.body, helloSchema)
    return address
  } catch (error) {
    const wexflowError = networkFailure(error)
    const { failure } = wexflowError
    return isStranger(failure) ? new WexflowError('notWexflow', failure.detail, false, error) : wexflowError
  }
}
