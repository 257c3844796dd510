// oxlint-disable no-empty-pattern -- Playwright reads from the pattern what a fixture needs, also where that is nothing
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base, type TestInfo } from '@playwright/test'
import { type Desktop, startDesktop } from '../desktop/desktop.ts'
import { type Keyring, startKeyring } from '../desktop/keyring.ts'
import { menuText } from '../desktop/menu.ts'
import { startVirtualDisplay, type VirtualDisplay } from '../desktop/virtual-display.ts'
import { type ServedSim, serve } from '../wexflow-sim/http.ts'
import { WexflowSim } from '../wexflow-sim/sim.ts'
import { tellAsUsual, tellEachByItself } from './each-by-itself.ts'
import { WexflowTray } from './wexflow-tray.ts'
import { testWorkflows } from './workflows.ts'

/** A simulated Wexflow server on a port of its own. */
interface TestServer extends ServedSim {
  readonly sim: WexflowSim
}

interface WorkerFixtures {
  /** So that tests beside each other neither take the focus from one another nor share a clipboard. */
  readonly display: VirtualDisplay
}

interface Fixtures {
  /** Whether the app's settings let each of many ends at once be told by itself. */
  readonly eachByItself: boolean
  /** Whether nobody has used the app before: its folder is empty. */
  readonly isFirstDay: boolean
  readonly desktop: Desktop
  /** A keychain on that desktop; it is used by an app that is launched with its arguments. */
  readonly keyring: Keyring
  readonly server: TestServer
  /** The folder in which the app remembers, the same for the whole test; at first it holds settings only. */
  readonly userData: string
  /** Starts the app, again for a restart; what still runs at the end of the test is ended. */
  readonly launch: (options?: {
    readonly args?: readonly string[]
    readonly env?: Readonly<Record<string, string>>
  }) => Promise<WexflowTray>
  /** The app, started and signed in as the administrator, its window at the jobs. */
  readonly app: WexflowTray
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  display: [
    async ({}, use) => {
      const display = await startVirtualDisplay()
      await use(display)
      await display.stop()
    },
    { scope: 'worker' },
  ],

  desktop: async ({ display }, use) => {
    const desktop = await startDesktop()
    await use({ ...desktop, env: { ...display.env, ...desktop.env } })
    await desktop.close()
  },

  keyring: async ({ desktop }, use) => {
    const keyring = await startKeyring(desktop.env['DBUS_SESSION_BUS_ADDRESS'] ?? '')
    await use(keyring)
    await keyring.stop()
  },

  server: async ({}, use) => {
    const sim = new WexflowSim({ workflows: testWorkflows })
    const served = await serve(sim)
    await use({ ...served, sim })
    await served.close()
  },

  eachByItself: [true, { option: true }],

  isFirstDay: [false, { option: true }],

  userData: async ({ eachByItself, isFirstDay }, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'wexflow-tray-e2e-'))
    if (!isFirstDay) await (eachByItself ? tellEachByItself : tellAsUsual)(folder)
    await use(folder)
    // Processes of an app that was killed may still write.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  },

  launch: async ({ desktop, userData }, use, testInfo) => {
    const launched: WexflowTray[] = []
    await use(async (options = {}) => {
      const app = await WexflowTray.launch({ desktop, userData, ...options })
      launched.push(app)
      return app
    })
    const last = launched.at(-1)
    if (last !== undefined && testInfo.status !== testInfo.expectedStatus) await keepPictures(last, testInfo)
    for (const app of launched) if (app.process.exitCode === null) await app.kill()
  },

  app: async ({ launch, server }, use) => {
    const app = await launch()
    const window = await app.signIn({ address: server.origin })
    await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
    await use(app)
  },
})

export { expect } from '@playwright/test'

/** What a person would have seen when the test failed: windows, menu, notifications and the app's log. */
async function keepPictures(app: WexflowTray, testInfo: TestInfo): Promise<void> {
  const keep = async (name: string, text: string): Promise<void> => {
    const file = testInfo.outputPath(name)
    await writeFile(file, text)
    await testInfo.attach(name, { path: file })
  }
  for (const [index, window] of app.windows.entries())
    await window
      .screenshot({ path: testInfo.outputPath(`window-${index}.png`), timeout: 5000 })
      .catch(() => {})
  const { tray, notifications } = app.desktop
  const menu = tray.registrations === 0 ? 'no tray icon' : await tray.menu().then(menuText, String)
  await keep('menu.txt', menu)
  await keep('notifications.json', JSON.stringify(notifications.shown, null, 2))
  await keep('wexflow-tray.log', await app.log())
}
