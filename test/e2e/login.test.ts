import { expect, test } from './fixture.ts'

test('an app that the system starts while it runs already shows no window', async ({ app }) => {
  await app.closeWindow()
  expect(await app.startAgain('--hidden')).toBe(0)
  expect(app.windows).toEqual([])
  expect(await app.startAgain()).toBe(0)
  await expect((await app.window()).getByRole('heading', { name: 'Jobs', exact: true })).toBeVisible()
})

test('an app that runs from its sources says that only an installed one can be started at login', async ({
  app,
  desktop,
}) => {
  const window = await app.window()
  await desktop.tray.choose('Settings…')
  const box = window.getByRole('checkbox', { name: 'Start Wexflow Tray when you log in to this computer' })
  await expect(box).toBeDisabled()
  await expect(box).toHaveAccessibleDescription(
    'Only an installed app can be started by the system. This one runs from its sources.',
  )
})
