import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import type { Certificate } from '../../shared/certificate.ts'
import type { Connection, ConnectionSecrets } from '../../shared/connection.ts'
import { noSecrets, usualConnection } from '../../shared/usual-connection.ts'
import { WexflowError } from '../wexflow/errors.ts'
import { networkFailure } from '../wexflow/failures.ts'
import { certificateOf } from './certificate.ts'
import { bareHost, direct, type Route, routeKey, routeOfAddress, routesOfList } from './proxies.ts'
import { dial, dialProxy, encrypt, openTunnel, type Target } from './sockets.ts'
import { TrustStore } from './trust.ts'

/** How long the system's answer about proxies holds, in milliseconds. */
const routesHoldMs = 30_000
/** A proxy that could not be reached is tried after all others for so long, in milliseconds. */
const avoidForMs = 5 * 60_000
/** A sign-in that a proxy has refused is not sent again for so long, in milliseconds: companies lock accounts for that. */
const keepBackMs = 10 * 60_000

/** What the app knows of the network that this machine is in. */
export interface SystemNetwork {
  /**
   * The proxies on the way to a URL, as a PAC script returns them (`PROXY host:port; DIRECT`): Electron's
   * `session.resolveProxy`.
   */
  readonly resolveProxy: (url: string) => Promise<string>
  readonly trust: TrustStore
}

/** How one server is reached, as it stands now. */
export interface ConnectionSource {
  readonly connection: () => Connection
  /** Never rejects; empty texts where nothing is remembered, or the keychain is locked. */
  readonly secrets: () => Promise<ConnectionSecrets>
}

const usualSource: ConnectionSource = {
  connection: () => usualConnection,
  secrets: () => Promise.resolve(noSecrets),
}

/** The network as the system knows it; straight to every server where nobody asks it for proxies. */
export const systemNetwork = (
  resolveProxy: SystemNetwork['resolveProxy'] = () => Promise.resolve('DIRECT'),
): SystemNetwork => ({ resolveProxy, trust: new TrustStore() })

/** Opens the connections to one server, over proxies and with the certificates that hold for it. */
export class Dialer {
  readonly #network: SystemNetwork
  readonly #source: ConnectionSource
  readonly #routes = new Map<string, { readonly routes: Route[]; readonly at: number }>()
  readonly #failedAt = new Map<string, number>()
  #refused: { readonly authorization: string; readonly at: number; readonly error: WexflowError } | null =
    null
  readonly #sessions = new Map<string, Buffer>()
  #context: { readonly key: string; readonly made: Promise<SecureContext> } | null = null

  constructor(network: SystemNetwork = systemNetwork(), source: ConnectionSource = usualSource) {
    this.#network = network
    this.#source = source
  }

