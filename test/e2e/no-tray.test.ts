import { expect, test } from './fixture.ts'
import { titles } from './look.ts'

test('where the desktop has no tray the person is told once, and a second start shows the window', async ({
  launch,
  desktop,
  keyring,
  server,
}) => {
  const { notifications, tray } = desktop
  await tray.close()
  const args = { args: keyring.args }
  const app = await launch(args)
  const window = await app.signIn({ address: server.origin })
  const toast = await notifications.titled('Wexflow Tray runs without an icon')
  expect(toast.body).toContain('To open the window again, start Wexflow Tray once more.')
  const notices = window.getByRole('region', { name: 'Notices' })
  await expect(notices).toContainText('This desktop has no place for tray icons.')

  await app.closeWindow()
  expect(await app.startAgain()).toBe(0)
  const opened = await app.window()
  await opened.getByRole('button', { name: 'Ping', exact: true }).click()
  await notifications.titled('Done: Ping')
  expect(titles(desktop)).toEqual([toast.title, 'Done: Ping'])

  await tray.reopen()
  await tray.entry(['Start workflow', 'Ping'])
  await expect(opened.getByRole('region', { name: 'Notices' })).toBeHidden()
  await app.quit()
  expect(titles(desktop)).toEqual([toast.title, 'Done: Ping'])
})

test('a panel that is started anew gets the icon again, without a word', async ({ app, desktop }) => {
  const { tray } = desktop
  const before = tray.registrations
  await tray.close()
  await tray.reopen()
  await tray.iconAfter(before)
  await tray.entry(['Start workflow', 'Ping'])
  await app.quit()
  expect(titles(desktop)).toEqual([])
})
