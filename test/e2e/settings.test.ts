import { expect, test } from './fixture.ts'
import { jobRows, openSettings, titles } from './look.ts'

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
  await window.getByRole('combobox', { name: 'Warning: sound' }).selectOption('None')
  await expect(window.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  await expect(window.getByRole('combobox', { name: 'Done: sound' })).toBeDisabled()

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

test('language, theme, rows and keys change at once, in the window and in the tray', async ({
  app,
  desktop,
}) => {
  const { tray, notifications } = desktop
  const window = await app.window()
  // Playwright would have the page light.
  await window.emulateMedia({ colorScheme: null })
  await tray.choose('Start workflow', 'Ping')
  await notifications.titled('Done: Ping')
  await expect(jobRows(window, 'Ping')).toHaveCSS('height', '48px')
  await openSettings(window)

  await window.getByRole('radio', { name: 'Compact' }).check()
  await window.getByRole('radio', { name: 'Dark' }).check()
  await expect(window.locator('body')).toHaveCSS('background-color', 'rgb(27, 30, 35)')
  await window.getByRole('radio', { name: 'Light' }).check()
  await expect(window.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)')
  await window.getByRole('checkbox', { name: 'Shortcuts of a single key' }).uncheck()
  await window.getByRole('combobox', { name: 'Language of the app' }).selectOption('Dansk')
  await expect(window.getByRole('heading', { name: 'Indstillinger' })).toBeVisible()
  await expect(window.locator('html')).toHaveAttribute('lang', 'da')
  await tray.entry(['Åbn vinduet'])

  await window.getByRole('button', { name: 'Job', exact: true }).click()
  const row = window.getByRole('option', { name: /^Ping/u })
  await expect(row).toHaveCSS('height', '36px')
  await window.keyboard.press('?')
  await window.keyboard.press('/')
  await expect(window.getByRole('searchbox')).not.toBeFocused()
  await expect(window.getByRole('dialog')).toBeHidden()
})

test('where the settings say so, the app ends when its window is closed', async ({ app, desktop }) => {
  const window = await app.window()
  await openSettings(window)
  await window.getByRole('radio', { name: 'Quit the app' }).check()
  await expect(window.getByText('Nobody follows your jobs then')).toBeVisible()
  await expect(window.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  await app.closeWindow()
  expect(await app.ended()).toBe(0)
  expect(titles(desktop)).toEqual([])
})

test('keys that find a workflow from every program are chosen by pressing them, and can be taken away', async ({
  app,
}) => {
  const window = await app.window()
  await openSettings(window)
  const held = () =>
    app.electron.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('Control+Alt+W'))
  await window.getByRole('button', { name: 'Choose keys' }).click()
  await window.keyboard.press('w')
  await window.keyboard.press('Control+Alt+w')
  await expect(window.getByRole('button', { name: 'Control+Alt+W' })).toBeVisible()
  await expect.poll(held).toBe(true)
  await window.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(window.getByRole('button', { name: 'Choose keys' })).toBeVisible()
  await expect.poll(held).toBe(false)
})
