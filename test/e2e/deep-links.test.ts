import { axeComplaints } from './axe.ts'
import { expect, test } from './fixture.ts'
import { signInToStay } from './look.ts'
import { greeting } from './workflows.ts'

test('a link shows a start, which only a click of the person carries out', async ({
  launch,
  server,
  desktop,
}) => {
  server.sim.saveWorkflows([...server.sim.workflows, greeting])
  const app = await launch()
  const signedIn = await app.signIn({ address: server.origin })
  await signedIn.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
  await app.closeWindow()
  const { host } = new URL(server.origin)
  expect(await app.startAgain(`wexflow-tray://start/${host}/Greet?who=Zo%C3%AB`)).toBe(0)

  const window = await app.window()
  const dialog = window.getByRole('dialog', { name: `A link asks to start Greet ${host}` })
  await expect(dialog.getByLabel('who', { exact: true })).toHaveValue('Zoë')
  await expect(dialog.getByText('Nothing is started until you choose Start.')).toBeFocused()
  // An Enter that was meant for something else, and another link while the person reads this one.
  await window.keyboard.press('Enter')
  expect(await app.startAgain(`wexflow-tray://start/${host}/Ping`)).toBe(0)
  await window.keyboard.press('Enter')
  await expect(dialog).toBeVisible()
  await expect(window.getByRole('dialog')).toHaveCount(1)
  expect(await axeComplaints(window)).toEqual([])
  expect([20, 2].map((id) => server.sim.startsCarriedOut(id))).toEqual([0, 0])

  await dialog.getByRole('button', { name: 'Start', exact: true }).click()
  await desktop.notifications.titled('Done: Greet')
  await expect(window.getByRole('region', { name: 'Log' })).toContainText('Greets Zoë')
  expect(server.sim.startsCarriedOut(20)).toBe(1)
})

test('a link that nobody understands says so, wherever the window is', async ({ app, desktop }) => {
  const window = await app.window()
  await desktop.tray.choose('Settings…')
  expect(await app.startAgain('wexflow-tray://stop/everything')).toBe(0)
  const said = window.getByText('A link was opened that this app does not understand. Nothing was done.')
  await expect(said).toBeVisible()
})

test('a link that starts the app is shown once its server has told its workflows', async ({
  launch,
  keyring,
  server,
}) => {
  const first = await launch({ args: keyring.args })
  await signInToStay(first, server.origin)
  await first.quit()
  const { hostname } = new URL(server.origin)
  const second = await launch({ args: [...keyring.args, `wexflow-tray://start/${hostname}/ping`] })
  const window = await second.window()
  await expect(window.getByRole('heading', { name: 'A link asks to start Ping' })).toBeVisible()
  expect(server.sim.startsCarriedOut(2)).toBe(0)
})
