import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { defaultSettings, type Settings } from '../../../../src/shared/settings.ts'
import { usualConnection } from '../../../../src/shared/usual-connection.ts'
import { WexflowSim } from '../../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../../wexflow-sim/workflows.ts'
import { answered, Machine, MainProcess, pass, useFakeClock } from '../../main-process.ts'

beforeEach(useFakeClock)

const greeting = simWorkflow({
  id: 7,
  name: 'Greeting',
  durationMs: 100,
  tasks: [{ name: 'Mail', description: 'mail', settings: { body: 'to $who with $token' } }],
})

/** A computer on which somebody has set all that can be handed on, and more. */
async function used(): Promise<MainProcess> {
  const main = await MainProcess.signedIn(new Machine(new WexflowSim({ workflows: [greeting] })), {
    connection: {
      ...usualConnection,
      proxyAddress: 'ann:proxy-pass@proxy:3128',
      caFile: '/home/ann/ca.pem',
      certificateFile: '/home/ann/me.pfx',
      keyFile: '/home/ann/me.key',
      frontUsername: 'ann',
    },
    secrets: { proxyPassword: 'proxy-pass', passphrase: 'my-passphrase', frontPassword: 'front-pass' },
  })
  const { serverId } = main
  await main.run({ kind: 'trustCertificate', serverId, fingerprint: 'AB:CD' })
  await main.run({ kind: 'renameServer', serverId, name: 'Ledger' })
  await main.run({ kind: 'setWatch', serverId, watch: 'favourites' })
  await main.run({ kind: 'setFavourite', serverId, workflowId: greeting.id, isFavourite: true })
  await main.run({
    kind: 'saveSettings',
    settings: { ...main.appStore.settings, keepJobs: 50, theme: 'dark' },
  })
  const variables = [
    { name: 'who', value: 'Bo', isSecret: false },
    { name: 'token', value: 'secret-value', isSecret: true },
  ]
  await answered(main.run({ kind: 'startWorkflow', serverId, workflowId: greeting.id, variables }))
  await pass(5000)
  return main
}

/** The text of the file that a computer exports. */
async function exported(main: MainProcess): Promise<string> {
  expect(await main.run({ kind: 'exportSettings' })).toBe('saved')
  return (main.asked.at(-1) ?? '').replace('save wexflow-tray-settings.json: ', '')
}

/** Has the person choose a file with this text. */
async function chosen(main: MainProcess, text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'wexflow-tray-transfer-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  main.chosenFile = join(folder, 'settings.json')
  writeFileSync(main.chosenFile, text)
  const reading = main.run({ kind: 'readSettingsFile' })
  // The file is read by the real clock.
  await vi.waitFor(async () => {
    await pass(1)
    await Promise.race([reading, Promise.reject(new Error('not yet'))])
  })
  return reading
}

describe('settings that are exported', () => {
  test('hold nothing secret, no paths of this machine and no trust in a certificate', async () => {
    const main = await used()
    const text = await exported(main)
    for (const secret of [
      'wexflow2018',
      'proxy-pass',
      'my-passphrase',
      'front-pass',
      'secret-value',
      'token',
    ])
      expect(text).not.toContain(secret)
    for (const own of ['/home/ann', 'AB:CD', 'ed_', main.serverId]) expect(text).not.toContain(own)
    expect(JSON.parse(text)).toMatchObject({
      app: 'Wexflow Tray',
      version: 2,
      settings: { keepJobs: 50, theme: 'dark' },
      servers: [
        {
          address: 'http://wexflow:8000',
          username: 'admin',
          name: 'Ledger',
          watch: 'favourites',
          connection: { proxy: 'system', proxyAddress: '', frontUsername: 'ann' },
          favourites: [7],
          variables: { 7: [{ name: 'who', value: 'Bo' }] },
        },
      ],
    })
  })

  test('are the same on another computer that has taken them over', async () => {
    const text = await exported(await used())
    const other = await MainProcess.launch(new Machine())
    expect(await chosen(other, text)).toEqual({
      kind: 'read',
      plan: {
        settings: ['keepJobs', 'theme'],
        servers: [{ address: 'http://wexflow:8000', username: 'admin' }],
        favourites: 1,
        variables: 1,
      },
    })
    expect(other.appStore.profiles).toEqual([])
    expect(await other.run({ kind: 'importSettings' })).toMatchObject({ keepJobs: 50, theme: 'dark' })
    expect(other.server).toMatchObject({ name: 'Ledger', link: 'signedOut', watch: 'favourites' })
    expect(await exported(other)).toBe(text)
    expect(await chosen(other, text)).toMatchObject({
      plan: { settings: [], servers: [], favourites: 0, variables: 0 },
    })
  })
})

