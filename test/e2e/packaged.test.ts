// oxlint-disable no-empty-pattern -- Playwright reads from the pattern what a fixture needs, also where that is nothing
import { type ChildProcess, type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from '@playwright/test'
import { packageForTests } from '../../scripts/test-package.ts'
import { test as base, expect } from './fixture.ts'
import { openSettings } from './look.ts'
import { serveReleases } from './releases.ts'
import { launchEnvironment } from './wexflow-tray.ts'

/** Milliseconds that packaging may take on a busy machine. */
const packagedWithinMs = 120_000

/** Milliseconds that a command line may take there until it says something. */
const saidWithinMs = 30_000

/** Chromium asks for a browser's pages by this, since the fuses close Node's own way in. */
const debugging = /DevTools listening on (?<url>ws:\S+)/u

/** The app that is installed on this machine, where the environment names it (scripts/deb-trial.ts). */
const { WEXFLOW_TRAY_EXECUTABLE: installed } = process.env

const isRoot = process.getuid?.() === 0

/**
 * Who runs the app: an installed one is run as people do who are not root, by the user that Debian calls nobody, and so
 * with the sandbox that root has to do without, if the machine lets a user have one (a container may not).
 */
const runner = installed !== undefined && isRoot ? { uid: 65_534, gid: 65_534 } : {}
const hasSandbox = 'uid' in runner ? spawnSync('unshare', ['--user', 'true'], runner).status === 0 : !isRoot
const sandbox = hasSandbox ? [] : ['--no-sandbox']

interface WorkerFixtures {
  /** The executable of the packaged app: the one that is installed, else one made here. */
  readonly executable: string
}

interface Fixtures {
  /** Starts it, with these arguments and this environment besides; what still runs at the end of the test is ended. */
  readonly start: (args: readonly string[], env?: Readonly<Record<string, string>>) => PackagedApp
}

const test = base.extend<Fixtures, WorkerFixtures>({
  userData: async ({ userData }, use) => {
    const { uid, gid } = runner
    const own = [userData, ...(await readdir(userData)).map((name) => path.join(userData, name))]
    if (uid !== undefined) await Promise.all(own.map((file) => chown(file, uid, gid)))
    await use(userData)
  },

  start: async ({ executable, desktop, userData }, use) => {
    const started: PackagedApp[] = []
    await use((args, env = {}) => {
      const app = new PackagedApp(
        spawn(executable, [...sandbox, `--user-data-dir=${userData}`, ...args], {
          ...runner,
          env: launchEnvironment({ desktop, env: { HOME: userData, ...env } }),
          stdio: ['ignore', 'ignore', 'pipe'],
        }),
      )
      started.push(app)
      return app
    })
    for (const app of started) app.kill()
  },

  executable: [
    async ({}, use) => {
      if (installed !== undefined) {
        await use(installed)
        return
      }
      const output = await mkdtemp(path.join(tmpdir(), 'wexflow-tray-package-'))
      await packageForTests('dir', output)
      const folder = path.join(output, 'linux-unpacked')
      await plantAnotherApp(path.join(folder, 'resources/app'))
      await use(path.join(folder, 'wexflow-tray'))
      await rm(output, { recursive: true })
    },
    { scope: 'worker', timeout: packagedWithinMs },
  ],
})

// One package serves all of them.
test.describe.configure({ mode: 'default' })

/** What Electron would run in the place of the archive, if a fuse did not keep it from that. */
async function plantAnotherApp(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'package.json'), '{"main":"main.js"}')
  await writeFile(path.join(folder, 'main.js'), 'process.exit(7)')
}

/** The packaged app while it runs. */
class PackagedApp {
  /** Resolves to the exit code and the signal. */
  readonly ended: Promise<unknown[]>
  readonly #process: ChildProcess
  #said = ''

  constructor(process: ChildProcess) {
    this.#process = process
    this.ended = once(process, 'exit')
    process.stderr?.on('data', (chunk) => {
      this.#said += String(chunk)
    })
  }

  /** What it wrote to its standard error. */
  get said(): string {
    return this.#said
  }

