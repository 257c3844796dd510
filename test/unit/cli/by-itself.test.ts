import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { signedInSettings } from '../../headless.ts'
import { serve } from '../../wexflow-sim/http.ts'
import { WexflowSim } from '../../wexflow-sim/sim.ts'
import { simWorkflow } from '../../wexflow-sim/workflows.ts'
import { as, cli, served, start } from './recording-terminal.ts'

const soon = { durationMs: 50 }
const workflows = [
  simWorkflow({ id: 1, name: 'Import orders', ...soon }),
  simWorkflow({ id: 2, name: 'Import invoices', ...soon, outcome: 'Warning' }),
  simWorkflow({
    id: 3,
    name: 'Send invoices',
    ...soon,
    outcome: 'Failed',
    logLines: [{ error: '[MailsSend] The mail server refuses.' }],
  }),
  simWorkflow({ id: 4, name: 'Old archive', isEnabled: false }),
  simWorkflow({ id: 5, name: 'Month end', durationMs: 3_600_000 }),
  simWorkflow({ id: 6, name: 'Release payments', waitsForApprovalAfterMs: 20, ...soon }),
]

const server = () => served(new WexflowSim({ workflows }))

/** A folder for user data that holds these settings. */
async function userData(settings: ReturnType<typeof signedInSettings>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wexflow-tray-cli-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const content = settings.read()
  if (content.kind === 'content')
    await writeFile(join(folder, 'settings.json'), JSON.stringify(content.value))
  return folder
}

const profileOf = (baseUrl: string, name = '') => ({
  profile: { id: `profile of ${baseUrl}`, baseUrl, username: 'admin', staySignedIn: true, name },
  password: 'kept in the keychain',
})

describe('run --wait', () => {
  test.each<[workflow: string, code: number, lines: readonly string[]]>([
    ['Import orders', 0, ['Running: Import orders', 'Done: Import orders']],
    ['2', 3, ['Running: Import invoices', 'Warning: Import invoices']],
    ['Send', 1, ['Running: Send invoices', 'Failed: Send invoices', '  MailsSend: The mail server refuses.']],
    ['old ARCHIVE', 6, ['Not started: Old archive', '  The workflow is disabled on the server.']],
  ])('%s ends with %i and says so in plain lines', async (workflow, code, lines) => {
    const ended = await cli(['run', workflow, '--wait', ...as(await server())])
    expect(ended).toMatchObject({ code, err: '' })
    const said = ended.out.split('\n').filter((line) => line !== '' && !line.startsWith('  Took'))
    expect(said).toEqual(lines)
  })

  test('a job that is stopped from elsewhere ends with 4', async () => {
    const account = as(await server())
    const waiting = start(['run', 'Month end', '--wait', ...account])
    await vi.waitFor(() => expect(waiting.said()).toContain('Running'), 5000)
    const { out } = await cli(['jobs', '--json', ...account])
    const { jobId, ...job } = JSON.parse(out)
    expect(job).toMatchObject({ phase: 'running', isOwn: false, requestedAt: null, startedAt: null })
    expect((await cli(['jobs', ...account])).out).toBe(`${jobId.slice(0, 8)}  Running  Month end\n`)
    expect(await cli(['stop', jobId, ...account])).toEqual({ code: 0, out: 'Stopping: Month end\n', err: '' })
    expect((await waiting.ended).code).toBe(4)
  })

  test.each([
    ['reject', 5, 'Rejecting'],
    ['approve', 0, 'Approving'],
  ])('a job that waits for approval: %s ends it with %i', async (verb, code, said) => {
    const account = as(await server())
    const waiting = start(['run', 'Release payments', '--wait', ...account])
    await vi.waitFor(() => expect(waiting.said()).toContain('Waiting for approval'), 10_000)
    const { out } = await cli(['jobs', ...account])
    const [id = ''] = out.split(' ')
    expect(id).toHaveLength(8)
    expect((await cli([verb, id, ...account])).out).toBe(`${said}: Release payments\n`)
    expect((await waiting.ended).code).toBe(code)
  })

  test('prints the log at the end where it is wanted', async () => {
    const { out } = await cli(['run', '3', '--wait', '--log', ...as(await server())])
    expect(out).toMatch(/ERROR .*\[MailsSend\] The mail server refuses\.\n/u)
  })

  test('Ctrl+C ends the following and not the job', async () => {
    const sim = new WexflowSim({ workflows })
    const account = as(await served(sim))
    const waiting = start(['run', '5', '--wait', ...account])
    await vi.waitFor(() => expect(waiting.said()).toContain('Running'), 5000)
    waiting.interrupt()
    const { code, err } = await waiting.ended
    expect(code).toBe(130)
    expect(err).toBe('No longer followed. What the server has begun goes on.\n')
    expect((await cli(['jobs', ...account])).out).toContain('Running')
  })
})

