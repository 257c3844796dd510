import type { Profile } from '../../shared/app-state.ts'
import type { Certificate } from '../../shared/certificate.ts'
import type { Connection, ConnectionSecrets } from '../../shared/connection.ts'
import { type ConnectionSource, Dialer, systemNetwork, type SystemNetwork } from '../network/dialer.ts'
import type { FailureKind } from '../../shared/failure.ts'
import type { Log } from '../platform/log.ts'
import type { NotNow, Passwords } from '../platform/passwords.ts'
import type { Redactor } from '../platform/redaction.ts'
import { isThisMachine } from '../wexflow/address.ts'
import { WexflowError } from '../wexflow/errors.ts'
import type { CallsOptions } from '../wexflow/calls.ts'
import { WexflowClient } from '../wexflow/client.ts'
import { findServer } from '../wexflow/find-server.ts'
import type { ServerHistory, ServerMessages, WexflowServer, WorkflowDefinitions } from '../wexflow/server.ts'
import { login, SignIn } from '../wexflow/sign-in.ts'
import { type Transport, UndiciTransport } from '../wexflow/transport.ts'
import { checkFront } from './front.ts'

/** All that a server can be asked. */
type AskedServer = WexflowServer & ServerHistory & ServerMessages & WorkflowDefinitions

/** A server that can be asked, and what is held open for it. */
export interface OpenServer {
  readonly server: AskedServer
  /** The certificate that it shows now, trusted or not. Rejects with a `WexflowError`. */
  certificate(): Promise<Certificate>
  /** Breaks every connection. */
  close(): void
}

/** A server that has just accepted a name and a password. */
export interface SignedIn {
  /** The address that was found: scheme, host, port and path up to and without `/api/v1`. */
  readonly baseUrl: string
  /** Whether that was Wexflow's first password, sent to another machine in clear text. */
  readonly isDefaultPasswordInClear: boolean
  /** The server with the token of this sign-in, which is held in memory only. */
  open(profile: Profile): OpenServer
}

/** What speaks to servers; `networkWire` does so over the network. */
export interface Wire {
  /** The way to a server that is reached so, with connections of its own. */
  readonly newTransport: (source: ConnectionSource) => Transport
  /** Speaks to a server over that way. */
  readonly newClient: (
    baseUrl: string,
    transport: Transport,
    signIn: SignIn,
    options: CallsOptions,
  ) => AskedServer
}

/** Speaks to servers over the network that this machine is in. */
export const wireOver = (network: SystemNetwork): Wire => ({
  newTransport: (source) => new UndiciTransport(new Dialer(network, source)),
  newClient: (baseUrl, transport, signIn, options) => new WexflowClient(baseUrl, transport, signIn, options),
})

/** Asks no system for proxies. */
export const networkWire: Wire = wireOver(systemNetwork())

/** What a person typed into the sign-in form, with what was known before. */
interface Credentials {
  readonly address: string
  readonly username: string
  readonly password: string
  readonly connection: Connection
  readonly secrets: ConnectionSecrets
}

export interface ServerAccessOptions {
  readonly passwords: Pick<Passwords, 'read' | 'whyNotNow'>
  /** How a stored profile's server is reached, as it stands now. */
  readonly connection: (profileId: string) => Connection
  /** What goes with that. Never rejects. */
  readonly secrets: (profileId: string) => Promise<ConnectionSecrets>
  readonly redactor: Redactor
  readonly wire: Wire
  readonly log: Pick<Log, 'warn'>
}

/** The user and password that every new Wexflow server has. */
const firstUser = { username: 'admin', password: 'wexflow2018' }

/** Whether Wexflow's well-known first password goes to another machine where anybody on the way can read it. */
const isDefaultPasswordInClear = (baseUrl: string, username: string, password: string): boolean =>
  username === firstUser.username &&
  password === firstUser.password &&
  baseUrl.startsWith('http:') &&
  !isThisMachine(baseUrl)

/** Why a stored password can't be used now. */
const keychainFailures = { locked: 'keychainLocked', away: 'keychainAway' } as const satisfies Record<
  NotNow,
  FailureKind
>

const nobodyToTell = (): void => {}
const nothingToForget = (): void => {}

/** The way from an address and a name to a server that can be asked. */
export class ServerAccess {
  readonly #options: ServerAccessOptions

  constructor(options: ServerAccessOptions) {
    this.#options = options
  }