  /** Its window, once that is open. */
  async window(): Promise<Page> {
    const browser = await chromium.connectOverCDP(await this.#pages())
    const [context] = browser.contexts()
    if (context === undefined) throw new Error('the app has no pages')
    return context.pages()[0] ?? context.waitForEvent('page')
  }

  kill(): void {
    this.#process.kill('SIGKILL')
  }

  /** The address of its pages, once the app has written it. */
  #pages(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#process.stderr?.on('data', () => {
        const url = debugging.exec(this.#said)?.groups?.['url']
        if (url !== undefined) resolve(url)
      })
      void this.ended.then(([code]) => reject(new Error(`the app ended with ${String(code)}: ${this.#said}`)))
    })
  }
}

/** A command line of the packaged app, in an environment without a display. */
class CommandLine {
  readonly #process: ChildProcessByStdio<null, Readable, Readable>
  #said = ''

  /** An installed app is called as people call it, by its name. */
  constructor(executable: string, home: string, words: readonly string[]) {
    const env = { PATH: process.env['PATH'], HOME: home, LC_ALL: 'C' }
    this.#process = spawn(installed === undefined ? executable : 'wexflow-tray', [...sandbox, ...words], {
      ...runner,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#process.stdout.on('data', (chunk) => (this.#said += String(chunk)))
    // Chromium’s own lines: they would stop the process if nobody read them.
    this.#process.stderr.resume()
  }

  /** What it has written to its standard output so far. */
  get said(): string {
    return this.#said
  }

  /** Ends the process that was called, and no other. */
  terminate(): void {
    this.#process.kill('SIGTERM')
  }

