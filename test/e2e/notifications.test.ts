import { expect, test } from './fixture.ts'
import { jobRows, titles } from './look.ts'

test('a click on a notification brings the window to that job and its log', async ({ app, desktop }) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  const detail = window.getByRole('region', { name: 'Job detail' })
  await tray.choose('Start workflow', 'Send invoices')
  const failed = await notifications.titled('Failed: Send invoices')
  await tray.choose('Start workflow', 'Import orders')
  const done = await notifications.titled('Done: Import orders')

  await tray.choose('Settings…')
  await window.getByRole('heading', { name: 'Settings' }).waitFor()
  notifications.click(failed)
  await expect(detail.getByRole('heading', { name: 'Send invoices' })).toBeVisible()
  await expect(jobRows(window, 'Send invoices')).toHaveAttribute('aria-selected', 'true')
  await expect(detail.getByRole('region', { name: 'Log' })).toContainText(
    'The mail server refused the connection.',
  )

  await app.closeWindow()
  notifications.click(done)
  const opened = await app.window()
  const openedDetail = opened.getByRole('region', { name: 'Job detail' })
  await expect(openedDetail.getByRole('heading', { name: 'Import orders' })).toBeVisible()
  await expect(openedDetail.getByRole('region', { name: 'Log' })).toContainText('342 rows written.')
})

test('many ends at once are told as a few notifications and one summary, each end once', async ({
  app,
  desktop,
  server,
}) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  const many = 12
  for (let started = 0; started < many; started += 1) await tray.choose('Start workflow', 'Month end closing')
  await expect(window.getByText(`${many} jobs`, { exact: true })).toBeVisible()
  const summary = await notifications.titled(/^\d+ jobs ended: \d+ done$/, 20_000)
  const gathered = Number(/^\d+/u.exec(summary.title)?.[0])
  const ended = () => server.sim.truths().filter(({ outcome }) => outcome === 'Done').length
  await expect.poll(ended).toBe(many)
  await app.quit()
  const singles = titles(desktop).filter((title) => title === 'Done: Month end closing')
  expect(singles.length + gathered).toBe(many)
})

test('a wish that the server refuses is told, since a menu has no place for it', async ({
  launch,
  desktop,
  server,
}) => {
  const { notifications, tray } = desktop
  const app = await launch()
  const window = await app.signIn({ address: server.origin, username: 'administrator' })
  await tray.choose('Start workflow', 'Nightly export')
  await tray.entry(['Nightly export – Running'])
  server.sim.saveWorkflows(server.sim.workflows.map((workflow) => ({ ...workflow, grantedTo: [] })))
  await tray.choose('Nightly export – Running', 'Stop')
  const toast = await notifications.titled('Nightly export could not be stopped')
  expect(toast.body).toBe('You are not permitted to do this. Ask the server’s administrator.')
  await expect(jobRows(window)).toContainText('Running')
})