  /**
   * Finds the server behind a typed address and signs in. Rejects with a `WexflowError`; where a certificate was refused,
   * with that certificate.
   */
  async signIn(form: Credentials): Promise<SignedIn> {
    const { address, username, password, secrets } = form
    const { redactor, wire, connection } = this.#options
    const forgetPassword = redactor.add(password)
    const forgetSecrets = Object.values(secrets).map((secret) => redactor.add(secret))
    // As it was typed, until it is stored.
    let current = (): Connection => form.connection
    const transport = wire.newTransport({
      connection: () => current(),
      secrets: () => Promise.resolve(secrets),
    })
    try {
      const hasFront = form.connection.frontUsername !== ''
      const baseUrl = await findServer(address, transport.call, hasFront)
      const token = await login(transport.call, baseUrl, username, password)
      if (hasFront) await checkFront(transport.call, baseUrl, token)
      return {
        baseUrl,
        isDefaultPasswordInClear: isDefaultPasswordInClear(baseUrl, username, password),
        open: (profile) => {
          current = () => connection(profile.id)
          return forgettingAtClose(this.#open(profile, transport, token, nobodyToTell), forgetSecrets)
        },
      }
    } catch (error) {
      const told = await withCertificate(error, transport)
      transport.close()
      for (const forget of forgetSecrets) forget()
      throw told
    } finally {
      forgetPassword()
    }
  }

  /**
   * The server of a stored profile; it is signed in to with the remembered password when first asked.
   * @param onDefaultPassword called where that is Wexflow's first password, sent to another machine in clear text
   */
  open(profile: Profile, onDefaultPassword: () => void): OpenServer {
    const { wire, connection, secrets, redactor } = this.#options
    const masked = new Map<string, () => void>()
    const transport = wire.newTransport({
      connection: () => connection(profile.id),
      secrets: async () => {
        const known = await secrets(profile.id)
        for (const secret of Object.values(known))
          if (!masked.has(secret)) masked.set(secret, redactor.add(secret))
        return known
      },
    })
    return forgettingAtClose(this.#open(profile, transport, null, onDefaultPassword), masked.values())
  }

  #open(
    profile: Profile,
    transport: Transport,
    token: string | null,
    onDefaultPassword: () => void,
  ): OpenServer {
    const { passwords, redactor, wire, log } = this.#options
    let unmask = nothingToForget
    const release: (() => void)[] = token === null ? [] : [redactor.add(token)]
    const signIn = new SignIn({
      fetch: transport.call,
      baseUrl: profile.baseUrl,
      username: profile.username,
      token,
      password: async () => {
        const password = await passwords.read(profile.id)
        const notNow = passwords.whyNotNow(profile.id)
        if (notNow !== null) throw new WexflowError(keychainFailures[notNow], '', false)
        if (password === null) return null
        unmask = redactor.add(password)
        if (isDefaultPasswordInClear(profile.baseUrl, profile.username, password)) onDefaultPassword()
        return password
      },
      onPasswordUsed: () => unmask(),
      onToken: (newToken) => release.push(redactor.add(newToken)),
    })
    return {
      server: wire.newClient(profile.baseUrl, transport, signIn, {
        onDroppedRows: (path, count) =>
          log.warn(`${profile.baseUrl}: ${count} rows of ${path} can’t be read and are left out`),
      }),
      certificate: async () => {
        if (transport.certificate === undefined) throw new WexflowError('notHttps', 'no certificate', false)
        return transport.certificate(profile.baseUrl)
      },
      close: () => {
        transport.close()
        for (const forget of release) forget()
      },
    }
  }
}

/** What was masked for it is forgotten once it is closed. */
const forgettingAtClose = (open: OpenServer, masked: Iterable<() => void>): OpenServer => ({
  ...open,
  close: () => {
    open.close()
    for (const forget of masked) forget()
  },
})

/** The failure of a refused certificate, with that certificate where it can still be looked at. */
async function withCertificate(thrown: unknown, transport: Transport): Promise<unknown> {
  if (!(thrown instanceof WexflowError) || thrown.failure.address === undefined) return thrown
  const certificate = await transport.certificate?.(thrown.failure.address).catch(() => null)
  if (certificate === null || certificate === undefined) return thrown
  const { kind, detail, ...more } = thrown.failure
  return new WexflowError(kind, detail, thrown.mayHaveReached, thrown, { ...more, certificate })
}
