import { createServer, request, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Server } from 'node:net'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type App, createApp } from '../../../src/main/app.ts'
import type { SystemNetwork } from '../../../src/main/network/dialer.ts'
import { TrustStore } from '../../../src/main/network/trust.ts'
import { wireOver } from '../../../src/main/servers/access.ts'
import type { SignInForm } from '../../../src/shared/commands.ts'
import { noSecrets, usualConnection } from '../../../src/shared/usual-connection.ts'
import { headlessPorts, ToyKeychain } from '../../headless.ts'
import { serve } from '../../wexflow-sim/http.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { MemoryDisk } from '../job-store/memory-journal.ts'
import { form, second } from '../main-process.ts'
import { MemorySettingsFile } from '../memory-settings.ts'
import { type Issued, selfSigned } from '../network/certificates.ts'
import { startProxy } from '../network/servers.ts'
import { RecordingToaster } from '../notify/recording-toaster.ts'

/** The whole app on a network with proxies, certificates of nobody, and sign-ins in front of its server. */

const box = (): Issued => selfSigned({ name: 'box', names: ['localhost'] })
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

let sim: WexflowSim
let port: number
let settings: MemorySettingsFile
let keychain: ToyKeychain
let logged: string[]
let resolveProxy: SystemNetwork['resolveProxy']

beforeEach(async () => {
  sim = new WexflowSim({ workflows: [second] })
  const served = await serve(sim)
  onTestFinished(() => served.close())
  port = served.port
  settings = new MemorySettingsFile()
  keychain = new ToyKeychain()
  logged = []
  resolveProxy = () => Promise.resolve('DIRECT')
})

const note = (message: string, detail?: unknown): void => void logged.push(message + JSON.stringify(detail))
const log = { error: note, warn: note, info: note, debug: note }

/** One run of the app on this machine. */
async function launch(): Promise<App> {
  const ports = headlessPorts({
    files: {
      settings,
      jobs: new MemoryDisk().open(),
      told: new MemoryDisk().open(),
      usual: new MemoryDisk().open(),
    },
    toaster: () => new RecordingToaster(),
    keychain: () => keychain,
    log: { ...log, open: async () => {}, path: '/log', tail: async () => [] },
    wire: wireOver({ resolveProxy: (url) => resolveProxy(url), trust: new TrustStore(async () => []) }),
  })
  const app = await createApp(ports)
  if (app === null) throw new Error('the app was not built')
  onTestFinished(() => app.close())
  return app
}

const signIn = (app: App, how: Partial<SignInForm>): ReturnType<typeof app.run<'signIn'>> =>
  app.run({ kind: 'signIn', form: { ...form, ...how } })

const linkOf = (app: App): string | undefined => app.model.state.servers[0]?.link
const failureOf = (app: App): string | undefined => app.model.state.servers[0]?.failure?.kind
const untilOnline = async (app: App): Promise<void> => {
  await expect.poll(() => linkOf(app), { timeout: 15_000 }).toBe('online')
}

/** Hands requests on to the simulated server as a web server in front of it does. */
const handOn =
  (change: (headers: NodeJS.Dict<string | string[]>) => NodeJS.Dict<string | string[]>): RequestListener =>
  ({ method, url, headers }, response) => {
    const onward = request(
      { host: '127.0.0.1', port, method, path: url, headers: change(headers) },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      },
    )
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    response.req.pipe(onward)
  }

const withoutAuthorization = (headers: NodeJS.Dict<string | string[]>): NodeJS.Dict<string | string[]> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization'))

