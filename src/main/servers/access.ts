import type { Profile } from '../../shared/app-state.ts'
import type { Log } from '../platform/log.ts'
import type { Passwords } from '../platform/passwords.ts'
import type { Redactor } from '../platform/redaction.ts'
import { isThisMachine } from '../wexflow/address.ts'
import { WexflowClient, type WexflowClientOptions } from '../wexflow/client.ts'
import { findServer } from '../wexflow/find-server.ts'
import type { ServerHistory, WexflowServer, WorkflowDefinitions } from '../wexflow/server.ts'
import { login, SignIn } from '../wexflow/sign-in.ts'
import { type Transport, UndiciTransport } from '../wexflow/transport.ts'

/** All that a server can be asked. */
type AskedServer = WexflowServer & ServerHistory & WorkflowDefinitions

/** A server that can be asked, and what is held open for it. */
export interface OpenServer {
  readonly server: AskedServer
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
  /** The way to a server, with connections of its own. */
  readonly newTransport: () => Transport
  /** Speaks to a server over that way. */
  readonly newClient: (
    baseUrl: string,
    transport: Transport,
    signIn: SignIn,
    options: WexflowClientOptions,
  ) => AskedServer
}

export const networkWire: Wire = {
  newTransport: () => new UndiciTransport(),
  newClient: (baseUrl, transport, signIn, options) => new WexflowClient(baseUrl, transport, signIn, options),
}

export interface ServerAccessOptions {
  readonly passwords: Pick<Passwords, 'read'>
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

const nobodyToTell = (): void => {}

/** The way from an address and a name to a server that can be asked. */
export class ServerAccess {
  readonly #options: ServerAccessOptions

  constructor(options: ServerAccessOptions) {
    this.#options = options
  }

  /** Finds the server behind a typed address and signs in. Rejects with a `WexflowError`. */
  async signIn(form: { address: string; username: string; password: string }): Promise<SignedIn> {
    const { username, password } = form
    this.#options.redactor.add(password)
    const transport = this.#options.wire.newTransport()
    try {
      const baseUrl = await findServer(form.address, transport.call)
      const token = await login(transport.call, baseUrl, username, password)
      return {
        baseUrl,
        isDefaultPasswordInClear: isDefaultPasswordInClear(baseUrl, username, password),
        open: (profile) => this.#open(profile, transport, token, nobodyToTell),
      }
    } catch (error) {
      transport.close()
      throw error
    }
  }

  /**
   * The server of a stored profile; it is signed in to with the remembered password when first asked.
   * @param onDefaultPassword called where that is Wexflow's first password, sent to another machine in clear text
   */
  open(profile: Profile, onDefaultPassword: () => void): OpenServer {
    return this.#open(profile, this.#options.wire.newTransport(), null, onDefaultPassword)
  }

  #open(
    profile: Profile,
    transport: Transport,
    token: string | null,
    onDefaultPassword: () => void,
  ): OpenServer {
    const { passwords, redactor, wire, log } = this.#options
    const release: (() => void)[] = token === null ? [] : [redactor.add(token)]
    const signIn = new SignIn({
      fetch: transport.call,
      baseUrl: profile.baseUrl,
      username: profile.username,
      token,
      password: async () => {
        const password = await passwords.read(profile.id)
        if (password === null) return null
        release.push(redactor.add(password))
        if (isDefaultPasswordInClear(profile.baseUrl, profile.username, password)) onDefaultPassword()
        return password
      },
      onToken: (newToken) => release.push(redactor.add(newToken)),
    })
    return {
      server: wire.newClient(profile.baseUrl, transport, signIn, {
        onDroppedRows: (path, count) =>
          log.warn(`${profile.baseUrl}: ${count} rows of ${path} can’t be read and are left out`),
      }),
      close: () => {
        transport.close()
        for (const forget of release) forget()
      },
    }
  }
}
