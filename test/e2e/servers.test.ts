import type { Locator, Page } from '@playwright/test'
import type { Desktop } from '../desktop/desktop.ts'
import { expect } from './fixture.ts'
import { filesHolding, jobRows, menuButton, openServers, titles } from './look.ts'
import { addServer, hostOf, rename, test } from './two-servers.ts'

const card = (servers: Locator, name: string): Locator =>
  servers.getByRole('listitem').filter({ has: servers.page().getByRole('heading', { name, exact: true }) })

const showJobs = (window: Page): Promise<void> =>
  window.getByRole('button', { name: 'Jobs', exact: true }).click()

const bodyOf = async (desktop: Desktop, title: string): Promise<string> =>
  (await desktop.notifications.titled(title)).body

test('two servers: each job says its server, one dies and the other goes on', async ({
  app,
  desktop,
  server,
  other,
}) => {
  const { tray } = desktop
  const window = await addServer(app, other.origin)
  await expect(menuButton(window)).toContainText(/Connected.*Connected/)
  await rename(window, other.host, 'Production')
  await rename(window, hostOf(server), 'Test')
  await showJobs(window)

  await tray.choose('Start workflow', 'Production', 'Nightly export')
  await tray.choose('Start workflow', 'Test', 'Nightly export')
  await tray.choose('Start workflow', 'Test', 'Send invoices')
  expect(await bodyOf(desktop, 'Failed: Send invoices')).toContain('On Test\n')
  await expect(jobRows(window, 'Send invoices')).toContainText('Test')
  await expect(jobRows(window, 'Nightly export')).toHaveCount(2)
  await expect(jobRows(window, 'Nightly export').filter({ hasText: 'Production' })).toHaveCount(1)
  await tray.entry(['Nightly export (Production) – Running'])

  other.sim.shutDown('killed')
  await tray.entry(['The server does not answer (Production)'])
  await expect(window.getByText('Production: The server does not answer')).toBeVisible()
  await expect(menuButton(window)).toContainText(/Connected.*does not answer/)
  await tray.choose('Start workflow', 'Test', 'Import orders')
  expect(await bodyOf(desktop, 'Done: Import orders')).toContain('On Test\n')

  other.sim.startUp()
  await expect(menuButton(window)).toContainText(/Connected.*Connected/, { timeout: 30_000 })
  const servers = await openServers(window)
  await expect(card(servers, 'Production')).toContainText('Connected')
})

test('a name is kept across a restart, and an empty one brings the address back', async ({
  app,
  launch,
  desktop,
  server,
}) => {
  const window = await app.window()
  await rename(window, hostOf(server), 'Test')
  await expect(window.getByRole('button', { name: 'admin on Test' })).toContainText('Connected')
  await app.quit()

  const next = await launch()
  await desktop.tray.choose('Settings…')
  const opened = await next.window()
  const servers = await openServers(opened)
  await servers.getByRole('button', { name: 'Rename Test' }).click()
  const field = servers.getByRole('textbox', { name: 'Name of Test' })
  await expect(field).toHaveValue('Test')
  await field.fill('Something else')
  await field.press('Escape')
  await expect(servers.getByRole('heading', { name: 'Test', exact: true })).toBeVisible()
  await servers.getByRole('button', { name: 'Rename Test' }).click()
  await field.fill('')
  await servers.getByRole('button', { name: 'Save' }).click()
  await expect(servers.getByRole('heading', { name: hostOf(server) })).toBeVisible()
})

test('signing out asks while jobs run; they stand still in the list, and are told after the next sign-in', async ({
  app,
  desktop,
  server,
}) => {
  const window = await app.window()
  const { notifications, tray } = desktop
  await tray.choose('Start workflow', 'Ping')
  await notifications.titled('Done: Ping')
  await tray.choose('Start workflow', 'Month end closing')
  const row = jobRows(window, 'Month end closing')
  await expect(row).toContainText('Running')
  const servers = await openServers(window)
  const button = servers.getByRole('button', { name: 'Sign out' })
  await button.press('Enter')
  const dialog = window.getByRole('dialog', { name: `Sign out of ${hostOf(server)}?` })
  await expect(dialog).toContainText('1 job is under way there.')
  await window.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(button).toBeFocused()

  await button.click()
  await dialog.getByRole('button', { name: 'Sign out' }).click()
  await expect(servers.getByText('Not signed in')).toBeVisible()
  await expect(servers.getByText('1 job is not followed')).toBeVisible()
  await showJobs(window)
  await expect(row).toContainText('Not followed')
  await row.click()
  await expect(window.getByRole('region', { name: 'Job detail' })).toContainText(
    'This job is not followed while you are not signed in to its server.',
  )
  await expect(row).not.toContainText(/\ds/u)
  // What the window shows need not be told.
  await jobRows(window, 'Ping').click()

  await (await openServers(window)).getByRole('button', { name: 'Sign in' }).click()
  await expect(window.getByRole('heading', { name: `Sign in to ${hostOf(server)}` })).toBeVisible()
  await expect(window.getByLabel('Password')).toBeFocused()
  await app.signIn({ address: server.origin })
  await notifications.titled('Done: Month end closing')
  await app.quit()
  expect(titles(desktop)).toEqual(['Done: Ping', 'Done: Month end closing'])
})

test('a server that is forgotten leaves its jobs, and nothing else', async ({
  app,
  desktop,
  server,
  other,
  userData,
}) => {
  const { tray } = desktop
  const window = await addServer(app, other.origin)
  await tray.choose('Start workflow', other.host, 'Ping')
  await desktop.notifications.titled('Done: Ping')
  const servers = await openServers(window)
  await servers.getByRole('button', { name: `Forget this server: ${other.host}` }).click()
  const dialog = window.getByRole('dialog', { name: `Forget ${other.host}?` })
  await expect(dialog).not.toContainText('under way')
  await dialog.getByRole('button', { name: 'Forget this server' }).click()
  await expect(card(servers, other.host)).toBeHidden()
  await expect(servers.getByRole('button', { name: 'Add server' })).toBeFocused()
  await expect(card(servers, hostOf(server))).toContainText('Connected')
  await expect(window.getByRole('button', { name: `admin on ${hostOf(server)}` })).toBeVisible()

  await showJobs(window)
  await expect(jobRows(window, 'Ping')).toContainText('a forgotten server')
  await jobRows(window, 'Ping').click()
  const detail = window.getByRole('region', { name: 'Job detail' })
  await expect(detail).toContainText('a forgotten server (not followed)')
  await expect(detail).toContainText('Sign in to the job’s server to see its log.')
  await tray.entry(['Start workflow', 'Ping'])
  await app.quit()
  const left = await filesHolding(userData, other.origin)
  expect(left.filter((file) => file.startsWith('settings'))).toEqual([])
})
