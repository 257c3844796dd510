import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import type { ServerOptions } from 'node:https'
import { createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { systemCertificates } from '../../../src/main/network/system-certificates.ts'
import { closedPort } from '../wexflow/local-server.ts'
import { Authority, type Issued, sealedKey, selfSigned } from './certificates.ts'
import { serveTls, startProxy } from './servers.ts'
import { failureOf, get, textOf, transportWith, ways } from './transports.ts'

const authority = new Authority('Test authority')
const local = authority.issue({ name: 'localhost', names: ['localhost', '127.0.0.1'] })
const authorities = [authority.cert]
const hello: RequestListener = (_request, response) => response.end('hello')
const url = (port: number, host = 'localhost'): string => `https://${host}:${port}/`
const hours = 3_600_000
/** Tells whoever asks whose certificate they have shown. */
const whoAmI: RequestListener = ({ socket }, response) =>
  response.end(socket instanceof TLSSocket ? socket.getPeerCertificate().subject.CN : '')
const brokenPem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
const contextOf = (issued: Issued | undefined): SecureContext => createSecureContext({ ...issued })

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

/** A server of OpenSSL that wants a certificate of these people. */
async function serveWithOpenssl(version: string, own: Issued, people: string): Promise<number> {
  const port = await closedPort()
  const files = ['-cert', file('server.pem', own.cert), '-key', file('server.key', own.key)]
  const wanted = ['-Verify', '1', '-verify_return_error', '-CAfile', file('people.pem', people)]
  const server = spawn('openssl', ['s_server', '-accept', String(port), version, ...files, ...wanted, '-www'])
  onTestFinished(() => {
    server.kill('SIGKILL')
  })
  await once(server.stdout, 'data')
  return port
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wexflow-tray-certificates-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A file with this content. */
function file(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const fingerprintOf = (port: number): Promise<string> =>
  transportWith({})
    .certificate(url(port))
    .then(({ fingerprint }) => fingerprint)

describe.each(ways)('a %s', (way) => {
  test('trusts the authorities of the system', async () => {
    const port = await serveTls(local, hello)
    expect(await textOf(transportWith({ authorities })[way], url(port))).toBe('hello')
    expect(await failureOf(get(transportWith({})[way], url(port)))).toMatchObject({ kind: 'tlsUntrusted' })
  })

  test('trusts the authorities of a file, in PEM and in DER', async () => {
    const port = await serveTls(local, hello)
    const der = Buffer.from(authority.cert.replaceAll(/-.*|\s/gu, ''), 'base64')
    for (const caFile of [file('ca.pem', `# ours\n${authority.cert}`), file('ca.der', der)])
      expect(await textOf(transportWith({ caFile })[way], url(port))).toBe('hello')
  })

  const troubles: readonly [string, string, Issued, string, ServerOptions?][] = [
    [
      'nobody has signed',
      'tlsUntrusted',
      selfSigned({ name: 'localhost', names: ['localhost'] }),
      'localhost',
    ],
    [
      'has expired',
      'tlsExpired',
      authority.issue({ name: 'localhost', names: ['localhost'], validTo: new Date(Date.now() - hours) }),
      'localhost',
    ],
    [
      'is not valid yet',
      'tlsExpired',
      authority.issue({ name: 'localhost', names: ['localhost'], validFrom: new Date(Date.now() + hours) }),
      'localhost',
    ],
    ['is made out to another name', 'tlsOtherName', local, '127.0.0.2'],
    [
      'comes over too old a protocol',
      'tlsTooOld',
      local,
      'localhost',
      { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' },
    ],
  ]
  test.each(troubles)(
    'to a server whose certificate %s: %s',
    async (_what, kind, issued, host, options = {}) => {
      const answer = vi.fn<RequestListener>(hello)
      const port = await serveTls({ ...issued, ...options }, answer)
      const proxy = await startProxy()
      for (const system of ['DIRECT', `PROXY 127.0.0.1:${proxy.port}`]) {
        const fetch = transportWith({ authorities, system })[way]
        expect(await failureOf(get(fetch, url(port, host)))).toMatchObject({ kind })
      }
      expect(answer).not.toHaveBeenCalled()
    },
  )

  test('asks no variable of the environment whom to trust', async () => {
    const port = await serveTls(local, hello)
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    vi.stubEnv('NODE_EXTRA_CA_CERTS', file('extra.pem', authority.cert))
    vi.stubEnv('SSL_CERT_FILE', file('extra.pem', authority.cert))
    onTestFinished(() => {
      vi.unstubAllEnvs()
    })
    expect(await failureOf(get(transportWith({})[way], url(port)))).toMatchObject({ kind: 'tlsUntrusted' })
    const other = await failureOf(get(transportWith({ authorities })[way], url(port, '127.0.0.2')))
    expect(other).toMatchObject({ kind: 'tlsOtherName' })
  })

  test('takes the certificate that is trusted by its fingerprint, whatever is wrong with it, and no other', async () => {
    const wanted = { name: 'box', names: ['box'], validTo: new Date(Date.now() - hours) }
    const port = await serveTls(selfSigned(wanted), hello)
    const trustedFingerprint = await fingerprintOf(port)
    expect(await textOf(transportWith({ trustedFingerprint })[way], url(port))).toBe('hello')

    const answer = vi.fn<RequestListener>(hello)
    const changed = await serveTls(selfSigned(wanted), answer)
    const fetch = transportWith({ trustedFingerprint })[way]
    expect(await failureOf(get(fetch, url(changed)))).toMatchObject({ kind: 'tlsChanged' })
    expect(answer).not.toHaveBeenCalled()
  })

  test('to a server whose certificate is trusted takes one that an authority has signed, too', async () => {
    const port = await serveTls(local, hello)
    const how = { authorities, trustedFingerprint: 'AA:BB' }
    expect(await textOf(transportWith(how)[way], url(port))).toBe('hello')
    expect(await failureOf(get(transportWith(how)[way], url(port, '127.0.0.2')))).toMatchObject({
      kind: 'tlsChanged',
    })
  })

  test('looks at the certificate of each of its connections, also after the first', async () => {
    const certificates = [0, 1].map(() => selfSigned({ name: 'localhost', names: ['localhost'] }))
    let shown = 0
    const port = await serveTls(
      {
        ...certificates[0],
        SNICallback: (_name, callback) => callback(null, contextOf(certificates[shown])),
      },
      (_request, response) => response.writeHead(200, { Connection: 'close' }).end('hello'),
    )
    const transport = transportWith({ trustedFingerprint: await fingerprintOf(port) })
    expect(await textOf(transport[way], url(port))).toBe('hello')
    expect(await textOf(transport[way], url(port))).toBe('hello')
    shown = 1
    expect(await failureOf(get(transport[way], url(port)))).toMatchObject({ kind: 'tlsChanged' })
  })
})

describe('the certificate of the person', () => {
  const people = new Authority('People')
  const ann = people.issue({ name: 'ann' })
  const asking: ServerOptions = { ...local, requestCert: true, rejectUnauthorized: true, ca: people.cert }

  test.each<[string, () => object]>([
    ['PEM with its key', () => ({ certificateFile: file('both.pem', ann.cert + ann.key) })],
    [
      'PEM and a file of its key',
      () => ({ certificateFile: file('ann.pem', ann.cert), keyFile: file('ann.key', ann.key) }),
    ],
    [
      'PEM whose key has a passphrase',
      () => ({
        certificateFile: file('ann.pem', ann.cert),
        keyFile: file('sealed.key', sealedKey(ann.key, 'swordfish')),
        passphrase: 'swordfish',
      }),
    ],
  ])('is shown to a server that wants it: %s', async (_what, files) => {
    const port = await serveTls(asking, whoAmI)
    const transport = transportWith({ authorities, ...files() })
    for (const way of ways) expect(await textOf(transport[way], url(port))).toBe('ann')
  })

  test('is shown to a server that wants it: PFX', async () => {
    const own = new URL('../wexflow/self-signed.pem', import.meta.url)
    const port = await serveTls({ ...asking, ca: readFileSync(own) }, whoAmI)
    const certificateFile = new URL('self-signed.pfx', import.meta.url).pathname
    const transport = transportWith({ authorities, certificateFile, passphrase: 'swordfish' })
    expect(await textOf(transport.call, url(port))).toBe('localhost')
    const wrong = transportWith({ authorities, certificateFile, passphrase: 'wrong' })
    expect(await failureOf(get(wrong.call, url(port)))).toMatchObject({ kind: 'badClientCertificate' })
  })

  // Node's own server only closes the connection.
  test.skipIf(!hasOpenssl)('where it misses or is not accepted the server says so', async () => {
    const stranger = new Authority('Strangers').issue({ name: 'eve' })
    const certificateFile = file('eve.pem', stranger.cert + stranger.key)
    // A server that closes the connection with the request unread may take its own word back with that.
    const told = async (version: string): Promise<void> => {
      const port = await serveWithOpenssl(version, local, people.cert)
      const kindWith = async (own: object): Promise<string> =>
        (await failureOf(get(transportWith({ authorities, ...own }).call, url(port)))).kind
      // The older protocol has one word for all that is not in common.
      const missing = version === '-tls1_2' ? 'tlsTooOld' : 'clientCertificateNeeded'
      await expect.poll(() => kindWith({})).toBe(missing)
      await expect.poll(() => kindWith({ certificateFile })).toBe('clientCertificateNeeded')
    }
    await told('-tls1_3')
    await told('-tls1_2')
  })
})

describe('a file that can’t be used', () => {
  test.each<[string, () => object, string]>([
    ['is not there', () => ({ caFile: join(folder, 'missing') }), 'badCaFile ENOENT'],
    ['is a folder', () => ({ caFile: folder }), 'badCaFile no file of a certificate'],
    ['is a device that never ends', () => ({ caFile: '/dev/zero' }), 'badCaFile no file of a certificate'],
    ['holds something else', () => ({ caFile: file('note', 'milk, eggs') }), 'badCaFile no certificate'],
    [
      'is not there, for the person',
      () => ({ certificateFile: join(folder, 'missing') }),
      'badClientCertificate ENOENT',
    ],
  ])('%s', async (_what, files, text) => {
    const port = await serveTls(local, hello)
    const { kind, detail } = await failureOf(get(transportWith({ authorities, ...files() }).call, url(port)))
    expect(`${kind} ${detail}`).toBe(text)
  })

  test.each<[string, () => object, string]>([
    ['a broken authority', () => ({ caFile: file('broken.pem', brokenPem) }), 'badCaFile'],
    [
      'a certificate without its key',
      () => ({ certificateFile: file('alone.pem', local.cert) }),
      'badClientCertificate',
    ],
    ['a broken certificate', () => ({ certificateFile: file('broken.pfx', 'x') }), 'badClientCertificate'],
  ])('%s', async (_what, files, kind) => {
    const port = await serveTls(local, hello)
    expect(await failureOf(get(transportWith({ authorities, ...files() }).call, url(port)))).toMatchObject({
      kind,
    })
  })
})

test('a certificate is shown as it is, cleaned, and nothing is sent for it', async () => {
  const validFrom = new Date('2026-01-02T03:04:05Z')
  const validTo = new Date('2056-01-02T03:04:05Z')
  const name = `Box\u202E${'x'.repeat(500)}`
  const answer = vi.fn<RequestListener>(hello)
  const port = await serveTls(
    authority.issue({ name, names: ['box.test', '10.0.0.1'], validFrom, validTo }),
    answer,
  )
  const certificate = await transportWith({}).certificate(url(port))
  expect(certificate).toMatchObject({
    issuer: 'Test authority',
    names: ['box.test', '10.0.0.1'],
    validFrom: validFrom.getTime(),
    validTo: validTo.getTime(),
  })
  expect(certificate.subject).toMatch(/^Boxx+…?$/u)
  expect(certificate.subject.length).toBeLessThanOrEqual(256)
  expect(certificate.fingerprint).toMatch(/^(?:[\dA-F]{2}:){31}[\dA-F]{2}$/u)
  expect(answer).not.toHaveBeenCalled()
})

test('a missing authority that the system gets later is found', async () => {
  const known: string[] = []
  const port = await serveTls(local, hello)
  const { call } = transportWith({ authorities: known })
  expect(await failureOf(get(call, url(port)))).toMatchObject({ kind: 'tlsUntrusted' })
  known.push(authority.cert)
  expect(await textOf(call, url(port))).toBe('hello')
})

test('a server that takes a connection and never speaks TLS is given up', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const server = createTcpServer((socket) => socket.on('error', () => {}))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const failure = failureOf(get(transportWith({}).call, url(port, '127.0.0.1')))
  await new Promise((resolve) => {
    server.once('connection', resolve)
  })
  const timer = setInterval(() => vi.advanceTimersByTime(5000), 20)
  expect(await failure).toMatchObject({ kind: 'timedOut' })
  clearInterval(timer)
})

describe('the authorities of the system', () => {
  test('come on Linux from the first bundle that holds any', async () => {
    const bundles = [
      join(folder, 'none'),
      file('empty', ''),
      file('bundle', `x\n${authority.cert}\n${authority.cert}`),
    ]
    expect(await systemCertificates('linux', bundles)).toEqual(
      [authority.cert, authority.cert].map((one) => one.trim()),
    )
    expect(await systemCertificates('linux', [])).toEqual([])
  })
})
