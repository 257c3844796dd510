import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import type { Desktop } from '../desktop/desktop.ts'
import type { WexflowTray } from './wexflow-tray.ts'

/** The rows of the list of jobs that can be seen; with a name those of that workflow. */
export const jobRows = (window: Page, workflow = ''): Locator =>
  window.getByRole('listbox', { name: 'Jobs' }).getByRole('option', { name: new RegExp(`^${workflow}`, 'u') })

/** The button at the top right, which says how the app stands with its servers, and opens the menu. */
export const menuButton = (window: Page): Locator =>
  window.getByRole('navigation', { name: 'Pages' }).getByRole('button')

/** Chooses an entry of that menu. */
async function chooseInMenu(window: Page, entry: string): Promise<void> {
  await menuButton(window).click()
  await window.getByRole('menuitem', { name: entry }).click()
}

/** The page of all servers. */
export async function openServers(window: Page): Promise<Locator> {
  await chooseInMenu(window, 'Servers and accounts')
  const main = window.getByRole('main')
  await main.getByRole('heading', { name: 'Servers' }).waitFor()
  return main
}

/** Turns to the page of the server's history. */
export const openHistory = (window: Page): Promise<void> => chooseInMenu(window, 'Server history')

/** Turns to Wexflow's messages to the user. */
export const openMessages = (window: Page): Promise<void> => chooseInMenu(window, 'Messages')

/** Opens the dialog that copies or saves the list of jobs. */
export async function openExport(window: Page): Promise<Locator> {
  await chooseInMenu(window, 'Copy or export…')
  const dialog = window.getByRole('dialog', { name: 'Copy or export the list' })
  await dialog.waitFor()
  return dialog
}

export async function openSettings(window: Page): Promise<void> {
  await chooseInMenu(window, 'Settings')
  await window.getByRole('heading', { name: 'Settings', exact: true }).waitFor()
}

/**
 * Signs in to stay so, on a desktop with a keychain. Resolves once that keeps the password: an app that is killed before
 * has to be given it again, and one that quits does not wait for it for long.
 */
export async function signInToStay(app: WexflowTray, address: string): Promise<Page> {
  const window = await app.signIn({ address })
  await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
  await expect
    .poll(() => readFile(path.join(app.userData, 'settings.json'), 'utf8'))
    .toMatch(/"sealedPasswords":\s*\{\s*"/u)
  return window
}

/** Signs out of the one server, where no jobs are under way. */
export async function signOut(window: Page): Promise<void> {
  const servers = await openServers(window)
  await servers.getByRole('button', { name: 'Sign out' }).click()
  await servers.getByText('Not signed in').waitFor()
}

/** What a read comes to, once it has said the same twice in a row. */
export async function settled<Value>(read: () => Promise<Value>): Promise<Value> {
  let last = await read()
  const isSame = async (): Promise<boolean> => {
    const before = last
    last = await read()
    return last === before
  }
  await expect.poll(isSame, { intervals: [100] }).toBe(true)
  return last
}

/** The titles of all notifications so far, oldest first. */
export const titles = (desktop: Desktop): readonly string[] =>
  desktop.notifications.shown.map(({ title }) => title)

/** The files below a folder in which a secret can be read, as text or in an encoding that hides nothing. */
export async function filesHolding(folder: string, secret: string): Promise<readonly string[]> {
  const bytes = Buffer.from(secret)
  const forms = [
    bytes,
    Buffer.from(secret, 'utf16le'),
    Buffer.from(bytes.toString('hex')),
    // The last characters depend on what follows.
    Buffer.from(bytes.toString('base64').slice(0, -4)),
  ]
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
  const found = await Promise.all(
    files.map(async (file) => {
      const content = await readFile(file)
      return forms.some((form) => content.includes(form)) ? [path.relative(folder, file)] : []
    }),
  )
  return found.flat()
}

/** What the app has the system open in the browser, which no test has; called again for all so far. */
export async function browsed(app: WexflowTray): Promise<() => Promise<readonly string[]>> {
  const noted = await app.electron.evaluateHandle(({ shell }) => {
    const addresses: string[] = []
    shell.openExternal = async (address) => void addresses.push(address)
    return addresses
  })
  return () => noted.jsonValue()
}
