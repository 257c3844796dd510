import { axeComplaints } from './axe.ts'
import { expect, test } from './fixture.ts'
import { openSettings, titles } from './look.ts'

test.describe('the first day', () => {
  test.use({ isFirstDay: true })

  test('says after the first sign-in what happens now, and shows whether notifications do', async ({
    launch,
    server,
    desktop,
  }) => {
    const app = await launch()
    const window = await app.signIn({ address: server.origin })
    await window.getByRole('heading', { name: 'What happens now' }).waitFor()
    await expect(window.getByText('In the panel’s system tray.')).toBeVisible()
    await window.getByRole('button', { name: 'Show a test notification', exact: true }).click()
    await desktop.notifications.titled('This is a test')
    await expect(window.getByText('Did you see it?')).toBeVisible()
    expect(await axeComplaints(window)).toEqual([])
    await window.getByRole('button', { name: 'No', exact: true }).click()
    await expect(window.getByText('Do not disturb has to be off')).toBeVisible()
    await expect(window.getByRole('button', { name: 'Show a test notification', exact: true })).toBeFocused()
    await window.getByRole('button', { name: 'Go to the jobs' }).click()
    await window.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
    await app.quit()

    const second = await launch()
    await desktop.tray.choose('Open window')
    await (await second.window()).getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
  })
})

test('a desktop that refuses a test notification is said to have done so', async ({ app, desktop }) => {
  const window = await app.window()
  await openSettings(window)
  desktop.notifications.isRefusing = true
  await window.getByRole('button', { name: 'Show a test notification', exact: true }).click()
  await expect(window.getByText('The desktop has refused it (org.freedesktop')).toBeVisible()
  expect(titles(desktop)).toEqual([])
})
