import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixture.ts'
import { jobRows, openServers } from './look.ts'
import { startTlsFront } from './tls-front.ts'

/** What axe finds on the page as it is, in light and in dark: empty where nothing is wrong. */
async function complaints(window: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Electron has no way to open the blank page that axe would like to run in.
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze()
    for (const { id, nodes } of violations)
      found.push(
        ...nodes.map(({ html, failureSummary }) => `${colorScheme} ${id}: ${html}\n${failureSummary ?? ''}`),
      )
  }
  return found
}

test('axe finds nothing on the sign-in, empty and with a problem', async ({ launch, server }) => {
  const app = await launch()
  const window = await app.window()
  await window.getByRole('heading', { name: 'Connect to Wexflow' }).waitFor()
  expect(await complaints(window)).toEqual([])
  await app.signIn({ address: server.origin, password: 'wrong' })
  await window.getByRole('alert').waitFor()
  expect(await complaints(window)).toEqual([])
})

test('axe finds nothing on the part for the connection, nor on a certificate', async ({ launch, server }) => {
  const front = await startTlsFront(server.port)
  const app = await launch()
  const window = await app.window()
  await window.getByText('Connection', { exact: true }).click()
  await window.getByLabel('Proxy', { exact: true }).selectOption('This one')
  await window.getByLabel('Proxy user name').fill('ann')
  await window.getByLabel('Your certificate', { exact: true }).fill('/ann.pem')
  await window.getByLabel('User name in front of the server').fill('ann')
  await window.getByLabel('Passphrase').waitFor()
  expect(await complaints(window)).toEqual([])
  await window.getByLabel('Your certificate', { exact: true }).fill('')
  await window.getByLabel('Proxy', { exact: true }).selectOption('None')
  await window.getByLabel('Server address').fill(front.origin)
  await window.getByLabel('User name', { exact: true }).fill('admin')
  await window.getByLabel('Password', { exact: true }).fill('wexflow2018')
  await window.getByRole('button', { name: 'Connect', exact: true }).click()
  await window.getByRole('button', { name: 'Look at the certificate' }).click()
  await window.getByRole('button', { name: 'Trust this certificate' }).waitFor()
  expect(await complaints(window)).toEqual([])
  await front.close()
})

test('axe finds nothing on the jobs: none, all kinds, one in detail, and the list of workflows', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  await window.getByRole('list', { name: 'Workflows' }).waitFor()
  expect(await complaints(window)).toEqual([])

  await tray.choose('Start workflow', 'Nightly export')
  await tray.choose('Start workflow', 'Release payments')
  await tray.choose('Start workflow', 'Check stock')
  await notifications.titled('Warning: Check stock')
  await tray.choose('Start workflow', 'Send invoices')
  await notifications.titled('Failed: Send invoices')
  await tray.choose('Start workflow', 'Import orders')
  await notifications.titled('Done: Import orders')
  await jobRows(window, 'Send invoices').click()
  await window.getByRole('region', { name: 'Log' }).waitFor()
  await window.getByText('Details and how this is known').click()
  expect(await complaints(window)).toEqual([])

  await expect(jobRows(window, 'Release payments')).toContainText('Waiting for approval', { timeout: 15_000 })
  await jobRows(window, 'Release payments').click({ position: { x: 60, y: 20 } })
  await window.getByRole('button', { name: 'Approve', exact: true }).waitFor()
  await window.getByRole('button', { name: 'Start workflow' }).click()
  await window.getByRole('searchbox', { name: 'Find a workflow' }).waitFor()
  expect(await complaints(window)).toEqual([])
})

test('axe finds nothing on the settings and the servers, nor when the server is away', async ({
  app,
  desktop,
  server,
}) => {
  const window = await app.window()
  await desktop.tray.choose('Settings…')
  await window.getByRole('checkbox', { name: 'Done: notify' }).uncheck()
  await window.getByLabel('Number of jobs kept').fill('1')
  await window.getByLabel('Number of jobs kept').press('Enter')
  await window.getByRole('alert').waitFor()
  expect(await complaints(window)).toEqual([])

  server.sim.shutDown('killed')
  await desktop.tray.entry(['The server does not answer'])
  await openServers(window)
  expect(await complaints(window)).toEqual([])
  await window.getByRole('button', { name: 'Rename' }).click()
  await window.getByRole('textbox', { name: 'Name of' }).waitFor()
  expect(await complaints(window)).toEqual([])
  await window.getByRole('button', { name: 'Cancel' }).click()
  await window.getByRole('button', { name: 'Forget' }).click()
  await window.getByRole('dialog').waitFor()
  expect(await complaints(window)).toEqual([])
  await window.getByRole('button', { name: 'Cancel' }).click()
  await window.getByRole('button', { name: 'Add server' }).click()
  await window.getByRole('heading', { name: 'Add server' }).waitFor()
  expect(await complaints(window)).toEqual([])
})
