import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type App, createApp } from '../../../src/main/app.ts'
import { controlAddress } from '../../../src/main/control/control-address.ts'
import { type ControlSocket, openControlSocket } from '../../../src/main/control/control-socket.ts'
import { controlOf } from '../../../src/main/control/control.ts'
import { profileIdOf } from '../../../src/main/servers/profile-id.ts'
import { headlessPorts, signedInSettings } from '../../headless.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { ownFolder } from '../control/own-folder.ts'
import { MemoryDisk } from '../job-store/memory-journal.ts'
import { RecordingToaster } from '../notify/recording-toaster.ts'
import { cli as runCli, type Ended, served, start as startCli } from './recording-terminal.ts'

const soon = { durationMs: 50 }
const workflows = [
  simWorkflow({ id: 1, name: 'Import orders', ...soon }),
  simWorkflow({ id: 2, name: 'Import invoices', ...soon, outcome: 'Warning' }),
  simWorkflow({ id: 3, name: 'Send invoices', ...soon, outcome: 'Failed', logLines: [{ error: '[X] No.' }] }),
  simWorkflow({ id: 4, name: 'Old archive', isEnabled: false }),
  simWorkflow({ id: 5, name: 'Month end', durationMs: 3_600_000 }),
  simWorkflow({ id: 6, name: 'Release payments', waitsForApprovalAfterMs: 20, ...soon }),
]

const silence = (): void => {}
const log = { error: silence, warn: silence, info: silence, debug: silence }

let userData: string
let app: App
let socket: ControlSocket | null
let toaster: RecordingToaster

/** How often the window was shown. */
let shown: number

/** The app as it runs on a desktop, where a server's password is stored, but for Electron. */
async function launch(password = 'wexflow2018'): Promise<void> {
  const { origin } = await served(new WexflowSim({ workflows }))
  userData = await ownFolder()
  toaster = new RecordingToaster()
  shown = 0
  const profile = {
    id: profileIdOf(origin, 'admin'),
    baseUrl: origin,
    username: 'admin',
    staySignedIn: true,
    name: 'Production',
  }
  const ports = headlessPorts({
    files: {
      settings: signedInSettings({ profile, password }),
      jobs: new MemoryDisk().open(),
      told: new MemoryDisk().open(),
      usual: new MemoryDisk().open(),
    },
    toaster: () => toaster,
  })
  const built = await createApp({
    ...ports,
    window: async (options) => ({ ...(await ports.window(options)), show: () => void (shown += 1) }),
  })
  if (built === null) throw new Error('the app was not built')
  app = built
  const address = await controlAddress({ platform: process.platform, env: {}, userData })
  if (address === null) throw new Error('the folder has too long a path')
  socket = await openControlSocket({ control: controlOf(app), address, platform: process.platform, log })
}

afterEach(async () => {
  await socket?.close()
  await app.close()
})

/** Nobody here knows a password. */
const nothingKnown = () => ({
  env: { LANG: 'en_GB.UTF-8' },
  platform: process.platform,
})
const words = (said: readonly string[]): string[] => [...said, '--user-data-dir', userData]
const cli = (...said: readonly string[]): Promise<Ended> => runCli(words(said), nothingKnown())
const start = (...said: readonly string[]): ReturnType<typeof startCli> =>
  startCli(words(said), nothingKnown())

describe('run --wait', () => {
  beforeEach(() => launch())

  test.each<[workflow: string, code: number, title: string]>([
    ['Import orders', 0, 'Done: Import orders'],
    ['2', 3, 'Warning: Import invoices'],
    ['send', 1, 'Failed: Send invoices'],
    ['Old archive', 6, 'Not started: Old archive'],
  ])('%s ends with %i, and the app tells it as well', async (workflow, code, title) => {
    const ended = await cli('run', workflow, '--wait', '--server', 'production')
    expect(ended).toMatchObject({ code, err: '' })
    expect(ended.out.split('\n')).toContain(title)
    await vi.waitFor(() => expect(toaster.titles).toEqual([title]))
    expect(app.jobStore.list()).toHaveLength(1)
  })

  test('a job that is stopped ends with 4', async () => {
    const waiting = start('run', 'Month end', '--wait', '--json')
    await vi.waitFor(() => expect(waiting.said()).toContain('"phase":"running"'), 5000)
    const { jobId } = JSON.parse(waiting.said().trim().split('\n').at(-1) ?? '')
    expect(await cli('stop', jobId)).toEqual({ code: 0, out: 'Stopping: Month end\n', err: '' })
    const { code, out } = await waiting.ended
    expect(code).toBe(4)
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({
      workflow: 'Month end',
      server: 'Production',
      phase: 'ended',
      outcome: 'stopped',
      isOwn: true,
    })
  })

  test.each([
    ['reject', 5],
    ['approve', 0],
  ])('a job that waits for approval: %s ends it with %i', async (verb, code) => {
    const waiting = start('run', 'Release', '--wait')
    await vi.waitFor(() => expect(waiting.said()).toContain('Waiting for approval'), 10_000)
    const [{ key } = { key: '' }] = app.jobStore.list()
    expect((await cli(verb, key.slice(0, 12))).code).toBe(0)
    expect((await waiting.ended).code).toBe(code)
  })

  test('an app that ends meanwhile is told, with 8', async () => {
    const waiting = start('run', 'Month end', '--wait')
    await vi.waitFor(() => expect(waiting.said()).toContain('Running'), 5000)
    await socket?.close()
    const { code, err } = await waiting.ended
    expect(code).toBe(8)
    expect(err).toMatch(/^The app has ended\./u)
  })
})

test('the app’s jobs are listed, and the log of one that has ended is read', async () => {
  await launch()
  await cli('run', '3', '--wait')
  const { out } = await cli('jobs')
  expect(out).toMatch(/^[0-9a-f]{8} {2}Failed {2}\S.* {2}Send invoices\n$/u)
  const read = await cli('log', out.slice(0, 8))
  expect(read.code).toBe(0)
  expect(read.out).toContain('[X] No.')
})

test('where the app is not signed in, that is said, and its window is not opened', async () => {
  await launch()
  for (const { id } of app.model.state.servers) await app.run({ kind: 'signOut', serverId: id })
  const { code, err } = await cli('run', '1')
  expect(code).toBe(8)
  expect(err).toBe(
    'The app is not signed in to Production. Sign in there, or give --user to sign in from here.\n',
  )
})

test('a server that the app does not know is refused with the names of those that it knows', async () => {
  await launch()
  const { code, err } = await cli('list', '--server', 'staging')
  expect(code).toBe(2)
  expect(err).toContain('No server is called “staging”. Known here: Production.')
})

test('with --user the command signs in by itself: the app knows nothing of its job', async () => {
  await launch()
  const [server] = app.model.state.servers
  const own = { ...nothingKnown(), env: { WEXFLOW_TRAY_PASSWORD: 'wexflow2018', LANG: 'en' } }
  const said = words(['run', '1', '--wait', '--server', server?.baseUrl ?? '', '--user', 'admin'])
  expect((await runCli(said, own)).code).toBe(0)
  expect(app.jobStore.list()).toEqual([])
})

test('where the password is not the server’s any more, that is said, and nobody is shown a form', async () => {
  await launch('not this one')
  await vi.waitFor(() => expect(app.model.state.servers[0]?.link).toBe('signInNeeded'), 5000)
  const { code, err } = await cli('run', '1')
  expect(code).toBe(8)
  expect(err).toBe('Wrong user name or password.\n')
  expect(shown).toBe(0)
  expect(app.jobStore.list()).toEqual([])
})
