/** `npm run pictures`: takes the pictures of the window that README and docs show, light and dark, into docs/images. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { type Desktop, startDesktop } from '../test/desktop/desktop.ts'
import { startVirtualDisplay } from '../test/desktop/virtual-display.ts'
import { WexflowTray } from '../test/e2e/wexflow-tray.ts'
import { demoWorkflows } from '../test/wexflow-sim/demo-workflows.ts'
import { serve } from '../test/wexflow-sim/http.ts'
import { WexflowSim } from '../test/wexflow-sim/sim.ts'
import { electronForTests } from './electron-runtime.ts'
import { writePastJobs } from './pictures/past-jobs.ts'
import { build, root, script } from './steps.ts'
import { ensureSystemPackages } from './system-packages.ts'

const folder = path.join(root, 'docs/images')

/** The pictures are taken at two in the afternoon, wherever and whenever: in a zone that has it now. */
const hoursBehind = new Date().getUTCHours() - 14
const zone = `Etc/GMT${hoursBehind >= 0 ? '+' : ''}${hoursBehind}`
process.env['TZ'] = zone

type Scheme = 'light' | 'dark'
const both: readonly Scheme[] = ['light', 'dark']

const take = async (window: Page, name: string, schemes: readonly Scheme[]): Promise<void> => {
  for (const colorScheme of schemes) {
    await window.emulateMedia({ colorScheme })
    const file = path.join(folder, colorScheme === 'light' ? `${name}.png` : `${name}-dark.png`)
    await window.screenshot({ path: file, animations: 'disabled' })
    console.log(path.relative(root, file))
  }
  await window.emulateMedia({ colorScheme: null })
}

/** A list in which there is something of everything, and a job that failed selected. */
const play = async (app: WexflowTray, desktop: Desktop, sim: WexflowSim, address: string): Promise<Page> => {
  const { tray, notifications } = desktop
  // With it the window would have to say that this desktop has no keychain.
  const window = await app.signIn({ address, staySignedIn: false })
  await window.getByRole('button', { name: 'Go to the jobs' }).click()
  await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
  const start = (workflow: string): Promise<void> => tray.choose('Start workflow', workflow)
  await start('Release payments')
  await start('Send invoices')
  await notifications.titled('Failed: Send invoices', 30_000)
  await window.getByText('Waiting for approval').first().waitFor({ timeout: 30_000 })
  // By what has begun since the list of workflows was read the app learns how the server's clock stands: for the next runs.
  const lists = sim.requests('search')
  while (sim.requests('search') === lists) await delay(250)
  await start('Nightly export')
  await window
    .getByRole('option', { name: /^Send invoices/u })
    .first()
    .click()
  await window.getByText('Workflow finished').waitFor()
  await start('Import orders')
  await window.getByText('2s of usually 8s').waitFor()
  return window
}

/** The list of workflows, and the pages behind the menu at the upper right. */
const takePages = async (window: Page): Promise<void> => {
  const goTo = async (page: string): Promise<void> => {
    await window.getByRole('button', { name: 'admin on' }).click()
    await window.getByRole('menuitem', { name: page }).click()
  }
  await window.keyboard.press('n')
  await window.getByRole('searchbox', { name: 'Find a workflow' }).waitFor()
  await take(window, 'start', both)
  await window.keyboard.press('Escape')
  await window.getByRole('button', { name: 'Close, to the overview' }).click()
  await window.getByRole('region', { name: 'Next runs' }).waitFor()
  await take(window, 'overview', both)
  await window
    .getByRole('option', { name: /^Send invoices/u })
    .first()
    .click()
  await goTo('Server history')
  await window
    .getByRole('list', { name: 'Server history' })
    .getByRole('button', { name: /^Send invoices/u })
    .first()
    .click()
  await window.getByText('Workflow finished').waitFor()
  await take(window, 'history', both)
  await goTo('Settings')
  await window.getByRole('heading', { name: 'Settings', exact: true }).waitFor()
  await take(window, 'settings', both)
  await goTo('Servers and accounts')
  await window.getByRole('heading', { name: 'Servers', exact: true }).waitFor()
  await take(window, 'servers', both)
  await window.getByRole('button', { name: 'Jobs', exact: true }).click()
  await window.getByRole('option').first().waitFor()
}

const takeAll = async (userData: string): Promise<void> => {
  // Few machines have the fonts for all names.
  const workflows = demoWorkflows.filter(({ name }) => !name.includes('日本'))
  const sim = new WexflowSim({ workflows, serverTimeOffsetMs: -hoursBehind * 3_600_000 })
  const server = await serve(sim)
  const display = await startVirtualDisplay()
  const desktop = await startDesktop()
  await writePastJobs(userData, sim, server.origin, 'admin')
  const env = { ...display.env, TZ: zone, LANG: 'en_GB.UTF-8', LANGUAGE: 'en_GB' }
  const app = await WexflowTray.launch({ desktop, userData, env })
  try {
    // The history is everybody's.
    for (const { id, name } of sim.workflows)
      if (['Check stock', 'Ping'].includes(name)) sim.startElsewhere(id)
    const window = await play(app, desktop, sim, server.origin)
    await take(window, 'window', both)
    await takePages(window)
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(380, 560))
    await window.getByRole('button', { name: 'Back to the list' }).waitFor()
    await take(window, 'window-narrow-job', ['light'])
    await window.getByRole('button', { name: 'Back to the list' }).click()
    await take(window, 'window-narrow', ['light'])
    await app.closeWindow()
    await desktop.tray.activate()
    const small = await app.window()
    await small.getByRole('option').first().waitFor()
    await take(small, 'small-window', both)
  } finally {
    await app.kill()
    await desktop.close()
    await display.stop()
    await server.close()
  }
}

await script(async () => {
  await ensureSystemPackages()
  const { folder: electron } = await electronForTests()
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = electron
  await build()
  const userData = mkdtempSync(path.join(tmpdir(), 'wexflow-tray-pictures-'))
  try {
    await takeAll(userData)
    return 0
  } finally {
    rmSync(userData, { recursive: true, force: true, maxRetries: 5 })
  }
})
