import { X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import tls, { type SecureContext, type SecureContextOptions } from 'node:tls'
import type { Connection } from '../../shared/connection.ts'
import type { FailureKind } from '../../shared/failure.ts'
import { codeOf } from '../platform/error-code.ts'
import { WexflowError } from '../wexflow/errors.ts'
import { certificatesOf, systemCertificates } from './system-certificates.ts'

/** What a certificate, a key or a bundle of authorities can need, in bytes. */
const largestFile = 4 * 1024 * 1024

/** The files of a connection that its encryption rests on. */
type TrustFiles = Pick<Connection, 'caFile' | 'certificateFile' | 'keyFile'>

/**
 * Whom the app trusts in TLS: the authorities that Node brings along and those of the system, and for one server those
 * of a file more. They are given to every connection in words, so that neither NODE_TLS_REJECT_UNAUTHORIZED nor
 * NODE_EXTRA_CA_CERTS or SSL_CERT_FILE say anything in it.
 */
export class TrustStore {
  readonly #readSystem: () => Promise<string[]>
  #authorities: Promise<string[]> | null = null
  #context: Promise<SecureContext> | null = null

  constructor(readSystem: () => Promise<string[]> = () => systemCertificates(process.platform)) {
    this.#readSystem = readSystem
  }

  /**
   * The context of a server's connections. One for all whose person has given no files: to make one takes some 30 ms.
   * Rejects with a `WexflowError`: `badCaFile`, `badClientCertificate`.
   */
  async context(files: TrustFiles, passphrase: string): Promise<SecureContext> {
    if (files.caFile === '' && files.certificateFile === '') {
      this.#context ??= this.#authoritiesOnce().then((ca) => newContext({ ca }))
      return this.#context
    }
    const ca = [...(await this.#authoritiesOnce()), ...(await ownAuthorities(files.caFile))]
    const own = await ownCertificate(files, passphrase)
    try {
      return newContext({ ca, ...own })
    } catch (error) {
      throw new WexflowError('badClientCertificate', codeOf(error), false, error)
    }
  }

  /** Reads the system's authorities anew when they are needed next: somebody may have added the one that was missing. */
  refresh(): void {
    this.#authorities = null
    this.#context = null
  }

  #authoritiesOnce(): Promise<string[]> {
    this.#authorities ??= this.#readSystem().then((system) =>
      withoutDoubles([...tls.rootCertificates, ...system]),
    )
    return this.#authorities
  }
}

const newContext = (options: SecureContextOptions): SecureContext =>
  tls.createSecureContext({ ...options, minVersion: 'TLSv1.2' })

/** Most systems have the same authorities as Node, written with other line ends. */
const withoutDoubles = (certificates: readonly string[]): string[] => [
  ...new Map(certificates.map((pem) => [pem.replaceAll(/\s/gu, ''), pem])).values(),
]

/** Each is read, as OpenSSL says nothing of one that it can't use. */
async function ownAuthorities(file: string): Promise<string[]> {
  if (file === '') return []
  const bytes = await read(file, 'badCaFile')
  const found = certificatesOf(bytes.toString('latin1'))
  try {
    return (found.length === 0 ? [bytes] : found).map((one) => new X509Certificate(one).toString())
  } catch (error) {
    throw new WexflowError('badCaFile', 'no certificate', false, error)
  }
}

/** The person's certificate and its key. */
async function ownCertificate(
  { certificateFile, keyFile }: TrustFiles,
  passphrase: string,
): Promise<SecureContextOptions> {
  if (certificateFile === '') return {}
  const certificate = await read(certificateFile, 'badClientCertificate')
  const secret = passphrase === '' ? {} : { passphrase }
  if (!certificate.includes('-----BEGIN ')) return { pfx: certificate, ...secret }
  const key = keyFile === '' ? certificate : await read(keyFile, 'badClientCertificate')
  return { cert: certificate, key, ...secret }
}

/** Reads a file that the person named. One that is no file, such as a pipe, could be waited for without an end. */
async function read(path: string, kind: FailureKind): Promise<Buffer> {
  try {
    const found = await stat(path)
    if (found.isFile() && found.size <= largestFile) return await readFile(path)
  } catch (error) {
    throw new WexflowError(kind, codeOf(error), false, error)
  }
  throw new WexflowError(kind, 'no file of a certificate', false)
}
