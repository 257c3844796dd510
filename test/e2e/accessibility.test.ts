import { axeComplaints } from './axe.ts'
import { expect, test } from './fixture.ts'
import { jobRows, menuButton, openServers } from './look.ts'
import { startTlsFront } from './tls-front.ts'

test('axe finds nothing on the sign-in, empty and with a problem', async ({ launch, server }) => {
  const app = await launch()
  const window = await app.window()
  await window.getByRole('heading', { name: 'Connect to Wexflow' }).waitFor()
  expect(await axeComplaints(window)).toEqual([])
  await app.signIn({ address: server.origin, password: 'wrong' })
  await window.getByRole('alert').waitFor()
  expect(await axeComplaints(window)).toEqual([])
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
  expect(await axeComplaints(window)).toEqual([])
  await window.getByLabel('Your certificate', { exact: true }).fill('')
  await window.getByLabel('Proxy', { exact: true }).selectOption('None')
  await window.getByLabel('Server address').fill(front.origin)
  await window.getByLabel('User name', { exact: true }).fill('admin')
  await window.getByLabel('Password', { exact: true }).fill('wexflow2018')
  await window.getByRole('button', { name: 'Connect', exact: true }).click()
  await window.getByRole('button', { name: 'Look at the certificate' }).click()
  await window.getByRole('button', { name: 'Trust this certificate' }).waitFor()
  expect(await axeComplaints(window)).toEqual([])
  await front.close()
})

test('axe finds nothing on the jobs: none, all kinds, one in detail, and the list of workflows', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  await window.getByRole('list', { name: 'Workflows' }).waitFor()
  expect(await axeComplaints(window)).toEqual([])

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
  expect(await axeComplaints(window)).toEqual([])

  await expect(jobRows(window, 'Release payments')).toContainText('Waiting for approval', { timeout: 15_000 })
  await jobRows(window, 'Release payments').click({ position: { x: 60, y: 20 } })
  await window.getByRole('button', { name: 'Approve', exact: true }).waitFor()
  await window.getByRole('button', { name: 'Start workflow' }).click()
  await window.getByRole('searchbox', { name: 'Find a workflow' }).waitFor()
  expect(await axeComplaints(window)).toEqual([])
})

test('axe finds nothing on what lies over the jobs, in a narrow window, and in forced colours', async ({
  app,
  desktop,
}) => {
  // Twenty pictures of the page for axe.
  test.slow()
  const { notifications, tray } = desktop
  const window = await app.window()
  const { keyboard } = window
  for (let started = 0; started < 3; started += 1) await tray.choose('Start workflow', 'Send invoices')
  await notifications.titled('Failed: Send invoices')
  await tray.choose('Start workflow', 'Nightly export')
  await expect(jobRows(window, 'Send invoices')).toHaveCount(1)
  await jobRows(window, 'Send invoices').click()
  await expect(jobRows(window, 'Send invoices')).toHaveCount(3)
  await window.getByRole('region', { name: 'Log' }).waitFor()
  await jobRows(window, 'Send invoices').first().hover()
  expect(await axeComplaints(window)).toEqual([])
  await keyboard.press('m')
  await window.getByRole('menu', { name: 'Actions for Send invoices' }).waitFor()
  expect(await axeComplaints(window)).toEqual([])
  await keyboard.press('Escape')
  await menuButton(window).click()
  await window.getByRole('menu', { name: 'Menu' }).waitFor()
  expect(await axeComplaints(window)).toEqual([])
  await keyboard.press('Escape')
  await keyboard.press('?')
  await window.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  expect(await axeComplaints(window)).toEqual([])
  await keyboard.press('Escape')
  await keyboard.press('Delete')
  await window.getByRole('button', { name: 'Undo' }).waitFor()
  expect(await axeComplaints(window)).toEqual([])
  await window.getByRole('searchbox', { name: 'Search jobs' }).fill('nothing says this')
  await window.getByRole('button', { name: 'Show all jobs' }).waitFor()
  expect(await axeComplaints(window)).toEqual([])
  await window.getByRole('button', { name: 'Show all jobs' }).click()

  await window.emulateMedia({ forcedColors: 'active' })
  expect(await axeComplaints(window)).toEqual([])
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(380, 420))
  await jobRows(window, 'Send invoices').first().click()
  await window.getByRole('button', { name: 'Back to the list' }).waitFor()
  expect(await axeComplaints(window)).toEqual([])
  await window.emulateMedia({ forcedColors: 'none' })
  expect(await axeComplaints(window)).toEqual([])
  const isWider = await window.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect(isWider).toBe(false)
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
  expect(await axeComplaints(window)).toEqual([])

  server.sim.shutDown('killed')
  await desktop.tray.entry(['The server does not answer'])
  await openServers(window)
  expect(await axeComplaints(window)).toEqual([])
  await window.getByRole('button', { name: 'Rename' }).click()
  await window.getByRole('textbox', { name: 'Name of' }).waitFor()
  expect(await axeComplaints(window)).toEqual([])
  await window.getByRole('button', { name: 'Cancel' }).click()
  await window.getByRole('button', { name: 'Forget' }).click()
  await window.getByRole('dialog').waitFor()
  expect(await axeComplaints(window)).toEqual([])
  await window.getByRole('button', { name: 'Cancel' }).click()
  await window.getByRole('button', { name: 'Add server' }).click()
  await window.getByRole('heading', { name: 'Add server' }).waitFor()
  expect(await axeComplaints(window)).toEqual([])
})