  /** Resolves to the exit code, null for a signal, once no process of it is left that could write anything. */
  async ended(): Promise<unknown> {
    const [code] = await once(this.#process, 'close')
    return code
  }
}

test('the packaged app, from its start to a notification and its end', async ({
  executable,
  start,
  desktop,
  server,
  userData,
}) => {
  const config = path.join(userData, 'config')
  // Each of these three would be another app, or a way into this one, if its fuse were not off.
  const env = {
    ELECTRON_RUN_AS_NODE: '1',
    NODE_OPTIONS: '--require=/nonexistent.cjs',
    XDG_CONFIG_HOME: config,
  }
  const app = start(['--remote-debugging-port=0', '--inspect=0'], env)
  const window = await app.window()
  await window.getByLabel('Server address').fill(server.origin)
  await window.getByLabel('User name').fill('admin')
  await window.getByLabel('Password').fill('wexflow2018')
  await window.getByRole('button', { name: 'Connect', exact: true }).click()
  await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()

  await openSettings(window)
  const atLogin = window.getByRole('checkbox', { name: /^Start Wexflow Tray when you log in/u })
  const autostart = path.join(config, 'autostart/wexflow-tray.desktop')
  await atLogin.check()
  await expect.poll(() => readFile(autostart, 'utf8').catch(() => '')).toContain(`"${executable}" --hidden\n`)
  await atLogin.uncheck()
  await expect.poll(() => existsSync(autostart)).toBe(false)
  await expect(window.getByText('belongs to your system’s package manager')).toBeVisible()

  await desktop.tray.choose('Start workflow', 'Send invoices')
  const failed = await desktop.notifications.titled('Failed: Send invoices')
  // Another program draws it, which can't look into the app's archive.
  expect(existsSync(fileURLToPath(failed.picture ?? ''))).toBe(true)

  // Through the app, which is signed in: none of these is told a password.
  const byCommand = new CommandLine(executable, userData, [
    'run',
    'Ping',
    '--wait',
    '--user-data-dir',
    userData,
  ])
  expect(await byCommand.ended()).toBe(0)
  await desktop.notifications.titled('Done: Ping')

  const { host } = new URL(server.origin)
  const second = start([`wexflow-tray://start/${host}/Ping`], env)
  await expect(window.getByRole('heading', { name: 'A link asks to start Ping' })).toBeVisible()
  expect(await second.ended).toEqual([0, null])

  await desktop.tray.choose('Quit')
  expect(await app.ended).toEqual([0, null])
  expect(app.said).not.toContain('Debugger listening')
})

test('an AppImage is updated by what was fetched whole and is what was promised, and by nothing else', async ({
  executable,
  start,
  desktop,
  userData,
}) => {
  test.skip(installed !== undefined, 'an installed app is no AppImage')
  const marker = path.join(userData, 'started')
  const next = Buffer.from(`#!/bin/sh\necho new > '${marker}'\n# ${'-'.repeat(2 ** 20)}\n`)
  const releases = await serveReleases({ version: '99.0.0', appImage: next })
  await writeFile(path.join(path.dirname(executable), 'resources/app-update.yml'), releases.configuration)
  const appImage = path.join(userData, 'Wexflow Tray.AppImage')
  await writeFile(appImage, 'old')
  const isUpdated = async (): Promise<boolean> => (await readFile(appImage)).equals(next)
  const open = async (): Promise<{ app: PackagedApp; window: Page }> => {
    const env = {
      APPIMAGE: appImage,
      APPDIR: path.dirname(executable),
      XDG_CACHE_HOME: path.join(userData, 'cache'),
    }
    const app = start(['--remote-debugging-port=0'], env)
    const window = await app.window()
    await desktop.tray.choose('Settings…')
    return { app, window }
  }
  const ready = 'Version 99.0.0 is ready'

  const first = await open()
  const lookNow = first.window.getByRole('button', { name: 'Look now' })
  for (const fault of ['otherContent', 'half'] as const) {
    releases.fault = fault
    await lookNow.click()
    await expect.poll(() => releases.faultsServed.has(fault)).toBe(true)
    await expect(first.window.getByText('Nothing was changed. Try again later.')).toBeVisible()
  }
  releases.fault = null
  await lookNow.click()
  await expect(first.window.getByRole('region', { name: 'Notices' })).toContainText(ready)
  expect(await isUpdated()).toBe(false)
  await desktop.tray.choose('Quit')
  expect(await first.app.ended).toEqual([0, null])
  expect(await isUpdated()).toBe(true)
  expect(existsSync(marker)).toBe(false)

  await writeFile(appImage, 'old')
  const second = await open()
  await second.window.getByRole('button', { name: 'Look now' }).click()
  await expect(second.window.getByRole('region', { name: 'Notices' })).toContainText(ready)
  await desktop.tray.choose(`${ready}: restart to update`)
  expect(await second.app.ended).toEqual([0, null])
  await expect.poll(() => existsSync(marker)).toBe(true)
  expect(await isUpdated()).toBe(true)
  expect(desktop.notifications.shown).toEqual([])
  await releases.close()
})

test('the package holds the texts of Chromium in the languages of the app, and of no others', async ({
  executable,
}) => {
  const locales = await readdir(path.join(path.dirname(executable), 'locales'))
  expect(locales.sort()).toEqual(['da.pak', 'en-GB.pak', 'en-US.pak', 'fr.pak'])
})

/** The words by which a command line signs in by itself. */
async function accountOn({ origin }: { readonly origin: string }, folder: string): Promise<string[]> {
  const file = path.join(folder, 'password')
  await writeFile(file, 'wexflow2018\n')
  return ['--server', origin, '--user', 'admin', '--password-file', file]
}

const outcomes = [
  ['Import orders', 0, 'Done: Import orders'],
  ['send', 1, 'Failed: Send invoices'],
  ['Check stock', 3, 'Warning: Check stock'],
  ['8', 6, 'Not started: Old archive'],
] as const

test('its command lists and starts workflows by itself, and ends with how their jobs end', async ({
  executable,
  server,
  userData,
}) => {
  const account = await accountOn(server, userData)
  const list = new CommandLine(executable, userData, ['list', ...account])
  expect(await list.ended()).toBe(0)
  expect(list.said).toContain('Import orders\n')
  expect(await new CommandLine(executable, userData, ['lst', ...account]).ended()).toBe(2)
  test.setTimeout((outcomes.length + 2) * saidWithinMs)
  for (const [workflow, code, said] of outcomes) {
    const run = new CommandLine(executable, userData, ['run', workflow, '--wait', ...account])
    expect(await run.ended()).toBe(code)
    expect(run.said.split('\n')).toContain(said)
  }
})

test('its command that is told to end does so, with the process that does its work', async ({
  executable,
  server,
  userData,
}) => {
  const account = await accountOn(server, userData)
  const run = new CommandLine(executable, userData, ['run', 'Nightly export', '--wait', ...account])
  await expect.poll(() => run.said, { timeout: saidWithinMs }).toContain('Running: Nightly export\n')
  run.terminate()
  expect(await run.ended()).toBeNull()
})
