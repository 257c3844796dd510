import { onTestFinished } from 'vitest'
import { Dialer, type SystemNetwork } from '../../../src/main/network/dialer.ts'
import { TrustStore } from '../../../src/main/network/trust.ts'
import { networkFailure } from '../../../src/main/wexflow/failures.ts'
import { type Fetch, type FetchAnswer, UndiciTransport } from '../../../src/main/wexflow/transport.ts'
import type { Connection, ConnectionSecrets } from '../../../src/shared/connection.ts'
import type { Failure } from '../../../src/shared/failure.ts'
import { noSecrets, usualConnection } from '../../../src/shared/usual-connection.ts'

interface Circumstances extends Partial<Connection>, Partial<ConnectionSecrets> {
  /** What the system says of proxies. */
  readonly system?: string | SystemNetwork['resolveProxy']
  /** Authorities that the system trusts, in PEM. */
  readonly authorities?: string[]
}

/** A transport with this connection, which ends with the test. What changes in it later holds for new connections. */
export function transportWith(how: Circumstances): UndiciTransport {
  const { system = 'DIRECT' } = how
  const network: SystemNetwork = {
    resolveProxy: typeof system === 'string' ? () => Promise.resolve(system) : system,
    trust: new TrustStore(() => Promise.resolve(how.authorities ?? [])),
  }
  const source = {
    connection: () => ({ ...usualConnection, ...how }),
    secrets: () => Promise.resolve({ ...noSecrets, ...how }),
  }
  const transport = new UndiciTransport(new Dialer(network, source))
  onTestFinished(() => transport.close())
  return transport
}

export const ways = ['call', 'stream'] as const

export const get = (fetch: Fetch, url: string, headers: Record<string, string> = {}): Promise<FetchAnswer> =>
  fetch(url, { method: 'GET', headers, signal: new AbortController().signal })

/** The body of an answer. */
export const textOf = async (fetch: Fetch, url: string): Promise<string> => (await get(fetch, url)).text()

/** What a request fails with. */
export async function failureOf(request: Promise<unknown>): Promise<Failure> {
  const error: unknown = await request.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error === null) throw new Error('it did not fail')
  return networkFailure(error).failure
}
