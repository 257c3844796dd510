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
const otherServices: ReadonlySet<FailureKind> = new Set([
  'badAnswer',
  'serverError',
  'signInExpired',
  'forbidden',
  'tooLarge',
])

/** A page that names no other host may well be what lives at this port: that is the better hint. */
const isOtherService = ({ kind, host }: Failure): boolean =>
  otherServices.has(kind) || (kind === 'portal' && host === undefined)

/** Who shows a certificate or asks for a sign-in is there: the other attempts only missed. */
const signsOfLife: ReadonlySet<FailureKind> = new Set([
  'tlsUntrusted',
  'tlsExpired',
  'tlsOtherName',
  'tlsTooOld',
  'tlsChanged',
  'clientCertificateNeeded',
  'frontSignIn',
])

/** What encryption is no help for. */
const hopeless: ReadonlySet<FailureKind> = new Set([
  'badAddress',
  'noSuchHost',
  'timedOut',
  'badProxyAddress',
  'proxyUnreachable',
  'proxySignIn',
  'proxyUnsupported',
  'badCaFile',
  'badClientCertificate',
])

/** Of these the address is told, so that the certificate can be looked at there. */
const ofCertificate: ReadonlySet<FailureKind> = new Set([
  'tlsUntrusted',
  'tlsExpired',
  'tlsOtherName',
  'tlsChanged',
])

/** A place where a server answers, or somebody in front of it who asks for a sign-in. */
interface Place {
  readonly address: string
  readonly isChallenged: boolean
}

interface Search {
  readonly fetch: Fetch
  /** The person has given a sign-in for what stands in front of the server. */
  readonly hasFront: boolean
}

/**
 * Finds the server behind a typed address by asking every address that may be meant. An encrypted one is preferred, and
 * a redirect to one of the same host is followed; where `http` was typed and nothing found, `https` is tried as well,
 * and never the other way round. Resolves with the base URL that was found, without `/api/v1`. Rejects with a
 * `WexflowError` of the most probable address.
 * @param hasFront the person has given a sign-in for what stands in front of the server: it is sent only to the one
 * address that is preferred, and only where that asks for one
 */
export async function findServer(typed: string, fetch: Fetch, hasFront = false): Promise<string> {
  const search = { fetch, hasFront }
  const [, afterScheme] = /^\s*http:(.*)$/iu.exec(typed) ?? []
  if (afterScheme === undefined) return find(typed, search)
  try {
    return await find(typed, search)
  } catch (error) {
    if (!(error instanceof WexflowError) || hopeless.has(error.failure.kind)) throw error
    return await find(`https:${afterScheme}`, search).catch((second: unknown) => {
      throw isSignOfLife(second) ? second : error
    })
  }
}

const isSignOfLife = (error: unknown): error is WexflowError =>
  error instanceof WexflowError && signsOfLife.has(error.failure.kind)

async function find(typed: string, search: Search): Promise<string> {
  const addresses = possibleAddresses(typed)
  if (addresses.length === 0) throw new WexflowError('badAddress', 'no address', false)
  const results = await decisive(addresses.map((address) => place(address, search)))
  const found = results.flatMap((result) => (isPlace(result) ? [result] : []))
  const best = found.find(isEncrypted) ?? found[0]
  if (best !== undefined) {
    if (best.isChallenged) await hello(best.address, search.fetch, false)
    return best.address
  }
  const failures = results.flatMap((result) => (result instanceof WexflowError ? [result] : []))
  throw failures.find(isSignOfLife) ?? failures[0] ?? networkFailure(null)
}

/** Where somebody answered, or why nobody did. */
type Check = Place | WexflowError

const isPlace = (check: Check | null): check is Place => check !== null && 'address' in check

const isEncrypted = ({ address }: Place): boolean => address.startsWith('https:')

/**
 * Waits until one address answers, and then a little for a better one; or until all have failed. Null: not known, and
 * not waited for.
 */
async function decisive(checks: readonly Promise<Check>[]): Promise<readonly (Check | null)[]> {
  const results: (Check | null)[] = checks.map(() => null)
  await new Promise<void>((resolve) => {
    let timer: NodeJS.Timeout | undefined
    const settle = (): void => {
      const found = results.filter(isPlace)
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

/** The answer of an address. */
async function place(address: string, { fetch, hasFront }: Search): Promise<Check> {
  let asked = address
  try {
    const encrypted = await hello(address, fetch, true)
    if (encrypted !== null) {
      asked = encrypted
      await hello(encrypted, fetch, true, false)
    }
    return { address: asked, isChallenged: false }
  } catch (error) {
    const { failure } = networkFailure(error)
    if (hasFront && failure.kind === 'frontSignIn') return { address: asked, isChallenged: true }
    const { kind, detail, ...more } = failure
    if (isOtherService(failure)) return new WexflowError('notWexflow', detail, false, error)
    if (ofCertificate.has(kind))
      return new WexflowError(kind, detail, false, error, { ...more, address: asked })
    return networkFailure(error)
  }
}

const helloCall = '/api/v1/hello'

/**
 * Resolves where a Wexflow server says hello: to null, or to the encrypted address of the same host that it redirects to.
 * Rejects with a `WexflowError` for every other answer.
 */
async function hello(
  address: string,
  fetch: Fetch,
  isWithoutFront: boolean,
  mayFollow = true,
): Promise<string | null> {
  const request = { method: 'GET', headers: {}, withinMs: helloWithinMs, isWithoutFront } as const
  const answer = await ask(fetch, `${address}${helloCall}`, request)
  const location = answer.headers.get('location') ?? ''
  const isRedirect = answer.status >= 300 && answer.status < 400
  const encrypted = mayFollow && isRedirect ? encryptedAddress(address, helloCall, location) : null
  if (encrypted !== null) return encrypted
  if (answer.status !== 200) throw refusal(answer)
  if (isPage(answer)) throw pageFailure(answer.status)
  parseBody('hello', answer.body, helloSchema)
  return null
}
