import { axeComplaints } from './axe.ts'
import { expect, test } from './fixture.ts'
import { jobRows } from './look.ts'

test('while no job is selected there are the day, what is started often and keys, and a click starts one', async ({
  app,
  desktop,
}) => {
  const window = await app.window()
  await desktop.tray.choose('Start workflow', 'Send invoices')
  await desktop.tray.choose('Start workflow', 'Ping')
  await desktop.notifications.titled('Failed: Send invoices')
  const overview = window.getByRole('region', { name: 'Job detail' })
  await expect(overview).toContainText('Select a job to see its details')
  const today = overview.getByRole('region', { name: 'Ended today' })
  await expect(today.getByRole('listitem')).toHaveText(['1 Done', '1 Failed'])
  const recent = overview.getByRole('region', { name: 'Started last' }).getByRole('button')
  await expect(recent).toHaveText(['Ping', 'Send invoices'])
  await expect(overview.getByRole('region', { name: 'Keys' })).toContainText('Start a workflow')
  expect(await axeComplaints(window)).toEqual([])

  await window.keyboard.press('n')
  await window.getByRole('button', { name: 'Add Import orders to favourites' }).click()
  await window.keyboard.press('Escape')
  const favourites = overview.getByRole('region', { name: 'Favourites' })
  await favourites.getByRole('button', { name: 'Start Import orders' }).click()
  await expect(jobRows(window, 'Import orders')).toHaveAttribute('aria-selected', 'true')
  await expect(overview.getByRole('heading', { name: 'Import orders' })).toBeVisible()

  await jobRows(window, 'Ping').click()
  await window.keyboard.press('Escape')
  await expect(overview).toContainText('Select a job to see its details')
  await expect(window.getByRole('listbox', { name: 'Jobs' })).toBeFocused()
  await today.getByRole('listitem').first().waitFor()
  await overview.getByRole('button', { name: 'Server history' }).click()
  await expect(window.getByRole('list', { name: 'Server history' })).toContainText('Ping')
})
