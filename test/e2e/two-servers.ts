import type { Page } from '@playwright/test'
import { type ServedSim, serve } from '../wexflow-sim/http.ts'
import { WexflowSim } from '../wexflow-sim/sim.ts'
import { expect, test as base } from './fixture.ts'
import { openServers } from './look.ts'
import type { WexflowTray } from './wexflow-tray.ts'
import { testWorkflows } from './workflows.ts'

interface Other extends ServedSim {
  readonly sim: WexflowSim
  readonly host: string
}

/** What the app calls a server to which the person has given no name. */
export const hostOf = (server: ServedSim): string => new URL(server.origin).host

/** With a second server. */
export const test = base.extend<{ readonly other: Other }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
  other: async ({}, use) => {
    const sim = new WexflowSim({ workflows: testWorkflows })
    const served = await serve(sim)
    await use({ ...served, sim, host: hostOf(served) })
    await served.close()
  },
})

/** Signs in to one server more, from the list of servers. */
export async function addServer(app: WexflowTray, address: string): Promise<Page> {
  const servers = await openServers(await app.window())
  await servers.getByRole('button', { name: 'Add server' }).click()
  await expect(servers.getByRole('heading', { name: 'Add server' })).toBeVisible()
  await expect(servers.getByLabel('Server address')).toHaveValue('')
  await expect(servers.getByLabel('Server address')).toBeFocused()
  const window = await app.signIn({ address })
  await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
  return window
}

/** Calls a server by another name, with the keyboard. */
export async function rename(window: Page, before: string, name: string): Promise<void> {
  const servers = await openServers(window)
  await servers.getByRole('button', { name: `Rename ${before}` }).click()
  const field = servers.getByRole('textbox', { name: `Name of ${before}` })
  await expect(field).toBeFocused()
  await field.fill(name)
  await field.press('Enter')
  await expect(servers.getByRole('heading', { name })).toBeVisible()
  await expect(servers.getByRole('button', { name: `Rename ${name}` })).toBeFocused()
}
