import { axeComplaints } from './axe.ts'
import { expect, test } from './fixture.ts'
import { jobRows, openSettings, titles } from './look.ts'

test('an exception that is made in the settings holds for its workflow, also after it was changed', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  await openSettings(window)
  const exceptions = window.getByRole('region', { name: 'Exceptions' })
  const dialog = window.getByRole('dialog', { name: 'Exception for notifications' })

  await exceptions.getByRole('button', { name: 'Add an exception' }).click()
  await dialog.getByLabel('Workflow').fill('Ping')
  await dialog.getByRole('checkbox', { name: 'Notify' }).uncheck()
  expect(await axeComplaints(window)).toEqual([])
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(exceptions.getByRole('listitem')).toContainText('Everything: no notification')

  await exceptions.getByRole('button', { name: 'Add an exception' }).click()
  await dialog.getByRole('checkbox', { name: 'Stays on the screen until you dismiss it' }).check()
  await dialog.getByRole('combobox', { name: 'Sound' }).selectOption('None')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(exceptions.getByRole('listitem')).toHaveCount(2)
  // The new one comes first, and would count for every workflow.
  await exceptions.getByRole('button', { name: 'Move down: Any workflow' }).press('Enter')
  await expect(exceptions.getByRole('listitem').first()).toContainText('Ping')
  await expect(exceptions.getByRole('button', { name: 'Move down: Any workflow' })).toBeFocused()
  expect(await axeComplaints(window)).toEqual([])

  await window.getByRole('button', { name: 'Jobs', exact: true }).click()
  await tray.choose('Start workflow', 'Ping')
  await expect(jobRows(window, 'Ping')).toContainText('Done')
  await tray.choose('Start workflow', 'Send invoices')
  expect(await notifications.titled('Failed: Send invoices')).toMatchObject({
    isStaying: true,
    isSilent: true,
  })
  expect(titles(desktop)).toEqual(['Failed: Send invoices'])
})

test('a sound that is chosen is heard with the notification, and before that with a test', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  await openSettings(window)
  await expect(window.getByText('This desktop says that its notifications play no sounds.')).toBeVisible()
  await window.getByRole('combobox', { name: 'Failed: sound' }).selectOption('Error')
  await window.getByRole('button', { name: 'Failed: show a test notification with this sound' }).click()
  expect((await notifications.titled('This is a test')).sound).toBe('dialog-error')

  const exceptions = window.getByRole('region', { name: 'Exceptions' })
  const dialog = window.getByRole('dialog', { name: 'Exception for notifications' })
  await exceptions.getByRole('button', { name: 'Add an exception' }).click()
  await dialog.getByLabel('Workflow').fill('Ping')
  await app.electron.evaluate(({ dialog: chooser }) => {
    const filePaths = ['/home/ann/horn.oga']
    chooser.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths })
  })
  await dialog.getByRole('button', { name: 'Choose a file…' }).click()
  await expect(
    dialog.getByRole('combobox', { name: 'Sound' }).getByRole('option', { name: 'horn.oga' }),
  ).toBeAttached()
  expect(await axeComplaints(window)).toEqual([])
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(exceptions.getByRole('listitem')).toContainText('notification with the sound “horn.oga”')

  await window.getByRole('button', { name: 'Jobs', exact: true }).click()
  await tray.choose('Start workflow', 'Ping')
  expect((await notifications.titled('Done: Ping')).sound).toBe('/home/ann/horn.oga')
  await tray.choose('Start workflow', 'Send invoices')
  expect((await notifications.titled('Failed: Send invoices')).sound).toBe('dialog-error')
})

test('the menu of a job leads to what holds for its workflow', async ({ app, desktop }) => {
  const { notifications, tray } = desktop
  const window = await app.window()
  await tray.choose('Start workflow', 'Ping')
  await notifications.titled('Done: Ping')
  const dialog = window.getByRole('dialog', { name: 'Exception for notifications' })
  const open = async (): Promise<void> => {
    await jobRows(window, 'Ping').first().click({ button: 'right' })
    await window.getByRole('menuitem', { name: 'Notifications for this workflow…' }).click()
  }
  await open()
  await expect(dialog.getByLabel('Workflow')).toHaveValue('Ping')
  await dialog.getByRole('checkbox', { name: 'Notify' }).uncheck()
  expect(await axeComplaints(window)).toEqual([])
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await tray.choose('Start workflow', 'Ping')
  await expect(jobRows(window, 'Ping').filter({ hasText: 'Done' })).toHaveCount(2)

  await open()
  await expect(dialog.getByRole('checkbox', { name: 'Notify' })).not.toBeChecked()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await app.quit()
  expect(titles(desktop)).toEqual(['Done: Ping'])
})

test('an approval has the notification that the settings say, and none where an exception wants none: it is in the tray and the window all the same', async ({
  app,
  desktop,
}) => {
  const { notifications, tray } = desktop
  const workflow = 'Release payments'
  const window = await app.window()
  await openSettings(window)
  await window.getByRole('checkbox', { name: 'Waiting for approval: stays' }).check()
  await window.getByRole('combobox', { name: 'Waiting for approval: sound' }).selectOption('None')
  await window.getByRole('button', { name: 'Jobs', exact: true }).click()
  await tray.choose('Start workflow', workflow)
  const toast = await notifications.titled(`Waiting for approval: ${workflow}`, 20_000)
  expect(toast).toMatchObject({ isStaying: true, isSilent: true })
  notifications.press(toast, 'approve')
  await notifications.titled(`Done: ${workflow}`)

  await openSettings(window)
  await window.getByRole('button', { name: 'Add an exception' }).click()
  const dialog = window.getByRole('dialog', { name: 'Exception for notifications' })
  await dialog.getByLabel('Workflow').fill(workflow)
  await dialog.getByRole('checkbox', { name: 'Notify' }).uncheck()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await window.getByRole('button', { name: 'Jobs', exact: true }).click()
  await tray.choose('Start workflow', workflow)
  const waiting = `${workflow} – Waiting for approval`
  // Nothing signals that a job waits: the server is asked every 15 s.
  await tray.entry([waiting, 'Reject'], ({ isEnabled }) => isEnabled, 20_000)
  await tray.choose(waiting, 'Reject')
  await expect(jobRows(window, workflow).first()).toContainText('Rejected')
  await app.quit()
  expect(titles(desktop)).toEqual([toast.title, `Done: ${workflow}`])
})
