// oxlint-disable no-empty-pattern -- Playwright reads from the pattern what a fixture needs, also where that is nothing
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { packageForTests } from '../../scripts/test-package.ts'
import { test as base, expect } from './fixture.ts'
import { openSettings } from './look.ts'
import { launchEnvironment } from './wexflow-tray.ts'

/** Milliseconds that packaging may take on a busy machine. */
const packagedWithinMs = 120_000

/** Chromium asks for a browser's pages by this, since the fuses close Node's own way in. */
const debugging = /DevTools listening on (?<url>ws:\S+)/u

interface WorkerFixtures {
  /** The executable of the packaged app: one that is installed where the environment names it, else made here. */
  readonly executable: string
}

const test = base.extend<object, WorkerFixtures>({
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

/** The address of its pages, once the app has written it. */
function pagesOf(app: ChildProcess, said: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    app.stderr?.on('data', () => {
      const url = debugging.exec(said())?.groups?.['url']
      if (url !== undefined) resolve(url)
    })
    app.once('exit', (code) => reject(new Error(`the app ended with ${code}: ${said()}`)))
  })
}

async function windowOf(browser: Browser): Promise<Page> {
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('the app has no pages')
  return context.pages()[0] ?? context.waitForEvent('page')
}

test('the packaged app, from its start to a notification and its end', async ({
  executable,
  desktop,
  server,
  userData,
}) => {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const config = path.join(userData, 'config')
  // Each of these three would be another app, or a way into this one, if its fuse were not off.
  const intruding = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--require=/nonexistent.cjs' }
  const start = (...args: readonly string[]): ChildProcess =>
    spawn(executable, [...sandbox, `--user-data-dir=${userData}`, ...args], {
      env: launchEnvironment({ desktop, env: { ...intruding, XDG_CONFIG_HOME: config } }),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  const app = start('--remote-debugging-port=0', '--inspect=0')
  let said = ''
  app.stderr?.on('data', (chunk) => {
    said += String(chunk)
  })
  const ended = once(app, 'exit')
  try {
    const browser = await chromium.connectOverCDP(await pagesOf(app, () => said))
    const window = await windowOf(browser)
    await window.getByLabel('Server address').fill(server.origin)
    await window.getByLabel('User name').fill('admin')
    await window.getByLabel('Password').fill('wexflow2018')
    await window.getByRole('button', { name: 'Connect', exact: true }).click()
    await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()

    await openSettings(window)
    const atLogin = window.getByRole('checkbox', { name: /^Start Wexflow Tray when you log in/u })
    const autostart = path.join(config, 'autostart/wexflow-tray.desktop')
    await atLogin.check()
    await expect
      .poll(() => readFile(autostart, 'utf8').catch(() => ''))
      .toContain(`"${executable}" --hidden\n`)
    await atLogin.uncheck()
    await expect.poll(() => existsSync(autostart)).toBe(false)

    await desktop.tray.choose('Start workflow', 'Send invoices')
    const failed = await desktop.notifications.titled('Failed: Send invoices')
    // Another program draws it, which can't look into the app's archive.
    expect(existsSync(fileURLToPath(failed.picture ?? ''))).toBe(true)

    const { host } = new URL(server.origin)
    const second = start(`wexflow-tray://start/${host}/Ping`)
    await expect(window.getByRole('heading', { name: 'A link asks to start Ping' })).toBeVisible()
    if (second.exitCode === null) await once(second, 'exit')

    await desktop.tray.choose('Quit')
    expect(await ended).toEqual([0, null])
    expect(said).not.toContain('Debugger listening')
  } finally {
    app.kill('SIGKILL')
  }
})

test('the package holds the texts of Chromium in the languages of the app, and of no others', async ({
  executable,
}) => {
  const locales = await readdir(path.join(path.dirname(executable), 'locales'))
  expect(locales.sort()).toEqual(['da.pak', 'en-GB.pak', 'en-US.pak', 'fr.pak'])
})
