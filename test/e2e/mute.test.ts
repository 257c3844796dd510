import { axeComplaints } from './axe.ts'
import { expect, test } from './fixture.ts'
import { jobRows, menuButton, titles } from './look.ts'

test('what ends while notifications are muted is told as one, once they are shown again', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  await tray.choose('Mute notifications', 'For an hour')
  const banner = window.getByText('Notifications are muted until')
  await expect(banner).toBeVisible()
  await expect.poll(() => tray.tooltip()).toContain('Notifications are muted until')
  for (const workflow of ['Ping', 'Send invoices']) {
    await tray.choose('Start workflow', workflow)
    await expect(jobRows(window, workflow)).toContainText(/Done|Failed/u)
  }
  expect(await axeComplaints(window)).toEqual([])
  expect(titles(desktop)).toEqual([])

  await tray.choose('Mute notifications', 'Unmute')
  const summary = await notifications.titled('2 jobs ended: 1 done, 1 failed')
  expect(summary.body).toBe('Failed: Send invoices\nDone: Ping')
  await expect(banner).toBeHidden()
  await tray.choose('Start workflow', 'Ping')
  await notifications.titled('Done: Ping')
  await app.quit()
  expect(titles(desktop)).toEqual([summary.title, 'Done: Ping'])
})

test('the window mutes and unmutes as well, in a narrow window too', async ({ app, desktop }) => {
  const window = await app.window()
  await window.setViewportSize({ width: 380, height: 640 })
  await menuButton(window).click()
  await window.getByRole('menuitem', { name: 'Mute notifications until tomorrow morning' }).click()
  await expect(window.getByText('Notifications are muted until')).toBeVisible()
  expect(await axeComplaints(window)).toEqual([])
  await window.getByRole('button', { name: 'Unmute' }).click()
  await expect(window.getByText('Notifications are muted until')).toBeHidden()
  await desktop.tray.choose('Start workflow', 'Ping')
  await desktop.notifications.titled('Done: Ping')
})