test('that the server is away meanwhile, and back, is said on standard error', async () => {
  const sim = new WexflowSim({ workflows })
  const waiting = start(['run', 'Month end', '--wait', ...as(await served(sim))])
  await vi.waitFor(() => expect(waiting.said()).toContain('Running'), 5000)
  sim.shutDown('killed')
  await vi.waitFor(
    () => expect(waiting.complained()).toMatch(/^Wexflow does not answer there any more: .*\n$/u),
    10_000,
  )
  sim.startUp()
  await vi.waitFor(() => expect(waiting.complained()).toMatch(/\nThe server answers again\.\n$/u), 20_000)
  waiting.interrupt()
  expect((await waiting.ended).out).toBe('Running: Month end\n')
}, 40_000)

test('without --wait a start ends as soon as the server has confirmed it', async () => {
  const { code, out } = await cli(['run', 'Month', ...as(await server())])
  expect({ code, out }).toEqual({ code: 0, out: 'Running: Month end\n' })
})

test('a start takes its variables along', async () => {
  const echo = simWorkflow({ id: 1, name: 'Echo', ...soon, logLines: ['[Wait] $day'] })
  const account = as(await served(new WexflowSim({ workflows: [echo] })))
  const { out } = await cli(['run', 'Echo', '--var', 'day=Monday', '--wait', '--log', ...account])
  expect(out).toContain('[Wait] Monday')
})

test('the workflows are listed with what is to be known of them', async () => {
  const { out } = await cli(['list', ...as(await server())])
  expect(out.split('\n').slice(3, 6)).toEqual([
    '4  Old archive (Disabled on the server)',
    '5  Month end',
    '6  Release payments (Asks for approval)',
  ])
})

describe('what can’t be told', () => {
  test('a name that may mean several workflows is refused with their names', async () => {
    const { code, err } = await cli(['run', 'import', ...as(await server())])
    expect(code).toBe(2)
    expect(err).toContain('“import” may mean several workflows: 1 Import orders, 2 Import invoices.')
  })

  test.each([
    [['run', 'Nothing'], 'No workflow is called “Nothing”.'],
    [['stop', '0badc0de'], 'No job is called “0badc0de”.'],
  ])('%j is refused', async (words, sentence) => {
    const { code, err } = await cli([...words, ...as(await server())])
    expect(code).toBe(2)
    expect(err).toContain(sentence)
  })

  test('a server that is not there is told in the app’s own words', async () => {
    const gone = await serve(new WexflowSim({ workflows }))
    await gone.close()
    const { code, out, err } = await cli(['list', ...as(gone)])
    expect({ code, out }).toEqual({ code: 8, out: '' })
    expect(err).toBe('Nothing answers at this port. Check the port, and that Wexflow runs.\n')
  })

  test('a wrong password as well, and nothing of it is said', async () => {
    const { origin } = await server()
    const words = ['list', '--server', origin, '--user', 'admin', '--verbose']
    const { code, err } = await cli(words, { env: { WEXFLOW_TRAY_PASSWORD: 'not this one', LANG: 'en' } })
    expect(code).toBe(8)
    expect(err).toContain('Wrong user name or password.\n')
    expect(err).not.toContain('not this one')
  })
})

describe('the account', () => {
  test('is the one that the app knows, whose settings are not written', async () => {
    const { origin } = await server()
    const folder = await userData(signedInSettings(profileOf(origin, 'Production')))
    const before = await readFile(join(folder, 'settings.json'), 'utf8')
    for (const words of [['list'], ['list', '--server', 'production'], ['list', '--server', origin]])
      expect(await cli([...words, '--user-data-dir', folder])).toMatchObject({ code: 0, err: '' })
    expect(await readdir(folder)).toEqual(['settings.json'])
    expect(await readFile(join(folder, 'settings.json'), 'utf8')).toBe(before)
  })

  test('is of a server that has answered before: its address is not doubted when it does not', async () => {
    const gone = await serve(new WexflowSim({ workflows }))
    await gone.close()
    const folder = await userData(signedInSettings(profileOf(gone.origin, 'Production')))
    const { code, err } = await cli(['list', '--user-data-dir', folder])
    expect(code).toBe(8)
    expect(err).toContain('Wexflow does not answer there any more')
  })

  test('has to be said where the app knows several servers', async () => {
    const folder = await userData(
      signedInSettings(profileOf('http://a:8000', 'A'), profileOf('http://b:8000', 'B')),
    )
    const { code, err } = await cli(['list', '--user-data-dir', folder])
    expect(code).toBe(2)
    expect(err).toContain('Say which with --server: A (admin), B (admin).')
  })

  test('has to be said where the app knows none, with its user', async () => {
    expect((await cli(['list'])).err).toContain('No server is known here.')
    expect((await cli(['list', '--server', 'x:8000'])).err).toContain(
      'Say with --user who signs in to x:8000.',
    )
  })
})

