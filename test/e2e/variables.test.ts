import type { Page } from '@playwright/test'
import { simWorkflow } from '../wexflow-sim/workflows.ts'
import { axeComplaints } from './axe.ts'
import { expect, test } from './fixture.ts'
import { jobRows } from './look.ts'

const greeting = simWorkflow({
  id: 20,
  name: 'Greet',
  durationMs: 300,
  variables: { sender: 'the server' },
  tasks: [{ name: 'Mail', description: 'Greets', settings: { subject: 'Hello $who from $sender' } }],
  logLines: ['[Mail] Greets $who from $sender with $token'],
})

const dialogOf = (window: Page) => window.getByRole('dialog', { name: 'Start Greet' })

test('a workflow is started with variables, and once more from its job', async ({ launch, server }) => {
  server.sim.saveWorkflows([...server.sim.workflows, greeting])
  const app = await launch()
  const window = await app.signIn({ address: server.origin })
  const { keyboard } = window
  const log = window.getByRole('region', { name: 'Log' })

  await window.getByRole('button', { name: 'Greet', exact: true }).press('Shift+Enter')
  const dialog = dialogOf(window)
  const who = dialog.getByLabel('who', { exact: true })
  await expect(who).toBeFocused()
  await expect(dialog.getByLabel('sender', { exact: true })).toBeDisabled()
  await expect(dialog.getByLabel('sender', { exact: true })).toHaveValue('the server')
  await keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(window.getByRole('button', { name: 'Greet', exact: true })).toBeFocused()

  await window.getByRole('button', { name: 'With variables: Greet' }).click()
  await who.fill('Zoë')
  await dialog.getByRole('button', { name: 'Add a variable' }).click()
  await keyboard.type('1st')
  await keyboard.press('Enter')
  const name = dialog.getByLabel('Name', { exact: true })
  await expect(name).toHaveAccessibleDescription(/letters, digits and _/u)
  await expect(name).toBeFocused()
  await name.fill('token')
  await dialog.getByLabel('Secret: token').check()
  await dialog.getByLabel('Value of token').fill('hunter2')
  await expect(dialog.getByLabel('Value of token')).toHaveAttribute('type', 'password')
  expect(await axeComplaints(window)).toEqual([])
  await dialog.getByLabel('Value of token').press('Enter')
  await expect(log).toContainText('Greets Zoë from the server with hunter2')
  await window.getByText('Details and how this is known').click()
  await expect(window.getByText('who = Zoë')).toBeVisible()
  await expect(window.getByText('token = secret')).toBeVisible()

  // What was secret is not kept: to run again, it is asked for.
  await window.getByRole('button', { name: 'Run again', exact: true }).click()
  await expect(dialog.getByLabel('Value of token')).toHaveValue('')
  await expect(who).toHaveValue('Zoë')
  await dialog.getByRole('button', { name: 'Remove token' }).click()
  await who.fill('Bob')
  await dialog.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(log).toContainText('Greets Bob from the server')
  await expect(jobRows(window, 'Greet').first()).toBeVisible()
})

test('a start that will wait says that its variables are forgotten', async ({ app, desktop }) => {
  const window = await app.window()
  await desktop.tray.choose('Start workflow', 'Reorganise')
  await expect(jobRows(window, 'Reorganise')).toContainText('Running')
  await window.getByRole('button', { name: 'Start workflow' }).click()
  await window.getByRole('button', { name: 'With variables: Reorganise' }).click()
  const dialog = window.getByRole('dialog', { name: 'Start Reorganise' })
  await expect(dialog).toContainText('This workflow takes no variables.')
  await expect(dialog).toContainText('the server forgets the variables of a start that waits')
  expect(await axeComplaints(window)).toEqual([])
})

test('who turns to another page has given up a start, and does not find its dialog in the way', async ({
  app,
  desktop,
}) => {
  const window = await app.window()
  await desktop.tray.choose('Start workflow', 'Ping')
  await jobRows(window, 'Ping').click()
  await window.keyboard.press('v')
  await expect(window.getByRole('dialog', { name: 'Start Ping' })).toBeVisible()
  await desktop.tray.choose('Settings…')
  await window.getByRole('heading', { name: 'Settings', exact: true }).waitFor()
  await desktop.tray.choose('Open window')
  await expect(jobRows(window, 'Ping')).toBeVisible()
  await expect(window.getByRole('dialog')).toBeHidden()
})
