import { once } from 'node:events'
import { chmod, chown, mkdir, rename, stat, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { ControlError, reachApp } from '../../../src/main/control/control-client.ts'
import { openControlSocket } from '../../../src/main/control/control-socket.ts'
import type { Control } from '../../../src/main/control/control.ts'
import { changes } from '../../../src/main/control/changes.ts'
import { protocol } from '../../../src/main/control/protocol.ts'
import { usualConnection } from '../../../src/shared/usual-connection.ts'
import { serverWith } from '../app-state.ts'
import { viewWith } from '../job-view.ts'
import { ownFolder } from './own-folder.ts'

const { platform } = process
const forever = new AbortController().signal

/** An app that knows one job, and notes what it is asked. */
function control(own: Partial<Control> = {}) {
  const asked: unknown[] = []
  const job = viewWith({ key: 'a job' })
  const followers = new Set<() => void>()
  const one: Control = {
    servers: (signal) =>
      changes(
        () => [],
        () => () => {},
        signal,
      ),
    jobs: async () => [job],
    jobsCalled: async () => [job],
    follow: (_key, signal) =>
      changes(
        () => ({ job, usualMs: null }),
        (onChange) => {
          followers.add(onChange)
          return () => followers.delete(onChange)
        },
        signal,
      ),
    run: async (command) => {
      asked.push(command)
      throw new Error('not expected to be run')
    },
    ...own,
  }
  return { one, asked, followers }
}

async function listening(own: Partial<Control> = {}) {
  const address = join(await ownFolder(), 'control', 'socket')
  const logged: string[] = []
  const add = (message: string, detail?: unknown): void => void logged.push(`${message} ${String(detail)}`)
  const log = { error: add, warn: add, info: add, debug: add }
  const app = control(own)
  const socket = await openControlSocket({ control: app.one, address, platform, log })
  onTestFinished(async () => socket?.close())
  return { address, logged, socket, log, ...app }
}

/** What comes back for these bytes until the app hangs up. */
async function answerTo(address: string, bytes: string): Promise<string> {
  const socket = connect(address)
  socket.write(bytes)
  // The app may hang up while we still speak.
  return text(socket).catch(() => '')
}

const asking = (question: unknown, version: unknown = protocol): string =>
  `${JSON.stringify({ protocol: version, question })}\n`

describe('what is no question', () => {
  test.each([
    ['another protocol', asking({ kind: 'jobs', most: 1 }, 99), { refusal: 'otherVersion' }],
    [
      'no protocol',
      `${JSON.stringify({ question: { kind: 'jobs', most: 1 } })}\n`,
      { refusal: 'notUnderstood' },
    ],
    ['a question that is not known', asking({ kind: 'settings' }), { refusal: 'notUnderstood' }],
    ['too many jobs', asking({ kind: 'jobs', most: 1e9 }), { refusal: 'notUnderstood' }],
    [
      'a key that is a mile long',
      asking({ kind: 'follow', key: 'x'.repeat(5000) }),
      { refusal: 'notUnderstood' },
    ],
    ['null', 'null\n', { refusal: 'notUnderstood' }],
  ])('%s is refused', async (_what, bytes, refusal) => {
    const { address, asked } = await listening()
    expect(JSON.parse(await answerTo(address, bytes))).toEqual(refusal)
    expect(asked).toEqual([])
  })

  test.each([
    ['signIn', { form: { address: 'http://evil', username: 'a', password: 'b', staySignedIn: true } }],
    ['quit', {}],
    ['openLogFile', {}],
    ['copyDiagnostics', {}],
    ['forgetServer', { serverId: 'x' }],
    ['saveText', { name: '.bashrc', text: 'x' }],
    [
      'startWorkflow',
      { serverId: 'x', workflowId: 1, variables: [{ name: '../x', value: '', isSecret: false }] },
    ],
    ['stopJob', {}],
  ])('the command %s, which is the window’s alone or wrong, is refused', async (kind, fields) => {
    const { address, asked } = await listening()
    const answer = await answerTo(address, asking({ kind: 'run', command: { kind, ...fields } }))
    expect(JSON.parse(answer)).toEqual({ refusal: 'notUnderstood' })
    expect(asked).toEqual([])
  })

  test.each([
    ['no JSON', 'GET / HTTP/1.1\r\n\r\n'],
    ['a second question', asking({ kind: 'follow', key: 'a job' }).repeat(2)],
    ['a line without an end', 'x'.repeat(9 * 1024 * 1024)],
  ])('%s ends the connection, and the app answers the next one', async (_what, bytes) => {
    const { address } = await listening()
    await answerTo(address, bytes)
    const app = await reachApp(address, platform)
    expect(await app?.jobs(5)).toEqual([viewWith({ key: 'a job' })])
  })
})

test('who listens no longer is not followed any more', async () => {
  const { address, followers } = await listening()
  const socket = connect(address)
  socket.write(asking({ kind: 'follow', key: 'a job' }))
  await once(socket, 'data')
  expect(followers.size).toBe(1)
  socket.destroy()
  await vi.waitFor(() => expect(followers.size).toBe(0))
})

test('a fault of the app is told as one, and stands in its log', async () => {
  const { address, logged } = await listening({ jobs: () => Promise.reject(new Error('a fault')) })
  const app = await reachApp(address, platform)
  await expect(app?.jobs(5)).rejects.toEqual(new ControlError('failed'))
  expect(logged.join()).toContain('a fault')
})

test('how a server is reached is none of a command line’s business', async () => {
  const connection = { ...usualConnection, proxyAddress: 'proxy.example:3128', proxyUsername: 'ann' }
  const server = serverWith({ name: 'Production', connection })
  const { address } = await listening({
    servers: (signal) =>
      changes(
        () => [server],
        () => () => {},
        signal,
      ),
  })
  const app = await reachApp(address, platform)
  for await (const servers of app?.servers(forever) ?? []) {
    expect(servers.map(({ name }) => name)).toEqual(['Production'])
    expect(JSON.stringify(servers)).not.toContain('proxy')
    break
  }
})

describe('the end of the app', () => {
  test('ends what is followed, and takes the socket away', async () => {
    const { address, socket } = await listening()
    const app = await reachApp(address, platform)
    const following = (async () => {
      for await (const { job } of app?.follow('a job', forever) ?? []) if (job !== null) await socket?.close()
    })()
    await expect(following).rejects.toEqual(new ControlError('gone'))
    expect(await reachApp(address, platform)).toBeNull()
  })
})

describe('the socket', () => {
  test('is in a folder that nobody else may enter', async () => {
    const { address } = await listening()
    const { mode } = await stat(dirname(address))
    expect(mode & 0o777).toBe(0o700)
  })

  test('closes a folder that others could enter', async () => {
    const address = join(await ownFolder(), 'control', 'socket')
    await mkdir(dirname(address))
    await chmod(dirname(address), 0o777)
    const { log } = await listening()
    const socket = await openControlSocket({ control: control().one, address, platform, log })
    onTestFinished(async () => socket?.close())
    expect((await stat(dirname(address))).mode & 0o777).toBe(0o700)
  })

  test('of an app that died is replaced', async () => {
    const { address, log } = await listening()
    const dead = `${address}.dead`
    const server = createServer().listen(`${dead}.before`)
    await once(server, 'listening')
    // As after a crash: its file stays, and nobody listens.
    await rename(`${dead}.before`, dead)
    server.close()
    await once(server, 'close')
    expect(await reachApp(dead, platform)).toBeNull()
    const socket = await openControlSocket({ control: control().one, address: dead, platform, log })
    onTestFinished(async () => socket?.close())
    const app = await reachApp(dead, platform)
    expect(await app?.jobs(1)).toHaveLength(1)
  })

  test('never takes the place of something else', async () => {
    const address = join(await ownFolder(), 'control', 'socket')
    await mkdir(dirname(address))
    await writeFile(address, 'precious')
    const { log, logged } = await listening()
    expect(await openControlSocket({ control: control().one, address, platform, log })).toBeNull()
    expect(logged.join()).toContain('the command line can’t reach this app ENOTOURS')
    expect((await stat(address)).size).toBe(8)
  })

  test('is not looked for further where there is none', async () => {
    expect(await reachApp(join(await ownFolder(), 'control', 'socket'), platform)).toBeNull()
    expect(await reachApp('/dev/null/control/socket', platform)).toBeNull()
  })

  test.runIf(process.getuid?.() === 0)('of somebody else is refused', async () => {
    const { address } = await listening()
    await chown(address, 12_345, 12_345)
    await expect(reachApp(address, platform)).rejects.toEqual(new ControlError('foreign'))
  })
})

describe('an app that answers nonsense', () => {
  test.each([
    ['no JSON', 'hello\n'],
    ['no answer', '{}\n'],
    ['a job that is none', '{"value":[{"key":1}]}\n'],
  ])('%s is not understood', async (_what, bytes) => {
    const address = join(await ownFolder(), 'socket')
    const server = createServer((socket) => {
      // Who only looks whether somebody listens hangs up at once.
      socket.on('error', () => {})
      socket.end(bytes)
    }).listen(address)
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const app = await reachApp(address, platform)
    await expect(app?.jobs(1)).rejects.toEqual(new ControlError('notUnderstood'))
  })
})