test('where ends are handed on to is in no file, and no file changes it', async () => {
  const main = await MainProcess.signedIn()
  const target = { id: 'a', name: 'Phone', kind: 'json', host: '', isForAll: true } as const
  await main.run({ kind: 'saveTarget', target, address: 'https://host/hooks/secret-token' })
  const text = await exported(main)
  expect(text).not.toContain('Phone')
  const { targets } = main.appStore.settings
  const foreign = { ...target, id: 'b', host: 'elsewhere' }
  const file = text.replace('"targets": []', `"targets": [${JSON.stringify(foreign)}]`)
  expect(file).not.toBe(text)
  expect(await chosen(main, file)).toMatchObject({ plan: { settings: [] } })
  await main.run({ kind: 'importSettings' })
  expect(main.appStore.settings.targets).toEqual(targets)
})

test('a sound is carried by its name; one that is a file of this computer is in no file, and no file brings one', async () => {
  const main = await MainProcess.signedIn()
  const before = main.appStore.settings
  const bell = {
    notify: true,
    sound: true,
    chosenSound: { kind: 'named', name: 'bell' },
    stays: false,
  } as const
  const horn = { ...bell, chosenSound: { kind: 'file', path: '/home/ann/horn.oga' } } as const
  const job = { workflow: 'Ping', serverId: null, startedBy: 'anyone' } as const
  const settings: Settings = {
    ...before,
    outcomes: { ...before.outcomes, done: bell, failed: horn },
    phases: { ...before.phases, waiting: horn },
    rules: [{ ...job, ...horn, outcomes: ['failed'], phases: [], handOn: [] }],
  }
  await main.run({ kind: 'saveSettings', settings })
  const text = await exported(main)
  expect(text).not.toContain('horn')
  const other = await MainProcess.launch(new Machine())
  const withPaths = JSON.stringify({ app: 'Wexflow Tray', version: 2, settings, servers: [] })
  for (const one of [text, withPaths]) {
    expect(await chosen(other, one)).toMatchObject({ kind: 'read' })
    await other.run({ kind: 'importSettings' })
    expect(other.appStore.settings.outcomes).toMatchObject({ done: bell, failed: { chosenSound: null } })
    expect(other.appStore.settings.phases.waiting).toEqual({ ...bell, chosenSound: null })
    expect(other.appStore.settings.rules).toMatchObject([
      { workflow: 'Ping', sound: true, chosenSound: null },
    ])
  }
})

