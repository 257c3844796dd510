import type { RequestListener } from 'node:http'
import { onTestFinished } from 'vitest'
import { WexflowClient } from '../../../src/main/wexflow/client.ts'
import { WexflowError } from '../../../src/main/wexflow/errors.ts'
import { SignIn } from '../../../src/main/wexflow/sign-in.ts'
import { UndiciTransport } from '../../../src/main/wexflow/transport.ts'
import type { FailureKind } from '../../../src/shared/failure.ts'
import { listen } from './local-server.ts'

export interface LocalClient {
  readonly client: WexflowClient
  readonly transport: UndiciTransport
  readonly baseUrl: string
  /** What was told of rows that are left out. */
  readonly dropped: readonly (readonly [path: string, count: number])[]
}

/** The transport of the app; its connections end with the test. */
export function newTransport(): UndiciTransport {
  const transport = new UndiciTransport()
  onTestFinished(() => transport.close())
  return transport
}

/**
 * A client with a token, `token-0`, of a real server on this machine that answers so.
 * @param password what the client remembers; null: nothing
 */
export async function connect(answer: RequestListener, password: string | null = null): Promise<LocalClient> {
  const baseUrl = `http://${await listen(answer)}`
  const transport = newTransport()
  const signIn = new SignIn({
    fetch: transport.call,
    baseUrl,
    username: 'u',
    password: () => Promise.resolve(password),
    token: 'token-0',
    onToken: () => {},
  })
  const dropped: [string, number][] = []
  const client = new WexflowClient(baseUrl, transport, signIn, {
    onDroppedRows: (path, count) => dropped.push([path, count]),
  })
  return { client, transport, baseUrl, dropped }
}

/** What a call was rejected with; it has to be. */
export async function errorOf(call: Promise<unknown>): Promise<WexflowError> {
  const error: unknown = await call.then(
    () => 'no failure',
    (reason: unknown) => reason,
  )
  if (!(error instanceof WexflowError)) throw new Error(`no WexflowError: ${String(error)}`)
  return error
}

/** Why a call failed; it has to. */
export const kindOf = async (call: Promise<unknown>): Promise<FailureKind> =>
  (await errorOf(call)).failure.kind
