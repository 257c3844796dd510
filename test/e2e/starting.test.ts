import { expect, test } from './fixture.ts'
import { jobRows, titles } from './look.ts'

test('a start is seen at once, in the icon, the menu and the list, and the icon rests again at the end', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  const idle = await tray.icon()
  await tray.choose('Start workflow', 'Rebuild index')
  await tray.entry(['Rebuild index – Running'])
  await expect(jobRows(window)).toContainText('Running')
  await expect.poll(async () => (await tray.icon()).fingerprint).not.toBe(idle.fingerprint)
  await expect.poll(() => tray.tooltip()).toBe('Wexflow Tray\n1 job under way')

  await notifications.titled('Done: Rebuild index')
  await expect.poll(async () => (await tray.icon()).fingerprint).toBe(idle.fingerprint)
  await expect.poll(() => tray.tooltip()).toBe('Wexflow Tray')
})

test('a start that the server is slow to answer shows as Starting, and is sent only once', async ({
  app,
  desktop,
  server,
}) => {
  server.sim.faults.set({ slowStartMs: 1500 })
  await desktop.tray.choose('Start workflow', 'Nightly export')
  await desktop.tray.entry(['Nightly export – Starting'])
  await expect(jobRows(await app.window())).toContainText('Starting')
  await desktop.tray.entry(['Nightly export – Running'])
  expect(server.sim.requests('start')).toBe(1)
})

test('after a failure the icon asks for attention until the jobs were looked at', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  const idle = await tray.icon()
  await app.closeWindow()
  await tray.choose('Start workflow', 'Send invoices')
  await tray.entry(['Send invoices – Running'])
  const running = await tray.icon()
  await notifications.titled('Failed: Send invoices')
  await expect.poll(() => tray.tooltip()).toBe('Wexflow Tray\n1 job needs a look')
  await expect
    .poll(async () => [idle.fingerprint, running.fingerprint].includes((await tray.icon()).fingerprint))
    .toBe(false)

  await tray.choose('Open window')
  await expect.poll(() => tray.tooltip()).toBe('Wexflow Tray')
  await expect.poll(async () => (await tray.icon()).fingerprint).toBe(idle.fingerprint)
})

test('a start that the server queues shows as Queued, and is followed when its turn comes', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  await tray.choose('Start workflow', 'Rebuild index')
  await tray.entry(['Rebuild index – Running'])
  await tray.choose('Start workflow', 'Rebuild index')
  await expect(jobRows(window).first()).toContainText('Queued')
  await expect(jobRows(window).last()).toContainText('Running')
  await notifications.titled('Done: Rebuild index')
  await expect(jobRows(window).first()).toContainText('Running')
  await expect(jobRows(window).first()).toContainText('Done')
  await app.quit()
  expect(titles(desktop)).toEqual(['Done: Rebuild index', 'Done: Rebuild index'])
})

test('a queued start is followed when the running job is stopped from the window', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  await tray.choose('Start workflow', 'Reorganise')
  await tray.entry(['Reorganise – Running'])
  await tray.choose('Start workflow', 'Reorganise')
  await expect(jobRows(window).first()).toContainText('Queued')
  await jobRows(window).last().click()
  await window.getByRole('button', { name: 'Stop', exact: true }).click()
  await notifications.titled('Stopped: Reorganise')
  await expect(jobRows(window).first()).toContainText('Running')
  await expect(jobRows(window).last()).toContainText('Stopped')
})

test('a disabled workflow can be seen but not started', async ({ app, desktop, server }) => {
  const { isEnabled } = await desktop.tray.entry(['Start workflow', 'Old archive'])
  expect(isEnabled).toBe(false)
  const window = await app.window()
  const start = window.getByRole('button', { name: 'Old archive', exact: true })
  await expect(start).toBeDisabled()
  await expect(start).toHaveAccessibleDescription('Disabled on the server')
  await start.click({ force: true })
  expect(server.sim.requests('start')).toBe(0)
})

test('who may start nothing sees no workflows, and is told so', async ({ launch, desktop, server }) => {
  const app = await launch()
  const window = await app.signIn({ address: server.origin, username: 'restricted' })
  await expect(window.getByText('This server has no workflows that you may see')).toBeVisible()
  const { isEnabled } = await desktop.tray.entry(['Start workflow', 'No workflows on this server'])
  expect(isEnabled).toBe(false)
})

test('a start that is no longer permitted says so', async ({ launch, desktop, server }) => {
  const { notifications, tray } = desktop
  const app = await launch()
  const window = await app.signIn({ address: server.origin, username: 'administrator' })
  await tray.entry(['Start workflow', 'Import orders'])
  server.sim.saveWorkflows(server.sim.workflows.map((workflow) => ({ ...workflow, grantedTo: [] })))
  await tray.choose('Start workflow', 'Import orders')
  const toast = await notifications.titled('Not started: Import orders')
  expect(toast.body).toBe('You are not permitted to start this workflow.')
  await expect(jobRows(window)).toContainText('You are not permitted to start this workflow.')
})
