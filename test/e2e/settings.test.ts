import { expect, test } from './fixture.ts'
import { jobRows, titles } from './look.ts'

test('an outcome that is turned off is not told, and one whose sound is off is told in silence', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  await tray.choose('Start workflow', 'Send invoices')
  expect((await notifications.titled('Failed: Send invoices')).isSilent).toBe(false)

  await tray.choose('Settings…')
  await window.getByRole('checkbox', { name: 'Done: notify' }).uncheck()
  await window.getByRole('checkbox', { name: 'Warning: sound' }).uncheck()
  await expect(window.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  await expect(window.getByRole('checkbox', { name: 'Done: sound' })).toBeDisabled()

  await window.getByRole('button', { name: 'Jobs', exact: true }).click()
  await tray.choose('Start workflow', 'Ping')
  await expect(jobRows(window, 'Ping')).toContainText('Done')
  await tray.choose('Start workflow', 'Check stock')
  expect((await notifications.titled('Warning: Check stock')).isSilent).toBe(true)
  await jobRows(window, 'Ping').click()
  await expect(window.getByRole('region', { name: 'Job detail' })).toContainText(
    'None, as set in the settings',
  )
  await app.quit()
  expect(titles(desktop)).toEqual(['Failed: Send invoices', 'Warning: Check stock'])
})

test('settings are kept across a restart', async ({ launch, desktop }) => {
  const first = await launch()
  await desktop.tray.choose('Settings…')
  await (await first.window()).getByRole('checkbox', { name: 'Failed: notify' }).uncheck()
  await first.quit()
  const second = await launch()
  await desktop.tray.choose('Settings…')
  await expect((await second.window()).getByRole('checkbox', { name: 'Failed: notify' })).not.toBeChecked()
})

test('only as many ended jobs are kept as the person wants, and a wrong number is refused', async ({
  app,
  desktop,
}) => {
  const { tray } = desktop
  const window = await app.window()
  for (let started = 0; started < 12; started += 1) await tray.choose('Start workflow', 'Ping')
  await expect(window.getByRole('button', { name: 'All 12' })).toBeVisible()
  await expect.poll(() => tray.tooltip()).toBe('Wexflow Tray')

  await tray.choose('Settings…')
  const keep = window.getByLabel('Number of jobs kept')
  await keep.fill('3')
  await keep.press('Enter')
  await expect(window.getByRole('alert')).toContainText('Type a whole number between 10 and 10,000.')
  await keep.fill('10')
  await keep.press('Enter')
  await expect(window.getByRole('alert')).toBeHidden()
  await window.getByRole('button', { name: 'Jobs', exact: true }).click()
  await expect(window.getByRole('button', { name: 'All 10' })).toBeVisible()
})