  /** The routes to a URL, the best first. Rejects with a `WexflowError`: `badProxyAddress`, `proxyUnsupported`. */
  async routes(url: string): Promise<readonly Route[]> {
    const { proxy, proxyAddress } = this.#source.connection()
    if (proxy === 'none') return [direct]
    if (proxy === 'own') return [routeOfAddress(proxyAddress)]
    const { origin } = new URL(url)
    const known = this.#routes.get(origin)
    if (known !== undefined && performance.now() - known.at < routesHoldMs)
      return this.#bestFirst(known.routes)
    const routes = routesOfList(await this.#network.resolveProxy(`${origin}/`))
    this.#routes.set(origin, { routes, at: performance.now() })
    return this.#bestFirst(routes)
  }

  /** A route whose proxy could not be reached. */
  avoid(route: Route): void {
    this.#failedAt.set(routeKey(route), performance.now())
  }

  /**
   * Opens a connection to a host over a route, encrypted where that is asked for. A request in clear text goes to a proxy
   * as it is; only what is encrypted goes through it in a tunnel. Rejects with a `WexflowError`, whose request has
   * certainly reached nobody.
   */
  async connect(target: Target, isEncrypted: boolean, route: Route): Promise<Socket> {
    try {
      const socket = await this.#reach(target, isEncrypted, route)
      return isEncrypted ? await this.#encrypt(socket, target) : socket
    } catch (error) {
      const { failure } = networkFailure(error)
      // It may have been added since.
      if (failure.kind === 'tlsUntrusted') this.refresh()
      const { kind, detail, ...more } = failure
      throw new WexflowError(kind, detail, false, error, more)
    }
  }

  /**
   * The certificate that a server shows, whether it is trusted or not; nothing is sent to the server. Rejects with a
   * `WexflowError`.
   */
  async certificate(url: string): Promise<Certificate> {
    const { hostname, port } = new URL(url)
    const target = { host: bareHost(hostname), port: port === '' ? 443 : Number(port) }
    const [route = direct] = await this.routes(url)
    try {
      const socket = await this.#reach(target, true, route)
      const context = await this.#contextFor(socket)
      const encrypted = await encrypt(socket, target, { context, isVerified: false })
      const certificate = certificateOf(encrypted)
      encrypted.destroy()
      return certificate
    } catch (error) {
      throw networkFailure(error)
    }
  }

  /** The value of Proxy-Authorization; null where nobody has a name there. Rejects where it was refused lately. */
  async proxyAuthorization(): Promise<string | null> {
    const { proxyUsername } = this.#source.connection()
    if (proxyUsername === '') return null
    const { proxyPassword } = await this.#source.secrets()
    // Nothing is known of it, or the keychain is locked: a wrong guess would count as one.
    if (proxyPassword === '') return null
    const authorization = basic(proxyUsername, proxyPassword)
    const refused = this.#refused
    if (refused?.authorization === authorization && performance.now() - refused.at < keepBackMs)
      throw refused.error
    return authorization
  }

  /** A proxy did not take this sign-in. */
  refuseAuthorization(authorization: string | null, error: WexflowError): void {
    if (authorization !== null) this.#refused = { authorization, at: performance.now(), error }
  }

  /** The value of Authorization for what stands in front of the server; null where nobody has a name there. */
  async frontAuthorization(): Promise<string | null> {
    const { frontUsername } = this.#source.connection()
    if (frontUsername === '') return null
    const { frontPassword } = await this.#source.secrets()
    return frontPassword === '' ? null : basic(frontUsername, frontPassword)
  }

  /** Reads certificates and proxies anew when they are needed next. */
  refresh(): void {
    this.#context = null
    this.#sessions.clear()
    this.#routes.clear()
    this.#network.trust.refresh()
  }

  async #reach(target: Target, isEncrypted: boolean, route: Route): Promise<Socket> {
    if (route.kind === 'direct') return dial(target)
    const socket = await dialProxy(route, () => this.#secureContext())
    return isEncrypted ? this.#tunnel(socket, target) : socket
  }

  async #tunnel(socket: Socket, target: Target): Promise<Socket> {
    let authorization: string | null = null
    try {
      authorization = await this.proxyAuthorization()
      return await openTunnel(socket, target, authorization)
    } catch (error) {
      socket.destroy()
      if (error instanceof WexflowError && error.failure.kind === 'proxySignIn')
        this.refuseAuthorization(authorization, error)
      throw error
    }
  }

  /** A certificate that the person trusts is known by its fingerprint; any other is verified by TLS. */
  async #encrypt(socket: Socket, target: Target): Promise<Socket> {
    const { trustedFingerprint } = this.#source.connection()
    const context = await this.#contextFor(socket)
    if (trustedFingerprint !== '') {
      // A session would spare the certificate, which has to be seen here.
      const encrypted = await encrypt(socket, target, { context, isVerified: false })
      if (encrypted.authorized || encrypted.getPeerCertificate().fingerprint256 === trustedFingerprint)
        return encrypted
      encrypted.destroy()
      throw new WexflowError('tlsChanged', String(encrypted.authorizationError), false)
    }
    const key = `${target.host}:${target.port}`
    return encrypt(socket, target, {
      context,
      isVerified: true,
      session: this.#sessions.get(key),
      onSession: (session) => this.#sessions.set(key, session),
    })
  }

  async #contextFor(socket: Socket): Promise<SecureContext> {
    try {
      return await this.#secureContext()
    } catch (error) {
      socket.destroy()
      throw error
    }
  }

  async #secureContext(): Promise<SecureContext> {
    const { caFile, certificateFile, keyFile } = this.#source.connection()
    const { passphrase } = await this.#source.secrets()
    const key = JSON.stringify([caFile, certificateFile, keyFile, passphrase])
    if (this.#context?.key !== key) {
      const made = this.#network.trust.context({ caFile, certificateFile, keyFile }, passphrase)
      this.#context = { key, made }
      // A file that could not be read is read anew.
      made.catch(() => {
        if (this.#context?.made === made) this.#context = null
      })
    }
    return this.#context.made
  }

  #bestFirst(routes: readonly Route[]): readonly Route[] {
    const failed = (route: Route): boolean =>
      performance.now() - (this.#failedAt.get(routeKey(route)) ?? Number.NEGATIVE_INFINITY) < avoidForMs
    return routes.toSorted((a, b) => Number(failed(a)) - Number(failed(b)))
  }
}

const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
