import { expect, test } from './fixture.ts'

test('a job that is started from the tray is told as Done, and listed', async ({ app, desktop }) => {
  await desktop.tray.choose('Start workflow', 'Import orders')
  const toast = await desktop.notifications.titled('Import orders: Done')
  expect(toast.body).toMatch(/^Took 0\.\ds$/)
  const window = await app.window()
  await expect(window.getByRole('listbox', { name: 'Jobs' })).toContainText('Done')
})