describe('the password', () => {
  test('comes from the first line of a file', async () => {
    const folder = await userData(signedInSettings())
    const file = join(folder, 'password')
    await writeFile(file, 'wexflow2018\r\nand more\n')
    const words = ['list', ...as(await server()), '--password-file', file]
    expect(await cli(words, { env: {} })).toMatchObject({ code: 0, err: '' })
  })

  test.each([
    ['typed', 'wexflow2018\r', { code: 0, said: '1  Import orders' }],
    ['refused with Ctrl+D', '\u0004', { code: 8, said: 'No password was given.' }],
  ])('is asked for on a terminal, shown nowhere, and may be %s', async (_how, keys, { code, said }) => {
    const input = Object.assign(new PassThrough(), { isTTY: true })
    const asking = start(['list', ...as(await server())], { env: {}, input, isTerminal: true })
    await vi.waitFor(() => expect(asking.complained()).toMatch(/^Password of admin on .*: $/u), 5000)
    input.write(keys)
    const { out, err, ...ended } = await asking.ended
    expect(ended).toEqual({ code })
    expect(`${out}${err}`).toContain(said)
    expect(`${out}${err}`).not.toContain('wexflow2018')
  })

  test('is a sentence where there is neither one nor a terminal', async () => {
    const { code, err } = await cli(['list', ...as(await server())], { env: {} })
    expect(code).toBe(8)
    expect(err).toContain('Give it with --password-file, or in the environment as WEXFLOW_TRAY_PASSWORD.')
  })

  test('is a sentence where its file can’t be read', async () => {
    const { code, err } = await cli(['list', ...as(await server()), '--password-file', '/nowhere/file'])
    expect(code).toBe(2)
    expect(err).toContain('The password could not be read from /nowhere/file (ENOENT).')
  })
})

test('the app’s sentences are in the person’s language', async () => {
  const env = { WEXFLOW_TRAY_PASSWORD: 'wexflow2018', LC_ALL: 'fr_FR.UTF-8' }
  const { out } = await cli(['run', '1', '--wait', ...as(await server())], { env })
  expect(out).toContain('Réussi\u202f: Import orders\n')
})

describe('what a server says', () => {
  const escape = '\u001B]0;your terminal is mine\u0007\u001B[31mred\u009B2J'
  const hostile = simWorkflow({
    id: 1,
    name: `Import ${escape}\u202Eorders`,
    ...soon,
    outcome: 'Failed',
    logLines: [{ error: `[X] ${escape}\r\u2066no` }],
  })

  test.each([[[]], [['--json']]])('moves no cursor and turns no text, %j', async (how) => {
    const account = as(await served(new WexflowSim({ workflows: [hostile] })))
    for (const words of [['list'], ['run', '1', '--wait', '--log'], ['run', 'nothing'], ['jobs']]) {
      const { out, err } = await cli([...words, ...how, ...account])
      // oxlint-disable-next-line no-control-regex -- they are what is looked for
      expect(`${out}${err}`).not.toMatch(/[\0-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u)
    }
  })
})

test('on a terminal one line shows how it goes, and makes room for the end', async () => {
  const { code, out } = await cli(['run', '1', '--wait', ...as(await server())], { isTerminal: true })
  expect(code).toBe(0)
  // The cursor at the start of the line, no wrapping, and the rest of the line cleared.
  expect(out.startsWith('\r\u001B[?7lRunning: Import orders · 0s\u001B[K\u001B[?7h')).toBe(true)
  expect(out).toContain('\r\u001B[KDone: Import orders\n  Took ')
})

test('as JSON a start is one object for each change, with times and durations as programs read them', async () => {
  const { out } = await cli(['run', '3', '--wait', '--json', ...as(await server())])
  const lines = out
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  expect(lines.at(-1)).toEqual({
    key: expect.stringMatching(/^[0-9a-f-]{36}$/u),
    jobId: expect.stringMatching(/^[0-9a-f-]{36}$/u),
    server: expect.stringMatching(/^127\.0\.0\.1:\d+$/u),
    workflowId: 3,
    workflow: 'Send invoices',
    phase: 'ended',
    asked: null,
    outcome: 'failed',
    reason: null,
    error: 'MailsSend: The mail server refuses.',
    requestedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u),
    startedAt: expect.stringMatching(/Z$/u),
    endedAt: expect.stringMatching(/Z$/u),
    durationMs: expect.any(Number),
    usualMs: null,
    isOwn: true,
  })
  expect(lines[0]).toMatchObject({ phase: 'running', outcome: null, endedAt: null })
})