describe('settings that are imported', () => {
  test('leave what is known of a server as it is, and add to it', async () => {
    const text = await exported(await used())
    const other = await MainProcess.signedIn(new Machine(new WexflowSim({ workflows: [greeting] })))
    const { serverId } = other
    await other.run({ kind: 'renameServer', serverId, name: 'Mine' })
    expect(await chosen(other, text)).toMatchObject({ plan: { servers: [], favourites: 1, variables: 1 } })
    await other.run({ kind: 'importSettings' })
    expect(other.server).toMatchObject({ name: 'Mine', link: 'online', watch: 'mine' })
    expect(other.server.workflows).toMatchObject([{ id: 7, isFavourite: true }])
    const taken = other.run({ kind: 'readVariables', serverId, workflowId: greeting.id })
    expect(await answered(taken)).toMatchObject({
      variables: [
        { name: 'who', lastValue: 'Bo' },
        { name: 'token', lastValue: null },
      ],
    })
  })

  test('are taken over once, and only after they were read', async () => {
    const text = await exported(await used())
    const other = await MainProcess.launch(new Machine())
    await other.run({ kind: 'importSettings' })
    expect(other.appStore.settings.keepJobs).toBe(1000)
    await chosen(other, text)
    await other.run({ kind: 'importSettings' })
    await other.run({ kind: 'saveSettings', settings: { ...other.appStore.settings, keepJobs: 20 } })
    await other.run({ kind: 'importSettings' })
    expect(other.appStore.settings.keepJobs).toBe(20)
  })

  test('of no file are nothing', async () => {
    const main = await MainProcess.launch(new Machine())
    expect(await main.run({ kind: 'readSettingsFile' })).toEqual({ kind: 'cancelled' })
  })

  test('are forgotten with their server', async () => {
    const text = await exported(await used())
    const other = await MainProcess.launch(new Machine())
    await chosen(other, text)
    await other.run({ kind: 'importSettings' })
    const { serverId } = other
    await other.run({ kind: 'forgetServer', serverId })
    expect(other.appStore.rememberedVariables(serverId, greeting.id)).toEqual([])
  })
})

test('a file of the first layout is taken over as the settings of that time are', async () => {
  const other = await MainProcess.launch(new Machine())
  const { phases: _, ...settings } = { ...defaultSettings, stillRunning: false }
  const text = JSON.stringify({ app: 'Wexflow Tray', version: 1, settings, servers: [] })
  expect(await chosen(other, text)).toMatchObject({ kind: 'read', plan: { settings: ['phases'] } })
  await other.run({ kind: 'importSettings' })
  expect(other.appStore.settings.phases.stillRunning.notify).toBe(false)
})

describe('a file that can’t be taken over says why', () => {
  const whole = {
    app: 'Wexflow Tray',
    version: 2,
    settings: defaultSettings,
    servers: [{ address: 'http://wexflow:8000', username: 'admin', staySignedIn: true }],
  }
  const withServer = (part: object): object => ({ ...whole, servers: [{ ...whole.servers[0], ...part }] })

  test.each([
    ['no JSON', 'nothing', 'notOurs', ''],
    ['other JSON', '{"settings":{}}', 'notOurs', ''],
    ['a later layout', JSON.stringify({ ...whole, version: 3 }), 'newer', '3'],
    [
      'a setting out of its limits',
      JSON.stringify({ ...whole, settings: { keepJobs: -1 } }),
      'damaged',
      'settings',
    ],
    [
      'no address',
      JSON.stringify(withServer({ address: 'javascript:alert(1)' })),
      'damaged',
      'servers.0.address',
    ],
    [
      'a password in an address',
      JSON.stringify(withServer({ address: 'http://a:b@c' })),
      'damaged',
      'servers.0',
    ],
    [
      'a name that no variable has',
      JSON.stringify(withServer({ variables: { 7: [{ name: '$', value: '' }] } })),
      'damaged',
      'servers.0.variables',
    ],
  ])('%s', async (_name, text, problem, detail) => {
    const main = await MainProcess.launch(new Machine())
    const read = await chosen(main, text)
    expect(read).toMatchObject({ kind: 'problem', problem })
    expect(read.kind === 'problem' && read.detail).toContain(detail)
    await main.run({ kind: 'importSettings' })
    expect(main.appStore.profiles).toEqual([])
  })

  test('one that is too large, or is none', async () => {
    const main = await MainProcess.launch(new Machine())
    expect(await chosen(main, ' '.repeat(17 * 1024 * 1024))).toMatchObject({ problem: 'tooLarge' })
    main.chosenFile = tmpdir()
    const reading = main.run({ kind: 'readSettingsFile' })
    await vi.waitFor(() => expect(reading).resolves.toMatchObject({ problem: 'unreadable' }))
  })
})
