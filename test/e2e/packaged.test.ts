// oxlint-disable no-empty-pattern -- Playwright reads from the pattern what a fixture needs, also where that is nothing
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from '@playwright/test'
import { packageForTests } from '../../scripts/test-package.ts'
import { test as base, expect } from './fixture.ts'
import { openSettings } from './look.ts'
import { serveReleases } from './releases.ts'
import { launchEnvironment } from './wexflow-tray.ts'

/** Milliseconds that packaging may take on a busy machine. */
const packagedWithinMs = 120_000

/** Chromium asks for a browser's pages by this, since the fuses close Node's own way in. */
const debugging = /DevTools listening on (?<url>ws:\S+)/u

interface WorkerFixtures {
  /** The executable of the packaged app: one that is installed where the environment names it, else made here. */
  readonly executable: string
}

interface Fixtures {
  /** Starts it, with these arguments and this environment besides; what still runs at the end of the test is ended. */
  readonly start: (args: readonly string[], env?: Readonly<Record<string, string>>) => PackagedApp
}

const test = base.extend<Fixtures, WorkerFixtures>({
  start: async ({ executable, desktop, userData }, use) => {
    const started: PackagedApp[] = []
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    await use((args, env = {}) => {
      const app = new PackagedApp(
        spawn(executable, [...sandbox, `--user-data-dir=${userData}`, ...args], {
          env: launchEnvironment({ desktop, env }),
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
      const { WEXFLOW_TRAY_EXECUTABLE: installed } = process.env
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
  test.skip(process.env['WEXFLOW_TRAY_EXECUTABLE'] !== undefined, 'an installed app is no AppImage')
  const marker = path.join(userData, 'started')
  const next = Buffer.from(`#!/bin/sh\necho new > '${marker}'\n# ${'-'.repeat(2 ** 20)}\n`)
  const releases = await serveReleases({ version: '99.0.0', appImage: next })
  await writeFile(path.join(path.dirname(executable), 'resources/app-update.yml'), releases.configuration)
  const appImage = path.join(userData, 'Wexflow Tray.AppImage')
  await writeFile(appImage, 'old')
  const isUpdated = async (): Promise<boolean> => (await readFile(appImage)).equals(next)
  const open = async (): Promise<{ app: PackagedApp; window: Page }> => {
    const env = { APPIMAGE: appImage, XDG_CACHE_HOME: path.join(userData, 'cache') }
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

test('the installed command runs a command line as well, on a machine without a display', async ({
  executable,
  server,
}) => {
  const words = ['run', 'Check stock', '--wait', '--server', server.origin, '--user', 'admin']
  const env = { PATH: process.env['PATH'], LC_ALL: 'C', WEXFLOW_TRAY_PASSWORD: 'wexflow2018' }
  const child = spawn(executable, ['--no-sandbox', ...words], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  expect(said).toContain('Warning: Check stock\n')
  expect(code).toBe(3)
})
