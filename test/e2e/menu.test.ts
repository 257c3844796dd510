import type { Locator, Page } from '@playwright/test'
import { menuText } from '../desktop/menu.ts'
import { type SimWorkflow, simWorkflow } from '../wexflow-sim/workflows.ts'
import { expect, test } from './fixture.ts'
import { jobRows, openServers } from './look.ts'

const signedOutMenu = `Open window
Mute notifications
  For an hour
  Until tomorrow morning
Settings…
Sign in…
---
Quit
`

const signedInMenu = `(1 running)
---
(Start)
Nightly export
---
Ping
---
Start workflow
  Check stock
  Fail later
  Import orders
  Month end closing
  Nightly export
  (Old archive)
  Ping
  Rebuild index
  Release payments
  Reorganise
  Send invoices
Find a workflow…
---
Nightly export – Running
  Suspend
  Stop
  Show
---
Ping – Done
  Run again
  Show
---
Open window
Mute notifications
  For an hour
  Until tomorrow morning
Settings…
---
Quit
`

test('the menu offers what can be done: before the sign-in, and with favourites and a running job', async ({
  launch,
  desktop,
  server,
}) => {
  const { tray } = desktop
  const menu = async () => menuText(await tray.menu())
  const app = await launch()
  await expect.poll(menu).toBe(signedOutMenu)

  const window = await app.signIn({ address: server.origin })
  await window.getByRole('button', { name: 'Add Nightly export to favourites' }).click()
  await tray.choose('Start workflow', 'Ping')
  await tray.entry(['Ping – Done'])
  await tray.choose('Nightly export')
  await tray.entry(['Nightly export – Running'])
  await expect.poll(menu).toBe(signedInMenu)

  await tray.choose('Nightly export – Running', 'Suspend')
  await tray.choose('Nightly export – Suspended', 'Resume')
  await tray.choose('Nightly export – Running', 'Show')
  await expect(window.getByRole('region', { name: 'Job detail' })).toContainText('Nightly export')
  await tray.choose('Ping – Done', 'Show')
  await expect(window.getByRole('region', { name: 'Job detail' })).toContainText('Ping')
  await tray.choose('Ping – Done', 'Run again')
  await expect.poll(() => server.sim.startsCarriedOut(2)).toBe(2)
  await tray.choose('Settings…')
  await expect(window.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await tray.choose('Open window')
  await expect(window.getByRole('heading', { name: 'Jobs', exact: true })).toBeVisible()
  await (await openServers(window)).getByRole('button', { name: 'Sign out' }).click()
  await window.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await expect.poll(menu).toBe(signedOutMenu)
  await app.quit()
  expect(app.process.exitCode).toBe(0)
})

test('favourites are kept across a restart', async ({ launch, desktop, server }) => {
  const app = await launch()
  const window = await app.signIn({ address: server.origin })
  await window.getByRole('button', { name: 'Add Ping to favourites' }).click()
  await desktop.tray.entry(['Ping'])
  await app.quit()
  const again = await launch()
  await again.signIn({ address: server.origin })
  await desktop.tray.entry(['Ping'])
})

const edits: Readonly<Record<string, Partial<SimWorkflow>>> = {
  'Import orders': { name: 'Fetch orders' },
  Ping: { isEnabled: false },
}
const edited = (workflow: SimWorkflow): SimWorkflow => ({ ...workflow, ...edits[workflow.name] })

test('a click on the icon shows the window, and the menu what the server has now', async ({
  app,
  desktop,
  server,
}) => {
  const { tray } = desktop
  const window = await app.window()
  await tray.entry(['Start workflow', 'Import orders'])
  server.sim.saveWorkflows([
    ...server.sim.workflows.map(edited),
    simWorkflow({ id: 50, name: 'A_new & shiny one' }),
  ])
  await app.closeWindow()
  await tray.activate()
  await tray.entry(['Start workflow', 'A_new & shiny one'])
  await tray.entry(['Start workflow', 'Fetch orders'])
  expect((await tray.entry(['Start workflow', 'Ping'])).isEnabled).toBe(false)
  expect(window.isClosed()).toBe(true)
  const opened = await app.window()
  await expect(opened.getByRole('button', { name: 'A_new & shiny one', exact: true })).toBeVisible()
})

const searchIn = (page: Page): Locator =>
  page.getByRole('dialog', { name: 'Start workflow' }).getByRole('searchbox', { name: 'Find a workflow' })

test('"Find a workflow…" opens the list of workflows, with and without a window before it, from any page', async ({
  app,
  desktop,
}) => {
  const { tray } = desktop
  const window = await app.window()
  await tray.choose('Start workflow', 'Ping')
  await tray.choose('Settings…')
  await expect(window.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await tray.choose('Find a workflow…')
  await expect(searchIn(window)).toBeFocused()
  await app.closeWindow()
  await tray.choose('Find a workflow…')
  const opened = await app.window()
  await expect(searchIn(opened)).toBeFocused()
  await opened.keyboard.press('Escape')
  await expect(searchIn(opened)).toBeHidden()
})

test('before the first job, "Find a workflow…" and N lead to the list that is on the page', async ({
  app,
  desktop,
}) => {
  const window = await app.window()
  const search = window.getByRole('searchbox', { name: 'Find a workflow' })
  await expect(search).toBeVisible()
  await expect(window.getByRole('button', { name: 'Start workflow' })).toBeHidden()
  await window.keyboard.press('n')
  await expect(search).toBeFocused()
  await app.closeWindow()
  await desktop.tray.choose('Find a workflow…')
  const opened = await app.window()
  await expect(opened.getByRole('searchbox', { name: 'Find a workflow' })).toBeFocused()
  await opened.keyboard.type('ping')
  await opened.keyboard.press('Enter')
  await expect(jobRows(opened, 'Ping')).toContainText('Done')
})
