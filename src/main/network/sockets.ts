import { request } from 'node:http'
import { connect as connectTcp, isIP, isIPv6, type Socket } from 'node:net'
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls'
import { WexflowError } from '../wexflow/errors.ts'
import { networkFailure } from '../wexflow/failures.ts'
import type { ProxyRoute } from './proxies.ts'

/** How long each step of a connection may take, in milliseconds: a proxy is near, and has to ask far away itself. */
const connectWithinMs = 10_000
const proxyWithinMs = 5000
/** As undici has it: a connection that lies idle is asked after a minute whether it still lives. */
const keepAliveAfterMs = 60_000

/** The end of a connection: a host without brackets, and a port. */
export interface Target {
  readonly host: string
  readonly port: number
}

/** Opens a TCP connection. */
export function dial({ host, port }: Target, withinMs = connectWithinMs): Promise<Socket> {
  const socket = connectTcp({ host, port })
  socket.setNoDelay(true).setKeepAlive(true, keepAliveAfterMs)
  return readySocket(socket, 'connect', withinMs)
}

export interface Encryption {
  readonly context: SecureContext
  /** False where whoever asks for the connection looks at the certificate before anything is sent. */
  readonly isVerified: boolean
  /** An earlier session with this host, which spares a part of the handshake. */
  readonly session?: Buffer | undefined
  readonly onSession?: (session: Buffer) => void
}

/** Encrypts a connection that stands. */
export function encrypt(socket: Socket, { host }: Target, encryption: Encryption): Promise<TLSSocket> {
  const { context, isVerified, session, onSession } = encryption
  const encrypted = connectTls({
    socket,
    host,
    // Names of hosts only, by its standard (RFC 6066).
    ...(isIP(host) === 0 && { servername: host }),
    ALPNProtocols: ['http/1.1'],
    secureContext: context,
    rejectUnauthorized: isVerified,
    ...(session !== undefined && { session }),
  })
  if (onSession !== undefined) encrypted.on('session', onSession)
  return readySocket(encrypted, 'secureConnect', connectWithinMs)
}

/**
 * Opens a connection to a proxy. Rejects with a `WexflowError` (`proxyUnreachable`).
 * @param context for a proxy that is spoken with in TLS
 */
export async function dialProxy(proxy: ProxyRoute, context: () => Promise<SecureContext>): Promise<Socket> {
  try {
    const socket = await dial(proxy, proxyWithinMs)
    if (proxy.scheme === 'http') return socket
    return await encrypt(socket, proxy, { context: await context(), isVerified: true })
  } catch (error) {
    const { failure } = networkFailure(error)
    throw new WexflowError('proxyUnreachable', failure.detail, false, error)
  }
}

/**
 * Has a proxy connect to a host, and gives the connection on (RFC 9110, CONNECT). Rejects with a `WexflowError`:
 * `proxySignIn`, `proxyUnsupported`, `proxyRefused`, `proxyUnreachable`.
 * @param authorization the value of Proxy-Authorization; null for none
 */
export function openTunnel(
  socket: Socket,
  { host, port }: Target,
  authorization: string | null,
): Promise<Socket> {
  const authority = `${isIPv6(host) ? `[${host}]` : host}:${port}`
  return new Promise((resolve, reject) => {
    const fail = (error: WexflowError): void => {
      socket.destroy()
      reject(error)
    }
    const asked = request({
      createConnection: () => socket,
      method: 'CONNECT',
      path: authority,
      headers: {
        Host: authority,
        ...(authorization !== null && { 'Proxy-Authorization': authorization }),
      },
      timeout: connectWithinMs,
    })
    asked.once('timeout', () => fail(new WexflowError('timedOut', 'CONNECT', false)))
    asked.once('error', (error) =>
      fail(new WexflowError('proxyUnreachable', networkFailure(error).failure.detail, false, error)),
    )
    asked.once('connect', ({ statusCode = 0, headers }, _socket, head) => {
      socket.setTimeout(0)
      if (statusCode < 200 || statusCode > 299) {
        fail(proxyRefusal(statusCode, headers['proxy-authenticate']))
        return
      }
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    asked.end()
  })
}

/** What a proxy's refusal means. Of the sign-ins that it may ask for only Basic can be given. */
export function proxyRefusal(status: number, challenge = ''): WexflowError {
  if (status !== 407) return new WexflowError('proxyRefused', String(status), false)
  const schemes = challenge.match(/\b(?:basic|digest|ntlm|negotiate|kerberos)\b/giu) ?? []
  const isOther = schemes.length > 0 && !schemes.some((scheme) => scheme.toLowerCase() === 'basic')
  if (isOther) return new WexflowError('proxyUnsupported', schemes[0] ?? '', false)
  return new WexflowError('proxySignIn', '407', false)
}

/** Waits for a socket's event; one that fails, ends or takes longer than so many milliseconds is destroyed. */
function readySocket<One extends Socket>(socket: One, event: string, withinMs: number): Promise<One> {
  // An error that nobody listens to would be a crash; and where the socket went on to its end, undici would tell of that
  // in place of the server's alert that came before.
  socket.on('error', () => socket.destroy())
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer)
      socket.off(event, onReady).off('error', onFailure).off('close', onClose)
    }
    const onFailure = (error: unknown): void => {
      settle()
      socket.destroy()
      reject(error)
    }
    const onReady = (): void => {
      settle()
      resolve(socket)
    }
    const onClose = (): void => onFailure(new WexflowError('unreachable', 'ECONNRESET', false))
    const timer = setTimeout(
      () => onFailure(new WexflowError('timedOut', `no connection within ${withinMs} ms`, false)),
      withinMs,
    )
    socket.once(event, onReady).once('error', onFailure).once('close', onClose)
  })
}