async function listenOn(server: Server & { closeAllConnections(): void }, own = 0): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(own, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

describe('a proxy that wants a name and a password', () => {
  test('is used for everything, also after a restart, and its password is nowhere in clear text', async () => {
    const proxy = await startProxy({ authorization: basic('ann:proxy-pass') })
    resolveProxy = () => Promise.resolve(`PROXY 127.0.0.1:${proxy.port}`)
    const address = `http://wexflow.test:${port}`
    const first = await launch()
    expect(await signIn(first, { address })).toMatchObject({ ok: false, failure: { kind: 'proxySignIn' } })
    const connection = { ...usualConnection, proxyUsername: 'ann' }
    const secrets = { ...noSecrets, proxyPassword: 'proxy-pass' }
    expect(await signIn(first, { address, connection, secrets })).toEqual({ ok: true })
    await untilOnline(first)
    await expect.poll(() => settings.text).toContain('sealedSecrets')
    await expect.poll(() => JSON.parse(settings.text ?? '').sealedSecrets).not.toEqual({})
    await first.close()

    const again = await launch()
    await untilOnline(again)
    expect(settings.text).not.toContain('proxy-pass')
    expect(logged.join('\n')).not.toContain('proxy-pass')
    expect(proxy.asked.filter((what) => what.includes('/sse/')).length).toBeGreaterThan(1)
    expect(new Set(proxy.asked.map((what) => what.split(' ')[1]?.split('/api')[0]))).toEqual(
      new Set([address]),
    )

    const [id = ''] = again.model.state.servers.map((server) => server.id)
    await again.run({ kind: 'forgetServer', serverId: id })
    expect(JSON.parse(settings.text ?? '').sealedSecrets).toEqual({})
  })

  test('is told a kept password by a form that leaves it out, as long as it is for the same proxy and server', async () => {
    const proxy = await startProxy({ authorization: basic('ann:proxy-pass') })
    const address = `http://wexflow.test:${port}`
    const app = await launch()
    const connection = {
      ...usualConnection,
      proxy: 'own',
      proxyAddress: `127.0.0.1:${proxy.port}`,
      proxyUsername: 'ann',
    } as const
    const secrets = { ...noSecrets, proxyPassword: 'proxy-pass' }
    expect(await signIn(app, { address, connection, secrets })).toEqual({ ok: true })
    const [serverId = ''] = app.model.state.servers.map(({ id }) => id)
    expect(await signIn(app, { address, serverId, connection, secrets: noSecrets })).toEqual({ ok: true })
    expect(await signIn(app, { address, serverId })).toEqual({ ok: true })
    const other = await startProxy({ authorization: 'nobody' })
    const moved = { ...connection, proxyAddress: `127.0.0.1:${other.port}` }
    await signIn(app, { address, serverId, connection: moved })
    await signIn(app, { address: `http://other.test:${port}`, serverId, connection: moved })
    expect(new Set(other.authorizations)).toEqual(new Set([undefined]))
  })
})

test('a certificate of nobody is shown, trusted for this server, and told again when it changes', async () => {
  let server = createTlsServer(
    box(),
    handOn((headers) => headers),
  )
  const own = await listenOn(server)
  const address = `https://localhost:${own}`
  const app = await launch()
  const result = await signIn(app, { address })
  expect(result).toMatchObject({
    ok: false,
    failure: { kind: 'tlsUntrusted', address, certificate: { subject: 'box', names: ['localhost'] } },
  })
  const fingerprint = result.ok ? '' : (result.failure.certificate?.fingerprint ?? '')
  const connection = { ...usualConnection, trustedFingerprint: fingerprint }
  expect(await signIn(app, { address, connection })).toEqual({ ok: true })
  await untilOnline(app)
  const [serverId = ''] = app.model.state.servers.map(({ id }) => id)

  server.closeAllConnections()
  server.close()
  server = createTlsServer(
    box(),
    handOn((headers) => headers),
  )
  await listenOn(server, own)
  app.servers.wake()
  await expect.poll(() => failureOf(app), { timeout: 15_000 }).toBe('tlsChanged')
  const shown = await app.run({ kind: 'serverCertificate', serverId })
  expect(shown).toMatchObject({ ok: true, certificate: { subject: 'box' } })
  const changed = shown.ok ? shown.certificate.fingerprint : ''
  expect(changed).not.toBe(fingerprint)

  await app.run({ kind: 'trustCertificate', serverId, fingerprint: changed })
  await untilOnline(app)
  expect(app.model.state.servers[0]?.connection?.trustedFingerprint).toBe(changed)
  expect(sim.requests('login')).toBe(1)
})

/** A web server that asks for a sign-in with Basic. */
const guard =
  (next: RequestListener): RequestListener =>
  (incoming, response) => {
    if (incoming.headers.authorization === basic('ann:front-pass')) next(incoming, response)
    else response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="front"' }).end()
  }

describe('a sign-in in front of the server', () => {
  const connection = { ...usualConnection, frontUsername: 'ann' }
  const secrets = { ...noSecrets, frontPassword: 'front-pass' }
  test('that keeps its header to itself lets everything through', async () => {
    const front = guard(handOn(withoutAuthorization))
    const address = `http://127.0.0.1:${await listenOn(createServer(front))}`
    const app = await launch()
    expect(await signIn(app, { address })).toMatchObject({ ok: false, failure: { kind: 'frontSignIn' } })
    expect(await signIn(app, { address, connection, secrets })).toEqual({ ok: true })
    await untilOnline(app)
  })

  test('that hands its header on is told as what it is', async () => {
    const front = guard(handOn((headers) => headers))
    const address = `http://127.0.0.1:${await listenOn(createServer(front))}`
    const app = await launch()
    expect(await signIn(app, { address, connection, secrets })).toMatchObject({
      ok: false,
      failure: { kind: 'frontSignInPassedOn' },
    })
  })
})
