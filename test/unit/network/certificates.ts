import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIP } from 'node:net'

/** Certificates that tests make for themselves: Node can read them, but has nothing that writes them. X.509 in DER. */

export interface Issued {
  /** The certificate and its key, in PEM. */
  readonly cert: string
  readonly key: string
}

interface Wanted {
  readonly name: string
  /** Hosts and IPv4 addresses that it is for. */
  readonly names?: readonly string[]
  readonly validFrom?: Date
  readonly validTo?: Date
}

const day = 24 * 3_600_000

/** An authority, whose certificate nobody has signed but itself. */
export class Authority {
  readonly #name: string
  readonly #key: KeyObject
  /** Its own certificate, in PEM. */
  readonly cert: string

  constructor(name: string) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#name = name
    this.#key = privateKey
    this.cert = certificate({ name, isAuthority: true }, name, publicKey, privateKey)
  }

  /** Signs a certificate. */
  issue(wanted: Wanted): Issued {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    return {
      cert: certificate({ ...wanted, isAuthority: false }, this.#name, publicKey, this.#key),
      key: pemOfKey(privateKey),
    }
  }
}

/** A certificate that is signed with its own key. */
export function selfSigned(wanted: Wanted): Issued {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    cert: certificate({ ...wanted, isAuthority: false }, wanted.name, publicKey, privateKey),
    key: pemOfKey(privateKey),
  }
}

/** The key in PEM, sealed with a passphrase. */
export const sealedKey = (key: string, passphrase: string): string =>
  createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString()

const pemOfKey = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()

function certificate(
  { name, names = [], validFrom, validTo, isAuthority }: Wanted & { readonly isAuthority: boolean },
  issuer: string,
  publicKey: KeyObject,
  issuerKey: KeyObject,
): string {
  const from = validFrom ?? new Date(Date.now() - day)
  const to = validTo ?? new Date(Date.now() + 30 * day)
  const extensions = [
    ...(isAuthority ? [extension('551d13', sequence(der(0x01, Buffer.from([0xff]))))] : []),
    ...(names.length === 0 ? [] : [extension('551d11', sequence(...names.map(alternativeName)))]),
  ]
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    distinguishedName(issuer),
    sequence(time(from), time(to)),
    distinguishedName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length === 0 ? [] : [der(0xa3, sequence(...extensions))]),
  )
  const signature = sign('sha256', body, issuerKey)
  const whole = sequence(body, ecdsaWithSha256, der(0x03, Buffer.concat([Buffer.from([0]), signature])))
  const lines = whole.toString('base64').match(/.{1,64}/gu) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

/** A tag, the length, and what is in it. */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const size = content.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, Math.floor(size / 256), size % 256]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

const sequence = (...contents: readonly Buffer[]): Buffer => der(0x30, ...contents)
const integer = (bytes: Buffer): Buffer => der(0x02, bytes)
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'))

const distinguishedName = (name: string): Buffer =>
  sequence(der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from(name)))))

const extension = (id: string, value: Buffer): Buffer => sequence(objectId(id), der(0x04, value))

const alternativeName = (name: string): Buffer =>
  isIP(name) === 4 ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name))

/** As GeneralizedTime, which holds every year. */
const time = (date: Date): Buffer =>
  der(0x18, Buffer.from(`${date.toISOString().replaceAll(/\D/gu, '').slice(0, 14)}Z`))
